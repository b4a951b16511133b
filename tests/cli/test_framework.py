"""`stocktake framework load|list|show`, also of an invented framework."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from stocktake.cli.framework import group
from stocktake.domain.frameworks import queries
from stocktake.domain.stakeholders.queries import roles_in

pytestmark = pytest.mark.django_db

INVENTED = str(Path(__file__).parents[1] / "data" / "frameworks" / "invented")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget the elements before and after, as each test rolls its load back."""
    queries.forget()
    yield
    queries.forget()


def test_load_of_an_invented_folder_shows_up_in_list_and_show() -> None:
    run = CliRunner().invoke

    loaded = run(group, ["load", INVENTED])

    assert loaded.output.splitlines() == [
        "8 created, 0 updated, 0 withdrawn, 0 unchanged.",
        "0 organizations, memberships and offices written.",
    ]
    assert {
        "code": "reef-lines",
        "process": "reef",
        "elements": 4,
        "name": "Invented lines of the reef",
    } in json.loads(run(group, ["list", "--json"]).output)
    assert run(group, ["show", "reef-lines"]).output.splitlines()[2].split() == [
        "R1.a.1", "Soft", "red", "coral",
    ]  # fmt: skip
    assert "broad_match    sdg:14.4" in run(group, ["show", "reef-lines:R2"]).output


def test_show_of_a_framework_gives_codes_and_names_in_a_language() -> None:
    result = CliRunner().invoke(group, ["show", "mdg", "--json", "--language", "zh"])

    assert json.loads(result.output)[1] == {
        "code": "mdg:2",
        "broader": "",
        "name": "普及初等教育",
    }


def test_show_of_an_element_gives_its_relations_with_source() -> None:
    result = CliRunner().invoke(group, ["show", "wsis-al:C9", "--json"])

    told = json.loads(result.output)
    assert told["ancestors"] == []
    assert [link["element"] for link in told["mappings"]] == [
        "sdg:5", "sdg:5.b", "sdg:9", "sdg:9.c", "sdg:12", "sdg:12.8", "sdg:16", "sdg:16.10",
    ]  # fmt: skip
    assert {link["source"] for link in told["mappings"]} == {"ITU, WSIS–SDG Matrix (2015)"}


@pytest.mark.parametrize(
    ("code", "message"),
    [("nothing", "There is no framework nothing"), ("sdg:99", "There is no element sdg:99")],
)
def test_show_of_an_unknown_code_fails_with_a_sentence(code: str, message: str) -> None:
    result = CliRunner().invoke(group, ["show", code])

    assert result.exit_code == 1
    assert message in result.output


def test_load_of_a_summit_brings_its_bodies_and_offices_once() -> None:
    lagoon = str(Path(__file__).parents[2] / "docs" / "examples" / "lagoon")
    run = CliRunner().invoke

    first = json.loads(run(group, ["load", lagoon, "--json"]).output)
    second = json.loads(run(group, ["load", lagoon, "--json"]).output)

    assert (first["created"], first["stakeholders"]) == (7, 6)
    assert (second["created"], second["updated"], second["stakeholders"]) == (0, 0, 0)
    held = roles_in("element", ["lagoon-lines:L1"])
    assert [(str(role.organization), role.role, role.starts) for role in held] == [
        ("Invented Lagoon Secretariat", "facilitator", "2012")
    ]
