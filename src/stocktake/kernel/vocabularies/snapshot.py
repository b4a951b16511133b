"""All vocabularies in memory, as they were at the last look.

Vocabularies change with a load only, so each process keeps them for a minute.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from stocktake.kernel.vocabularies.choices import AreaKind
from stocktake.kernel.vocabularies.models import (
    Area,
    AreaGroup,
    AreaGroupMembership,
    Code,
    Codelist,
)
from stocktake.lib.multilingual import Text


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
    source: str


@dataclass(frozen=True)
class Vocabulary:
    """All vocabularies as they were loaded at one moment."""

    codelists: Mapping[str, Text]
    codes: Mapping[str, Mapping[str, CodeEntry]]
    areas: Mapping[str, AreaEntry]
    groups: Mapping[str, GroupEntry]
    memberships: tuple[MembershipEntry, ...]

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The areas directly in each area."""
        found: dict[str, list[str]] = {}
        for area in self.areas.values():
            found.setdefault(area.parent, []).append(area.m49)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def by_iso(self) -> Mapping[str, AreaEntry]:
        """The countries by their ISO 3166-1 codes of two and three letters."""
        codes = ((code, each) for each in self.areas.values() for code in (each.iso2, each.iso3))
        return {code: each for code, each in codes if code}

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[AreaEntry, ...]]:
        """The areas that hold each area, the next larger one first."""
        return {code: tuple(self._upwards(code)) for code in self.areas}

    @cached_property
    def regions(self) -> Mapping[str, frozenset[str]]:
        """The regions that each area is or lies in."""
        return {
            code: frozenset(
                each.m49 for each in (self.areas[code], *above) if each.kind == AreaKind.REGION
            )
            for code, above in self.ancestors.items()
        }

    @cached_property
    def memberships_of(self) -> Mapping[str, tuple[MembershipEntry, ...]]:
        """The memberships of each area."""
        found: dict[str, list[MembershipEntry]] = {}
        for each in self.memberships:
            found.setdefault(each.m49, []).append(each)
        return {m49: tuple(entries) for m49, entries in found.items()}

    def _upwards(self, code: str) -> Iterable[AreaEntry]:
        here = self.areas.get(self.areas[code].parent)
        while here is not None:
            yield here
            here = self.areas.get(here.parent)


_KEPT_SECONDS = 60.0
_kept: tuple[float, Vocabulary] | None = None


def current() -> Vocabulary:
    """Give the vocabularies; what another process loads is seen within a minute."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > _KEPT_SECONDS:
        kept = _kept = (time.monotonic(), _read())
    return kept[1]


def forget() -> None:
    """Drop what is kept in memory; loading calls this."""
    global _kept
    _kept = None


def _read() -> Vocabulary:
    codes: dict[str, dict[str, CodeEntry]] = {}
    for code in Code.objects.order_by("codelist_id", "position"):
        entry = CodeEntry(
            code.codelist_id, code.code, code.names, code.broader, bool(code.withdrawn_on)
        )
        codes.setdefault(code.codelist_id, {})[code.code] = entry
    lists = Codelist.objects.filter(withdrawn_on="").order_by("public_id")
    terms = AreaGroupMembership.objects.filter(withdrawn_on="")
    return Vocabulary(
        codelists={each.public_id: each.names for each in lists},
        codes=codes,
        areas={each.m49: _area(each) for each in Area.objects.order_by("m49")},
        groups={
            each.public_id: GroupEntry(
                each.public_id, each.kind_of_group, each.names, bool(each.withdrawn_on)
            )
            for each in AreaGroup.objects.order_by("position")
        },
        memberships=tuple(
            MembershipEntry(
                each.group_id, each.area_id, each.status, each.joined, each.left, each.source
            )
            for each in terms.order_by("group__position", "area_id", "joined")
        ),
    )


def _area(area: Area) -> AreaEntry:
    return AreaEntry(
        m49=area.m49,
        kind=area.kind_of_area,
        iso2=area.iso2,
        iso3=area.iso3,
        parent=area.parent_id or "",
        is_un_member=area.is_un_member,
        names=area.names,
        is_withdrawn=bool(area.withdrawn_on),
    )
