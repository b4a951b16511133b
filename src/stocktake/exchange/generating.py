"""Invented activities for load tests, into the register or into an IATI file; always marked."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import (
    ActivityDraft,
    DraftArea,
    DraftElement,
    DraftLink,
    create_activities,
    draft_values,
)
from stocktake.domain.frameworks.queries import elements
from stocktake.domain.stakeholders.services import OrganizationRef, resolve_organizations
from stocktake.exchange.checking import BATCH, Tell
from stocktake.exchange.runs import breathe
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.vocabularies.queries import countries, known_codes
from stocktake.lib.multilingual import Text
from stocktake.lib.sampling import (
    Codes,
    GeneratedActivity,
    GeneratedOrganization,
    generate,
    write_iati,
)

SCHEME = "invented"


def generate_into_register(
    actor: Actor, count: int, *, seed: int, tell: Tell = lambda _phase, _done, _total: None
) -> int:
    """Enter invented activities; those of the same seed that are there already stay.

    Returns:
        The number of activities added.

    Raises:
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import")
    records = generate(count, seed=seed, codes=codes())
    done = added = 0
    while batch := list(islice(records, BATCH)):
        by_id = {stable_public_id("A", record.identifier): record for record in batch}
        with transaction.atomic():
            known = Activity.objects.filter(public_id__in=list(by_id))
            for public_id in known.values_list("public_id", flat=True):
                del by_id[public_id]
            added += len(by_id)
            _enter(actor, by_id)
        done += len(batch)
        tell("generating", done, count)
        breathe(0.1)
    return added


def write_generated(stream: BinaryIO, count: int, *, seed: int) -> int:
    """Write invented activities as an IATI 2.03 file, and give their number."""
    return write_iati(
        generate(count, seed=seed, codes=codes()), stream, generated_at=datetime.now(UTC)
    )


def codes() -> Codes:
    """Give the codes that invented records may use."""
    return Codes(
        countries={facts.m49: facts.iso2 for facts in countries() if facts.iso2},
        elements=[facts.qualified_code for facts in elements().values() if not facts.is_withdrawn],
        types=list(known_codes("activity_type")),
        beneficiaries=list(known_codes("beneficiary_group")),
        impediments=list(known_codes("impediment")),
    )


def _enter(actor: Actor, by_id: dict[str, GeneratedActivity]) -> None:
    if not by_id:
        return
    drafts = [_draft(record) for record in by_id.values()]
    refs = [ref for draft in drafts for ref in draft.organizations()]
    organizations = resolve_organizations(actor, refs, origin=Origin.GENERATED)
    rows = [draft_values(draft, organizations) for draft in drafts]
    create_activities(actor, rows, public_ids=list(by_id))


def _draft(record: GeneratedActivity) -> ActivityDraft:
    texts: dict[str, Any] = {name: Text(record.language, getattr(record, name)) for name in _TEXTS}
    same: dict[str, Any] = {name: getattr(record, name) for name in _AS_THEY_ARE}
    return ActivityDraft(
        **texts,
        **same,
        owner=_reference(record.owner),
        budget_amount=_cents(record.budget_amount),
        elements=tuple(DraftElement(link.element, link.is_primary) for link in record.elements),
        areas=tuple(DraftArea(place.area, place.percentage) for place in record.areas),
        participations=tuple(
            (_reference(link.organization), link.role) for link in record.participations
        ),
        links=(DraftLink(record.link, kind="homepage"),) if record.link else (),
        external_identifiers=((SCHEME, record.identifier),),
        origin=Origin.GENERATED.value,
        is_invented=True,
    )


_TEXTS = ("title", "summary", "description", "results", "obstacles")
_AS_THEY_ARE = (
    *("type", "status", "scope_level", "start_date", "end_date", "budget_currency"),
    *("beneficiaries", "impediments", "languages"),
)


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def _reference(organization: GeneratedOrganization) -> OrganizationRef:
    return OrganizationRef(
        Text.of(organization.language, organization.name),
        SCHEME,
        organization.identifier,
        organization.type,
        organization.country,
    )
