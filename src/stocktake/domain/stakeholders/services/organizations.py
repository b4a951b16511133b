"""The only writers of organizations, memberships and roles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.choices import Origin
from stocktake.domain.stakeholders.models import (
    Organization,
    OrganizationIdentifier,
)
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.lib.multilingual import Text, spelling_key

_SCALARS = ("acronym", "type", "country", "website", "origin", "source_url", "state")


@dataclass(frozen=True)
class OrganizationRef:
    """An organization as a source names it: by identifier, by name, or both."""

    name: Text = field(default_factory=Text)
    scheme: str = ""
    value: str = ""
    type: str = ""
    country: str = ""
    acronym: str = ""


def values_of(organization: Organization) -> dict[str, Any]:
    """Give the values of a record as history keeps them."""
    return {
        "names": organization.names.to_json(),
        **{name: getattr(organization, name) for name in _SCALARS},
        "aliases": list(organization.aliases),
        "parent": organization.parent.public_id if organization.parent else "",
        "identifiers": sorted(
            f"{known.scheme}:{known.value}" for known in organization.identifiers.all()
        ),
    }


def create_organization(actor: Actor, values: Mapping[str, Any], *, note: str = "") -> Organization:
    """Add one organization; `values` are those of `values_of`, each optional but the names."""
    return create_organizations(actor, [values], note=note)[0]


def create_organizations(
    actor: Actor,
    rows: Sequence[Mapping[str, Any]],
    *,
    public_ids: Sequence[str] = (),
    note: str = "",
) -> list[Organization]:
    """Add organizations in one transaction, one change each.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "stakeholders.create")
    for values in rows:
        _clean(values)
    made = [Organization() for _row in rows]
    for organization, public_id in zip(made, public_ids, strict=False):
        organization.public_id = public_id
    with transaction.atomic():
        parents = _by_public_id(values.get("parent", "") for values in rows)
        for organization, values in zip(made, rows, strict=True):
            organization.give_public_id()
            _assign(organization, values, parents)
        Organization.objects.bulk_create(made, batch_size=500)
        OrganizationIdentifier.objects.bulk_create(
            _identifier(organization, written)
            for organization, values in zip(made, rows, strict=True)
            for written in values.get("identifiers", ())
        )
        entries = [
            history.Entry("create", Organization.kind, organization.public_id, {}, values, note)
            for organization, values in zip(made, rows, strict=True)
        ]
        history.record_many(actor, entries)
    return made


def update_organization(
    actor: Actor,
    organization: Organization,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    note: str = "",
) -> Organization:
    """Edit one organization from the version that the editor saw; no difference, no write.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        require(actor, "stakeholders.edit", current)
        current.expect_version(expected_version)
        before = values_of(current)
        changed = {name: value for name, value in changes.items() if before.get(name) != value}
        if not changed:
            return current
        _clean({**before, **changed})
        _assign(current, changed, _by_public_id([changed.get("parent", "")]))
        current.advance()
        current.save()
        if "identifiers" in changed:
            current.identifiers.all().delete()
            OrganizationIdentifier.objects.bulk_create(
                _identifier(current, written) for written in changed["identifiers"]
            )
        old = {name: before.get(name) for name in changed}
        history.record(actor, "update", current, before=old, after=changed, note=note)
    return current


def resolve_organizations(
    actor: Actor, refs: Iterable[OrganizationRef], *, origin: str
) -> dict[OrganizationRef, Organization]:
    """Find the organization of each reference, by identifier before name, or create it once.

    A reference without identifier matches an organization of the same name, acronym or alias
    (case, accents and punctuation aside) in the same country, when the reference names one.
    """
    wanted = list(dict.fromkeys(refs))
    found: dict[OrganizationRef, Organization] = {}
    by_identifier = _by_identifier(wanted)
    by_name = _by_name(wanted)
    fresh: dict[tuple[str, ...], list[OrganizationRef]] = {}
    for ref in wanted:
        known = by_identifier.get((ref.scheme, ref.value)) if ref.value else None
        known = known or _matching(by_name.get(spelling_key(str(ref.name)), ()), ref)
        if known:
            found[ref] = known
        else:
            fresh.setdefault(_identity(ref), []).append(ref)
    rows = [_row_of(same, origin) for same in fresh.values()]
    with transaction.atomic():
        made = create_organizations(actor, rows) if rows else []
    for same, organization in zip(fresh.values(), made, strict=True):
        found.update(dict.fromkeys(same, organization))
    return found


def _identity(ref: OrganizationRef) -> tuple[str, ...]:
    if ref.value:
        return (ref.scheme, ref.value)
    return ("", spelling_key(str(ref.name)), ref.country)


def _matching(candidates: Sequence[Organization], ref: OrganizationRef) -> Organization | None:
    for organization in candidates:
        of_scheme = {known.scheme: known.value for known in organization.identifiers.all()}
        other_identifier = ref.value and of_scheme.get(ref.scheme, ref.value) != ref.value
        other_country = ref.country and organization.country not in ("", ref.country)
        if not other_identifier and not other_country:
            return organization
    return None


def _row_of(same: Sequence[OrganizationRef], origin: str) -> dict[str, Any]:
    """Describe a new organization from all references to it; the first named one leads."""
    ref = next((ref for ref in same if ref.name), same[0])
    name = ref.name or Text.of("en", ref.value or _("Organization without a name"))
    return {
        "names": name.to_json(),
        "acronym": ref.acronym,
        "type": next((ref.type for ref in same if ref.type), ""),
        "country": next((ref.country for ref in same if ref.country), ""),
        "origin": origin,
        "identifiers": [f"{ref.scheme}:{ref.value}"] if ref.value else [],
    }


def _by_identifier(refs: Sequence[OrganizationRef]) -> dict[tuple[str, str], Organization]:
    values = {ref.value for ref in refs if ref.value}
    known = OrganizationIdentifier.objects.filter(value__in=values).select_related("organization")
    return {(row.scheme, row.value): row.organization for row in known}


def _by_name(refs: Sequence[OrganizationRef]) -> dict[str, list[Organization]]:
    keys = {spelling_key(str(ref.name)) for ref in refs if ref.name}
    found: dict[str, list[Organization]] = {}
    rows = Organization.objects.filter(name_key__in=[key[:300] for key in keys if key])
    for organization in rows.prefetch_related("identifiers").order_by("pk"):
        found.setdefault(organization.name_key, []).append(organization)
    return found


def _clean(values: Mapping[str, Any]) -> None:
    faults: dict[str, list[str]] = {}
    if not Text.from_json(values.get("names")):
        faults["names"] = [_("A name is needed.")]
    code = values.get("type", "")
    if code and code not in known_codes("organization_type"):
        told = {"code": code, "list": "organization_type"}
        faults["type"] = [_("%(code)s is not on the list %(list)s.") % told]
    if values.get("origin", Origin.ENTRY) not in Origin.values:
        faults["origin"] = [_("This origin is not known.")]
    for name, limit in (("acronym", 40), ("website", 500), ("country", 3)):
        if len(values.get(name, "")) > limit:
            told = {"limit": str(limit)}
            faults[name] = [_("A text of at most %(limit)s characters is expected.") % told]
    if faults:
        raise ValidationError(faults)


def _assign(
    organization: Organization,
    values: Mapping[str, Any],
    parents: Mapping[str, Organization],
) -> None:
    if "names" in values:
        organization.names = Text.from_json(values["names"])
        organization.name_key = spelling_key(str(organization.names))[:300]
    for name in (*_SCALARS, "aliases"):
        if name in values:
            setattr(organization, name, values[name])
    if "parent" in values:
        organization.parent = parents.get(values["parent"])


def _by_public_id(identifiers: Iterable[str]) -> dict[str, Organization]:
    wanted = {identifier for identifier in identifiers if identifier}
    found = Organization.objects.filter(public_id__in=wanted) if wanted else []
    return {organization.public_id: organization for organization in found}


def _identifier(organization: Organization, written: str) -> OrganizationIdentifier:
    scheme, _colon, value = written.partition(":")
    return OrganizationIdentifier(organization=organization, scheme=scheme, value=value)
