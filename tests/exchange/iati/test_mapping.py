"""From IATI activities to drafts: codes, organizations, places, elements, budgets, texts."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from stocktake.domain.activities.services import ActivityDraft
from stocktake.domain.frameworks.queries import elements, mappings_from
from stocktake.exchange.iati import tables
from stocktake.exchange.iati.mapping import Mapper, Mapping
from stocktake.kernel.vocabularies.queries import area
from stocktake.lib.formats.iati import ActivityReader
from tests.exchange.material import activity_xml

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "data" / "iati"


def _map(more: str = "", **options: Any) -> Mapping:
    text = activity_xml("XM-INVENTED-1", more=more, **options)
    return _mapped(f'<iati-activities version="2.03">{text}</iati-activities>'.encode())[0]


def _mapped(data: bytes) -> list[Mapping]:
    reader = ActivityReader(io.BytesIO(data))
    mapper = Mapper("file.xml")
    return [mapper.map(activity) for activity in reader]


def _draft(more: str = "", **options: Any) -> ActivityDraft:
    made = _map(more, **options)
    assert made.draft is not None
    return made.draft


def test_sample_of_203_is_mapped_field_by_field() -> None:
    made = _mapped((SAMPLES / "activities-2.03.xml").read_bytes())[0]

    draft = made.draft
    assert draft is not None
    assert made.key == ("iati", "XM-INVENTED-001")
    assert draft.title.values["fr"] == "Points d'accès communautaires en zone rurale"
    assert (draft.title.original, draft.languages) == ("en", ("ar", "en", "fr"))
    assert str(draft.description) == (
        "Sets up forty access points.\n\nTrains their operators.\n\n"
        "Half of the villages within reach by 2013."
    )
    assert str(draft.results) == ("Access points open\n\nNumber of access points: 18 (2011-12-31)")
    assert (draft.status, draft.scope_level) == ("ongoing", "national")
    assert (draft.start_date, draft.end_date) == ("2011-02-15", "2013-12-31")
    assert draft.owner is not None
    assert (draft.owner.scheme, draft.owner.value) == ("iati", "XM-INVENTED")
    assert draft.owner.type == "international_organization"
    assert [(ref.value, ref.country, role) for ref, role in draft.participations] == [
        ("XM-INVENTED", "", "funding"),
        ("MW-INV-7", "454", "implementing"),
    ]
    assert [(place.area, place.percentage) for place in draft.areas] == [
        ("454", Decimal(60)),
        ("894", Decimal(30)),
        ("002", Decimal(10)),
    ]
    assert (draft.budget_amount, draft.budget_currency) == (Decimal("1250000.50"), "USD")
    assert [(link.url, link.title, link.kind) for link in draft.links] == [
        ("http://example.org/report.pdf", "Report", "report")
    ]
    assert draft.external_identifiers == (("iati", "XM-INVENTED-001"),)
    assert (draft.origin, draft.source_name) == ("import", "Invented Telecommunication Fund")
    assert str(draft.last_confirmed_on) == "2012-05-15"
    assert "Nobody" not in repr(draft)


def test_tags_are_stated_and_dac_sectors_are_suggested_by_the_crosswalk() -> None:
    made = _mapped((SAMPLES / "activities-2.03.xml").read_bytes())[0]

    assert made.draft is not None
    links = {link.element: link for link in made.draft.elements}
    expected = {
        row.to_element.public_id
        for code in ("22040", "22010")
        for row in mappings_from("dac-5", [code])
    }
    stated = {code for code, link in links.items() if not link.is_suggested}
    assert stated == {"sdg:9", "sdg:9.c"}
    assert expected
    assert set(links) - stated == expected - stated
    notes = {link.note for code, link in links.items() if code not in stated}
    assert notes <= {"OECD DAC 22010", "OECD DAC 22040", "OECD DAC 22010, 22040"}


def test_draft_of_2010_is_known_by_its_publishers_own_identifier() -> None:
    made = _mapped((SAMPLES / "draft-2010.xml").read_bytes())[0]

    draft = made.draft
    assert draft is not None
    assert made.key == ("iati-other", "Invented Bank/Q100")
    assert (draft.status, draft.start_date, draft.end_date) == (
        "completed",
        "2008-01-01",
        "2011-12-31",
    )
    assert [place.area for place in draft.areas] == ["454"]
    assert [(ref.scheme, ref.value, role) for ref, role in draft.participations] == [
        ("", "", "funding"),
        ("iati-local", "Invented Bank/0042", "partner"),
    ]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1", "planned"),
        ("2", "ongoing"),
        ("3", "completed"),
        ("4", "completed"),
        ("5", "discontinued"),
        ("6", "discontinued"),
    ],
)
def test_status_is_ours(code: str, status: str) -> None:
    assert _draft(f'<activity-status code="{code}"/>').status == status


def test_secondary_reporter_does_not_own_the_activity() -> None:
    reporter = (
        '<reporting-org ref="XM-INVENTED" type="22" secondary-reporter="1">'
        "<narrative>Passes on</narrative></reporting-org>"
        '<participating-org role="1"><narrative>Pays</narrative></participating-org>'
        '<participating-org role="2"><narrative>Answers</narrative></participating-org>'
    )

    draft = _draft(reporter=reporter)

    assert draft.owner is not None
    assert str(draft.owner.name) == "Answers"


def test_channel_code_is_the_identifier_of_the_multilateral_body() -> None:
    partner = '<participating-org role="1" ref="41304"/>'

    ((ref, role),) = _draft(partner).participations

    assert (ref.scheme, ref.value, role) == ("iati", "XM-DAC-41304", "funding")


def test_end_before_start_is_left_out_and_told() -> None:
    made = _map(
        '<activity-date type="2" iso-date="2013-01-01"/>'
        '<activity-date type="3" iso-date="2012-01-01"/>'
    )

    assert made.draft is not None
    assert (made.draft.start_date, made.draft.end_date) == ("2013-01-01", "")
    assert [fault.message for fault in made.faults] == [
        "The end 2012-01-01 is before the start 2013-01-01; it was left out."
    ]


def test_revised_budget_replaces_its_original_and_currencies_are_not_mixed() -> None:
    made = _map(
        _budget("1", "100", "USD") + _budget("2", "150", "USD") + _budget("1", "7", "EUR", 2012)
    )

    assert made.draft is not None
    assert (made.draft.budget_amount, made.draft.budget_currency) == (Decimal(150), "USD")
    assert [fault.field for fault in made.faults] == ["budget"]


def test_unknown_places_goals_and_addresses_are_told_and_left_out() -> None:
    made = _map(
        '<recipient-country code="ZZ"/><recipient-country><narrative>Malawi</narrative>'
        '</recipient-country><recipient-region vocabulary="2" code="15"/>'
        '<tag vocabulary="2" code="99"/><document-link url="javascript:alert(1)" format="x"/>'
    )

    assert made.draft is not None
    assert [place.area for place in made.draft.areas] == ["454", "015"]
    assert (made.draft.elements, made.draft.links) == ((), ())
    assert [fault.field for fault in made.faults] == [
        "tag/@code",
        "recipient-country",
        "document-link/@url",
    ]


def test_text_without_language_takes_the_one_of_its_script() -> None:
    text = (
        '<iati-activities version="2.03"><iati-activity><iati-identifier>X-1</iati-identifier>'
        "<title><narrative>Сельские телецентры</narrative></title></iati-activity>"
        "</iati-activities>"
    )

    draft = _mapped(text.encode())[0].draft

    assert draft is not None
    assert dict(draft.title.values) == {"ru": "Сельские телецентры"}


def test_entry_without_title_or_identifier_has_no_draft() -> None:
    text = (
        '<iati-activities version="2.03"><iati-activity><iati-identifier>X-1</iati-identifier>'
        "</iati-activity><iati-activity><title><narrative>T</narrative></title></iati-activity>"
        "</iati-activities>"
    )

    made = _mapped(text.encode())

    assert [each.draft for each in made] == [None, None]
    assert [fault.code for each in made for fault in each.faults] == ["no-title", "no-identifier"]


def test_every_dac_region_of_the_codelist_has_an_area_of_ours() -> None:
    regions = set(tables.codelists().codes("Region"))

    assert set(tables.dac_regions()) == regions
    assert [m49 for m49 in tables.dac_regions().values() if area(m49) is None] == []


def test_every_goal_and_target_of_the_codelists_is_an_element() -> None:
    codes = [*tables.codelists().codes("UNSDG-Goals"), *tables.codelists().codes("UNSDG-Targets")]

    missing = [code for code in codes if f"sdg:{code}" not in elements()]

    assert missing == []


def _budget(kind: str, amount: str, currency: str, year: int = 2011) -> str:
    return (
        f'<budget type="{kind}"><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{year}-12-31"/>'
        f'<value currency="{currency}" value-date="{year}-01-01">{amount}</value></budget>'
    )
