"""Loading the sample register: real activities, described by us from published facts."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import create_activities
from stocktake.domain.activities.services.writing import BATCH
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.services import create_organizations
from stocktake.domain.stakeholders.services.loading import organization_id
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require

_PLAIN = (
    *("title", "summary", "description", "results", "obstacles", "lessons"),
    *("type", "status", "scope_level", "start_date", "end_date"),
    *("budget_amount", "budget_currency", "source_name", "source_url", "last_confirmed_on"),
)


def load_sample(actor: Actor) -> int:
    """Load the organizations and activities of the sample that are not there yet.

    Returns:
        The number of activities added.
    """
    require(actor, "activities.create")
    folder = settings.STOCKTAKE_DATA_DIR / "sample"
    with transaction.atomic():
        _load_organizations(actor, _read(folder / "organizations.json"))
    rows = {stable_public_id("A", row["key"]): row for row in _read(folder / "activities.json")}
    known = Activity.objects.filter(public_id__in=list(rows)).values_list("public_id", flat=True)
    fresh = [public_id for public_id in rows if public_id not in set(known)]
    for start in range(0, len(fresh), BATCH):
        batch = fresh[start : start + BATCH]
        values = [_values(rows[public_id]) for public_id in batch]
        create_activities(actor, values, public_ids=batch)
    return len(fresh)


def _load_organizations(actor: Actor, rows: list[dict[str, Any]]) -> None:
    wanted = {organization_id(row["key"]): row for row in rows}
    found = Organization.objects.filter(public_id__in=list(wanted))
    known = set(found.values_list("public_id", flat=True))
    fresh = [public_id for public_id in wanted if public_id not in known]
    values = [_organization_values(wanted[public_id]) for public_id in fresh]
    if fresh:
        create_organizations(actor, values, public_ids=fresh)


def _organization_values(row: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: row[name]
        for name in ("names", "acronym", "type", "country", "website", "source_url")
        if row.get(name)
    }
    identifiers = [f"{known['scheme']}:{known['value']}" for known in row.get("identifiers", ())]
    return {**told, "origin": "sample", "identifiers": sorted(identifiers)}


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in _PLAIN if row.get(name)}
    values |= {
        name: sorted(row[name])
        for name in ("beneficiaries", "impediments", "languages")
        if row.get(name)
    }
    values["elements"] = sorted(row.get("elements", ()), key=lambda link: link["element"])
    values["areas"] = sorted(row.get("areas", ()), key=lambda link: link["area"])
    values["links"] = [
        {"url": link["url"], "title": link.get("title", ""), "kind": link.get("kind", "")}
        for link in row.get("links", ())
    ]
    values["participations"] = [
        {"organization": organization_id(link["organization"]), "role": link["role"]}
        for link in row.get("participations", ())
    ]
    return {
        **values,
        "owner": organization_id(row["owner"]),
        "origin": "sample",
        "state": "published",
        "is_invented": False,
    }


def _read(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return rows
