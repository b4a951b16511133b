"""The files of the shipped processes that the organizations are loaded from."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

from stocktake.domain.frameworks import queries
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE
from stocktake.lib.multilingual import LANGUAGES

pytestmark = pytest.mark.django_db

PROCESSES = Path(settings.STOCKTAKE_DATA_DIR) / "processes"


def rows_of(name: str) -> list[dict[str, str]]:
    """Read the tables of that name of all processes."""
    found = []
    for path in sorted(PROCESSES.glob(f"*/{name}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def test_organizations_have_names_in_six_languages_and_a_source() -> None:
    rows = rows_of("organizations")

    assert len({row["key"] for row in rows}) == len(rows) == 25
    for row in rows:
        assert all(row[f"name_{language}"] for language in LANGUAGES), row["key"]
        assert row["source"], row["key"]


def test_roles_lead_to_known_organizations_and_scopes() -> None:
    keys = {row["key"] for row in rows_of("organizations")}
    scopes = {
        "element": set(queries.elements()),
        "process": {each.public_id for each in queries.processes()},
    }

    for row in rows_of("roles"):
        assert row["organization"] in keys
        assert row["scope_id"] in scopes[row["scope_kind"]]
        assert row["source"]
        for column in ("starts", "ends"):
            assert not row[column] or re.match(PARTIAL_DATE, row[column])


def test_every_action_line_category_has_a_facilitator() -> None:
    facilitated = {row["scope_id"] for row in rows_of("roles") if row["role"] == "facilitator"}

    lacking = [each.code for each in queries.leaves_of("wsis-al")
               if each.qualified_code not in facilitated]  # fmt: skip

    assert lacking == []


def test_facilitation_of_enabling_environment_passed_to_itu_in_may_2008() -> None:
    told = [
        (row["organization"], row["starts"], row["ends"])
        for row in rows_of("roles")
        if row["scope_id"] == "wsis-al:C6"
    ]

    assert told == [("undp", "", "2008-05"), ("itu", "2008-05", "2009-05"), ("itu", "2010", "")]


def test_memberships_join_known_organizations() -> None:
    keys = {row["key"] for row in rows_of("organizations")}

    rows = rows_of("memberships")

    assert {row["organization"] for row in rows} | {row["group"] for row in rows} <= keys
    assert {row["group"] for row in rows} == {"ungis"}
