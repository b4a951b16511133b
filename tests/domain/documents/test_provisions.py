"""Writing provisions: by path, one change for each that differs, permalinks that never die."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from stocktake.domain.documents.models import Citation, Document, Provision
from stocktake.domain.documents.queries import provisions_of
from stocktake.domain.documents.services import (
    PROVISION_FIELDS,
    create_document,
    provision_values,
    withdraw_provisions,
    write_provisions,
)
from stocktake.kernel.history import queries as history
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db


def _text(words: str, language: str = "en") -> dict[str, Any]:
    return {"original": language, "values": {language: words}}


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "path": "para/1",
            "number": "1",
            "role": "operative",
            "position": 1,
            "section": _text("Steps"),
            "summary": _text("Asks the office for a report"),
            "footnotes": [{"number": "3", "text": _text("See there.")}],
            "clauses": [
                {"lemma": "take note", "force": 0, "modifiers": ["also"]},
                {"verb": "requests", "lemma": "request", "force": 3, "position": 40, "asks": [{}]},
            ],
            "citations": [
                {"symbols": ["A/RES/96/2"], "paragraphs": ["5"]},
                {"symbol": "A/RES/96/2", "paragraphs": ["5", "6"]},
                {"title": _text("Invented Agenda"), "paragraphs": ["35"]},
            ],
        },
        {"path": "para/1/a", "number": "(a)", "role": "task", "position": 2, "parent": "para/1"},
    ]


@pytest.fixture
def document(system: Any) -> Document:
    """A document without provisions."""
    return create_document(system, {"symbols": ["E/RES/2041/1"]})


def _values(document: Document) -> dict[str, dict[str, Any]]:
    return {each.path: provision_values(each) for each in provisions_of(document)}


def test_write_keeps_every_field_and_logs_what_the_record_then_holds(
    system: Any, document: Document
) -> None:
    made = write_provisions(system, document, _rows())

    resolution = Document.objects.get(symbol="A/RES/96/2").public_id
    agenda = Document.objects.get(symbol="", is_stub=True).public_id
    values = _values(document)["para/1"]
    assert set(values) == set(PROVISION_FIELDS)
    assert values == {
        **{name: value for name, value in _rows()[0].items() if name in PROVISION_FIELDS},
        "document": document.public_id,
        "parent": "",
        "text": {},
        "clauses": [
            {"verb": "", "lemma": "take note", "modifiers": ["also"], "force": 0, "position": 0},
            {"verb": "requests", "lemma": "request", "modifiers": [], "force": 3, "position": 40},
        ],
        "force": 3,
        "citations": [
            {"document": resolution, "paragraphs": ["5", "6"]},
            {"document": agenda, "paragraphs": ["35"]},
        ],
        "is_withdrawn": False,
    }
    for path, each in made.items():
        held = {k: v for k, v in _values(document)[path].items() if v not in ("", None, [], {})}
        assert history.as_of("provision", each.public_id, timezone.now()) == held
    assert _values(document)["para/1/a"]["parent"] == "para/1"


def test_write_again_writes_nothing(system: Any, document: Document) -> None:
    write_provisions(system, document, _rows())
    before = history.head()

    write_provisions(system, document, _rows(), remove_missing=True)

    assert history.head() == before


def test_write_edits_by_path_keeps_identifier_and_logs_only_what_differs(
    system: Any, document: Document
) -> None:
    first = write_provisions(system, document, _rows())
    before, _hash = history.head()

    edited = write_provisions(
        system,
        document,
        [{"path": "para/1", "summary": _text("Asks for two"), "citations": []}],
        note="mended",
    )

    number, _hash = history.head()
    change = history.changes_of("provision", first["para/1"].public_id)[0]
    assert (number, edited["para/1"].public_id) == (before + 1, first["para/1"].public_id)
    assert edited["para/1"].version == 2
    assert {told.field for told in history.diff(change)} == {"summary", "citations"}
    assert history.note_of(change) == "mended"
    assert not Citation.objects.exists()
    assert _values(document)["para/1"]["clauses"][1]["lemma"] == "request"


def test_write_provision_has_the_same_identifier_wherever_it_is_loaded(
    system: Any, document: Document
) -> None:
    made = write_provisions(system, document, _rows())
    Provision.objects.all().delete()

    again = write_provisions(system, document, _rows())

    assert [each.public_id for each in again.values()] == [e.public_id for e in made.values()]


def test_write_without_a_path_marks_it_withdrawn_and_its_return_brings_it_back(
    system: Any, document: Document
) -> None:
    made = write_provisions(system, document, _rows())
    write_provisions(system, document, _rows()[:1], remove_missing=True)
    gone = Provision.objects.get(path="para/1/a")

    back = write_provisions(system, document, _rows(), remove_missing=True)

    assert (gone.is_withdrawn, gone.public_id) == (True, made["para/1/a"].public_id)
    assert (back["para/1/a"].is_withdrawn, back["para/1/a"].pk) == (False, gone.pk)


def test_withdraw_provisions_names_those_that_are_not_there(
    system: Any, bilal: Any, document: Document
) -> None:
    write_provisions(system, document, _rows())

    with pytest.raises(ValidationError, match="There is no para/7 here"):
        withdraw_provisions(system, document, ["para/1", "para/7"])
    with pytest.raises(PermissionDenied):
        withdraw_provisions(bilal, document, ["para/1"])
    withdraw_provisions(system, document, ["para/1/a"], note="merged")

    withdrawn = Provision.objects.filter(is_withdrawn=True).get()
    assert withdrawn.path == "para/1/a"
    assert history.note_of(history.changes_of("provision", withdrawn.public_id)[0]) == "merged"


def test_write_without_permission_writes_nothing(bilal: Any, document: Document) -> None:
    before = history.head()

    with pytest.raises(PermissionDenied, match=r"documents\.edit"):
        write_provisions(bilal, document, _rows())

    assert (Provision.objects.count(), history.head()) == (0, before)


def test_write_with_faults_tells_all_of_them_at_once(system: Any, document: Document) -> None:
    rows: list[dict[str, Any]] = [
        {"path": "para/1", "role": "chorus", "clauses": [{"lemma": "request", "force": 9}]},
        {"path": "PARA", "role": "task", "citations": [{"paragraphs": ["1"]}]},
        {"path": "para/2", "role": "task", "colour": "red", "position": -1, "force": 7},
        {"path": "para/2", "role": "task", "footnotes": [{"text": {}}], "text": "plain"},
    ]

    with pytest.raises(ValidationError) as caught:
        write_provisions(system, document, rows)

    assert set(caught.value.message_dict) == {
        *("para/1 role", "para/1 clauses", "PARA path", "PARA citations", "para/2 colour"),
        *("para/2 position", "para/2 force", "para/2 path", "para/2 footnotes", "para/2 text"),
    }
    assert caught.value.message_dict["PARA path"] == ["A path such as annex/I/para/12 is expected."]
    assert not Provision.objects.exists()


def test_write_parents_that_are_missing_or_run_in_a_circle_are_refused(
    system: Any, document: Document
) -> None:
    rows = [
        {"path": "para/1", "role": "operative", "parent": "para/2"},
        {"path": "para/2", "role": "operative", "parent": "para/1"},
        {"path": "para/3", "parent": "para/9"},
    ]

    with pytest.raises(ValidationError) as caught:
        write_provisions(system, document, rows)

    assert caught.value.message_dict == {
        "para/1 parent": ["A paragraph cannot stand under itself."],
        "para/2 parent": ["A paragraph cannot stand under itself."],
        "para/3 role": ["A role is needed."],
        "para/3 parent": ["There is no para/9 here."],
    }


def test_write_citation_of_unknown_document_is_refused(system: Any, document: Document) -> None:
    rows = [{"path": "para/1", "role": "operative", "citations": [{"document": "D-00000009"}]}]

    with pytest.raises(ValidationError, match="There is no D-00000009 here"):
        write_provisions(system, document, rows)

    assert not Provision.objects.exists()


def test_write_takes_a_fixed_number_of_queries_for_new_provisions(
    system: Any, document: Document
) -> None:
    def write(first: int, count: int) -> int:
        rows = [
            {**_rows()[0], "path": f"para/{first + at}", "citations": [{"symbol": "A/96/1"}]}
            for at in range(count)
        ]
        return queries_of(lambda: write_provisions(system, document, rows))

    write(1, 1)

    assert write(10, 1) == write(20, 3)


def test_write_more_than_a_transaction_may_hold_is_refused(system: Any, document: Document) -> None:
    rows = [{"path": f"para/{at}", "role": "operative"} for at in range(501)]

    with pytest.raises(ValueError, match="at most 500 records, not 501"):
        write_provisions(system, document, rows)


@pytest.mark.parametrize(
    "row",
    [
        {"path": ["para/1"]},
        {"path": "para/1\x00"},
        {"path": "history/1"},
        {"path": "para/" + "1" * 200},
        {"number": 7},
        {"clauses": [{"lemma": "request", "force": 3, "modifiers": 5}]},
        {"clauses": [{"lemma": "re\x00quest", "force": 3}]},
        {"clauses": [{"lemma": "request", "force": True}]},
        {"clauses": {"lemma": "request", "force": 3}},
        {"citations": [{"symbols": "A/96/1"}]},
        {"citations": [{"symbol": ["A/96/1"]}]},
        {"citations": [{"document": {}}]},
        {"citations": [{"symbol": "A/96/1", "paragraphs": 5}]},
        {"citations": [{"title": "plain"}]},
        {"citations": "A/96/1"},
        {"citations": [{"symbol": "Sales No. 7"}]},
        {"footnotes": [{"number": 3}]},
        {"text": {"original": "en", "values": {"en": "a\x00b"}}},
        {"text": {"original": "fr", "values": {"en": "words"}}},
        {"summary": {"original": "en", "values": {"en": 5}}},
        {"position": True},
        {"is_withdrawn": "yes"},
        {"role": ["task"]},
        {"parent": None},
    ],
)
def test_write_refuses_values_of_the_wrong_kind_with_a_sentence(
    system: Any, document: Document, row: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as caught:
        write_provisions(system, document, [{"path": "para/1", "role": "operative", **row}])

    assert all(sentence.endswith(".") for sentence in caught.value.messages)
    assert not Provision.objects.exists()
