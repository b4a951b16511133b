"""The pages of documents and paragraphs: what they show, in English and Arabic."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stocktake.domain.asks.services import StatusSource, answer_ask, set_status
from stocktake.domain.documents.services import write_provisions
from stocktake.kernel.history.queries import head
from stocktake.lib.resolutions import from_akn
from stocktake.web.environment import number
from tests import factories
from tests.web.conftest import Page, words
from tests.web.documents import making

Visit = Callable[..., Page]
HERE = "/en/documents/E/RES/2010/7"


def facts(page: Page) -> dict[str, list[str]]:
    """Read the facts at the side."""
    return {
        row.xpath("string(dt)"): [" ".join(dd.text_content().split()) for dd in row.xpath("dd")]
        for row in page.find(".aside .facts div")
    }


def test_document_shows_its_facts_and_paragraphs_under_their_sections(visit: Visit) -> None:
    making.line()

    page = visit(HERE)

    assert page.text("h1") == "Bridges, 2010"
    assert page.text(".kicker") == "Resolution · Economic and Social Council"
    told = facts(page)
    assert told["Symbol"] == ["E/RES/2010/7"]
    assert told["Date"] == ["19 July 2010"]
    assert told["How far it has come"] == ["Agreed"]
    assert told["Original in"] == ["العربية", "English"]
    assert page.links(".aside .facts dd a")[:2] == [
        f"https://documents.un.org/api/symbol/access?s=E/RES/2010/7&l={language}&t=pdf"
        for language in ("ar", "en")
    ]
    assert page.texts("h3.part") == [
        "Preamble",
        "Counting paragraphs 1 to 2",
        "Tunnels paragraph 3",
    ]
    assert page.texts(".para > .no") == ["1", "1", "2", "(a)", "(b)", "3"]
    assert page.text("#para-1 .words") == "Our words on para/1."
    assert page.text("#para-2 > div > .verbs").startswith("requests (force 3 of 4)")


def test_document_tells_tasks_and_quoted_matter_apart(visit: Visit) -> None:
    making.line()

    page = visit(HERE)

    assert page.text("#para-2-a .note-size") == "A task of its own"
    assert page.text("#para-2-b .note-size") == "Quoted matter"


def test_document_without_official_text_says_so_and_links_to_it(visit: Visit) -> None:
    making.line()

    page = visit(HERE)

    notice = page.text("section .notice")
    assert notice.startswith("The official text is not held here.")
    assert page.links("section .notice a") == [
        "https://documents.un.org/api/symbol/access?s=E/RES/2010/7&l=en&t=pdf"
    ]


def test_document_with_official_text_shows_it_and_names_what_is_missing(visit: Visit) -> None:
    made = making.line()
    making.with_text(made.later)

    page = visit(HERE)

    assert page.text("#para-1 .words") == "Takes note of the invented report;"
    assert page.text("#para-3 .words") == "Our words on para/3."
    assert page.text("section .notice").startswith("The official text of some paragraphs")


def test_paragraphs_in_another_language_than_the_page_are_marked(visit: Visit) -> None:
    made = making.line()
    making.with_text(made.later, "ar")

    page = visit(HERE)

    (shown,) = page.find("#para-1 .words")
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")
    assert page.find("#para-3 .words")[0].get("lang") is None


def test_arabic_page_runs_right_to_left_and_says_once_what_language_is_shown(visit: Visit) -> None:
    making.line()

    page = visit("/ar/documents/E/RES/2010/7")

    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    (shown,) = page.find("#para-1 .words")
    assert (shown.get("lang"), shown.get("dir")) == ("en", "ltr")
    assert "English" in page.texts("section .notice p")[1]
    assert page.text(".ask-lines a") == "عدّ الجسور"
    assert page.find(".words .fallback") == []


def test_document_shows_asks_with_addressee_and_status_in_words(visit: Visit) -> None:
    made = making.line()
    due = timezone.localdate() - timedelta(days=400)

    page = visit(HERE)

    (line,) = page.texts(".ask-lines li")
    assert line.startswith("Count the bridges Secretary-General")
    assert line.endswith("No report received")
    assert str(due.year) in line
    assert page.links(".ask-lines > li > a") == [
        reverse("ask", kwargs={"public_id": made.ask.public_id})
    ]


def test_document_compares_itself_with_the_text_before_it(visit: Visit) -> None:
    making.line()

    page = visit(HERE)

    rows = [words(row.text_content()) for row in page.find(".tallies tbody tr")]
    assert rows == ["New1", "Dropped1", "Stronger verb1", "Due date moved1", "Unchanged1"]
    assert page.texts("#new + ul li") == ["3 Our words on para/3."]
    assert page.texts("#dropped + ul li") == ["3 Our words on ferries."]
    assert page.text("#para-2 > div > .verbs").endswith("Stronger verb, Due date moved")
    assert page.texts(".aside .years li") == ["2009 · E/RES/2009/7", "2010 · E/RES/2010/7"]


def test_document_lists_citations_both_ways_and_stub_says_that_it_is_only_cited(
    visit: Visit,
) -> None:
    making.line()

    page = visit(HERE)
    stub = visit("/en/documents/A/RES/60/252")

    cites = page.texts("section[aria-labelledby=cites] li")
    assert cites == [
        "E/RES/2009/7 Bridges, 2009 in paragraph 1",
        "A/RES/60/252 in paragraph 3 · only cited",
    ]
    assert stub.text(".notice h2") == "Known from citations only"
    assert stub.texts("section[aria-labelledby=cited-by] li") == [
        "E/RES/2010/7 Bridges, 2010 in paragraph 3"
    ]
    assert stub.find(".para") == []


def test_working_documents_are_named_nowhere_in_public(visit: Visit, system: Any) -> None:
    made = making.line()
    secret = factories.document("E/RES/2011/9", "Zanzibarquetzal", state="working")
    cited = [{"symbol": "E/RES/2010/7", "paragraphs": ["1"]}]
    write_provisions(system, secret, [making.row("para/1", 0, citations=cited)])
    hidden = factories.document(
        "E/RES/2011/7", "Zanzibarquetzal", state="working", previous=made.later.public_id
    )
    assert hidden.previous == made.later

    tails = ["", "/para/1", "/follow-up?line=1", "/download.json"]
    sources = [visit(f"{HERE}{tail}").source for tail in tails]

    assert [each for each in sources if "Zanzibarquetzal" in each or "E/RES/2011" in each] == []


def test_paragraph_shows_what_it_asks_and_what_came_of_it(visit: Visit) -> None:
    made = making.line()
    evidence = making.evidenced(made.ask)
    source = StatusSource(evidence=evidence)
    instance = made.ask.instances.get()
    set_status(making.SYSTEM, instance, "reported_done", source=source, expected_version=None)

    page = visit(f"{HERE}/para/2")

    assert page.text("h1") == "Paragraph 2"
    assert page.texts(".asks h3") == ["Count the bridges"]
    assert page.text("#evidence ~ .period .row").startswith("Reported done")
    assert page.texts("#evidence ~ .period li") == [
        "Count of bridges Report · November 2010 · Source: Bridge office"
    ]
    assert page.texts(".turn a") == [
        "Paragraph 1 Our words on para/1.",
        "Paragraph 3 Our words on para/3.",
    ]


def test_paragraph_shows_its_kin_in_other_years_with_the_difference_of_words(
    visit: Visit,
) -> None:
    making.line()

    page = visit(f"{HERE}/para/2")
    earlier = visit("/en/documents/E/RES/2009/7/para/2")

    assert page.texts(".years > li > p.muted") == ["2009 to 2010: Stronger verb, Due date moved"]
    assert page.text(".years [aria-current]") == "E/RES/2010/7 , Paragraph 2"
    assert earlier.links(".years a") == ["/en/documents/E/RES/2010/7/para/2"]


def test_paragraph_without_official_text_says_so(visit: Visit) -> None:
    making.line()

    page = visit(f"{HERE}/para/3")

    assert page.text("#text") == "In our words"
    assert "The official text of this paragraph is not held here." in page.text(".notice")
    assert page.links(".facts dd a")[-1] == "/en/documents/A/RES/60/252#para-5"


def test_paragraph_with_official_text_offers_its_other_languages(visit: Visit) -> None:
    made = making.line()
    making.with_text(made.later)
    making.with_text(made.later, "ar")

    page = visit(f"{HERE}/para/1")

    assert page.text("#text") == "The text"
    assert page.text(".provision p") == "Takes note of the invented report;"
    (other,) = page.find("details p")
    assert (other.get("lang"), other.get("dir")) == ("ar", "rtl")


def test_citation_of_a_paragraph_carries_the_permalink_without_language(visit: Visit) -> None:
    making.line()

    page = visit("/ar/documents/E/RES/2010/7/para/2/a")

    assert page.text(".citation code") == "http://testserver/documents/E/RES/2010/7/para/2/a"
    assert "E/RES/2010/7" in page.text(".citation p")


def test_comparison_names_every_change(visit: Visit) -> None:
    making.line()

    page = visit(f"{HERE}/compare/E/RES/2009/7")
    one = visit(f"{HERE}/compare/E/RES/2009/7?only=due-moved")

    assert page.text("h1") == "E/RES/2010/7 compared with E/RES/2009/7"
    assert page.texts(".pairs h2") == [
        "Unchanged",
        "Stronger verb · Due date moved",
        "New",
        "Dropped",
    ]
    assert one.texts(".pairs h2") == ["Stronger verb · Due date moved"]
    assert page.links(".pairs > li:first-child a") == [f"{HERE}/para/1"]
    assert page.texts(".sides .earlier")[-1].endswith("Our words on ferries.")


def test_comparison_of_texts_without_lineage_aligns_them_and_shows_the_difference(
    visit: Visit, system: Any
) -> None:
    one = factories.document("A/RES/1/1", date="2001")
    other = factories.document("A/RES/2/1", date="2002")
    before = "Asks all States to count their bridges and to publish the count."
    after = "Asks all States to count their bridges and to publish the figures."
    write_provisions(
        system,
        one,
        [
            making.row(
                "para/1", 0, summary=making.words(before), clauses=[making.clause("invite", 1)]
            )
        ],
    )
    write_provisions(
        system,
        other,
        [
            making.row("para/1", 0, summary=making.words("Something wholly new.")),
            making.row(
                "para/2", 1, summary=making.words(after), clauses=[making.clause("request", 3)]
            ),
        ],
    )

    page = visit("/en/documents/A/RES/1/1/compare/A/RES/2/1")

    assert page.texts(".pairs h2") == ["New", "Stronger verb"]
    assert page.texts(".diff del") == ["count."]
    assert page.texts(".diff ins") == ["figures."]
    assert "Our summaries are compared" in page.source


def test_comparison_with_a_stub_says_that_nothing_is_held(visit: Visit) -> None:
    making.line()

    page = visit(f"{HERE}/compare/A/RES/60/252")

    assert "There is nothing to compare." in page.text(".empty")
    assert page.texts(".empty li") == ["A/RES/60/252"]


def test_follow_up_counts_periods_without_score_and_names_cut_off_and_log(visit: Visit) -> None:
    made = making.line()
    making.evidenced(making.asked(made.later, "para/3", task=making.words("Dig a tunnel")))
    asked = factories.organization("Bridge office")
    user = factories.user(
        "o@example.org", role="editor", scope_kind="organization", scope_id=asked.public_id
    )
    third = making.asked(
        made.later,
        "para/1",
        task=making.words("Paint"),
        addressees=[{"code": "", "organization": asked.public_id}],
    )
    answer_ask(
        user,
        third.instances.get(),
        asked,
        making.words("Painted."),
        answered_on=timezone.localdate(),
    )

    page = visit(f"{HERE}/follow-up")

    assert page.text("h1") == "Follow-up of E/RES/2010/7"
    rows = [words(row.text_content()) for row in page.find(".tallies tbody tr")]
    assert rows == ["Open2", "No report received1"]
    assert page.texts(".followed h3")[0] == "Paragraph 1 Counting"
    assert page.texts(".asked h4") == ["Paint", "Count the bridges", "Dig a tunnel"]
    assert page.text(".answer p") == "Painted."
    assert f"Number {number(head()[0])} of the log" in page.text(".record-head .row")
    assert "%" not in " ".join(page.texts("main"))


def test_follow_up_puts_silent_periods_that_follow_one_another_in_one_line(visit: Visit) -> None:
    made = making.line()
    years = [{"period": str(year), "due_on": f"{year}-05-01"} for year in range(2011, 2015)]
    years.append({"period": "2010"})
    making.asked(made.later, "para/3", nature="periodic", due_on=None, instances=years)

    page = visit(f"{HERE}/follow-up")

    assert page.texts(".asked")[1].endswith("2010 Open 2011 to 2014 No report received")


def test_follow_up_of_a_line_tells_of_each_text(visit: Visit) -> None:
    made = making.line()
    making.asked(made.earlier, "para/2", task=making.words("Count the ferries"))

    one = visit(f"{HERE}/follow-up")
    line = visit(f"{HERE}/follow-up?line=1")

    assert one.texts(".asked h4") == ["Count the bridges"]
    assert one.links(".record-head .row a") == [f"{HERE}/follow-up?line=1"]
    assert line.texts(".asked h4") == ["Count the ferries", "Count the bridges"]


def test_silence_before_its_public_day_is_told_to_the_desk_alone(
    visit: Visit, client: Client, anna: Any
) -> None:
    made = making.line()
    due = timezone.localdate() - timedelta(days=10)
    making.asked(made.later, "para/3", due_on=due.isoformat(), task=making.words("Dig"))

    public = visit(f"{HERE}/para/3")
    client.force_login(anna)
    desk = visit(f"{HERE}/para/3")

    assert "No report received" not in public.text("section[aria-labelledby=asks]")
    assert "No report received" in desk.text("section[aria-labelledby=asks]")
    assert "Shown to the public from" in desk.text("#evidence ~ .period")


def test_nothing_public_reads_not_implemented(visit: Visit) -> None:
    making.line()

    sources = " ".join(visit(f"{HERE}{tail}").source for tail in ("", "/para/2", "/follow-up"))

    assert "not implemented" not in sources.lower()
    assert "not started" not in sources.lower()


def test_pages_take_the_same_number_of_queries_for_one_and_three_paragraphs(
    db: None, client: Client, system: Any
) -> None:
    tails = ("", "/para/1", "/follow-up", "/download.json", "/download.csv")
    counts: dict[str, list[int]] = {tail: [] for tail in tails}
    for size in (1, 3):
        document = factories.document(f"E/RES/2001/{size}", date="2001")
        cited = [{"symbol": "A/RES/60/252"}]
        paths = [f"para/{place}" for place in range(1, size + 1)]
        rows = [making.row(path, place, citations=cited) for place, path in enumerate(paths)]
        write_provisions(system, document, rows)
        for path in paths:
            making.evidenced(making.asked(document, path))
        for tail in tails:
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(f"/en/documents/E/RES/2001/{size}{tail}"))
            counts[tail].append(len(queries))

    assert [tail for tail, (one, three) in counts.items() if one != three] == []


def test_long_document_is_cut_into_pages_between_paragraphs(visit: Visit, system: Any) -> None:
    document = factories.document("E/RES/2010/7")
    rows = [making.row(f"para/{place}", place) for place in range(1, 131)]
    write_provisions(system, document, rows)

    first, second = visit(HERE), visit(f"{HERE}?page=2")
    beyond = visit(f"{HERE}?page=99999")

    assert (len(first.find(".para")), len(second.find(".para"))) == (120, 10)
    assert second.links(".pager [rel=prev]") == [HERE]
    assert beyond.texts(".para .no") == second.texts(".para .no")


def test_json_holds_document_paragraphs_asks_and_evidence(db: None, client: Client) -> None:
    made = making.line()
    making.evidenced(made.ask)

    told = json.loads(client.get("/documents/E/RES/2010/7/download.json").content)

    assert told["symbols"] == ["E/RES/2010/7"]
    assert told["log_number"] == head()[0]
    assert [each["path"] for each in told["provisions"]][:3] == ["preamble/1", "para/1", "para/2"]
    (ask,) = told["provisions"][3]["asks"]
    assert ask["addressees"] == [{"code": "UN-SG", "organization": "", "qualifier": ""}]
    (period,) = ask["periods"]
    assert period["shown"] == "open"
    assert [each["title"]["values"]["en"] for each in period["evidence"]] == ["Count of bridges"]


def test_csv_has_a_row_an_ask_and_is_safe_against_formulas(file_of: Any, system: Any) -> None:
    document = factories.document("E/RES/2010/7")
    summary = making.words("=1+1")
    write_provisions(system, document, [making.row("para/1", 0, summary=summary)])
    making.asked(document, "para/1")

    text = file_of("/documents/E/RES/2010/7/download.csv").decode("utf-8-sig")

    (shown,) = csv.DictReader(io.StringIO(text))
    assert shown["Summary"] == "'=1+1"
    assert shown["Task"] == "Count the bridges"
    assert shown["Status"] == "No report received"


def test_markdown_says_that_the_words_are_ours_and_keeps_signs_harmless(
    db: None, client: Client, system: Any
) -> None:
    document = factories.document("E/RES/2010/7", "Bridges *and* [tunnels](x)")
    write_provisions(system, document, [making.row("para/1", 0)])

    text = client.get("/en/documents/E/RES/2010/7/download.md").content.decode()

    assert text.startswith("# Bridges \\*and\\* \\[tunnels\\](x)\n")
    assert "The official text is not held here." in text
    assert "**1** Our words on para/1." in text


def test_akoma_ntoso_of_an_official_text_reads_back(db: None, client: Client) -> None:
    made = making.line()
    making.with_text(made.later)

    answer = client.get("/documents/E/RES/2010/7/download.xml")

    assert answer["Content-Type"] == "application/akn+xml; charset=utf-8"
    read = from_akn(answer.content)
    assert read.identity.symbol == "E/RES/2010/7"
    assert [each.path for each in read.operative] == ["para/1", "para/2"]


def test_akoma_ntoso_without_official_text_is_refused_with_a_sentence(
    db: None, client: Client
) -> None:
    making.line()

    answer = client.get("/documents/E/RES/2010/7/download.xml")

    assert answer.status_code == 404
    assert "there is nothing to send" in answer.content.decode()
