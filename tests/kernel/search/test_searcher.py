"""Searching: hits, order, multi-select counts, groups, limits, periods, suggestions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from stocktake.kernel.search.folders import Folders
from stocktake.kernel.search.requests import BadRequest, Hit, IndexUnavailable, SearchRequest
from stocktake.kernel.search.searcher import all_ids, count_values, search, suggest
from stocktake.kernel.search.verification import verify

Make = Callable[..., Any]


def found(text: str = "", **values: Any) -> list[str]:
    return sorted(search(SearchRequest("note", text=text, **values)).ids)


@pytest.fixture
def six(index: Make, note: Make) -> None:
    index(
        note("N-1", "Rural networks", body="Women train in e-health.", colours=("red",), year=2005),
        note("N-2", "Urban networks", colours=("red", "blue"), topics=("x:1", "x:1.a"), year=2007),
        note("N-3", "Réseaux ruraux", "fr", colours=("blue",), topics=("x:2", "y:1"), year=2009),
        note("N-4", "信息社会", "zh", author="Ada", topics=("x:1",)),
        note("N-5", "Network draft", colours=("red",), year=2005, is_published=False),
        note("N-6", "Plain", author="Bo", body="See A/RES/60/252.", colours=("green",), year=2011),
        position=7,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["N-1", "N-2", "N-3", "N-4", "N-6"]),
        ("network", ["N-1", "N-2"]),
        ("network -urban", ["N-1"]),
        ("-network", ["N-3", "N-4", "N-6"]),
        ('"rural networks"', ["N-1"]),
        ('"networks women"', []),
        ("reseau", ["N-3"]),
        ("社会", ["N-4"]),
        ("社", ["N-4"]),
        ("信息社会峰会", ["N-4"]),
        ("信息网络技术社会", []),
        ("ehealth train", ["N-1"]),
        ("a/res/60/252", ["N-6"]),
        ("ada", ["N-4"]),
        ("nowhere", []),
    ],
)
def test_search_text_finds_the_published_records_that_hold_it(
    six: None, text: str, expected: list[str]
) -> None:
    assert found(text) == expected


def test_search_counts_ignore_the_choice_in_their_own_facet(six: None) -> None:
    results = search(SearchRequest("note", filters={"colour": ("red",)}))

    assert results.total == 2
    assert results.position == 7
    assert results.facets["colour"] == [("blue", 2), ("red", 2), ("green", 1)]
    assert results.facets["year"] == [("2005", 1), ("2007", 1)]


def test_search_values_of_a_facet_are_alternatives_and_facets_add_up(six: None) -> None:
    assert found(filters={"colour": ("red", "green")}) == ["N-1", "N-2", "N-6"]
    assert found(filters={"colour": ("red", "green"), "year": ("2011",)}) == ["N-6"]


def test_search_groups_of_a_facet_behave_as_facets(six: None) -> None:
    both = search(SearchRequest("note", filters={"topic": ("x:2", "y:1", "x:1")}))
    one = search(SearchRequest("note", filters={"topic": ("x:1.a",)}, facets=("topic/x",)))

    assert both.ids == ["N-3"]
    assert both.facets["topic/x"] == [("x:2", 1), ("x:1", 0)]
    assert both.facets["topic/y"] == [("y:1", 1)]
    assert one.ids == ["N-2"]
    assert one.facets == {"topic/x": [("x:1", 2), ("x:1.a", 1), ("x:2", 1)]}


def test_search_chosen_value_without_records_is_listed_with_none(six: None) -> None:
    results = search(SearchRequest("note", text="plain", filters={"colour": ("violet",)}))

    assert (results.total, results.ids) == (0, [])
    assert results.facets["colour"] == [("green", 1), ("violet", 0)]


def test_search_facet_with_limit_counts_the_most_frequent_exactly(index: Make, note: Make) -> None:
    authors = [f"author{number:03}" for number in range(60) for _ in range(1 + number % 40)]
    index(*(note(f"N-{n:05}", f"Note {n}", author=each) for n, each in enumerate(authors)))

    results = search(SearchRequest("note", facets=("author",)))
    chosen = search(
        SearchRequest("note", facets=("author",), filters={"author": ("author000",)}, page_size=0)
    )

    assert results.facets["author"] == [("author039", 40), ("author038", 39), ("author037", 38)]
    assert chosen.facets["author"] == [*results.facets["author"], ("author000", 1)]
    assert count_values(SearchRequest("note"), "author", ["author001", "nobody"]) == {
        "author001": 2,
        "nobody": 0,
    }


@pytest.mark.parametrize(
    ("sort", "language", "expected"),
    [
        ("newest", "en", ["N-6", "N-3", "N-2", "N-1", "N-4"]),
        ("oldest", "en", ["N-1", "N-2", "N-3", "N-6", "N-4"]),
        ("updated", "en", ["N-6", "N-3", "N-2", "N-1", "N-4"]),
        ("title", "en", ["N-6", "N-3", "N-1", "N-2", "N-4"]),
        ("relevance", "en", ["N-6", "N-3", "N-2", "N-1", "N-4"]),
    ],
)
def test_search_sorts_have_records_without_date_last(
    six: None, sort: Any, language: str, expected: list[str]
) -> None:
    request = SearchRequest("note", sort=sort, language=language)

    assert search(request).ids == expected
    assert list(all_ids(request)) == expected


def test_search_relevance_puts_titles_before_borrowed_names(index: Make, note: Make) -> None:
    index(
        note("N-1", "Something else", author="Telecentre"),
        note("N-2", "Something else", body="About a telecentre."),
        note("N-3", "Telecentre"),
    )

    assert search(SearchRequest("note", text="telecentre")).ids == ["N-3", "N-2", "N-1"]


def test_search_pages_join_to_all_hits(index: Make, note: Make) -> None:
    index(*(note(f"N-{number:03}", f"Note {number}", year=2000 + number) for number in range(23)))

    pages = [search(SearchRequest("note", page=page, page_size=10)).ids for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert [each for page in pages for each in page] == [f"N-{n:03}" for n in range(22, -1, -1)]


def test_search_period_keeps_what_overlaps(six: None) -> None:
    assert found(since=date(2007, 3, 1)) == ["N-2", "N-3", "N-6"]
    assert found(until=date(2007, 3, 1)) == ["N-1", "N-2"]
    assert found(since=date(2006, 1, 1), until=date(2010, 1, 1)) == ["N-2", "N-3"]


def test_search_phrase_never_reaches_from_one_text_to_another(index: Make, note: Make) -> None:
    index(note("N-1", "Rural women", body="networks"), note("N-2", "b", body="rural", author="two"))

    assert found('"women networks"') == []
    assert found('"rural two"') == []
    assert found("women networks") == ["N-1"]


def test_search_all_kinds_gives_hits_with_their_kind(six: None) -> None:
    results = search(SearchRequest(None, text="urban"))

    assert results.hits == (Hit("note", "N-2"),)
    assert results.facets == {}


@pytest.mark.parametrize(
    "request_values",
    [
        {"kind": "ghost"},
        {"filters": {"ghost": ("1",)}},
        {"facets": ("ghost",)},
        {"sort": "ghost"},
        {"page": 0},
        {"kind": None, "filters": {"colour": ("red",)}},
    ],
)
def test_search_what_does_not_exist_is_a_bad_request(
    six: None, request_values: dict[str, Any]
) -> None:
    with pytest.raises(BadRequest):
        search(SearchRequest(**{"kind": "note", **request_values}))


def test_search_without_index_says_so(store: Folders, notes: Any) -> None:
    with pytest.raises(IndexUnavailable):
        search(SearchRequest("note"))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("net", "en", ["Network hub", "Rural networks"]),
        ("rur net", "en", ["Rural networks"]),
        ("RÉS", "fr", ["Réseaux ruraux"]),
        ("rese", "en", ["Réseaux ruraux"]),
        ("معلوم", "ar", ["مجتمع المعلومات"]),
        ("社", "zh", ["信息社会"]),
        ("ehe", "en", ["E-health"]),
        ("", "en", []),
        ("zzz", "en", []),
        ('"[(*', "en", []),
    ],
)
def test_suggest_beginning_of_a_word_finds_titles(
    index: Make, note: Make, text: str, language: str, expected: Sequence[str]
) -> None:
    index(
        note("N-1", "Rural networks"),
        note("N-2", "Network hub"),
        note("N-3", "Réseaux ruraux", "fr"),
        note("N-4", "信息社会", "zh"),
        note("N-5", "مجتمع المعلومات", "ar"),
        note("N-6", "E-health"),
        note("N-7", "Network draft", is_published=False),
    )

    assert [each.title for each in suggest(text, language)] == list(expected)


def test_search_counts_are_fresh_after_a_new_index(six: None, index: Make, note: Make) -> None:
    before = search(SearchRequest("note")).facets["colour"]
    index(note("N-7", "More", colours=("red",)))

    assert before == [("blue", 2), ("red", 2), ("green", 1)]
    assert search(SearchRequest("note")).facets["colour"] == [("red", 3), ("blue", 2), ("green", 1)]


@pytest.mark.django_db
def test_verify_planted_difference_is_found(six: None, notes: Any, note: Make) -> None:
    clean = verify(60, 3)
    notes.add(note("N-8", "Rural networks again", colours=("red",), year=2005))
    differing = verify(60, 3)

    assert (clean.queries, clean.differences) == (60, [])
    assert clean.hits > 20
    assert clean.counts > 60
    assert differing.differences
