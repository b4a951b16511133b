"""Activities as the index reads them: rows of the tables, many at a time, without record objects.

What activities point to is read once for all of them: their organizations, elements and areas.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Model

from stocktake.domain.activities.models import (
    ActivityArea,
    ActivityElement,
    ActivityQuerySet,
    ExternalIdentifier,
    Participation,
)
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.search.declarations import Document, TextRun, Weight
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.models import Area
from stocktake.kernel.vocabularies.terms import first_day, last_day
from stocktake.lib.multilingual import Text

_ONGOING = "ongoing"
_AT_ONCE = 500  # keys named in one query; SQLite takes a limited number

Runs = tuple[TextRun, ...]


class _Row(NamedTuple):
    """An activity's own fields, named as the model names them."""

    pk: int
    public_id: str
    title: Text
    summary: Text
    description: Text
    results: Text
    obstacles: Text
    lessons: Text
    type: str
    status: str
    scope_level: str
    start_date: str
    end_date: str
    owner_id: int | None
    beneficiaries: list[str]
    impediments: list[str]
    languages: list[str]
    origin: str
    updated_at: datetime


_FIELDS = tuple(_Row.__annotations__)


class _Element(NamedTuple):
    codes: tuple[str, ...]
    runs: Runs


class _Organization(NamedTuple):
    public_id: str
    type: str
    runs: Runs


class _Links(NamedTuple):
    """What the activities of one batch point to, by their primary keys."""

    elements: Mapping[int, Sequence[_Element]]
    areas: Mapping[int, Sequence[str]]
    partners: Mapping[int, Sequence[int]]
    identifiers: Mapping[int, Sequence[str]]
    organizations: Mapping[int, _Organization]
    area_runs: Mapping[str, Runs]


def documents(activities: ActivityQuerySet) -> Iterator[Document]:
    """Describe activities to the index, in a number of queries that their number hardly moves."""
    rows = [_Row(*values) for values in activities.values_list(*_FIELDS)]
    links = _links([row.pk for row in rows], [row.owner_id for row in rows])
    return (_document(row, links) for row in rows)


def _document(row: _Row, links: _Links) -> Document:
    start = first_day(row.start_date) if row.start_date else None
    end = last_day(row.end_date) if row.end_date else None
    if start and not end:
        end = date.max if row.status == _ONGOING else last_day(row.start_date)
    keys = dict.fromkeys((row.owner_id, *links.partners.get(row.pk, ())))
    known = links.organizations
    organizations = [known[key] for key in keys if key is not None and key in known]
    return Document(
        id=row.public_id,
        titles=row.title.values,
        original=row.title.original,
        texts=tuple(_texts(row, organizations, links)),
        facets=_facets(row, organizations, links),
        sort_date=start or end,
        period=(start or end, end or start) if start or end else None,  # type: ignore[arg-type]
        updated_at=row.updated_at,
    )


def _texts(row: _Row, organizations: Iterable[_Organization], links: _Links) -> list[TextRun]:
    found = [*_runs(Weight.LEAD, row.summary)]
    for text in (row.description, row.results, row.obstacles, row.lessons):
        found += _runs(Weight.BODY, text)
    for organization in organizations:
        found += organization.runs
    for area in links.areas.get(row.pk, ()):
        found += links.area_runs.get(area, ())
    for element in links.elements.get(row.pk, ()):
        found += element.runs
    found += (TextRun(Weight.NAMES, "", value) for value in links.identifiers.get(row.pk, ()))
    return found


def _runs(weight: Weight, text: Text) -> Runs:
    return tuple(TextRun(weight, language, value) for language, value in text.values.items())


def _facets(
    row: _Row, organizations: Iterable[_Organization], links: _Links
) -> Mapping[str, Collection[str]]:
    areas = links.areas.get(row.pk, ())
    owner = links.organizations.get(row.owner_id) if row.owner_id else None
    return {
        "element": {code for each in links.elements.get(row.pk, ()) for code in each.codes},
        "region": vocabularies.regions_among(areas),
        "group": vocabularies.groups_among(areas, row.start_date),
        "country": vocabularies.countries_among(areas),
        "organization": {each.public_id for each in organizations},
        "organization_type": {owner.type} if owner and owner.type else set(),
        "status": {row.status} - {""},
        "type": {row.type} - {""},
        "scope_level": {row.scope_level} - {""},
        "beneficiary": row.beneficiaries,
        "impediment": row.impediments,
        "year": {row.start_date[:4]} - {""},
        "language": {*row.title.values, *row.languages},
        "origin": {row.origin},
    }


def _links(activities: Sequence[int], owners: Iterable[int | None]) -> _Links:
    elements = _pairs(ActivityElement, "element_id", activities)
    areas = _pairs(ActivityArea, "area_id", activities)
    partners = _pairs(Participation, "organization_id", activities)
    by_key = _elements({key for keys in elements.values() for key in keys})
    organizations = {key for keys in partners.values() for key in keys}
    return _Links(
        {activity: [by_key[key] for key in keys] for activity, keys in elements.items()},
        areas,
        partners,
        _pairs(ExternalIdentifier, "value", activities),
        _organizations(organizations.union(key for key in owners if key)),
        _area_runs({area for found in areas.values() for area in found}),
    )


def _pairs(model: type[Model], field: str, activities: Sequence[int]) -> dict[int, list[Any]]:
    """Give one field of what hangs on activities, by the key of each activity."""
    found: dict[int, list[Any]] = defaultdict(list)
    for activity, value in _link_rows(model, field, activities):
        found[activity].append(value)
    return found


def _link_rows(
    model: type[Model], field: str, activities: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Read what hangs on activities; those entered together stand together, and are read so."""
    if not activities:
        return iter(())
    first, last = min(activities), max(activities)
    if last - first >= 2 * len(activities):
        return _rows(model, "activity_id", activities, "activity_id", field)
    near = model._default_manager.filter(activity_id__gte=first, activity_id__lte=last)
    return near.order_by("pk").values_list("activity_id", field).iterator()


def _elements(keys: Collection[int]) -> dict[int, _Element]:
    names = ("pk", "public_id", "ancestors", "code", "names")
    return {
        key: _Element(
            (*ancestors, public_id),
            (*_runs(Weight.NAMES, words), TextRun(Weight.NAMES, "", code)),
        )
        for key, public_id, ancestors, code, words in _rows(Element, "pk", keys, *names)
    }


def _organizations(keys: Collection[int]) -> dict[int, _Organization]:
    """Give the organizations that are public; what is not is in no index."""
    names = ("pk", "public_id", "type", "names", "acronym", "aliases", "state")
    return {
        key: _Organization(
            public_id,
            kind,
            (
                *_runs(Weight.NAMES, words),
                *(TextRun(Weight.NAMES, "", name) for name in (acronym, *aliases) if name),
            ),
        )
        for key, public_id, kind, words, acronym, aliases, state in _rows(
            Organization, "pk", keys, *names
        )
        if state == OrganizationState.PUBLISHED
    }


def _area_runs(keys: Collection[str]) -> dict[str, Runs]:
    found = _rows(Area, "pk", keys, "pk", "names")
    return {key: _runs(Weight.NAMES, words) for key, words in found}


def _rows(
    model: type[Model], column: str, keys: Collection[Any], *fields: str
) -> Iterator[tuple[Any, ...]]:
    """Read fields of the rows whose column is one of some keys, in the order of their entry."""
    asked = sorted(keys)
    for first in range(0, len(asked), _AT_ONCE):
        wanted = {f"{column}__in": asked[first : first + _AT_ONCE]}
        yield from model._default_manager.filter(**wanted).order_by("pk").values_list(*fields)
