"""Organizations as sources name them: found by identifier before name, or created once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.models import Organization, OrganizationIdentifier
from stocktake.domain.stakeholders.services.organizations import create_organizations
from stocktake.kernel.common.actors import Actor
from stocktake.lib.multilingual import Text, spelling_key

OUR_SCHEME = "stocktake"
"""The scheme of references that name an organization by the register's own public identifier."""

_LONGEST_ACRONYM = 12


@dataclass(frozen=True)
class OrganizationRef:
    """An organization as a source names it: by identifier, by name, or both."""

    name: Text = field(default_factory=Text)
    scheme: str = ""
    value: str = ""
    type: str = ""
    country: str = ""
    acronym: str = ""

    def __hash__(self) -> int:
        # an import looks these up many times an entry; so much tells them apart well enough
        return hash(self.value or str(self.name))


def find_organizations(refs: Iterable[OrganizationRef]) -> dict[OrganizationRef, Organization]:
    """Find the organizations that references name, as far as they are known.

    A reference without known identifier matches an organization of the same name (case, accents
    and punctuation aside), or the only one whose acronym the name is, unless identifier or country
    of the two contradict each other.
    """
    wanted = list(dict.fromkeys(refs))
    by_identifier = _by_identifier(wanted)
    found = {
        ref: by_identifier[ref.scheme, ref.value]
        for ref in wanted
        if (ref.scheme, ref.value) in by_identifier
    }
    by_name = _by_name([ref for ref in wanted if ref not in found])
    for ref in wanted:
        if ref not in found:
            candidates = by_name.get(_key(ref), ())
            known = next((each for each in candidates if _agrees(each, ref)), None)
            if known is not None:
                found[ref] = known
    by_acronym = _by_acronym([ref for ref in wanted if ref not in found])
    for ref in wanted:
        same = by_acronym.get(str(ref.name), []) if ref not in found else []
        if len(same) == 1 and _agrees(same[0], ref):
            found[ref] = same[0]
    return found


def resolve_organizations(
    actor: Actor, refs: Iterable[OrganizationRef], *, origin: str
) -> dict[OrganizationRef, Organization]:
    """Find the organization of each reference, or create it once for all that agree with it.

    Raises:
        ValidationError: a public identifier of ours names none.
    """
    wanted = list(dict.fromkeys(refs))
    found = find_organizations(wanted)
    for ref in wanted:
        if ref.scheme == OUR_SCHEME and ref not in found:
            raise ValidationError(_("There is no %(code)s here.") % {"code": ref.value})
    groups = _grouped([ref for ref in wanted if ref not in found])
    if groups:
        with transaction.atomic():
            made = create_organizations(actor, [group.values(origin) for group in groups])
        for group, organization in zip(groups, made, strict=True):
            found.update(dict.fromkeys(group.refs, organization))
    return found


@dataclass
class _Group:
    """References to one organization that is not known yet."""

    refs: list[OrganizationRef] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    country: str = ""

    def add(self, ref: OrganizationRef) -> None:
        self.refs.append(ref)
        self.country = self.country or ref.country
        if ref.value:
            self.identifiers.setdefault(ref.scheme, ref.value)

    def agrees(self, ref: OrganizationRef) -> bool:
        return not _contradict(self.identifiers, self.country, ref)

    def values(self, origin: str) -> dict[str, Any]:
        named = next((ref for ref in self.refs if ref.name), None)
        written = sorted(f"{scheme}:{value}" for scheme, value in self.identifiers.items())
        label = next(iter(self.identifiers.values()), "") or _("Organization without a name")
        name = named.name if named else Text.of("en", label)
        return {
            "names": name.to_json(),
            "acronym": next((ref.acronym for ref in self.refs if ref.acronym), ""),
            "type": next((ref.type for ref in self.refs if ref.type), ""),
            "country": self.country,
            "origin": origin,
            "identifiers": written,
        }


def _grouped(refs: Sequence[OrganizationRef]) -> list[_Group]:
    """Put together the references that mean one organization, by the rule of `find`."""
    groups: list[_Group] = []
    by_identifier: dict[tuple[str, str], _Group] = {}
    by_name: dict[str, list[_Group]] = {}
    for ref in refs:
        group = by_identifier.get((ref.scheme, ref.value)) if ref.value else None
        if group is None and ref.name:
            candidates = by_name.get(_key(ref), ())
            group = next((each for each in candidates if each.agrees(ref)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(ref)
        if ref.value:
            by_identifier[ref.scheme, ref.value] = group
        same_name = by_name.setdefault(_key(ref), [])
        if group not in same_name:
            same_name.append(group)
    return groups


def _agrees(organization: Organization, ref: OrganizationRef) -> bool:
    identifiers = {known.scheme: known.value for known in organization.identifiers.all()}
    return not _contradict(identifiers, organization.country, ref)


def _contradict(identifiers: Mapping[str, str], country: str, ref: OrganizationRef) -> bool:
    other_identifier = ref.value and identifiers.get(ref.scheme, ref.value) != ref.value
    other_country = ref.country and country not in ("", ref.country)
    return bool(other_identifier or other_country)


def _key(ref: OrganizationRef) -> str:
    return spelling_key(str(ref.name))[:300] if ref.name else ""


def _by_identifier(refs: Sequence[OrganizationRef]) -> dict[tuple[str, str], Organization]:
    values = {ref.value for ref in refs if ref.value}
    if not values:
        return {}
    known = OrganizationIdentifier.objects.filter(value__in=values).select_related("organization")
    found = {(row.scheme, row.value): row.organization for row in known}
    own = [ref.value for ref in refs if ref.scheme == OUR_SCHEME]
    if own:
        rows = Organization.objects.filter(public_id__in=own)
        found.update({(OUR_SCHEME, row.public_id): row for row in rows})
    return found


def _by_name(refs: Sequence[OrganizationRef]) -> dict[str, list[Organization]]:
    keys = {key for ref in refs if (key := _key(ref))}
    found: dict[str, list[Organization]] = {}
    if keys:
        rows = Organization.objects.filter(name_key__in=keys)
        for organization in rows.prefetch_related("identifiers").order_by("pk"):
            found.setdefault(organization.name_key, []).append(organization)
    return found


def _by_acronym(refs: Sequence[OrganizationRef]) -> dict[str, list[Organization]]:
    names = {str(ref.name) for ref in refs}
    acronyms = [name for name in names if 2 <= len(name) <= _LONGEST_ACRONYM and name.isupper()]
    found: dict[str, list[Organization]] = {}
    if acronyms:
        rows = Organization.objects.filter(acronym__in=acronyms)
        for organization in rows.prefetch_related("identifiers").order_by("pk"):
            found.setdefault(organization.acronym, []).append(organization)
    return found
