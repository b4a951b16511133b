"""What the search knows of an activity: its words, facets and dates, and whose words it borrows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity, ActivityQuerySet
from stocktake.domain.frameworks import queries as frameworks
from stocktake.domain.stakeholders import queries as stakeholders
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.search.declarations import Declaration, Document, Facet, TextRun, Weight
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.terms import first_day, last_day
from stocktake.lib.multilingual import Text

_ONGOING = "ongoing"


def published() -> ActivityQuerySet:
    """Give what everybody may see, with all that a document needs."""
    return Activity.objects.published().with_words()


def document(activity: Activity) -> Document:
    """Describe one activity to the index."""
    start = first_day(activity.start_date) if activity.start_date else None
    end = last_day(activity.end_date) if activity.end_date else None
    if start and not end:
        end = date.max if activity.status == _ONGOING else last_day(activity.start_date)
    return Document(
        id=activity.public_id,
        titles=activity.title.values,
        original=activity.title.original,
        texts=tuple(_texts(activity)),
        facets=_facets(activity),
        sort_date=start or end,
        period=(start or end, end or start) if start or end else None,  # type: ignore[arg-type]
        updated_at=activity.updated_at,
    )


def _texts(activity: Activity) -> Iterable[TextRun]:
    yield from _runs(Weight.LEAD, activity.summary)
    for text in (activity.description, activity.results, activity.obstacles, activity.lessons):
        yield from _runs(Weight.BODY, text)
    for organization in _organizations(activity):
        yield from _runs(Weight.NAMES, organization.names)
        for name in (organization.acronym, *organization.aliases):
            yield TextRun(Weight.NAMES, "", name)
    for area in activity.activity_areas.all():
        yield from _runs(Weight.NAMES, area.area.names)
    for link in activity.activity_elements.all():
        yield from _runs(Weight.NAMES, link.element.names)
        yield TextRun(Weight.NAMES, "", link.element.code)
    for known in activity.external_identifiers.all():
        yield TextRun(Weight.NAMES, "", known.value)


def _organizations(activity: Activity) -> list[Organization]:
    """List owner and partners, each once; what is not public of them is in no index."""
    partners = (link.organization for link in activity.participations.all())
    named = dict.fromkeys(each for each in (activity.owner, *partners) if each)
    return [each for each in named if each.state == OrganizationState.PUBLISHED]


def _runs(weight: Weight, text: Text) -> Iterable[TextRun]:
    return (TextRun(weight, language, value) for language, value in text.values.items())


def _facets(activity: Activity) -> Mapping[str, Collection[str]]:
    areas = [link.area_id for link in activity.activity_areas.all()]
    elements = [link.element for link in activity.activity_elements.all()]
    organizations = _organizations(activity)
    owner = activity.owner if activity.owner in organizations else None
    texts = {*activity.title.values, *activity.languages}
    return {
        "element": {code for each in elements for code in (*each.ancestors, each.public_id)},
        "region": vocabularies.regions_among(areas),
        "group": vocabularies.groups_among(areas, activity.start_date),
        "country": vocabularies.countries_among(areas),
        "organization": {each.public_id for each in organizations},
        "organization_type": {owner.type} if owner and owner.type else set(),
        "status": {activity.status} - {""},
        "type": {activity.type} - {""},
        "scope_level": {activity.scope_level} - {""},
        "beneficiary": activity.beneficiaries,
        "impediment": activity.impediments,
        "year": {activity.start_date[:4]} - {""},
        "language": texts,
        "origin": {activity.origin},
    }


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


def _of_areas(identifiers: Collection[str]) -> Iterable[str]:
    found = Activity.objects.filter(activity_areas__area__public_id__in=identifiers)
    return found.values_list("public_id", flat=True).distinct().iterator()


DECLARATIONS = (
    Declaration(
        kind=Activity.kind,
        label=_("Activities"),
        published=published,
        document=document,
        facets=FACETS,
        borrows={
            "organization": _of_organizations,
            "element": _of_elements,
            "area": _of_areas,
        },
    ),
)
