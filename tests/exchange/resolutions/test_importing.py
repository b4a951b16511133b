"""Official texts: joined to records of our own words, or made into records; contradictions."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.models import Ask
from stocktake.domain.documents.models import Document, Lineage, Provision
from stocktake.domain.documents.services import (
    create_document,
    update_document,
    write_provisions,
)
from stocktake.exchange.models import Draft
from stocktake.exchange.resolutions import lineage, publishing
from stocktake.exchange.resolutions.importing import ImportReport, import_text
from stocktake.exchange.sample_documents import document_id, load_documents, load_sample_documents
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries as history
from stocktake.kernel.history.models import Change
from tests import factories
from tests.exchange.resolutions.texts import LAMPS, LATER, NEXT, REPORT, SYMBOL

pytestmark = pytest.mark.django_db


def text(words: str) -> dict[str, Any]:
    """Give words of ours as a text value."""
    return {"original": "en", "values": {"en": words}}


def record(system: System, **changes: Any) -> Document:
    """Load a record of the lamps in our own words; `changes` alter paragraph 2 or its ask."""
    ask = {
        "key": "lamps-2-1",
        "lemma": "request",
        "force": 3,
        "task": text("Report on lamps."),
        "addressees": [{"code": "UN-SG"}],
        "nature": "recurring",
        "recurrence": "P1Y",
        "report_to": ["CSTD"],
        **changes.pop("ask", {}),
    }
    second = {
        "path": "para/2",
        "number": "2",
        "role": "operative",
        "summary": text("Ours."),
        "clauses": [{"lemma": ask["lemma"], "force": ask["force"]}],
        "asks": [ask],
        **changes,
    }
    share = {
        "key": "lamps-3-1",
        "lemma": "invite",
        "force": 1,
        "task": text("Share oil."),
        "addressees": [{"code": "ALL_STATES"}],
        "nature": "once",
        "due": {"on": "2049-12-31"},
    }
    row = {
        "key": "lamps",
        "symbols": [SYMBOL],
        "title": text("Care of lamps"),
        "type": "resolution",
        "body": "UN-ECOSOC",
        "date": "2049",
        "status": "agreed",
        "provisions": [
            {
                "path": "para/1",
                "number": "1",
                "role": "operative",
                "clauses": [{"lemma": "note", "force": 0}],
                "citations": [{"symbol": "A/102/7"}],
            },
            second,
            {
                "path": "para/3",
                "number": "3",
                "role": "operative",
                "asks": [share],
                "clauses": [{"lemma": "invite", "force": 1}],
            },
            {"path": "para/4", "number": "4", "role": "operative"},
        ],
    }
    cited = {
        "key": "lamps-report",
        "symbols": ["A/102/7", "E/2049/3"],
        "title": text("Lamps"),
        "type": "report",
        "is_stub": True,
    }
    load_documents(system, [row, cited])
    return Document.objects.get(symbol=SYMBOL)


def run(actor: Any, words: str = LAMPS, **options: Any) -> ImportReport:
    """Import a text of the lamps."""
    told = {"symbol": SYMBOL, "file_name": "lamps.txt", **options}
    return import_text(actor, words.encode(), **told)


def test_import_of_an_unknown_document_makes_a_published_record(anna: Any) -> None:
    report = run(anna, symbol="e/res/2049/1")

    document = Document.objects.get(symbol=SYMBOL)
    assert (report.outcome, report.paragraphs, report.asks) == ("created", 7, 4)
    assert (document.state, document.versions.get().text) == ("published", LAMPS)
    ask = Ask.objects.get(provision__path="para/3")
    assert (str(ask.task), ask.due_as_written) == (
        *("to share oil before the end of 2049", "before the end of 2049"),
    )


def test_import_by_others_is_denied(bilal: Any) -> None:
    with pytest.raises(PermissionDenied):
        run(bilal)

    assert not Document.objects.exists()


def test_import_twice_changes_nothing(system: System) -> None:
    run(system)
    before = history.head()

    report = run(system)

    assert (report.outcome, history.head()) == ("unchanged", before)


def test_import_joins_the_text_to_a_record_of_our_own(system: System) -> None:
    document = record(system)
    kept = Provision.objects.get(document=document, path="para/2")

    report = run(system)

    provision = Provision.objects.get(document=document, path="para/2")
    assert (report.outcome, report.contradictions) == ("text_added", [])
    assert (provision.public_id, str(provision.summary)) == (kept.public_id, "Ours.")
    assert str(provision.text).startswith("Requests the Secretary-General to submit")
    assert str(Ask.objects.get(provision=provision).task) == "Report on lamps."
    assert [each.path for each in document.provisions.order_by("position", "pk")] == [
        *("preamble/1", "para/1", "para/2", "para/3", "para/4", "para/4/a", "para/4/b"),
    ]
    assert document.versions.get().text == LAMPS


def test_import_is_logged_and_the_same_again_is_not(system: System) -> None:
    document = record(system)

    run(system)
    before = history.head()
    again = run(system)

    rows = Change.objects.filter(kind="document", object_id=document.public_id)
    assert [each.verb for each in rows.order_by("number")] == ["create", "add_text"]
    assert (again.outcome, history.head()) == ("unchanged", before)


def test_import_as_a_trial_writes_nothing(system: System) -> None:
    unknown = run(system, is_dry=True)
    record(system)
    before = history.head()

    joined = run(system, is_dry=True)
    run(system)

    assert (unknown.outcome, joined.outcome) == ("created", "text_added")
    assert history.head()[0] > before[0]
    assert run(system, is_dry=True).outcome == "unchanged"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"number": "7"}, "para/2, number: recorded 7, read 2."),
        ({"role": "quoted"}, "para/2, kind of paragraph: recorded quoted, read operative."),
        (
            {"clauses": [{"lemma": "invite", "force": 1}]},
            "para/2, verb and force: recorded invite (1), read request (3).",
        ),
        (
            {"ask": {"addressees": [{"code": "CSTD-CHAIR"}]}},
            "para/2, addressee: recorded CSTD-CHAIR, read UN-SG.",
        ),
        (
            {"ask": {"nature": "once", "recurrence": ""}},
            "para/2, recurrence: recorded nothing, read P1Y.",
        ),
        (
            {"ask": {"nature": "once", "recurrence": "", "due": {"session": "A/103"}}},
            "para/2, due date: recorded A/103, read nothing.",
        ),
        (
            {"citations": [{"symbol": "A/102/7"}]},
            "para/2, references: recorded A/102/7, read nothing.",
        ),
        ({"path": "para/9", "number": "9"}, "para/9, number: recorded 9, read nothing."),
        ({"path": "para/9", "number": "9"}, "para/2, number: recorded nothing, read 2."),
    ],
)
def test_import_that_contradicts_the_record_says_where_and_writes_nothing(
    system: System, changes: dict[str, Any], told: str
) -> None:
    record(system, **changes)
    before = history.head()

    report = run(system)

    assert report.outcome == "contradicted"
    assert f"lamps.txt, {told}" in [each.message for each in report.contradictions]
    assert history.head() == before


def test_import_with_another_date_contradicts_the_record(system: System) -> None:
    record(system)

    report = run(system, LAMPS.replace("9 July 2049", "9 July 2048"))

    assert [each.message for each in report.contradictions] == [
        "lamps.txt, date: recorded 2049, read 2048-07-09."
    ]


def test_import_with_another_due_date_contradicts_the_record(system: System) -> None:
    record(system)

    report = run(system, LAMPS.replace("end of 2049", "end of 2050"))

    assert [each.message for each in report.contradictions] == [
        "lamps.txt, para/3, due date: recorded 2049-12-31, read 2050-12-31."
    ]


def test_import_with_another_subparagraph_contradicts_a_record_that_lists_them(
    system: System,
) -> None:
    document = record(system)
    rows = [{"path": "para/4/a", "number": "4 (a)", "role": "task", "parent": "para/4"}]
    write_provisions(system, document, rows)

    report = run(system)

    assert [(each.paragraph, each.field) for each in report.contradictions] == [
        ("para/4/b", "number")
    ]


def test_import_in_another_language_joins_the_same_paragraphs(system: System) -> None:
    record(system)
    run(system)
    french = (
        "Résolution\n\n2049/1\n\nEntretien des lampes\n\nLe Conseil économique et social,\n\n"
        "Rappelant sa résolution 2044/17,\n\n"
        "1. Prend note du rapport du Secrétaire général (A/102/7-E/2049/3) ;\n\n"
        "2. Prie le Secrétaire général de présenter un rapport chaque année ;\n\n"
        "3. Invite les États Membres à partager l’huile avant la fin de 2049 ;\n\n"
        "4. Demande à toutes les parties prenantes :\n\na) De tailler les mèches ;\n\n"
        "b) De nettoyer les verres.\n\n3e séance plénière\n9 juillet 2049\n"
    )

    report = run(system, french, language="fr")

    provision = Provision.objects.get(path="para/3")
    assert (report.outcome, [each.message for each in report.contradictions]) == ("text_added", [])
    assert sorted(provision.text.values) == ["en", "fr"]
    assert Document.objects.get(symbol=SYMBOL).versions.count() == 2


def test_import_of_the_next_text_traces_what_continues(system: System) -> None:
    run(system)
    run(system, LATER, symbol=NEXT)
    earlier, later = (Document.objects.get(symbol=each) for each in (SYMBOL, NEXT))
    changes = {"previous": earlier.public_id}
    update_document(system, later, changes, expected_version=None)

    report = run(system, LATER, symbol=NEXT)

    assert report.outcome == "text_added"
    assert Lineage.objects.filter(later__document=later).count() == 3
    assert run(system, LATER, symbol=NEXT).outcome == "unchanged"


def test_lineage_compares_due_dates_by_their_day_not_by_their_words(system: System) -> None:
    asked = {"nature": "once", "due_on": "2011-12-31"}
    words = {"due_as_written": "before the end of 2011"}

    same = lineage._ask(factories.ask(**asked)), lineage._ask(factories.ask(**asked, **words))
    moved = lineage._ask(factories.ask(**{**asked, **words, "due_on": "2012-12-31"}))

    assert same[0].due == same[1].due != moved.due


def test_import_of_a_report_places_every_number_and_its_points(system: System) -> None:
    made = create_document(system, {"title": text("Report on lamps"), "type": "report"})

    report = import_text(system, REPORT.encode(), symbol=made.public_id)

    rows = made.provisions.order_by("position")
    assert report.outcome == "created"
    assert [(each.path, each.role, each.number) for each in rows] == [
        *(("para/1", "heading", "1"), ("para/1.1", "numbered", "1.1")),
        *(("para/1.2", "numbered", "1.2"), ("para/1.2/1", "item", ""), ("para/1.2/2", "item", "")),
        *(("para/2", "heading", "2"), ("para/2.1", "numbered", "2.1")),
    ]


def test_import_that_was_interrupted_goes_on(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_args: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(publishing, "create_asks", interrupt)
        run(system)

    report = run(system)

    assert report.outcome == "created"
    assert (Document.objects.get(symbol=SYMBOL).state, Draft.objects.count()) == ("published", 1)
    assert Ask.objects.count() == 4


def test_import_of_no_resolution_says_so(system: System) -> None:
    with pytest.raises(ValidationError, match="neither a resolution nor a numbered report"):
        run(system, "It rained.\n\nIt rained again.\n")

    assert not Document.objects.exists()


def test_import_of_both_seeds_contradicts_nothing_in_the_sample(
    system: System, shared_seeds: Path
) -> None:
    load_sample_documents(system)
    seeds = {
        "000_74ca13202f68b564.txt": ("E/RES/2010/2", document_id("e-res-2010-2")),
        "003_531b8b6f11d1f9b8.txt": (document_id("wg-wsis-report-2008"),) * 2,
    }

    for name, (written, public_id) in seeds.items():
        data = (shared_seeds / name).read_bytes()
        report = import_text(system, data, symbol=written, file_name=name)
        again = import_text(system, data, symbol=written, file_name=name)

        assert [each.message for each in report.contradictions] == []
        assert (report.outcome, again.outcome) == ("text_added", "unchanged")
        rows = Provision.objects.filter(document__public_id=public_id)
        assert all(each.text for each in rows.filter(role__in=("operative", "numbered")))
