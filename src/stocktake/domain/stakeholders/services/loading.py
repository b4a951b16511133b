"""Loading the organizations, memberships and roles of a process from its folder of data."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.choices import Origin
from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.domain.stakeholders.services.organizations import (
    create_organizations,
    update_organization,
)
from stocktake.domain.stakeholders.services.reading import rows_of
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.kernel.vocabularies.files import Row
from stocktake.lib.multilingual import LANGUAGES, Text


def load_stakeholders(actor: Actor, folders: Sequence[Path]) -> int:
    """Load `organizations.csv`, `memberships.csv` and `roles.csv` of process folders.

    The organizations of all folders come first, since one process names those of another. Loading
    again writes nothing that is the same already.

    Returns:
        The number of records written.

    Raises:
        DataFileError: a file contradicts itself or what other data brought; nothing was written.
        ValidationError: a file names an organization that no folder brings.
    """
    require(actor, "stakeholders.load")
    with transaction.atomic():
        written = 0
        for folder in folders:
            rows = rows_of(folder, "organizations")
            _refuse_taken(folder, rows)
            written += load_organizations(actor, [row.values for row in rows])
        for folder in folders:
            written += _load_memberships(actor, folder)
            written += _load_roles(actor, folder)
    return written


def process_folders(folder: Path | None = None) -> list[Path]:
    """List the folders of processes in a folder of data, the shipped one by default."""
    top = folder or Path(settings.STOCKTAKE_DATA_DIR)
    return sorted(path.parent for path in top.glob("processes/*/process.toml"))


def _refuse_taken(folder: Path, rows: Sequence[Row]) -> None:
    """Refuse keys that shipped or sample data has, else two loads would undo each other."""
    shipped = Path(settings.STOCKTAKE_DATA_DIR).resolve()
    if folder.resolve().is_relative_to(shipped):
        return
    theirs = {row["key"] for other in process_folders() for row in rows_of(other, "organizations")}
    ids = {organization_id(row["key"]): row for row in rows}
    held = Organization.objects.filter(public_id__in=list(ids)).exclude(origin=Origin.REFERENCE)
    taken = set(held.values_list("public_id", flat=True))
    for public_id, row in ids.items():
        if row["key"] in theirs or public_id in taken:
            raise row.error(_("Other data has brought %(codes)s already.") % {"codes": row["key"]})


def organization_id(key: str) -> str:
    """Give the public identifier of an organization of reference or sample data."""
    return stable_public_id("O", key)


def load_organizations(
    actor: Actor, rows: Sequence[Mapping[str, str]], *, origin: str = Origin.REFERENCE
) -> int:
    """Load organizations from rows with the columns of `organizations.csv`."""
    wanted = {organization_id(row["key"]): values_of_row(row, origin) for row in rows}
    known = {
        organization.public_id: organization
        for organization in Organization.objects.filter(public_id__in=list(wanted))
        .select_related("parent")
        .prefetch_related("identifiers")
    }
    fresh = [identifier for identifier in wanted if identifier not in known]
    for group in _parents_first(fresh, wanted):
        values = [wanted[identifier] for identifier in group]
        create_organizations(actor, values, public_ids=group)
    written = len(fresh)
    for identifier, organization in known.items():
        before = organization.version
        edited = update_organization(actor, organization, wanted[identifier], expected_version=None)
        written += edited.version != before
    return written


def _parents_first(
    fresh: Sequence[str], wanted: Mapping[str, Mapping[str, Any]]
) -> Iterator[list[str]]:
    """Group identifiers so that the parent of each comes in a group before its own.

    Those that are parents of each other in a circle come last, and are refused by the service.
    """
    left = list(fresh)
    while left:
        waiting = set(left)
        group = [each for each in left if wanted[each].get("parent") not in waiting] or left
        yield group
        left = [each for each in left if each not in set(group)]


def values_of_row(row: Mapping[str, str], origin: str) -> dict[str, Any]:
    """Turn one row of `organizations.csv` into values of an organization."""
    names = {code: row[f"name_{code}"] for code in LANGUAGES if row.get(f"name_{code}")}
    original = row.get("original") or ("en" if "en" in names else next(iter(names)))
    values: dict[str, Any] = {
        "names": Text(original, names).to_json(),
        "acronym": row.get("acronym", ""),
        "type": row.get("type", ""),
        "country": row.get("country", ""),
        "website": row.get("website", ""),
        "origin": str(origin),
        "identifiers": sorted(filter(None, row.get("identifiers", "").split(";"))),
    }
    if row.get("parent"):
        values["parent"] = organization_id(row["parent"])
    if row.get("source", "").startswith("http"):
        values["source_url"] = row["source"]
    return values


def _load_memberships(actor: Actor, folder: Path) -> int:
    rows = rows_of(folder, "memberships")
    by_key = _organizations(rows, "organization", "group")
    known = {
        (row.organization_id, row.group_id, row.joined): row for row in Membership.objects.all()
    }
    fresh, entries = [], []
    for row in rows:
        organization, group = by_key[row["organization"]], by_key[row["group"]]
        if (organization.pk, group.pk, row["joined"]) in known:
            continue
        told = {name: row.get(name) for name in ("joined", "left", "source")}
        fresh.append(Membership(organization=organization, group=group, **told))
        after = {"group": group.public_id, **told}
        entries.append(history.Entry("join", Organization.kind, organization.public_id, {}, after))
    Membership.objects.bulk_create(fresh)
    history.record_many(actor, entries)
    return len(fresh)


def _load_roles(actor: Actor, folder: Path) -> int:
    rows = rows_of(folder, "roles")
    by_key = _organizations(rows, "organization")
    known = {
        (row.organization_id, row.role, row.scope_kind, row.scope_id, row.starts)
        for row in Role.objects.all()
    }
    fresh, entries = [], []
    for row in rows:
        organization = by_key[row["organization"]]
        told = {name: row[name] for name in ("role", "scope_kind", "scope_id", "starts")}
        if (organization.pk, *told.values()) in known:
            continue
        more = {"ends": row.get("ends"), "source": row.get("source")}
        note = Text.of("en", row["note"]) if row.get("note") else Text()
        fresh.append(Role(organization=organization, **told, **more, note=note))
        after = {**told, **more, "note": note.to_json()}
        entries.append(
            history.Entry("take_role", Organization.kind, organization.public_id, {}, after)
        )
    Role.objects.bulk_create(fresh)
    history.record_many(actor, entries)
    return len(fresh)


def _organizations(rows: Sequence[Row], *columns: str) -> dict[str, Organization]:
    keys = {row[column] for row in rows for column in columns}
    found = Organization.objects.filter(public_id__in=[organization_id(key) for key in keys])
    by_id = {organization.public_id: organization for organization in found}
    unknown = sorted(key for key in keys if organization_id(key) not in by_id)
    if unknown:
        path = rows[0].path
        told = {"file": f"{path.parent.name}/{path.name}", "keys": ", ".join(unknown)}
        raise ValidationError(_("%(file)s names organizations that are unknown: %(keys)s.") % told)
    return {key: by_id[organization_id(key)] for key in keys}
