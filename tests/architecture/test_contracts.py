"""The import contracts hold, and each would catch the violations it is there for."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
SOURCE = PROJECT / "src" / "stocktake"

PLANTED = (
    ("kernel/common/planted.py", "from stocktake.domain import activities"),
    ("domain/frameworks/queries.py", "def planted() -> None:\n    import stocktake.web"),
    ("web/planted.py", "import stocktake.cli"),
    ("kernel/common/actors.py", "import stocktake.kernel.history.models"),
    ("kernel/accounts/choices.py", "import stocktake.kernel.vocabularies"),
    ("domain/frameworks/models.py", "import stocktake.domain.activities.models"),
    ("domain/activities/models.py", "import stocktake.domain.activities.queries"),
    ("lib/multilingual/_text.py", "import django"),
    ("web/errors.py", "import urllib3"),
)
"""Violations of the contracts: of floors (below, late, beside), kernel (below, beside), domain,
inside an app, purity of lib, outbound connections."""

OUTBOUND = {"urllib.request", "http.client", "ftplib", "smtplib", "telnetlib", "socket"}
MAY_OPEN_SOCKETS = {"cli/up.py"}
"""`stocktake up` asks its own loopback port whether the server answers."""

OWN_XML = {"lib/charts/_svg.py", "lib/resolutions/akn/_collection.py", "web/asks/feeds.py"}
"""They read what this project has just written, or write only; nothing from outside."""


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; sys.path.insert(0, 'src')\n"
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the source that a test may spoil."""
    left_out = shutil.ignore_patterns("*.pyc", "data", "static", "templates", "locale")
    shutil.copytree(PROJECT / "src", tmp_path / "src", ignore=left_out)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    done = _lint(PROJECT)

    assert done.returncode == 0, done.stdout + done.stderr


def test_planted_violation_of_each_contract_is_caught(copied: Path) -> None:
    for name, line in PLANTED:
        file = copied / "src" / "stocktake" / name
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(f"{before}\n{line}\n", encoding="utf-8")

    done = _lint(copied)

    told = " ".join(done.stdout.split())
    assert done.returncode == 1, done.stderr
    assert told.count("BROKEN") == 6
    missed = [
        name
        for name, _line in PLANTED
        if f"stocktake.{name.removesuffix('.py').replace('/', '.')} ->" not in told
        and f"stocktake.{name.removesuffix('.py').replace('/', '.')} (l." not in told
    ]
    assert missed == []


def test_file_of_another_name_in_a_domain_app_is_caught(copied: Path) -> None:
    (copied / "src/stocktake/domain/activities/helpers.py").write_text('"""Planted."""\n')

    done = _lint(copied)

    assert done.returncode == 1
    assert "stocktake.domain.activities.helpers" in done.stdout + done.stderr


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_no_module_opens_connections_by_itself() -> None:
    found = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if OUTBOUND & set(_imported(ast.parse(file.read_text(encoding="utf-8"))))
    }

    assert found == MAY_OPEN_SOCKETS


def test_xml_is_parsed_by_the_hardened_reader_only() -> None:
    parsers = {"xml.etree.ElementTree", "xml.sax", "xml.dom.minidom", "lxml.etree", "lxml"}
    found = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if parsers & set(_imported(ast.parse(file.read_text(encoding="utf-8"))))
    }

    assert {name for name in found if not name.startswith("lib/formats/")} == OWN_XML
