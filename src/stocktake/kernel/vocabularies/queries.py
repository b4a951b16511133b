"""Reading the vocabularies: labels, countries, groups on a date, regions, the tile map.

Everything comes from one snapshot in memory that is read again when the vocabularies changed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from stocktake.kernel.vocabularies.choices import AreaKind, MembershipStatus
from stocktake.kernel.vocabularies.files import read_table
from stocktake.kernel.vocabularies.models import (
    Area,
    AreaGroup,
    AreaGroupMembership,
    Code,
    Codelist,
    Revision,
)
from stocktake.kernel.vocabularies.terms import is_in_term
from stocktake.lib.multilingual import Text, sort_key


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code of a codelist."""

    codelist: str
    code: str
    names: Text
    broader: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """One country, area or region; `parent` is the M49 code of the next larger area."""

    m49: str
    kind: str
    iso2: str
    iso3: str
    parent: str
    is_un_member: bool
    names: Text
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One group of countries."""

    code: str
    kind: str
    names: Text
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """That an area belongs to a group, with partial dates as far as sourced."""

    group: str
    m49: str
    status: str
    joined: str
    left: str


@dataclass(frozen=True)
class Vocabulary:
    """All vocabularies as they were loaded at one moment."""

    codelists: Mapping[str, Text]
    codes: Mapping[str, Mapping[str, CodeEntry]]
    areas: Mapping[str, AreaEntry]
    groups: Mapping[str, GroupEntry]
    memberships: tuple[MembershipEntry, ...]

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The areas directly in each area."""
        found: dict[str, list[str]] = {}
        for area in self.areas.values():
            found.setdefault(area.parent, []).append(area.m49)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def by_iso(self) -> Mapping[str, AreaEntry]:
        """The countries by their ISO 3166-1 codes of two and three letters."""
        found = {}
        for area in self.areas.values():
            for code in filter(None, (area.iso2, area.iso3)):
                found[code] = area
        return found


_kept: tuple[tuple[str, str], Vocabulary] | None = None


def current() -> Vocabulary:
    """Give the vocabularies; costs one small query unless they changed.

    The token is random for each load, so that a snapshot from another database or from a load
    that was rolled back is never taken for the current one.
    """
    global _kept
    token = Revision.objects.filter(pk=1).values_list("token", flat=True).first()
    if token is None:
        return _read()
    key = (str(connection.settings_dict["NAME"]), token)
    if _kept is None or _kept[0] != key:
        _kept = (key, _read())
    return _kept[1]


def _read() -> Vocabulary:
    codes: dict[str, dict[str, CodeEntry]] = {}
    for code in Code.objects.order_by("codelist_id", "position"):
        entry = CodeEntry(
            code.codelist_id, code.code, code.names, code.broader, code.withdrawn_on is not None
        )
        codes.setdefault(code.codelist_id, {})[code.code] = entry
    return Vocabulary(
        codelists={each.code: each.names for each in Codelist.objects.order_by("code")},
        codes=codes,
        areas={each.m49: _area(each) for each in Area.objects.order_by("m49")},
        groups={
            each.code: GroupEntry(
                each.code, each.kind, each.names, each.withdrawn_on is not None
            )
            for each in AreaGroup.objects.order_by("position")
        },
        memberships=tuple(
            MembershipEntry(each.group_id, each.area_id, each.status, each.joined, each.left)
            for each in AreaGroupMembership.objects.filter(withdrawn_on=None).order_by(
                "group_id", "area_id", "joined"
            )
        ),
    )


def _area(area: Area) -> AreaEntry:
    return AreaEntry(
        m49=area.m49,
        kind=area.kind,
        iso2=area.iso2,
        iso3=area.iso3,
        parent=area.parent_id or "",
        is_un_member=area.is_un_member,
        names=area.names,
        is_withdrawn=area.withdrawn_on is not None,
    )


# Codelists


def codelists() -> Mapping[str, Text]:
    """Give the names of all codelists by their codes."""
    return current().codelists


def codes_of(codelist: str, *, with_withdrawn: bool = False) -> list[CodeEntry]:
    """List the codes of a list in its own order; withdrawn ones only on request."""
    entries = current().codes.get(codelist, {}).values()
    return [each for each in entries if with_withdrawn or not each.is_withdrawn]


def code(codelist: str, code: str) -> CodeEntry | None:
    """Give one code of a list, withdrawn or not."""
    return current().codes.get(codelist, {}).get(code)


def labels(
    codelist: str, language: str, codes: Collection[str] | None = None
) -> dict[str, str]:
    """Give the names of a list's codes in a language; an unknown code names itself.

    Args:
        codes: the codes asked for, withdrawn ones too; None for all that are not withdrawn.
    """
    known = current().codes.get(codelist, {})
    if codes is None:
        return {c: _label(e.names, language, c) for c, e in known.items() if not e.is_withdrawn}
    return {c: _label(known[c].names, language, c) if c in known else c for c in codes}


def _label(names: Text, language: str, code: str) -> str:
    return names.best(language).text or code


# Areas


def area(m49: str) -> AreaEntry | None:
    """Give one area by its M49 code."""
    return current().areas.get(m49)


def area_by_iso(code: str) -> AreaEntry | None:
    """Give a country by its ISO 3166-1 code of two or three letters, in any case."""
    return current().by_iso.get(code.strip().upper())


def area_labels(language: str, codes: Collection[str] | None = None) -> dict[str, str]:
    """Give the names of areas in a language by M49 code; an unknown code names itself."""
    known = current().areas
    asked = known if codes is None else codes
    return {c: _label(known[c].names, language, c) if c in known else c for c in asked}


def countries(language: str = "en") -> list[AreaEntry]:
    """List the countries and areas in the reading order of a language."""
    found = [
        each
        for each in current().areas.values()
        if each.kind == AreaKind.COUNTRY and not each.is_withdrawn
    ]
    return in_reading_order(found, language)


def regions(kind: str = AreaKind.REGION) -> list[AreaEntry]:
    """List the areas of a kind in the order of their codes: the five regions by default."""
    found = current().areas.values()
    return [each for each in found if each.kind == kind and not each.is_withdrawn]


def in_reading_order(areas: Iterable[AreaEntry], language: str) -> list[AreaEntry]:
    """Sort areas by name as a language does it."""
    return sorted(areas, key=lambda each: sort_key(each.names.best(language).text, language))


def ancestors_of(m49: str) -> list[AreaEntry]:
    """List the areas that hold an area, the next larger one first and the world last."""
    known = current().areas
    found: list[AreaEntry] = []
    here = known.get(m49)
    while here is not None and here.parent:
        here = known.get(here.parent)
        if here is None or here in found:
            break
        found.append(here)
    return found


def region_of(m49: str, kind: str = AreaKind.REGION) -> AreaEntry | None:
    """Give the region (or sub-region) that holds a country; None where M49 has none."""
    return next((each for each in ancestors_of(m49) if each.kind == kind), None)


def countries_in(m49: str) -> list[str]:
    """List the M49 codes of the countries in an area; a country holds itself."""
    vocabulary = current()
    found, open_areas = [], [m49]
    while open_areas:
        here = vocabulary.areas.get(open_areas.pop())
        if here is None:
            continue
        if here.kind == AreaKind.COUNTRY:
            found.append(here.m49)
        open_areas.extend(vocabulary.children.get(here.m49, ()))
    return sorted(found)


# Groups


def groups(kind: str | None = None) -> list[GroupEntry]:
    """List the groups of countries, all or of a kind."""
    found = current().groups.values()
    return [each for each in found if not each.is_withdrawn and kind in (None, each.kind)]


def group_labels(language: str, codes: Collection[str] | None = None) -> dict[str, str]:
    """Give the names of groups in a language; an unknown code names itself."""
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
    return frozenset(
        each.m49
        for each in current().memberships
        if each.group == group and _counts(each, day, with_associates)
    )


def groups_of(m49: str, on: date | None = None, *, with_associates: bool = False) -> list[str]:
    """List the codes of the groups an area belongs to on a day, in the order of the groups."""
    day = on or timezone.localdate()
    vocabulary = current()
    found = {
        each.group
        for each in vocabulary.memberships
        if each.m49 == m49 and _counts(each, day, with_associates)
    }
    return [code for code in vocabulary.groups if code in found]


def terms_of(m49: str) -> list[MembershipEntry]:
    """List all memberships of an area, past ones too, for its page."""
    return [each for each in current().memberships if each.m49 == m49]


def _counts(entry: MembershipEntry, day: date, with_associates: bool) -> bool:
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
