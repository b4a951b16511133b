"""Codelists: the loader, the shipped table against the lists themselves, codes of version 1."""

from pathlib import Path

import pytest

from stocktake.lib.formats.iati import Code, Codelists, codes
from stocktake.lib.formats.iati.rules import _codes
from stocktake.lib.formats.safexml import parse_whole


@pytest.fixture(scope="module")
def shipped() -> Codelists:
    table = Path(__file__).parents[4] / "src/stocktake/data/iati/codelists.csv"
    return Codelists.from_csv(table.read_text(encoding="utf-8"))


def test_from_csv_rows_become_lists() -> None:
    lists = Codelists.from_csv("list,code,withdrawn,name_en\nA,1,,One\nA,2,2012-12-31,Two\nB,1,,\n")

    assert lists.lists == {
        "A": {"1": Code("1", "One"), "2": Code("2", "Two", "2012-12-31")},
        "B": {"1": Code("1")},
    }
    assert (lists.has("A", "2"), lists.has("A", "3"), lists.has("C", "3")) == (True, False, True)
    assert (lists.name_of("A", "1"), lists.name_of("A", "9"), list(lists.codes("B"))) == (
        "One",
        "",
        ["1"],
    )


def test_shipped_table_holds_every_list_that_a_rule_names(shipped: Codelists) -> None:
    named = {row[2] for row in (*_codes.ACTIVITY_CODES, *_codes.ORGANISATION_CODES)}

    assert named - set(shipped.lists) == set()
    assert {"Version", "Language", "OrganisationRegistrationAgency"} <= set(shipped.lists)


def test_shipped_codes_are_those_of_the_lists(shipped: Codelists, shared_data: Path) -> None:
    differing = []
    for path in sorted((shared_data / "iati/codelists").glob("*/*.xml")):
        root = parse_whole(path.read_bytes())
        name = root.get("name") or ""
        if name in shipped.lists:
            items = root.iter("codelist-item")
            own = {(c.code, bool(c.withdrawn)) for c in shipped.lists[name].values()}
            theirs = {
                ((item.findtext("code") or "").strip(), item.get("status") == "withdrawn")
                for item in items
            }
            if own != theirs:
                differing.append(name)

    assert differing == []


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (codes.DATE_TYPE, "ActivityDateType"),
        (codes.ORGANISATION_ROLE, "OrganisationRole"),
        (codes.ORGANISATION_TYPE, "OrganisationType"),
        (codes.ACTIVITY_STATUS, "ActivityStatus"),
        (codes.SECTOR_VOCABULARY, "SectorVocabulary"),
        (codes.POLICY_MARKER_VOCABULARY, "PolicyMarkerVocabulary"),
        (codes.TRANSACTION_TYPE, "TransactionType"),
        (codes.BUDGET_TYPE, "BudgetType"),
        (codes.DESCRIPTION_TYPE, "DescriptionType"),
    ],
)
def test_codes_of_version_1_lead_to_codes_of_version_2(
    table: dict[str, str], name: str, shipped: Codelists
) -> None:
    assert {code for code in table.values() if code and not shipped.has(name, code)} == set()
    assert all(codes.folded(key) == key for key in table)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Operationally Closed", "3"), ("closed", "4"), ("2", "2"), ("dreaming", "dreaming")],
)
def test_normalized_status_of_a_draft_is_told(written: str, expected: str) -> None:
    assert codes.normalized(codes.ACTIVITY_STATUS, written) == expected
