"""`stocktake resolution parse|compare|export`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stocktake.cli.resolution import group
from tests.lib.resolutions.texts import FULL, resolution

pytestmark = pytest.mark.once


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with a resolution of our own."""
    file = tmp_path / "page.txt"
    file.write_text(FULL, encoding="utf-8")
    return file


def test_parse_as_json_prints_one_object_and_messages_elsewhere(page: Path) -> None:
    result = CliRunner().invoke(group, ["parse", str(page), "--json"])

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["kind"], told["symbol"], len(told["operative"])) == (
        "resolution",
        "A/RES/70/999",
        5,
    )


def test_parse_takes_a_symbol_that_the_text_does_not_print(tmp_path: Path) -> None:
    file = tmp_path / "bare.txt"
    file.write_text(resolution("Notes oil;").replace("2049/1\n\n", ""), encoding="utf-8")

    result = CliRunner().invoke(group, ["parse", str(file), "--symbol", "E/RES/2049/1", "--json"])

    assert json.loads(result.stdout)["symbol"] == "E/RES/2049/1"


def test_parse_without_json_shows_verbs_and_asks(page: Path) -> None:
    result = CliRunner().invoke(group, ["parse", str(page)])

    assert "   1. call upon" in result.output
    assert "      ALL_STATES: to ratify the Convention on Lamps" in result.output


def test_compare_names_the_changes(page: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    later.write_text(FULL.replace("Calls upon", "Invites"), encoding="utf-8")

    shown = CliRunner().invoke(group, ["compare", str(page), str(later)])
    told = json.loads(
        CliRunner().invoke(group, ["compare", str(page), str(later), "--json"]).stdout
    )

    assert shown.output.splitlines()[-1] == "unchanged 4, weakened 1"
    assert told["pairs"][0]["changes"] == ["weakened"]


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("akn", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("json", "{"),
        ("csv", "path,section,verb"),
        ("md", "# Lamps for lighthouses"),
    ],
)
def test_export_writes_each_form(page: Path, form: str, begins: str) -> None:
    result = CliRunner().invoke(group, ["export", str(page), "--format", form])

    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file holds no text."),
        (b"It rained.\n\nIt rained again.\n", "neither a resolution nor a numbered report"),
        (b"\x00\x01", "neither text, HTML, DOCX nor PDF"),
    ],
)
def test_parse_of_what_is_no_resolution_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(content)

    result = CliRunner().invoke(group, ["parse", str(file), "--json"])

    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""
