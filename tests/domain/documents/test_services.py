"""Writing documents: happy, denied and history cases of each service."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from stocktake.domain.documents.models import Document, DocumentSymbol
from stocktake.domain.documents.services import (
    FIELDS,
    create_document,
    create_documents,
    publish_document,
    update_document,
    values_of,
    withdraw_document,
)
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db


def _whole() -> dict[str, Any]:
    return {
        "symbols": ["A/96/64", "E/2041/77"],
        "title": {"original": "fr", "values": {"fr": "Suivi", "en": "Follow-up"}},
        "summary": {"original": "en", "values": {"en": "An invented report."}},
        "type": "report",
        "body": "UN-ECOSOC",
        "session": "2041",
        "meeting": "45th plenary meeting",
        "date": "2041-03",
        "agenda_item": "13 (b)",
        "presented_by": "An invented office",
        "author": "Another",
        "languages": ["fr", "en", "fr"],
        "status": "agreed",
        "events": [{"name": "Meeting", "start": "2041-01-02"}],
        "decisions": [{"paragraph": "2", "summary": {"original": "en", "values": {"en": "Yes"}}}],
        "origin": "sample",
        "source_name": "Somewhere",
        "source_url": "https://example.org/a",
    }


def _read(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_create_keeps_every_field_and_logs_what_the_record_then_holds(system: Any) -> None:
    first = create_document(system, {"symbols": ["E/2040/1"]})

    document = create_document(system, {**_whole(), "previous": first.public_id})

    values = values_of(_read(document))
    assert set(values) == set(FIELDS)
    assert values == {
        **_whole(),
        "languages": ["en", "fr"],
        "previous": first.public_id,
        "is_stub": False,
        "is_invented": False,
        "state": "published",
    }
    told = {name: value for name, value in values.items() if value not in ("", None, [], {})}
    assert history.as_of("document", document.public_id, timezone.now()) == told
    assert document.symbol == "A/96/64"


def test_create_joint_symbol_in_one_string_gives_two_symbols(system: Any) -> None:
    document = create_document(system, {"symbols": ["A/96/64–E/2041/77"]})

    assert values_of(document)["symbols"] == ["A/96/64", "E/2041/77"]


def test_create_without_permission_writes_nothing(bilal: Any) -> None:
    before = history.head()

    with pytest.raises(PermissionDenied, match=r"documents\.create"):
        create_document(bilal, _whole())

    assert (Document.objects.count(), history.head()) == (0, before)


def test_create_with_faults_tells_all_of_them_at_once(system: Any) -> None:
    wrong = {
        "symbols": ["Sales No. 7"],
        "title": "Plain",
        "type": "poem",
        "date": "2041-13",
        "languages": ["xx"],
        "status": "sung",
        "events": ["x"],
        "source_url": "javascript:alert(1)",
        "is_stub": "yes",
        "session": "s" * 121,
        "colour": "red",
    }

    with pytest.raises(ValidationError) as caught:
        create_document(system, wrong)

    assert caught.value.message_dict["symbols"] == ["Sales No. 7 is no document symbol."]
    assert caught.value.message_dict["source_url"] == ["javascript:alert(1) is no web address."]
    assert set(caught.value.message_dict) == set(wrong)
    assert Document.objects.count() == 0


def test_create_without_symbol_and_title_is_refused(system: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        create_document(system, {"type": "report"})

    assert caught.value.message_dict == {"title": ["A symbol or a title is needed."]}


@pytest.mark.parametrize("written", ["E/RES/2041/1", "e/res/2041/1"])
def test_create_symbol_of_another_document_is_refused(system: Any, written: str) -> None:
    create_document(system, {"symbols": ["E/RES/2041/1"]})
    title = {"original": "en", "values": {"en": "Another"}}

    with pytest.raises(ValidationError, match="symbol"):
        create_documents(system, [{"title": title}, {"symbols": [written]}])

    assert Document.objects.count() == 1


def test_create_same_symbol_twice_in_one_call_is_refused(system: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        create_documents(system, [{"symbols": ["A/96/1"]}, {"symbols": ["A/96/1"]}])

    told = "The symbol A/96/1 belongs to another document."
    assert caught.value.message_dict == {"symbols": [told]}


def test_create_line_in_one_call_may_name_its_own_documents(system: Any) -> None:
    rows: list[dict[str, Any]] = [
        {"symbols": ["E/RES/2042/1"], "previous": "D-00000001"},
        {"symbols": ["E/RES/2041/1"]},
    ]

    newer, older = create_documents(system, rows, public_ids=["D-00000002", "D-00000001"])

    assert (newer.public_id, older.public_id) == ("D-00000002", "D-00000001")
    assert _read(newer).previous == older


def test_create_line_in_a_circle_or_of_unknown_documents_is_refused(system: Any) -> None:
    circle = [
        {"symbols": ["E/RES/2042/1"], "previous": "D-00000001"},
        {"symbols": ["E/RES/2041/1"], "previous": "D-00000002"},
    ]

    with pytest.raises(ValidationError, match="come before itself"):
        create_documents(system, circle, public_ids=["D-00000002", "D-00000001"])
    with pytest.raises(ValidationError, match="There is no D-00000009 here"):
        create_document(system, {"symbols": ["E/RES/2041/1"], "previous": "D-00000009"})

    assert Document.objects.count() == 0


def test_create_takes_a_fixed_number_of_queries(system: Any) -> None:
    def write(first: int, count: int) -> int:
        rows = [{**_whole(), "symbols": [f"E/2041/{first + at}"]} for at in range(count)]
        return queries_of(lambda: create_documents(system, rows))

    assert write(10, 1) == write(20, 3)


def test_update_writes_only_what_differs_and_logs_both_sides(system: Any) -> None:
    document = create_document(system, _whole())

    edited = update_document(
        system,
        document,
        {"symbols": ["E/2041/77", "A/96/64"], "status": "superseded", "type": "report"},
        expected_version=1,
        note="order",
    )

    change = history.changes_of("document", document.public_id)[0]
    told = {name: (old, new) for name, (_s, old, new) in change.payload.values.items()}
    assert told == {
        "_note": (None, "order"),
        "status": ("agreed", "superseded"),
        "symbols": (["A/96/64", "E/2041/77"], ["E/2041/77", "A/96/64"]),
    }
    assert (edited.version, edited.symbol) == (2, "E/2041/77")
    assert values_of(edited) == values_of(_read(document))


def test_update_without_difference_writes_nothing(system: Any) -> None:
    document = create_document(system, _whole())
    before = history.head()

    edited = update_document(system, document, _whole(), expected_version=1)

    assert (history.head(), edited.version) == (before, 1)


def test_update_of_an_old_version_or_without_permission_writes_nothing(
    system: Any, bilal: Any
) -> None:
    document = create_document(system, _whole())
    update_document(system, document, {"session": "2042"}, expected_version=1)
    before = history.head()

    with pytest.raises(StaleVersion):
        update_document(system, document, {"session": "2043"}, expected_version=1)
    with pytest.raises(PermissionDenied, match=r"documents\.edit"):
        update_document(bilal, document, {"session": "2043"}, expected_version=2)

    assert (_read(document).session, history.head()) == ("2042", before)


def test_update_refuses_a_circle_and_a_taken_symbol(system: Any) -> None:
    first = create_document(system, {"symbols": ["E/RES/2040/1"]})
    second = create_document(system, {"symbols": ["E/RES/2041/1"], "previous": first.public_id})
    third = create_document(system, {"symbols": ["E/RES/2042/1"], "previous": second.public_id})

    with pytest.raises(ValidationError, match="come before itself"):
        update_document(system, first, {"previous": third.public_id}, expected_version=None)
    with pytest.raises(ValidationError, match="belongs to another document"):
        update_document(system, first, {"symbols": ["E/RES/2042/1"]}, expected_version=None)

    assert (_read(first).previous, _read(first).symbol) == (None, "E/RES/2040/1")
    assert DocumentSymbol.objects.count() == 3


def test_update_can_take_away_the_text_before(system: Any) -> None:
    first = create_document(system, {"symbols": ["E/RES/2040/1"]})
    second = create_document(system, {"symbols": ["E/RES/2041/1"], "previous": first.public_id})

    update_document(system, second, {"previous": ""}, expected_version=None)

    assert _read(second).previous is None


def test_withdraw_and_publish_change_who_sees_it_and_say_why(system: Any, anna: Any) -> None:
    document = create_document(system, _whole())

    withdrawn = withdraw_document(anna, document, reason="entered twice")
    gone = list(Document.objects.published())
    published = publish_document(anna, document, expected_version=withdrawn.version)

    changes = history.changes_of("document", document.public_id)
    assert [history.note_of(change) for change in changes] == ["", "entered twice", ""]
    assert (gone, withdrawn.state, published.state) == ([], "withdrawn", "published")


def test_withdraw_without_reason_or_permission_writes_nothing(anna: Any, bilal: Any) -> None:
    document = create_document(anna, _whole())

    with pytest.raises(ValidationError, match="A reason is needed"):
        withdraw_document(anna, document, reason=" ")
    with pytest.raises(PermissionDenied, match=r"documents\.withdraw"):
        withdraw_document(bilal, document, reason="no")
    with pytest.raises(PermissionDenied, match=r"documents\.publish"):
        publish_document(bilal, document)

    assert _read(document).version == 1


@pytest.mark.parametrize(
    "values",
    [
        {"symbols": "A/96/1"},
        {"symbols": [5]},
        {"symbols": ["A/" * 5000]},
        {"title": {"original": "en", "values": ["x"]}},
        {"type": ["report"]},
        {"date": 2041},
        {"languages": [["en"]]},
        {"status": ["agreed"]},
        {"events": [{"name": "a\x00b"}]},
        {"events": [{"figures": float("nan")}]},
        {"events": [{1: "x"}]},
        {"previous": 5},
        {"source_url": "https://"},
        {"author": "a\x00b"},
    ],
)
def test_create_refuses_values_of_the_wrong_kind_with_a_sentence(
    system: Any, values: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as caught:
        create_document(system, {"symbols": ["A/96/64"], **values})

    assert all(sentence.endswith(".") for sentence in caught.value.messages)
    assert Document.objects.count() == 0
