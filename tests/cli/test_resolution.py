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
        ("Łódź, żółw i źdźbło".encode("windows-1250"), "name its encoding, such as windows-1256"),
        (b"7" * 20_000_001, "more than 20 million characters"),
    ],
)
def test_parse_of_what_is_no_resolution_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(content)

    result = CliRunner().invoke(group, ["parse", str(file), "--json"])

    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A file with two resolutions of our own, in an old encoding."""
    file = tmp_path / "volume.txt"
    second = resolution("Requests the Secretary-General to count wicks – all.")
    text = FULL.replace("–", "-") + "\f" + second.replace("2049/1", "2049/2")
    file.write_bytes(text.encode("windows-1252"))
    return file


def test_parse_of_a_collection_gives_every_resolution(volume: Path) -> None:
    told = CliRunner().invoke(group, ["parse", str(volume), "--json"])
    shown = CliRunner().invoke(group, ["parse", str(volume), "--encoding", "windows-1252"])

    plain = json.loads(told.stdout)
    assert [each["symbol"] for each in plain["resolutions"]] == ["A/RES/70/999", "E/RES/2049/2"]
    assert "it was read as windows-1252" in told.stderr
    assert "it was read as" not in shown.stderr
    assert "E/RES/2049/2\nCare of lamps" in shown.stdout


def test_parse_of_a_collection_takes_the_one_that_is_named(volume: Path) -> None:
    told = CliRunner().invoke(group, ["parse", str(volume), "--symbol", "E/RES/2049/2", "--json"])

    assert json.loads(told.stdout)["symbol"] == "E/RES/2049/2"


@pytest.mark.parametrize(
    ("form", "begins"),
    [("akn", '<?xml version="1.0"'), ("csv", "document,path,section"), ("md", "# Lamps for")],
)
def test_export_writes_a_collection_in_each_form(volume: Path, form: str, begins: str) -> None:
    result = CliRunner().invoke(group, ["export", str(volume), "--format", form])

    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


def test_compare_of_a_collection_asks_which_one(volume: Path, page: Path) -> None:
    result = CliRunner().invoke(group, ["compare", str(page), str(volume)])

    assert result.exit_code == 1
    assert "The file holds 2 resolutions (A/RES/70/999, E/RES/2049/2)" in result.stderr
