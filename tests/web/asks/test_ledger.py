"""The ledger as visitors read it: its views, facets, files, feed and calendar."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from lxml import etree

from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.services import StatusSource, set_status
from tests import factories
from tests.web.asks.conftest import day
from tests.web.conftest import Page

Visit = Callable[..., Page]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ledger(asks: dict[str, Ask], index: Callable[[], None]) -> dict[str, Ask]:
    """The four asks, indexed."""
    index()
    return asks


def marks(page: Page) -> dict[str, str]:
    """The status shown of each ask by its task."""
    rows = page.find("#results .entry")
    return {
        row.cssselect("h3, h4")[0].text_content().strip(): row.cssselect(".entry-state .ask-mark")[
            0
        ].text_content()
        for row in rows
    }


def test_list_shows_asks_due_latest_first_with_force_addressee_and_status(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    page = visit("/ledger/")

    assert marks(page) == {
        "Meet with the pilots": "Open",
        "Send the tide tables": "Open",
        "Open the harbour register": "No report received",
        "Keep the sea lanes open": "Standing norm, without status",
    }
    assert page.text("#count") == "4 asks by period"
    assert page.texts(".entry:nth-child(2) .by")[0] == (
        "invites (force 1 of 4) · Invented bureau (IB)"
    )
    assert page.texts(".entry:nth-child(2) .by")[1].startswith("E/RES/2010/901 , paragraph 7 · due")
    assert page.links(".entry:nth-child(2) .by a") == [
        f"/organizations/{ledger['private'].addressees.get().organization.public_id}/",
        "/en/documents/E/RES/2010/901/para/7",
    ]


def test_nothing_reads_as_not_done(ledger: dict[str, Ask], visit: Visit) -> None:
    for view in ("list", "table", "matrix", "timeline"):
        source = visit(f"/ledger/?view={view}").source.lower()
        assert "not implemented" not in source
        assert "not started" not in source


def test_silence_before_its_day_is_seen_at_the_desk_alone(
    ledger: dict[str, Ask], visit: Visit, visit_as: Callable[..., Page], fay: Any, bilal: Any
) -> None:
    assert marks(visit_as(bilal, "/ledger/"))["Send the tide tables"] == "Open"
    page = visit_as(fay, "/ledger/")

    assert marks(page)["Send the tide tables"] == "No report received"
    state = page.find(".entry:nth-child(2) .entry-state")[0]
    assert "Seen at the desk only" in state.text_content()


def test_facets_narrow_by_status_force_addressee_and_action_line(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    silent = visit("/ledger/?status=no_report_received")
    weak = visit("/ledger/?force=1")
    line = visit("/ledger/?element=wsis-al:C2")
    ours = visit("/ledger/?addressee=UN-SG&force=3&view=table")

    assert list(marks(silent)) == ["Open the harbour register"]
    assert list(marks(weak)) == ["Send the tide tables"]
    assert list(marks(line)) == ["Meet with the pilots"]
    assert ours.texts(".table tbody th") == ["Meet with the pilots", "Open the harbour register"]
    assert silent.texts(".pill") == ["Status No report received remove"]


def test_name_of_a_document_typed_into_its_facet_is_chosen(
    asks: dict[str, Ask], search_folder: None, client: Client
) -> None:
    wanted = asks["silent"].provision.document

    answer: Any = client.get("/ledger/?document_named=e/res/2010/901&force=3")

    assert (answer.status_code, answer.url) == (
        302,
        f"/ledger/?force=3&document={wanted.public_id}",
    )


def test_search_marks_hits_and_looks_into_the_paragraph(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    assert visit("/ledger/?q=harbour").texts("mark") == ["harbour"]
    assert len(marks(visit("/ledger/?q=says"))) == 4


def test_matrix_of_one_document_shows_paragraphs_by_period(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    document = ledger["silent"].provision.document

    page = visit(f"/ledger/?view=matrix&document={document.public_id}")

    years = [str(day(-400).year), str(day(-20).year)]
    assert page.texts("thead th") == ["Paragraph", "No period", *dict.fromkeys(years)]
    assert page.texts("tbody th a") == ["4", "7"]
    first = page.find("tbody tr:first-child td")
    assert first[0].text_content() == "Standing norm: Keep the sea lanes open"
    assert first[1].text_content() == "No report received: Open the harbour register"
    assert first[1].cssselect("a")[0].get("href") == (
        f"/asks/{ledger['silent'].public_id}/#{ledger['silent'].instances.get().public_id}"
    )


def test_matrix_of_several_documents_counts_addressees_by_status(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    page = visit("/ledger/?view=matrix")

    assert page.texts("thead th") == [
        "Asked of", "Open", "No report received", "Standing norm", "All",
    ]  # fmt: skip
    assert page.texts("tbody tr:first-child > *") == [
        "Secretary-General of the United Nations", "1", "1", "1", "3",
    ]  # fmt: skip
    assert page.links("tbody tr:first-child td a")[1] == (
        "/ledger/?addressee=UN-SG&status=no_report_received"
    )


def test_timeline_puts_today_between_what_is_past_and_what_is_to_come(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    page = visit("/ledger/?view=timeline")

    rows = page.find(".timeline > section > ol > li")
    kinds = [
        "today" if row.get("class") == "today" else row.cssselect("h4")[0].text_content()
        for row in rows
    ]
    assert kinds == [
        "Meet with the pilots",
        "today",
        "Send the tide tables",
        "Open the harbour register",
        "Keep the sea lanes open",
    ]
    assert page.texts(".timeline h3")[-1] == "No day stated"


def test_view_that_the_list_does_not_have_falls_back_to_its_first(
    ledger: dict[str, Ask], visit: Visit
) -> None:
    for address in ("/ledger/?view=map", "/activities/?view=matrix"):
        page = visit(address)
        current = page.find(".tabs a[aria-current]")
        assert [each.text for each in current] == ["List"]


def test_without_an_index_the_ledger_is_listed_from_the_record(
    asks: dict[str, Ask], search_folder: None, visit: Visit
) -> None:
    page = visit("/ledger/?view=matrix")

    assert len(page.find(".entry")) == 4
    assert "read from the record" in page.text(".notice")


def test_csv_holds_the_list_without_formulas(
    index: Callable[[], None], file_of: Callable[..., bytes]
) -> None:
    factories.ask("=HYPERLINK(1)", due_on="2010-12-31", recurrence="P1Y", nature="recurring")
    index()

    rows = list(csv.DictReader(io.StringIO(file_of("/ledger/download.csv").decode("utf-8-sig"))))

    first = next(row for row in rows if row["Period"] == "2010")
    assert first["What is asked"] == "'=HYPERLINK(1)"
    assert (first["Due"], first["Verb"], first["Force, 1 to 4"]) == ("2010-12-31", "request", "3")
    assert first["Status"] == "No report received"


def test_json_holds_each_row_in_plain_values(
    ledger: dict[str, Ask], file_of: Callable[..., bytes]
) -> None:
    told = json.loads(file_of("/ledger/download.json?force=1"))

    (row,) = told["asks"]
    assert told["address"] == "http://testserver/ledger/?force=1"
    assert (row["document"], row["paragraph"], row["status"]) == ("E/RES/2010/901", "7", "open")
    assert row["due"] == day(-20).isoformat()
    assert row["addressees"][0]["name"] == "Invented bureau (IB)"
    assert row["paragraph_address"] == "http://testserver/documents/E/RES/2010/901/para/7"


def test_feed_tells_the_latest_changes_of_what_the_list_shows(
    ledger: dict[str, Ask], client: Client, anna: Any
) -> None:
    instance = ledger["coming"].instances.get()
    set_status(
        anna, instance, "in_progress", source=StatusSource(name="A letter"), expected_version=1
    )

    answer = client.get("/ledger/download.atom?force=3", HTTP_ACCEPT_LANGUAGE="en")

    feed = etree.fromstring(answer.content)
    titles = [str(each.text) for each in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles[0] == "Status: Open → In progress: Meet with the pilots"
    assert len(titles) == 5
    assert all("tide" not in title and "sea lanes" not in title for title in titles)


def test_feed_of_a_long_list_looks_through_the_latest_entries(
    ledger: dict[str, Ask], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = client.get("/ledger/download.atom", HTTP_ACCEPT_LANGUAGE="en").content
    monkeypatch.setattr("stocktake.web.asks.changes._EXACT", 0)

    assert client.get("/ledger/download.atom", HTTP_ACCEPT_LANGUAGE="en").content == exact


def test_calendar_holds_the_due_dates_as_whole_days(ledger: dict[str, Ask], client: Client) -> None:
    answer = client.get("/ledger/download.ics?status=open", HTTP_ACCEPT_LANGUAGE="en")

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event.decoded("dtstart") for event in events] == [day(30), day(-20)]
    assert str(events[0]["summary"]) == ("Due: Meet with the pilots (A/RES/65/901, paragraph 2)")
    assert str(events[0]["uid"]) == f"{ledger['coming'].instances.get().public_id}@testserver"


def test_files_of_other_lists_do_not_offer_feeds(client: Client, db: None) -> None:
    assert client.get("/activities/download.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_every_view_asks_the_database_as_often_for_one_ask_as_for_three(
    count: int, index: Callable[[], None], visit: Visit, file_of: Any, db: None
) -> None:
    document = factories.document("E/RES/2010/950")
    for number in range(count):
        factories.ask(
            of=factories.provision(document, f"para/{number + 1}"),
            due_on=day(number).isoformat(),
            addressees=[{"organization": factories.organization().public_id}],
            elements=[{"element": "wsis-al:C2", "is_suggested": False}],
        )
    index()
    visit("/ledger/")

    told = {}
    for view in ("list", "table", "timeline", "matrix"):
        with CaptureQueriesContext(connection) as queries:
            visit(f"/ledger/?view={view}")
        told[view] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        file_of("/ledger/download.csv")
    told["csv"] = len(queries)
    assert told == {"list": 8, "table": 8, "timeline": 8, "matrix": 8, "csv": 5}
