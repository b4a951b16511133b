"""Reading the vocabularies: labels, countries, groups on a date, regions, the tile map."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from stocktake.kernel.vocabularies.choices import AreaKind, MembershipStatus
from stocktake.kernel.vocabularies.files import read_table
from stocktake.kernel.vocabularies.snapshot import (
    AreaEntry,
    CodeEntry,
    GroupEntry,
    MembershipEntry,
    current,
)
from stocktake.kernel.vocabularies.terms import is_in_term, last_day
from stocktake.lib.multilingual import Text, sort_key


def _label(names: Text, language: str, code: str) -> str:
    return names.best(language).text or code


# Codelists


def codelists() -> Mapping[str, Text]:
    """Give the names of all codelists by their codes."""
    return current().codelists


def known_codes(codelist: str) -> Collection[str]:
    """Give every code of a list, withdrawn ones too, as old entries keep theirs."""
    return current().codes.get(codelist, {}).keys()


def codes_of(codelist: str, *, with_withdrawn: bool = False) -> list[CodeEntry]:
    """List the codes of a list in its own order; withdrawn ones only on request."""
    entries = current().codes.get(codelist, {}).values()
    return [each for each in entries if with_withdrawn or not each.is_withdrawn]


def code(codelist: str, code: str) -> CodeEntry | None:
    """Give one code of a list, withdrawn or not."""
    return current().codes.get(codelist, {}).get(code)


def labels(codelist: str, language: str, codes: Collection[str] | None = None) -> Mapping[str, str]:
    """Give the names of a list's codes in a language; an unknown code is its own name.

    Args:
        codes: the codes asked for, withdrawn ones too; None for all that are not withdrawn.
    """
    known = current().codes.get(codelist, {})
    if codes is None:
        codes = [each.code for each in known.values() if not each.is_withdrawn]
    return {c: _label(known[c].names, language, c) if c in known else c for c in codes}


# Areas


def area(m49: str) -> AreaEntry | None:
    """Give one area by its M49 code."""
    return current().areas.get(m49)


def area_by_iso(code: str) -> AreaEntry | None:
    """Give a country by its ISO 3166-1 code of two or three letters, in any case."""
    return current().by_iso.get(code.strip().upper())


def area_labels(language: str, codes: Collection[str] | None = None) -> Mapping[str, str]:
    """Give the names of areas in a language by M49 code; an unknown code is its own name."""
    known = current().areas
    asked = known if codes is None else codes
    return {c: _label(known[c].names, language, c) if c in known else c for c in asked}


def countries(language: str = "en") -> list[AreaEntry]:
    """List the countries and areas in the reading order of a language."""
    found = [each for each in current().areas.values() if each.kind == AreaKind.COUNTRY]
    return in_reading_order((each for each in found if not each.is_withdrawn), language)


def regions(kind: str = AreaKind.REGION) -> list[AreaEntry]:
    """List the areas of a kind in the order of their codes: the five regions by default."""
    found = current().areas.values()
    return [each for each in found if each.kind == kind and not each.is_withdrawn]


def in_reading_order(areas: Iterable[AreaEntry], language: str) -> list[AreaEntry]:
    """Sort areas by name as a language does it."""
    return sorted(areas, key=lambda each: sort_key(each.names.best(language).text, language))


def ancestors_of(m49: str) -> tuple[AreaEntry, ...]:
    """List the areas that hold an area, the next larger one first and the world last."""
    return current().ancestors.get(m49, ())


def region_of(m49: str, kind: str = AreaKind.REGION) -> AreaEntry | None:
    """Give the region (or sub-region) that holds an area; None where M49 has none."""
    return next((each for each in ancestors_of(m49) if each.kind == kind), None)


def regions_among(areas: Iterable[str]) -> set[str]:
    """Give the regions that some areas are or lie in; what is unknown is left out."""
    known = current().regions
    return {region for m49 in areas for region in known.get(m49, ())}


def countries_among(areas: Iterable[str]) -> set[str]:
    """Give those of some areas that are countries; regions and what is unknown are left out."""
    known = current().areas
    return {m49 for m49 in areas if m49 in known and known[m49].kind == AreaKind.COUNTRY}


def countries_in(m49: str) -> list[str]:
    """List the M49 codes of the countries in an area; a country holds itself."""
    known = current()
    found, unread = [], [m49]
    while unread:
        here = known.areas.get(unread.pop())
        if here is None:
            continue
        if here.kind == AreaKind.COUNTRY:
            found.append(here.m49)
        unread.extend(known.parts.get(here.m49, ()))
    return sorted(found)


# Groups


def groups(kind: str = "") -> list[GroupEntry]:
    """List the groups of countries, all or of a kind, in the order of their file."""
    found = current().groups.values()
    return [each for each in found if not each.is_withdrawn and kind in ("", each.kind)]


def group_labels(language: str, codes: Collection[str] | None = None) -> Mapping[str, str]:
    """Give the names of groups in a language; an unknown code is its own name."""
    known = current().groups
    asked = known if codes is None else codes
    return {c: _label(known[c].names, language, c) if c in known else c for c in asked}


def members_of(
    group: str, on: date | None = None, *, with_associates: bool = False
) -> frozenset[str]:
    """Give the M49 codes of a group's members on a day, today by default.

    A member without a date of joining counts as one from the start, as no source says otherwise.
    """
    day = on or timezone.localdate()
    found = (each for each in current().memberships if each.group == group)
    return frozenset(
        each.m49 for each in found if _counts(each, day, with_associates=with_associates)
    )


def groups_among(areas: Iterable[str], partial_day: str = "") -> set[str]:
    """Give the groups that some areas are members of on a partial date, by its last day.

    Args:
        partial_day: such as 2007 or 2007-10; today when empty.
    """
    day = last_day(partial_day) if partial_day else timezone.localdate()
    known = current().memberships_of
    entries = (each for m49 in areas for each in known.get(m49, ()))
    return {each.group for each in entries if _counts(each, day, with_associates=False)}


def terms_of(m49: str) -> tuple[MembershipEntry, ...]:
    """List all memberships of an area, past and associate ones too."""
    return current().memberships_of.get(m49, ())


def _counts(entry: MembershipEntry, day: date, *, with_associates: bool) -> bool:
    if entry.status != MembershipStatus.MEMBER and not with_associates:
        return False
    return is_in_term(day, starts=entry.joined, ends=entry.left)


# The tile map


def tiles() -> Mapping[str, tuple[int, int]]:
    """Give column and row, from 0 at the top left, of each State's square on the tile map."""
    return _tiles(Path(settings.STOCKTAKE_DATA_DIR))


@lru_cache(maxsize=4)
def _tiles(folder: Path) -> Mapping[str, tuple[int, int]]:
    rows = read_table(folder / "geo" / "tiles.csv", columns=("m49", "column", "row"))
    return {row["m49"]: (int(row["column"]), int(row["row"])) for row in rows}
