"""The generator: repeatable, in proportion, on the given codes, in constant memory."""

import gc
import re
import tracemalloc
from collections import Counter
from itertools import islice

import pytest

from stocktake.lib.multilingual import LANGUAGES, Text
from stocktake.lib.sampling import PROPORTIONS, Codes, GeneratedActivity, generate
from stocktake.lib.sampling._phrases import read_phrases
from stocktake.lib.sampling._tables import falling, spread

MANY = 4000
PARTIAL_DATE = re.compile(r"(20\d\d)(-\d\d(-\d\d)?)?")


@pytest.fixture(scope="module")
def many(codes: Codes) -> list[GeneratedActivity]:
    return list(generate(MANY, seed=7, codes=codes))


def test_generate_with_the_same_seed_gives_the_same_records(codes: Codes) -> None:
    first = list(generate(300, seed=11, codes=codes))
    second = list(generate(300, seed=11, codes=codes))

    assert first == second


def test_generate_with_another_seed_gives_other_records(codes: Codes) -> None:
    first = [record.title for record in generate(200, seed=11, codes=codes)]
    second = [record.title for record in generate(200, seed=12, codes=codes)]

    assert sum(one == other for one, other in zip(first, second, strict=True)) < 5


def test_generate_of_more_records_begins_with_those_of_fewer(codes: Codes) -> None:
    few = list(generate(50, seed=3, codes=codes))
    more = list(islice(generate(10**9, seed=3, codes=codes), 50))

    assert few == more


def test_generate_keeps_the_proportions_of_languages(many: list[GeneratedActivity]) -> None:
    counted = Counter(record.language for record in many)

    assert set(counted) == set(LANGUAGES)
    for language, percent in PROPORTIONS.items():
        assert counted[language] * 100 / MANY == pytest.approx(percent, abs=3)


def test_generate_uses_only_the_given_codes(many: list[GeneratedActivity], codes: Codes) -> None:
    assert {record.type for record in many} <= set(codes.types)
    assert {record.status for record in many} == set(codes.statuses)
    assert {record.scope_level for record in many} == set(codes.scope_levels)
    assert {code for record in many for code in record.beneficiaries} <= set(codes.beneficiaries)
    assert {code for record in many for code in record.impediments} <= set(codes.impediments)
    assert {part.role for record in many for part in record.participations} <= set(codes.roles)
    assert {(area.area, area.iso2) for record in many for area in record.areas} <= set(
        codes.countries.items()
    )
    assert {link.element for record in many for link in record.elements} <= set(codes.elements)


def test_generate_says_everywhere_that_records_are_invented(
    many: list[GeneratedActivity],
) -> None:
    owners = {record.owner for record in many}

    assert {(record.is_invented, record.origin) for record in many} == {(True, "generated")}
    assert {(owner.is_invented, owner.origin) for owner in owners} == {(True, "generated")}
    assert all(owner.identifier.startswith("XX-INVENTED-") for owner in owners)
    assert all(not record.link or ".example/" in record.link for record in many)


def test_generate_gives_each_record_one_primary_element_and_whole_shares(
    many: list[GeneratedActivity],
) -> None:
    for record in many:
        assert [link.is_primary for link in record.elements].count(True) == 1
        elements = [link.element for link in record.elements]
        assert len(elements) == len(set(elements))
        assert sum(area.percentage for area in record.areas) == 100
        assert len({area.area for area in record.areas}) == len(record.areas)


def test_generate_dates_lie_in_order_between_2003_and_2026(
    many: list[GeneratedActivity],
) -> None:
    for record in many:
        start, end = record.start_date, record.end_date
        for written in filter(None, (start, end, record.last_confirmed_on)):
            found = PARTIAL_DATE.fullmatch(written)
            assert found
            assert 2003 <= int(found[1]) <= 2026
        if end:
            assert start[:4] <= end[:4]
        assert bool(end) == (record.status in ("completed", "discontinued"))


def test_generate_descriptions_have_60_to_200_words(many: list[GeneratedActivity]) -> None:
    lengths = [
        len(record.description[record.language].split())
        for record in many
        if record.language != "zh"
    ]
    signs = [len(record.description["zh"]) for record in many if record.language == "zh"]

    assert min(lengths) >= 60
    assert max(lengths) <= 200
    assert min(signs) >= 80
    assert max(signs) <= 400


def test_generate_texts_are_complete_and_read_as_texts(many: list[GeneratedActivity]) -> None:
    for record in many:
        for texts in (record.title, record.summary, record.description):
            text = Text(record.language, texts)
            assert text
            assert not re.search(r"[{}%]", str(text))
        assert set(record.title) == set(record.summary) == set(record.languages)
        assert len(record.title[record.language]) <= 200


def test_generate_vocabulary_is_wide_and_uneven(many: list[GeneratedActivity]) -> None:
    words = Counter(
        word
        for record in many
        if record.language == "en"
        for word in record.description["en"].split()
    )

    assert len(words) > 2000
    once = sum(count == 1 for count in words.values())
    assert once > len(words) / 4
    assert words["the"] > 2000


def test_generate_titles_are_mostly_distinct(many: list[GeneratedActivity]) -> None:
    titles = Counter(record.title[record.language] for record in many)

    assert len(titles) > MANY * 0.8


def test_generate_without_a_known_element_is_refused(codes: Codes) -> None:
    unknown = Codes(countries=codes.countries, elements=["other:Z9"], types=codes.types)

    with pytest.raises(ValueError, match="element known to it"):
        next(generate(1, seed=1, codes=unknown))


def test_generate_of_another_framework_takes_its_qualified_codes(codes: Codes) -> None:
    other = Codes(countries={"004": "AF"}, elements=["invented:C2"], types=["project"])

    records = list(generate(20, seed=1, codes=other))

    assert {link.element for record in records for link in record.elements} == {"invented:C2"}
    assert {area.area for record in records for area in record.areas} == {"004"}


def test_generate_needs_no_more_memory_for_more_records(codes: Codes) -> None:
    stream = generate(10**9, seed=5, codes=codes)
    next(stream)
    gc.collect()
    tracemalloc.start()
    for _ in islice(stream, 500):
        pass
    _, early = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    for _ in islice(stream, 5000):
        pass
    _, late = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert late < early + 500_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_of_a_language_are_as_many_as_in_english(language: str) -> None:
    english, other = read_phrases("en"), read_phrases(language)

    for name in ("heads", "clauses", "kinds"):
        counted = {key: len(lines) for key, lines in getattr(other, name).items()}
        assert counted == {key: len(lines) for key, lines in getattr(english, name).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_of_a_language_have_the_gaps_of_the_english_ones(language: str) -> None:
    gap = re.compile(r"\{(\w+)\}")
    english, other = read_phrases("en"), read_phrases(language)

    for kind in ("title", "summary", "sentence", "results", "obstacles", "organization"):
        pairs = zip(english.kinds[kind], other.kinds[kind], strict=True)
        assert [
            (one, two) for one, two in pairs if sorted(gap.findall(one)) != sorted(gap.findall(two))
        ] == []


def test_spread_shares_entries_by_weight_and_drops_no_item() -> None:
    table = spread(["a", "b", "c"], [98, 1, 1], 6)

    counted = Counter(table.entries)

    assert len(table.entries) == 64
    assert counted == {"a": 60, "b": 2, "c": 2}


def test_spread_of_nothing_or_of_too_much_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold 0"):
        spread([])
    with pytest.raises(ValueError, match="cannot hold 9"):
        spread(list(range(9)), None, 3)


def test_falling_weights_are_those_of_ranked_words() -> None:
    assert falling(3) == [1.0, 0.5, 1 / 3]
