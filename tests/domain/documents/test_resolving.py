"""Finding documents that others name; those not held become stubs, once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import (
    DocumentRef,
    create_document,
    resolve_documents,
    values_of,
)
from stocktake.kernel.history import queries as history
from stocktake.lib.multilingual import Text
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db


def test_resolve_finds_by_any_symbol_and_makes_one_stub_of_a_joint_one(system: Any) -> None:
    known = create_document(system, {"symbols": ["A/96/64", "E/2041/77"]})
    refs = [
        DocumentRef(("E/2041/77",)),
        DocumentRef(("A/97/66",)),
        DocumentRef(("E/2042/49", "A/97/66"), Text.of("en", "Progress"), type="report"),
    ]

    found = resolve_documents(system, refs)

    stub = found[refs[1]]
    assert found == {refs[0]: known, refs[1]: stub, refs[2]: stub}
    assert values_of(Document.objects.get(pk=stub.pk)) == {
        **values_of(stub),
        "symbols": ["A/97/66", "E/2042/49"],
        "title": {"original": "en", "values": {"en": "Progress"}},
        "type": "report",
        "body": "",
        "is_stub": True,
        "origin": "cited",
        "state": "published",
        "source_url": "https://documents.un.org/api/symbol/access?s=A/97/66&l=en&t=pdf",
    }
    assert [change.verb for change in history.changes_of("document", stub.public_id)] == ["create"]


def test_resolve_again_writes_nothing(system: Any) -> None:
    refs = [DocumentRef(("A/RES/96/2",)), DocumentRef((), Text.of("en", "Invented Agenda"))]
    first = resolve_documents(system, refs)
    before = history.head()

    again = resolve_documents(system, refs)

    assert (again, history.head()) == (first, before)


def test_resolve_tells_type_and_body_that_a_symbol_shows(system: Any) -> None:
    symbols = ["A/RES/96/2", "E/CN.16/2041/3", "WG-WSIS-42/17", "E/DEC/2041/2"]

    found = resolve_documents(system, [DocumentRef((symbol,)) for symbol in symbols])

    assert [(each.symbol, each.type, each.body) for each in found.values()] == [
        ("A/RES/96/2", "resolution", "UN-GA"),
        ("E/CN.16/2041/3", "", "CSTD"),
        ("WG-WSIS-42/17", "", "WG-WSIS"),
        ("E/DEC/2041/2", "decision", "UN-ECOSOC"),
    ]
    assert found[DocumentRef(("WG-WSIS-42/17",))].source_url == ""


def test_resolve_completes_a_stub_but_never_edits_a_record(system: Any) -> None:
    stub = resolve_documents(system, [DocumentRef(("A/96/64",))])[DocumentRef(("A/96/64",))]
    record = create_document(system, {"symbols": ["A/96/5"], "type": "report"})
    more = DocumentRef(("A/96/64",), Text.of("en", "Named"), "https://example.org/", "note")
    other = DocumentRef(("A/96/5",), Text.of("en", "Other"), type="note")

    found = resolve_documents(system, [more, other])

    assert (found[more].pk, str(found[more].title), found[more].type) == (stub.pk, "Named", "note")
    assert found[more].source_url == stub.source_url  # its own address stands
    assert values_of(Document.objects.get(pk=record.pk)) == values_of(record)


def test_resolve_joint_symbol_of_a_known_document_is_added_to_it(system: Any) -> None:
    known = create_document(system, {"symbols": ["A/96/64"]})
    other = create_document(system, {"symbols": ["E/2041/5"]})
    joint = DocumentRef(("A/96/64", "E/2041/77"))
    mixed = DocumentRef(("E/2041/5", "A/96/64"))

    found = resolve_documents(system, [joint])
    crossed = resolve_documents(system, [mixed])

    assert (found[joint].pk, crossed[mixed].pk) == (known.pk, other.pk)
    assert values_of(Document.objects.get(pk=known.pk))["symbols"] == ["A/96/64", "E/2041/77"]
    assert values_of(Document.objects.get(pk=other.pk))["symbols"] == ["E/2041/5"]


def test_resolve_refuses_what_is_no_symbol_and_what_has_no_name(system: Any) -> None:
    with pytest.raises(ValidationError, match="Question 22/2 is no document symbol"):
        resolve_documents(system, [DocumentRef(("A/96/64",)), DocumentRef(("Question 22/2",))])
    with pytest.raises(ValidationError, match="A symbol or a title is needed"):
        resolve_documents(system, [DocumentRef()])

    assert Document.objects.count() == 0


def test_resolve_without_permission_writes_nothing(bilal: Any) -> None:
    with pytest.raises(PermissionDenied, match=r"documents\.create"):
        resolve_documents(bilal, [DocumentRef(("A/96/64",))])

    assert Document.objects.count() == 0


def test_resolve_takes_a_fixed_number_of_queries(system: Any) -> None:
    def write(first: int, count: int) -> int:
        refs = [DocumentRef((f"A/96/{first + at}",)) for at in range(count)]
        return queries_of(lambda: resolve_documents(system, refs))

    assert write(10, 1) == write(20, 3)


def test_resolve_known_stubs_takes_a_fixed_number_of_queries(system: Any) -> None:
    refs = [DocumentRef((f"A/96/{number}",)) for number in (1, 2, 3)]
    refs += [DocumentRef((), Text.of("en", f"Invented {number}")) for number in (1, 2, 3)]
    resolve_documents(system, refs)

    one = queries_of(lambda: resolve_documents(system, [refs[0], refs[3]]))
    three = queries_of(lambda: resolve_documents(system, refs))

    assert one == three
