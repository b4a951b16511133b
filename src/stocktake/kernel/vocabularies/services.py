"""Loading the vocabularies from their data files; a second load writes nothing."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.common.records import Record
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind, MembershipStatus
from stocktake.kernel.vocabularies.files import (
    DataFileError,
    Row,
    read_facts,
    read_table,
    text_of,
)
from stocktake.kernel.vocabularies.models import (
    Area,
    AreaGroup,
    AreaGroupMembership,
    Code,
    Codelist,
)
from stocktake.kernel.vocabularies.reconcile import Outcome, Table, reconcile
from stocktake.kernel.vocabularies.snapshot import forget
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE, partial_date

_CODELISTS = Table(Codelist, ("names", "source", "licence", "date", "withdrawn_on"))
_CODES = Table(Code, ("names", "broader", "position", "withdrawn_on"))
_AREAS = Table(
    Area,
    ("kind_of_area", "iso2", "iso3", "parent_id", "is_un_member", "names", "withdrawn_on"),
)
_GROUPS = Table(AreaGroup, ("kind_of_group", "names", "position", "withdrawn_on"))
_MEMBERSHIPS = Table(AreaGroupMembership, ("status", "left", "source", "withdrawn_on"))


def load_vocabularies(actor: Actor, *, folder: Path | None = None) -> Outcome:
    """Bring codelists, areas and groups in line with the files and log each difference.

    A code that vanished from its file is marked as withdrawn, never deleted.

    Args:
        folder: holds `codelists/` and `geo/`; the shipped data by default.

    Raises:
        PermissionDenied: the actor may not load vocabularies.
        DataFileError: a file is missing or contradicts itself; nothing was written.
    """
    require(actor, "vocabularies.load")
    folder = folder or Path(settings.STOCKTAKE_DATA_DIR)
    lists, codes = _read_codelists(folder / "codelists")
    areas = _read_areas(folder / "geo" / "areas.csv")
    groups = _read_groups(folder / "geo" / "groups.csv")
    memberships = _read_memberships(
        folder / "geo" / "memberships.csv",
        known_groups={each.public_id for each in groups},
        known_areas={each.m49 for each in areas},
    )
    steps: list[tuple[Table, Sequence[Record]]] = [
        (_CODELISTS, lists),
        (_CODES, codes),
        (_AREAS, areas),
        (_GROUPS, groups),
        (_MEMBERSHIPS, memberships),
    ]
    outcome = Outcome()
    try:
        for table, wanted in steps:
            existing = table.model._default_manager.all()
            outcome += reconcile(actor, table, wanted=wanted, existing=existing)
    finally:
        forget()
    return outcome


def _read_codelists(folder: Path) -> tuple[list[Codelist], list[Code]]:
    lists, codes = [], []
    for path in sorted(folder.glob("*.csv")):
        facts = read_facts(path.with_suffix(".toml"))
        lists.append(_codelist(path.stem, facts))
        rows = read_table(path, columns=("code", "name_en", "broader", "withdrawn_on"))
        known = _unique(rows, "code")
        for position, row in enumerate(rows):
            if row["broader"] and row["broader"] not in known:
                raise row.error(
                    _("The broader code %(code)s is unknown.") % {"code": row["broader"]}
                )
            codes.append(
                Code(
                    public_id=f"{path.stem}:{row['code']}",
                    codelist_id=path.stem,
                    code=row["code"],
                    names=row.text(),
                    broader=row["broader"],
                    position=position,
                    withdrawn_on=row.day("withdrawn_on"),
                )
            )
    if not lists:
        raise DataFileError(folder, _("The folder holds no codelist."))
    return lists, codes


def _codelist(code: str, facts: dict[str, Any]) -> Codelist:
    return Codelist(
        public_id=code,
        names=text_of(facts.get("names") or {"en": facts["title"]}),
        source=facts["source"],
        licence=facts["licence"],
        date=facts["date"],
    )


def _read_areas(path: Path) -> list[Area]:
    columns = ("m49", "kind", "iso2", "iso3", "parent", "is_un_member", "name_en")
    rows = read_table(path, columns=columns)
    _unique(rows, "m49")
    areas, known = [], set()
    for row in rows:
        code = row["m49"]
        if len(code) != 3 or not code.isdigit():
            raise row.error(_("%(code)s is no M49 code of three digits.") % {"code": code})
        if row["parent"] and row["parent"] not in known:
            told = {"code": row["parent"]}
            raise row.error(_("The parent %(code)s does not come before its parts.") % told)
        _expect(row, "kind", AreaKind.values)
        known.add(code)
        areas.append(
            Area(
                public_id=code,
                m49=code,
                kind_of_area=row["kind"],
                iso2=row["iso2"],
                iso3=row["iso3"],
                parent_id=row["parent"] or None,
                is_un_member=row["is_un_member"] == "yes",
                names=row.text(),
                withdrawn_on=row.day("withdrawn_on"),
            )
        )
    return areas


def _read_groups(path: Path) -> list[AreaGroup]:
    rows = read_table(path, columns=("code", "kind", "name_en"))
    _unique(rows, "code")
    groups = []
    for position, row in enumerate(rows):
        _expect(row, "kind", GroupKind.values)
        groups.append(
            AreaGroup(
                public_id=row["code"],
                kind_of_group=row["kind"],
                names=row.text(),
                position=position,
                withdrawn_on=row.day("withdrawn_on"),
            )
        )
    return groups


def _read_memberships(
    path: Path, *, known_groups: set[str], known_areas: set[str]
) -> list[AreaGroupMembership]:
    rows = read_table(path, columns=("group", "m49", "status", "joined", "left", "source"))
    _unique(rows, "group", "m49", "joined")
    return list(_memberships(rows, known_groups, known_areas))


def _memberships(
    rows: list[Row], known_groups: set[str], known_areas: set[str]
) -> Iterator[AreaGroupMembership]:
    for row in rows:
        _expect(row, "group", known_groups)
        _expect(row, "m49", known_areas)
        _expect(row, "status", MembershipStatus.values)
        for column in ("joined", "left"):
            if row[column] and not re.match(PARTIAL_DATE, row[column]):
                raise row.error(str(partial_date.message))
        yield AreaGroupMembership(
            public_id=":".join(filter(None, (row["group"], row["m49"], row["joined"]))),
            group_id=row["group"],
            area_id=row["m49"],
            status=row["status"],
            joined=row["joined"],
            left=row["left"],
            source=row["source"],
            withdrawn_on=row.day("withdrawn_on"),
        )


def _unique(rows: list[Row], *columns: str) -> set[str]:
    """Check that no two rows have the same key and none an empty one; give the first cells."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row[column] for column in columns)
        if not key[0]:
            raise row.error(_("The code is empty."))
        if key in seen:
            raise row.error(_("%(code)s is listed twice.") % {"code": " ".join(key)})
        seen.add(key)
    return {key[0] for key in seen}


def _expect(row: Row, column: str, allowed: Collection[str]) -> None:
    if row[column] not in allowed:
        told = {"column": column, "value": row[column]}
        raise row.error(_("%(value)s is no value of the column %(column)s.") % told)
