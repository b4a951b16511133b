"""What the search knows of an organization."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stocktake.domain.stakeholders import queries
from stocktake.domain.stakeholders.choices import OrganizationState, Origin
from stocktake.domain.stakeholders.models import Organization, OrganizationQuerySet
from stocktake.kernel.search.declarations import (
    Declaration,
    Document,
    Facet,
    TextRun,
    Weight,
    one_by_one,
)
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.models import Area


def published() -> OrganizationQuerySet:
    """Give what everybody may see, with all that a document needs."""
    return Organization.objects.published().prefetch_related("identifiers", "memberships__group")


def document(organization: Organization) -> Document:
    """Describe one organization to the index."""
    words = (organization.acronym, *organization.aliases)
    codes = (known.value for known in organization.identifiers.all())
    place = [organization.country] if organization.country else []
    texts = [TextRun(Weight.LEAD, "", word) for word in words if word]
    texts += [TextRun(Weight.NAMES, "", code) for code in codes]
    return Document(
        id=organization.public_id,
        titles=organization.names.values,
        original=organization.names.original,
        texts=tuple(texts),
        facets={
            "type": {organization.type} - {""},
            "country": place,
            "region": vocabularies.regions_among(place),
            "group": vocabularies.groups_among(place, ""),
            "member_of": {
                membership.group.public_id
                for membership in organization.memberships.all()
                if not membership.left and membership.group.state == OrganizationState.PUBLISHED
            },
            "origin": {organization.origin},
        },
        updated_at=organization.updated_at,
    )


def _types(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.labels("organization_type", language, codes)


def _areas(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.area_labels(language, codes)


def _groups(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.group_labels(language, codes)


def _origins(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: str(Origin(code).label) if code in Origin.values else code for code in codes}


def _members_of(identifiers: Collection[str]) -> Iterable[str]:
    found = Organization.objects.filter(memberships__group__public_id__in=identifiers)
    return found.values_list("public_id", flat=True).distinct().iterator()


def _in_areas(identifiers: Collection[str]) -> Iterable[str]:
    return _in(Area.objects.filter(public_id__in=identifiers))


def _in_areas_of_memberships(identifiers: Collection[str]) -> Iterable[str]:
    return _in(Area.objects.filter(group_memberships__public_id__in=identifiers))


def _in(areas: QuerySet[Area]) -> Iterable[str]:
    found = Organization.objects.filter(country__in=areas.values("m49"))
    return found.values_list("public_id", flat=True).iterator()


DECLARATIONS = (
    Declaration(
        kind=Organization.kind,
        label=_("Organizations"),
        published=published,
        documents=one_by_one(document),
        facets=(
            Facet("type", _("Kind of organization"), _types),
            Facet("region", _("Region"), _areas, order="label"),
            Facet("group", _("Country group"), _groups, order="code"),
            Facet("country", _("Country or area"), _areas, limit=20),
            Facet("member_of", _("Member of"), queries.organization_labels),
            Facet("origin", _("Where the entry came from"), _origins),
        ),
        borrows={
            "organization": _members_of,
            "area": _in_areas,
            "area_group_membership": _in_areas_of_memberships,
        },
    ),
)
