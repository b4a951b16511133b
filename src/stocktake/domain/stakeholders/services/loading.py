"""Loading the organizations, memberships and roles of a process from its folder of data."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.choices import Origin
from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.domain.stakeholders.services.organizations import (
    create_organizations,
    update_organization,
)
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import LANGUAGES, Text


def load_stakeholders(actor: Actor, folders: Sequence[Path]) -> int:
    """Load `organizations.csv`, `memberships.csv` and `roles.csv` of process folders.

    The organizations of all folders come first, since one process names those of another. Loading
    again writes nothing that is the same already.

    Returns:
        The number of records written.

    Raises:
        ValidationError: a file names an organization that no folder brings.
    """
    require(actor, "stakeholders.load")
    with transaction.atomic():
        written = 0
        for folder in folders:
            written += load_organizations(actor, _rows(folder / "organizations.csv"))
        for folder in folders:
            written += _load_memberships(actor, folder / "memberships.csv")
            written += _load_roles(actor, folder / "roles.csv")
    return written


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
    first = [identifier for identifier in fresh if wanted[identifier].get("parent") not in fresh]
    for group in (first, [identifier for identifier in fresh if identifier not in first]):
        if group:
            values = [wanted[identifier] for identifier in group]
            create_organizations(actor, values, public_ids=group)
    written = len(fresh)
    for identifier, organization in known.items():
        before = organization.version
        edited = update_organization(actor, organization, wanted[identifier], expected_version=None)
        written += edited.version != before
    return written


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


def _load_memberships(actor: Actor, file: Path) -> int:
    rows = _rows(file)
    by_key = _organizations(file, rows, "organization", "group")
    known = {
        (row.organization_id, row.group_id, row.joined): row for row in Membership.objects.all()
    }
    fresh, entries = [], []
    for row in rows:
        organization, group = by_key[row["organization"]], by_key[row["group"]]
        if (organization.pk, group.pk, row["joined"]) in known:
            continue
        told = {name: row.get(name, "") for name in ("joined", "left", "source")}
        fresh.append(Membership(organization=organization, group=group, **told))
        after = {"group": group.public_id, **told}
        entries.append(history.Entry("join", Organization.kind, organization.public_id, {}, after))
    Membership.objects.bulk_create(fresh)
    history.record_many(actor, entries)
    return len(fresh)


def _load_roles(actor: Actor, file: Path) -> int:
    rows = _rows(file)
    by_key = _organizations(file, rows, "organization")
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
        more = {"ends": row.get("ends", ""), "source": row.get("source", "")}
        note = Text.of("en", row["note"]) if row.get("note") else Text()
        fresh.append(Role(organization=organization, **told, **more, note=note))
        after = {**told, **more, "note": note.to_json()}
        entries.append(
            history.Entry("take_role", Organization.kind, organization.public_id, {}, after)
        )
    Role.objects.bulk_create(fresh)
    history.record_many(actor, entries)
    return len(fresh)


def _organizations(
    file: Path, rows: Sequence[Mapping[str, str]], *columns: str
) -> dict[str, Organization]:
    keys = {row[column] for row in rows for column in columns}
    found = Organization.objects.filter(public_id__in=[organization_id(key) for key in keys])
    by_id = {organization.public_id: organization for organization in found}
    unknown = sorted(key for key in keys if organization_id(key) not in by_id)
    if unknown:
        told = {"file": f"{file.parent.name}/{file.name}", "keys": ", ".join(unknown)}
        raise ValidationError(_("%(file)s names organizations that are unknown: %(keys)s.") % told)
    return {key: by_id[organization_id(key)] for key in keys}


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
