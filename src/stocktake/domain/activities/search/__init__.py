"""What the search knows of activities: their facets with labels, and whose words they borrow."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.search.documents import documents
from stocktake.domain.frameworks import queries as frameworks
from stocktake.domain.stakeholders import queries as stakeholders
from stocktake.kernel.search.declarations import Declaration, Facet
from stocktake.kernel.vocabularies import queries as vocabularies

Labels = Callable[[Collection[str], str], Mapping[str, str]]


def _codes(codelist: str) -> Labels:
    def labels(codes: Collection[str], language: str) -> Mapping[str, str]:
        return vocabularies.labels(codelist, language, codes)

    return labels


def _years(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: code for code in codes}


def _areas(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.area_labels(language, codes)


def _groups(codes: Collection[str], language: str) -> Mapping[str, str]:
    return vocabularies.group_labels(language, codes)


def _origins(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: str(Origin(code).label) if code in Origin.values else code for code in codes}


FACETS = (
    Facet(
        "element",
        _("Framework"),
        frameworks.element_labels,
        order="code",
        parents=frameworks.element_parents,
        groups=frameworks.framework_labels,
    ),
    Facet("region", _("Region"), _areas, order="label"),
    Facet("group", _("Country group"), _groups, order="code"),
    Facet("country", _("Country or area"), _areas, limit=20),
    Facet("organization", _("Organization"), stakeholders.organization_labels, limit=20),
    Facet("organization_type", _("Kind of organization"), _codes("organization_type")),
    Facet("status", _("Status"), _codes("activity_status")),
    Facet("type", _("Kind of activity"), _codes("activity_type")),
    Facet("scope_level", _("Scope"), _codes("scope_level")),
    Facet("beneficiary", _("Beneficiaries"), _codes("beneficiary_group")),
    Facet("impediment", _("Impediments"), _codes("impediment")),
    Facet("year", _("Year of start"), _years, order="code"),
    Facet("language", _("Language of the entry"), _codes("language")),
    Facet("origin", _("Where the entry came from"), _origins),
)


def _of_organizations(identifiers: Collection[str]) -> Iterable[str]:
    found = Activity.objects.filter(owner__public_id__in=identifiers)
    yield from found.values_list("public_id", flat=True).iterator()
    found = Activity.objects.filter(participations__organization__public_id__in=identifiers)
    yield from found.values_list("public_id", flat=True).distinct().iterator()


def _of_elements(identifiers: Collection[str]) -> Iterable[str]:
    found = Activity.objects.filter(activity_elements__element__public_id__in=identifiers)
    return found.values_list("public_id", flat=True).distinct().iterator()


def _of_memberships(identifiers: Collection[str]) -> Iterable[str]:
    found = Activity.objects.filter(
        activity_areas__area__group_memberships__public_id__in=identifiers
    )
    return found.values_list("public_id", flat=True).distinct().iterator()


def _of_areas(identifiers: Collection[str]) -> Iterable[str]:
    found = Activity.objects.filter(activity_areas__area__public_id__in=identifiers)
    return found.values_list("public_id", flat=True).distinct().iterator()


DECLARATIONS = (
    Declaration(
        kind=Activity.kind,
        label=_("Activities"),
        published=Activity.objects.published,
        documents=documents,
        facets=FACETS,
        borrows={
            "organization": _of_organizations,
            "element": _of_elements,
            "area": _of_areas,
            "area_group_membership": _of_memberships,
        },
    ),
)
