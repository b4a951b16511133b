"""`stocktake vocabulary load|list|show`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from stocktake.cli.vocabulary import group

pytestmark = pytest.mark.django_db


def test_load_tells_what_it_did() -> None:
    result = CliRunner().invoke(group, ["load", "--json"])

    told = json.loads(result.output)
    assert result.exit_code == 0
    assert (told["created"], told["updated"], told["withdrawn"]) == (0, 0, 0)
    assert told["unchanged"] > 900


def test_list_names_codelists_areas_and_groups() -> None:
    result = CliRunner().invoke(group, ["list", "--json", "--language", "ru"])

    told = {row["name"]: row for row in json.loads(result.output)}
    assert told["scope_level"] == {"name": "scope_level", "title": "Уровень", "codes": 4}
    assert told["areas"]["codes"] == 279
    assert told["groups"]["codes"] == 9
    assert "scope_level              4  Level" in CliRunner().invoke(group, ["list"]).output


def test_show_lists_codes_areas_and_members() -> None:
    run = CliRunner().invoke

    assert json.loads(run(group, ["show", "scope_level", "--language", "fr", "--json"]).output) == {
        "local": "Local",
        "national": "National",
        "regional": "Régional",
        "international": "International",
    }
    assert (
        "012                              Algérie"
        in run(group, ["show", "areas", "--language", "fr"]).output
    )
    assert len(run(group, ["show", "lldc"]).output.splitlines()) == 32


def test_show_of_an_unknown_name_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["show", "nothing"])

    assert result.exit_code == 1
    assert "There is no vocabulary nothing; `stocktake vocabulary list`" in result.output
