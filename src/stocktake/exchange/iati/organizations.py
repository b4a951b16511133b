"""Organizations of an IATI activity: who owns it, who takes part, and by which identifier."""

import re
from collections.abc import Mapping
from functools import lru_cache

from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.exchange.iati import tables
from stocktake.exchange.texts import text_of
from stocktake.kernel.vocabularies.queries import area_by_iso
from stocktake.lib.formats.iati.model import Activity, OrganisationRef
from stocktake.lib.multilingual import Text

SCHEME = "iati"
LOCAL_SCHEME = "iati-local"

_GLOBAL = re.compile(r"[A-Za-z]{2,10}-\S.*")
_MAX_IDENTIFIER = 200
_MOST = 500

Participation = tuple[OrganizationRef, str]


def owner_and_partners(
    activity: Activity,
) -> tuple[OrganizationRef | None, tuple[Participation, ...]]:
    """Say whose activity it is, and who takes part in which role.

    The owner is the organization that reports; where that only passes on the reports of others
    (a secondary reporter), the one that is accountable, implements, extends or funds, in this
    order. The owner's own roles are kept as participations.
    """
    reporter = activity.reporting
    reporting = _reference(reporter, activity, is_reporter=True) if reporter else None
    partners: dict[Participation, None] = {}
    for link in activity.participations[:_MOST]:
        partners[_reference(link.organisation, activity), tables.ROLE.get(link.role, "partner")] = (
            None
        )
    if reporting is not None and not activity.is_secondary_reporter:
        return reporting, tuple(partners)
    for role in ("accountable", "implementing", "extending", "funding"):
        for ref, its_role in partners:
            if its_role == role:
                return ref, tuple(partners)
    return reporting, tuple(partners)


def _reference(
    read: OrganisationRef, activity: Activity, *, is_reporter: bool = False
) -> OrganizationRef:
    ref = read.ref
    reporter = ""  # only the numbers that it gives others need it; the rest is made once for all
    if not is_reporter and ref and not _is_global(ref) and not _reports(ref, activity):
        reporter = _reporter(activity)
    return _made(ref, reporter, tuple(read.names.items()), read.type)


def _reports(ref: str, activity: Activity) -> bool:
    return activity.reporting is not None and activity.reporting.ref == ref


@lru_cache(maxsize=20_000)  # organizations come again and again in a file
def _made(
    ref: str, reporter: str, names: tuple[tuple[str, str], ...], type_code: str
) -> OrganizationRef:
    scheme, value = _identifier(ref, reporter) if ref else (SCHEME, "")
    name = text_of(dict(names))
    if not name and not value:
        name = Text.of("en", "?")
    kind = tables.ORGANIZATION_TYPE.get(type_code, "")
    country = "" if kind == "international_organization" else _country(value, scheme)
    return OrganizationRef(name, scheme if value else "", value, kind, country)


def _reporter(activity: Activity) -> str:
    if activity.reporting is None:
        return ""
    names: Mapping[str, str] = activity.reporting.names
    return activity.reporting.ref or next(iter(names.values()), "")


def _identifier(ref: str, reporter: str) -> tuple[str, str]:
    """Tell identifiers that mean the same everywhere from a reporter's own numbers."""
    scheme, value = SCHEME, ref
    if _is_channel(ref):
        value = f"XM-DAC-{ref}"
    elif reporter and not _is_global(ref):
        scheme, value = LOCAL_SCHEME, f"{reporter}/{ref}"
    return (scheme, value) if len(value) <= _MAX_IDENTIFIER else ("", "")


@lru_cache(maxsize=20_000)
def _is_global(ref: str) -> bool:
    return _is_channel(ref) or _GLOBAL.fullmatch(ref) is not None


def _is_channel(ref: str) -> bool:
    return ref.isdigit() and ref in tables.codelists().lists.get("CRSChannelCode", {})


def _country(value: str, scheme: str) -> str:
    """Give the country of the register that an identifier is from (`GB-COH-…`), as M49."""
    if scheme != SCHEME or value[2:3] != "-":
        return ""
    country = area_by_iso(value[:2])
    return country.m49 if country else ""
