"""Reading the organizations, memberships and offices of a process from its folder, with checks."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from stocktake.domain.frameworks.models import Element, Process
from stocktake.domain.stakeholders.choices import RoleKind
from stocktake.kernel.vocabularies.files import Row, read_facts, read_table
from stocktake.kernel.vocabularies.queries import area, known_codes
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE

_COLUMNS = {
    "organizations": ("key", "name_en", "type"),
    "memberships": ("organization", "group", "joined"),
    "roles": ("organization", "role", "scope_kind", "scope_id", "starts"),
}


def rows_of(folder: Path, name: str) -> list[Row]:
    """Read one table of a folder; without the file there are no rows.

    Raises:
        DataFileError: the table, or the facts beside it, are not as they must be.
    """
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    read_facts(path.with_suffix(".toml"))
    rows = read_table(path, columns=_COLUMNS[name])
    _CHECKS[name](rows)
    return rows


def _check_organizations(rows: Collection[Row]) -> None:
    seen: set[str] = set()
    types = known_codes("organization_type")
    for row in rows:
        if not row["key"] or row["key"] in seen:
            raise row.error(_("%(code)s is listed twice.") % {"code": row["key"] or "key"})
        seen.add(row["key"])
        if not row.text():
            raise row.error(_("%(code)s has no name.") % {"code": row["key"]})
        if row["type"] and row["type"] not in types:
            raise row.error(
                _("%(value)s is no type of organization; the types are %(types)s.")
                % {"value": row["type"], "types": ", ".join(sorted(types))}
            )


def _check_memberships(rows: Collection[Row]) -> None:
    for row in rows:
        _check_dates(row, "joined", "left")


def _check_roles(rows: Collection[Row]) -> None:
    elements = {row["scope_id"] for row in rows if row["scope_kind"] == "element"}
    processes = {row["scope_id"] for row in rows if row["scope_kind"] == "process"}
    known: Mapping[str, set[str]] = {
        "element": set(_known(Element, elements)),
        "process": set(_known(Process, processes)),
        "area": {row["scope_id"] for row in rows if area(row["scope_id"])},
    }
    for row in rows:
        told = {"value": row["role"], "roles": ", ".join(RoleKind.values)}
        if row["role"] not in RoleKind.values:
            raise row.error(_("%(value)s is no office; the offices are %(roles)s.") % told)
        told = {"value": row["scope_kind"], "kinds": ", ".join(sorted(known))}
        if row["scope_kind"] not in known:
            raise row.error(_("%(value)s is no kind of scope; the kinds are %(kinds)s.") % told)
        if row["scope_id"] not in known[row["scope_kind"]]:
            told = {"kind": row["scope_kind"], "code": row["scope_id"]}
            raise row.error(_("There is no %(kind)s %(code)s.") % told)
        _check_dates(row, "starts", "ends")


def _known(model: type[Element] | type[Process], codes: Collection[str]) -> Iterator[str]:
    found = model._default_manager.filter(public_id__in=list(codes))
    yield from found.values_list("public_id", flat=True)


def _check_dates(row: Row, *columns: str) -> None:
    for column in columns:
        value = row.get(column)
        if value and not re.match(PARTIAL_DATE, value):
            raise row.error(_("%(value)s is no date such as 2007-10-29.") % {"value": value})


_CHECKS = {
    "organizations": _check_organizations,
    "memberships": _check_memberships,
    "roles": _check_roles,
}
