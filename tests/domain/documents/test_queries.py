"""Reading documents: by any spelling of a symbol, both ways of citations, across years."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stocktake.domain.documents import queries
from stocktake.domain.documents.models import Document, Lineage, Provision
from stocktake.domain.documents.services import (
    create_document,
    update_document,
    withdraw_provisions,
    write_lineage,
    write_provisions,
)
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def _provision(document: Document, path: str) -> Provision:
    return Provision.objects.get(document=document, path=path)


def _hide(actor: Any, document: Document) -> None:
    update_document(actor, document, {"state": "working"}, expected_version=None)


@pytest.mark.parametrize(
    "written",
    [
        *("A/96/64", "a/96/64", " A/96/64 ", "E/2041/77", "A/96/64–E/2041/77"),
        *("a/96/64-e/2041/77", "A/96/ 64"),
    ],
)
def test_document_is_found_by_any_of_its_symbols_however_written(system: Any, written: str) -> None:
    document = create_document(system, {"symbols": ["A/96/64", "E/2041/77"]})
    create_document(system, {"symbols": ["A/96/6"]})

    assert queries.document_visible_to(NOBODY, written) == document


@pytest.mark.parametrize(
    ("symbol", "written"),
    [
        ("WG-WSIS-12/17", "wg-wsis-12-17"),
        ("E/CN.16/2041/CRP.2", "e/cn.16/2041/crp.2"),
        ("A/C.2/96/L.4/Add.1", "A/C.2/96/L.4/ADD.1"),
    ],
)
def test_document_of_an_odd_symbol_is_found_in_any_case(
    system: Any, symbol: str, written: str
) -> None:
    document = create_document(system, {"symbols": [symbol]})

    assert queries.document_visible_to(None, written) == document


def test_document_is_found_by_identifier_and_not_where_it_is_hidden(
    system: Any, anna: Any, bilal: Any, make: Any
) -> None:
    document = make("E/RES/2041/1")

    shown = queries.document_visible_to(NOBODY, document.public_id.lower())
    _hide(system, document)
    hidden = [queries.document_visible_to(who, "E/RES/2041/1") for who in (NOBODY, bilal, anna)]

    assert (shown, hidden) == (document, [None, None, document])
    assert queries.document_visible_to(anna, "E/RES/2041/11") is None
    assert queries.document_visible_to(anna, "") is None
    assert queries.document_visible_to(anna, "x/" * 5000) is None


def test_joint_symbol_of_two_documents_gives_the_first(system: Any, make: Any) -> None:
    make("E/2041/77")
    first = make("A/96/64")

    assert queries.document_visible_to(NOBODY, "A/96/64–E/2041/77") == first


def test_documents_in_order_leaves_out_what_is_hidden(system: Any, make: Any) -> None:
    one, two, three = (make(f"E/RES/2041/{number}") for number in (1, 2, 3))
    _hide(system, two)

    found = queries.documents_in_order(NOBODY, [three.public_id, two.public_id, one.public_id])

    assert found == [three, one]


def test_documents_by_symbol_and_labels_name_them(system: Any, make: Any) -> None:
    document = make("E/RES/2041/1")
    title = {"original": "fr", "values": {"fr": "Agenda inventé"}}
    named = create_document(system, {"title": title})

    assert queries.documents_by_symbol(["E/RES/2041/1", "E/RES/2041/2"]) == {
        "E/RES/2041/1": document
    }
    assert queries.labels_of([document.public_id, named.public_id], "en") == {
        document.public_id: "E/RES/2041/1",
        named.public_id: "Agenda inventé",
    }


def test_provisions_stand_in_order_with_parents_and_what_they_cite(
    system: Any, anna: Any, make: Any
) -> None:
    document = make("E/RES/2041/1", "para/1", "para/1/a", "para/2")
    make("A/96/1")
    hidden = make("A/96/2")
    cited = [{"symbol": "A/96/2"}, {"symbol": "A/96/1", "paragraphs": ["3"]}]
    write_provisions(system, document, [{"path": "para/1/a", "citations": cited}])
    withdraw_provisions(system, document, ["para/2"])
    _hide(system, hidden)

    public = queries.provisions_of(document)
    secretariat = queries.provisions_of(document, anna, with_withdrawn=True)

    assert [each.path for each in public] == ["para/1", "para/1/a"]
    assert [each.path for each in secretariat] == ["para/1", "para/1/a", "para/2"]
    assert public[1].parent is public[0]
    assert [str(each.cited) for each in public[1].citations.all()] == ["A/96/1"]
    assert [str(each.cited) for each in secretariat[1].citations.all()] == ["A/96/2", "A/96/1"]


def test_provision_is_found_in_any_case_even_when_withdrawn(system: Any, make: Any) -> None:
    document = make("E/RES/2041/1", "annex/I/para/12")
    withdraw_provisions(system, document, ["annex/I/para/12"])

    found = queries.provision_visible_to(NOBODY, document, "annex/i/para/12")
    _hide(system, document)

    assert found is not None
    assert (found.path, found.is_withdrawn) == ("annex/I/para/12", True)
    assert queries.provision_visible_to(NOBODY, document, "annex/I/para/12") is None
    assert queries.provision_visible_to(NOBODY, document, "para/12") is None


def test_citations_are_read_both_ways_and_only_as_far_as_they_may_be_seen(
    system: Any, anna: Any, make: Any
) -> None:
    old, new, hidden = make("A/96/1"), make("E/RES/2041/1", "para/1", "para/2"), make("A/96/9")
    secret = make("E/RES/2042/1", "para/1")
    cited = [{"symbol": "A/96/1", "paragraphs": ["3"]}, {"symbol": "A/96/9"}]
    write_provisions(system, new, [{"path": "para/1", "citations": cited}])
    write_provisions(system, new, [{"path": "para/2", "citations": cited[:1]}])
    write_provisions(system, secret, [{"path": "para/1", "citations": cited[:1]}])
    withdraw_provisions(system, new, ["para/2"])
    _hide(system, hidden)
    _hide(system, secret)

    def told(citations: Any) -> list[tuple[str, str, str]]:
        return [(str(c.document), c.provision.path, str(c.cited)) for c in citations]

    assert told(queries.cites(new)) == [("E/RES/2041/1", "para/1", "A/96/1")]
    assert len(queries.cites(new, anna)) == 2
    assert told(queries.cited_by(old)) == [("E/RES/2041/1", "para/1", "A/96/1")]
    assert len(queries.cited_by(old, anna)) == 2
    assert queries.cited_by(hidden) != []
    assert queries.cites(new)[0].paragraphs == ["3"]


def _line(system: Any, make: Any) -> list[Document]:
    """Four texts of a line; para/1 goes through all, para/2 is dropped, para/3 comes and splits."""
    paths = ("preamble/1", "para/1", "para/2", "para/2/a")
    line = [make("E/RES/2040/1", *paths, date="2040-07-19")]
    rows = [
        [("para/1", "para/1")],
        [("para/1", "para/2"), ("para/3", "para/1")],
        [("para/2", "para/1"), ("para/2", "para/3")],
    ]
    for year, pairs in enumerate(rows, 2041):
        document = make(
            f"E/RES/{year}/1",
            *("preamble/1", "para/1", "para/2", "para/3", "para/3/a"),
            date=f"{year}-07",
            previous=line[-1].public_id,
        )
        told = [
            {"earlier": earlier, "later": later, "relation": "reworded"} for earlier, later in pairs
        ]
        write_lineage(system, document, told)
        line.append(document)
    return line


def test_ancestors_and_descendants_go_through_all_years_the_nearest_first(
    system: Any, make: Any
) -> None:
    line = _line(system, make)

    def told(links: list[Lineage]) -> list[tuple[str, str]]:
        def name(provision: Provision) -> str:
            return f"{provision.document} {provision.path}"

        return [(name(link.earlier), name(link.later)) for link in links]

    assert told(queries.ancestors_of(_provision(line[3], "para/3"))) == [
        ("E/RES/2042/1 para/2", "E/RES/2043/1 para/3"),
        ("E/RES/2041/1 para/1", "E/RES/2042/1 para/2"),
        ("E/RES/2040/1 para/1", "E/RES/2041/1 para/1"),
    ]
    assert told(queries.descendants_of(_provision(line[1], "para/1"))) == [
        ("E/RES/2041/1 para/1", "E/RES/2042/1 para/2"),
        ("E/RES/2042/1 para/2", "E/RES/2043/1 para/1"),
        ("E/RES/2042/1 para/2", "E/RES/2043/1 para/3"),
    ]
    assert queries.ancestors_of(_provision(line[0], "para/1")) == []


def test_ancestry_and_line_leave_out_hidden_documents(system: Any, anna: Any, make: Any) -> None:
    line = _line(system, make)
    _hide(system, line[1])
    newest = _provision(line[3], "para/3")

    assert queries.line_of(line[3]) == [line[0], line[2], line[3]]
    assert queries.line_of(line[0], anna) == line
    assert len(queries.ancestors_of(newest)) == 1
    assert len(queries.ancestors_of(newest, anna)) == 3


def test_dropped_and_new_paragraphs_take_their_tasks_along(system: Any, make: Any) -> None:
    line = _line(system, make)

    def told(provisions: list[Provision]) -> list[str]:
        return [each.path for each in provisions]

    assert told(queries.dropped_from(line[1])) == ["para/2", "para/2/a"]
    assert told(queries.new_in(line[1])) == ["para/2", "para/3", "para/3/a"]
    assert told(queries.dropped_from(line[2])) == ["para/2"]
    assert told(queries.new_in(line[2])) == ["para/3", "para/3/a"]


def test_dropped_and_new_say_nothing_of_texts_never_aligned_or_hidden(
    system: Any, anna: Any, make: Any
) -> None:
    earlier = make("E/RES/2040/1", "para/1")
    later = make("E/RES/2041/1", "para/1", previous=earlier.public_id)
    line = _line(system, lambda symbol, *p, **v: make(symbol.replace("/1", "/9"), *p, **v))
    _hide(system, line[0])
    second = Document.objects.get(pk=line[1].pk)

    assert (queries.dropped_from(later), queries.new_in(later)) == ([], [])
    assert (queries.dropped_from(earlier), queries.new_in(earlier)) == ([], [])
    assert (queries.dropped_from(second), queries.new_in(second)) == ([], [])
    assert len(queries.dropped_from(second, anna)) == 2


def test_each_query_takes_a_fixed_number_for_one_and_three_records(system: Any, make: Any) -> None:
    cited = [{"symbol": "A/96/1"}]
    few = make("E/RES/2050/1", "para/1")
    write_provisions(system, few, [{"path": "para/1", "citations": cited}])
    line = _line(system, make)
    rows = [{"path": f"para/{at}", "citations": [*cited, {"symbol": "A/96/2"}]} for at in (1, 2, 3)]
    write_provisions(system, line[3], rows)
    one, three = queries.document_visible_to(None, "A/96/2"), line[3]

    def same(short: Any, long: Any, expected: int) -> None:
        assert (queries_of(short), queries_of(long)) == (expected, expected)

    same(lambda: queries.provisions_of(few), lambda: queries.provisions_of(three), 2)
    same(lambda: queries.cites(few), lambda: queries.cites(three), 1)
    assert one is not None
    cited_often = Document.objects.get(symbol="A/96/1")
    same(lambda: queries.cited_by(one), lambda: queries.cited_by(cited_often), 1)
    second, newest = _provision(line[1], "para/1"), _provision(line[3], "para/1")
    same(lambda: queries.ancestors_of(second), lambda: queries.ancestors_of(newest), 2)
    third, oldest = _provision(line[2], "para/2"), _provision(line[0], "para/1")
    same(lambda: queries.descendants_of(third), lambda: queries.descendants_of(oldest), 2)
    same(lambda: queries.line_of(few), lambda: queries.line_of(three), 3)
