"""Reading the vocabularies: names in six languages, groups on a date, regions, tiles."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stocktake.kernel.vocabularies import queries
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind
from stocktake.kernel.vocabularies.snapshot import current
from stocktake.lib.multilingual import LANGUAGES

pytestmark = pytest.mark.django_db

ARMENIA, BOTSWANA, KENYA, SAO_TOME, HONG_KONG, TURKIYE = "051", "072", "404", "678", "344", "792"


def shared_flags(shared_data: Path, column: str) -> set[str]:
    """Give the M49 codes that the table of country codes marks in a column."""
    path = shared_data / "countries" / "country-codes.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    name = next(each for each in rows[0] if f"({column})" in each)
    return {row["M49"].zfill(3) for row in rows if row[name]}


def test_every_name_stands_in_six_languages() -> None:
    vocabulary = current()
    entries = [
        *vocabulary.areas.values(),
        *vocabulary.groups.values(),
        *(code for codes in vocabulary.codes.values() for code in codes.values()),
    ]

    assert len(entries) > 500
    assert [each for each in entries if set(each.names.values) != set(LANGUAGES)] == []
    assert [
        code for code, names in queries.codelists().items() if set(names.values) != set(LANGUAGES)
    ] == []


def test_countries_are_those_of_the_united_nations() -> None:
    found = queries.countries()

    assert len(found) == 249
    assert sum(each.is_un_member for each in found) == 193
    assert len({each.iso2 for each in found}) == len({each.iso3 for each in found}) == 249
    assert queries.area_labels("en", ["384", "238", "528", TURKIYE, "275"]) == {
        "384": "Côte d’Ivoire",
        "238": "Falkland Islands (Malvinas)",
        "528": "Netherlands (Kingdom of the)",
        TURKIYE: "Türkiye",
        "275": "State of Palestine",
    }


def test_countries_are_in_the_reading_order_of_the_language() -> None:
    first = {language: queries.countries(language)[0].names for language in ("en", "fr", "es")}

    assert first["en"].values["en"] == "Afghanistan"
    assert first["fr"].values["fr"] == "Afghanistan"
    french = [each.names.values["fr"] for each in queries.countries("fr")]
    assert french.index("Égypte") < french.index("Espagne")


def test_names_match_the_tables_of_unsd_but_for_corrected_slips(shared_data: Path) -> None:
    files = {"ar": "ar", "zh": "cn", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
    differing = set()
    for language, suffix in files.items():
        path = shared_data / "countries" / f"UNSD-M49-{suffix}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                area = queries.area(row["M49 Code"])
                assert area is not None
                assert (area.iso2, area.iso3) == (row["ISO-alpha2 Code"], row["ISO-alpha3 Code"])
                published = row["Country or Area"].strip().replace("'", "’")
                if area.names.values[language] != published:
                    differing.add((language, area.m49))

    assert {m49 for _language, m49 in differing} == {
        "010", "086", "136", "158", "162", "166", "238", "248",
        "260", "384", "528", "534", "581", "663", "744",
    }  # fmt: skip


@pytest.mark.parametrize(("column", "count"), [("LDC", 45), ("LLDC", 32), ("SIDS", 53)])
def test_members_of_development_groups_agree_with_the_table_of_country_codes(
    shared_data: Path, column: str, count: int
) -> None:
    before_sao_tome_left = date(2024, 12, 1)

    members = queries.members_of(column.lower(), before_sao_tome_left)

    assert members == shared_flags(shared_data, column)
    assert len(members) == count


def test_members_of_least_developed_countries_changes_with_the_date() -> None:
    counts = {
        year: len(queries.members_of("ldc", date(year, 12, 31)))
        for year in (1970, 1971, 1991, 2008, 2025)
    }

    # 49 in 2008: UNCTAD, press release of 16 July 2008; 44 since December 2024: UN CDP.
    assert counts == {1970: 0, 1971: 24, 1991: 47, 2008: 49, 2025: 44}
    assert BOTSWANA in queries.members_of("ldc", date(1994, 12, 1))
    assert BOTSWANA not in queries.members_of("ldc", date(1995, 1, 1))
    assert SAO_TOME not in queries.members_of("ldc", date(2024, 12, 13))


@pytest.mark.parametrize(
    ("group", "members", "associates"),
    [("eca", 54, 0), ("ece", 56, 0), ("eclac", 46, 14), ("escap", 53, 9), ("escwa", 21, 0),
     ("hipc", 39, 0)],
)  # fmt: skip
def test_members_of_other_groups_are_counted_with_and_without_associates(
    group: str, members: int, associates: int
) -> None:
    plain = queries.members_of(group)

    assert len(plain) == members
    assert len(queries.members_of(group, with_associates=True) - plain) == associates


def test_groups_among_areas_follow_the_date() -> None:
    assert queries.groups_among([ARMENIA]) == {"lldc", "ece", "escap"}
    assert queries.groups_among([ARMENIA], "1993-12-31") == {"lldc", "ece"}
    assert queries.groups_among([HONG_KONG]) == set()
    assert queries.groups_among([KENYA, "142", "nowhere"]) == {"eca"}
    assert [each.code for each in queries.groups(GroupKind.DEVELOPMENT_GROUP)] == [
        "ldc", "lldc", "sids", "hipc",
    ]  # fmt: skip


def test_terms_of_an_area_tell_past_and_associate_memberships() -> None:
    told = [(each.group, each.status, each.left) for each in queries.terms_of(BOTSWANA)]

    assert told == [("ldc", "member", "1994-12"), ("lldc", "member", ""), ("eca", "member", "")]
    assert [each.status for each in queries.terms_of(HONG_KONG)] == ["associate"]


def test_regions_hold_their_countries() -> None:
    regions = {each.m49: len(queries.countries_in(each.m49)) for each in queries.regions()}
    kenya = [each.names.values["en"] for each in queries.ancestors_of(KENYA)]

    assert list(regions) == ["002", "009", "019", "142", "150"]
    assert sum(regions.values()) + 1 == 249  # Antarctica lies in none
    assert kenya == ["Eastern Africa", "Sub-Saharan Africa", "Africa", "World"]
    subregion = queries.region_of(KENYA, AreaKind.SUBREGION)
    assert subregion is not None
    assert subregion.m49 == "202"
    assert queries.region_of("010") is None
    assert queries.regions_among([KENYA, "150", "001", "999"]) == {"002", "150"}
    assert queries.countries_among([KENYA, "150", "999"]) == {KENYA}


def test_area_by_iso_knows_both_codes_in_any_case() -> None:
    by_two, by_three = queries.area_by_iso("na"), queries.area_by_iso(" NAM ")

    assert by_two is not None
    assert by_two == by_three
    assert by_two.m49 == "516"
    assert queries.area_by_iso("XX") is None


def test_labels_of_an_unknown_code_are_the_code() -> None:
    assert queries.labels("activity_status", "zh", ["ongoing", "lost"]) == {
        "ongoing": "进行中",
        "lost": "lost",
    }
    assert list(queries.labels("scope_level", "en")) == [
        "local", "national", "regional", "international",
    ]  # fmt: skip
    assert queries.labels("no_such_list", "en") == {}


def test_current_is_read_once_for_many_questions(django_assert_num_queries: Any) -> None:
    current()

    with django_assert_num_queries(0):
        queries.labels("language", "ar")
        queries.members_of("sids")
        queries.countries("ru")


def test_tiles_show_each_member_and_observer_state_once() -> None:
    tiles = queries.tiles()
    members = {each.m49 for each in queries.countries() if each.is_un_member}

    assert set(tiles) == members | {"336", "275"}
    assert len(set(tiles.values())) == 195
    assert {(column, row) for column, row in tiles.values() if column > 29 or row > 23} == set()


def test_tiles_keep_neighbours_together() -> None:
    tiles = queries.tiles()
    pairs = "724-620 250-276 356-586 840-124 554-036 710-426 156-496 032-858 818-376 578-752"

    distances = [
        max(abs(tiles[a][0] - tiles[b][0]), abs(tiles[a][1] - tiles[b][1]))
        for a, b in (pair.split("-") for pair in pairs.split())
    ]

    assert max(distances) <= 2
    assert tiles["124"][1] < tiles["840"][1] < tiles["484"][1]  # Canada, United States, Mexico
    assert tiles["840"][0] < tiles["826"][0] < tiles["566"][0] < tiles["156"][0]  # west to east
