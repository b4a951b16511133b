"""The only writers of organizations, memberships and roles."""

from collections.abc import Iterable, Mapping, Sequence
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


def delete_organizations(actor: Actor, organizations: Sequence[Organization], *, note: str) -> None:
    """Remove organizations that nothing refers to, as undoing an import does; the log keeps them.

    Raises:
        PermissionDenied: nothing was written.
        ProtectedError: a record refers to one of them; nothing was written.
    """
    with transaction.atomic():
        keys = [organization.pk for organization in organizations]
        rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        current = list(rows.prefetch_related("identifiers").order_by("pk"))
        entries = []
        for organization in current:
            require(actor, "stakeholders.delete", organization)
            before = {name: value for name, value in values_of(organization).items() if value}
            entries.append(
                history.Entry("delete", Organization.kind, organization.public_id, before, {}, note)
            )
        Organization.objects.filter(pk__in=keys).delete()
        history.record_many(actor, entries)


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
