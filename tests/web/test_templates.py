"""The templates: each compiles, explains itself, and fits a strict content policy."""

import re
from pathlib import Path

import pytest

from stocktake.web import assets
from stocktake.web.environment import environment

TEMPLATES = Path(assets.__file__).parent / "templates"
PATHS = sorted(TEMPLATES.rglob("*.html"))
NAMED_ELSEWHERE = {"429.html", "account", "desk", "mfa"}  # allauth or forms say what they are given


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_template_compiles(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert environment(autoescape=True).compile(source, name(path))


@pytest.mark.parametrize(
    "path", [path for path in PATHS if name(path).split("/")[0] not in NAMED_ELSEWHERE], ids=name
)
def test_template_says_in_its_head_what_it_is_for(path: Path) -> None:
    assert "{#" in path.read_text(encoding="utf-8")[:400]


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_template_holds_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_template_uses_only_classes_that_are_styled(path: Path) -> None:
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", assets.joined_styles()))
    used = {
        word
        for value in re.findall(r'\sclass="([^"{}]*)"', path.read_text(encoding="utf-8"))
        for word in value.split()
    }

    assert used - styled == set()
