"""Who is asked: organizations by name, members of groups, facilitators, and whole kinds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from stocktake.domain.asks.choices import COLLECTIVES, EVERYBODY, FACILITATORS
from stocktake.domain.asks.models import Ask, AskQuerySet
from stocktake.domain.asks.rules import concerned_ids
from stocktake.domain.stakeholders.choices import OrganizationState, RoleKind
from stocktake.domain.stakeholders.models import Organization, Role
from stocktake.domain.stakeholders.queries import organization_labels
from stocktake.kernel.vocabularies import queries as vocabularies


def is_asked(organization: Organization, ask: Ask) -> bool:
    """Say whether an organization is addressed by an ask, so that it may answer.

    It is when it is named, belongs to a group that is named, facilitates an element of the ask
    where its facilitators are addressed, or is of a kind that is addressed as a whole.
    """
    if organization.public_id in concerned_ids(ask):
        return True
    codes = set(ask.addressees.values_list("code", flat=True))
    if codes & set(EVERYBODY):
        return True
    if any(organization.type in COLLECTIVES.get(code, ()) for code in codes):
        return True
    return bool(codes & set(FACILITATORS)) and _facilitates(organization, ask)


def _facilitates(organization: Organization, ask: Ask) -> bool:
    kinds = (RoleKind.FACILITATOR, RoleKind.CO_FACILITATOR)
    roles = Role.objects.filter(organization=organization, role__in=kinds, scope_kind="element")
    elements = list(ask.ask_elements.values_list("element__public_id", flat=True))
    return (roles.filter(scope_id__in=elements) if elements else roles).exists()


def answering_organizations(ask: Ask, own: Collection[str]) -> list[Organization]:
    """List those of some organizations that may answer an ask, by name.

    Args:
        own: public identifiers, such as those for which a person is an editor.
    """
    found = Organization.objects.filter(public_id__in=own).order_by("name_key", "pk")
    return [organization for organization in found if is_asked(organization, ask)]


def asked_of(organization: Organization) -> AskQuerySet:
    """List the asks that name an organization or a group that it belongs to; filter what is seen.

    Use it with `visible_to`: `asked_of(organization).visible_to(user)`.
    """
    named = Ask.objects.filter(addressees__organization=organization)
    groups = Ask.objects.filter(addressees__organization__members__organization=organization)
    return Ask.objects.filter(Q(pk__in=named.values("pk")) | Q(pk__in=groups.values("pk")))


@dataclass(frozen=True)
class ShownAddressee:
    """An addressee in words: its name, its record where everybody may see it, the restriction."""

    label: str
    code: str
    organization: str
    raw: str
    qualifier: str


def shown_addressees(ask: Ask, language: str) -> list[ShownAddressee]:
    """Name the addressees of an ask whose links are fetched; hidden organizations stay hidden."""
    shown = []
    for each in ask.addressees.all():
        organization = each.organization
        is_shown = organization is not None and organization.state == OrganizationState.PUBLISHED
        name = organization.names.best(language).text if organization and is_shown else ""
        code = vocabularies.labels("addressee", language, [each.code])[each.code]
        label = name or (code if each.code else each.raw)
        if not label:
            continue
        public_id = organization.public_id if organization and is_shown else ""
        shown.append(ShownAddressee(label, each.code, public_id, each.raw, each.qualifier))
    return shown


def addressee_labels(codes: Collection[str], language: str) -> Mapping[str, str]:
    """Give the names of addressees: codes of the codelist, and organizations by identifier."""
    organizations = [code for code in codes if code.startswith(f"{Organization.id_prefix}-")]
    known = vocabularies.labels("addressee", language, codes)
    return {**known, **organization_labels(organizations, language)}
