"""Writing what hangs on activities: elements, areas, partners, links, identifiers, in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from stocktake.domain.activities.models import (
    Activity,
    ActivityArea,
    ActivityElement,
    ActivityLink,
    ExternalIdentifier,
    Participation,
)
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.vocabularies.models import Area

T = TypeVar("T")

MODELS: Mapping[str, type[Model]] = {
    "elements": ActivityElement,
    "areas": ActivityArea,
    "participations": Participation,
    "links": ActivityLink,
    "external_identifiers": ExternalIdentifier,
}


@dataclass(frozen=True)
class Known:
    """The records that some values name, fetched at once."""

    elements: Mapping[str, Element]
    areas: Mapping[str, Area]
    organizations: Mapping[str, Organization]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Known":
        """Fetch every element, area and organization that the values name."""
        elements: set[str] = set()
        areas: set[str] = set()
        organizations: set[str] = set()
        for values in rows:
            elements.update(link["element"] for link in values.get("elements", ()))
            areas.update(link["area"] for link in values.get("areas", ()))
            organizations.update(link["organization"] for link in values.get("participations", ()))
            if values.get("owner"):
                organizations.add(values["owner"])
        return cls(
            _by(Element, "public_id", elements),
            _by(Area, "m49", areas),
            _by(Organization, "public_id", organizations),
        )

    def organization(self, public_id: str) -> Organization | None:
        """Give the organization of an identifier, or None for an empty one."""
        return _found("owner", self.organizations, public_id) if public_id else None


def write(
    rows: Sequence[tuple[Activity, Mapping[str, Any]]], known: Known, *, are_new: bool = False
) -> None:
    """Replace the links that the values name; links that they leave out stay.

    Raises:
        ValidationError: an element, area or organization does not exist, or an identifier belongs
            to another activity.
    """
    _refuse_taken(rows)
    for name, model in MODELS.items():
        touched = [(activity, values[name]) for activity, values in rows if name in values]
        if not touched:
            continue
        old = [] if are_new else [activity.pk for activity, _links in touched]
        manager = model._default_manager
        if old:
            manager.filter(activity__in=old).delete()
        fresh = [
            model(activity=activity, **_fields(name, link, known))
            for activity, links in touched
            for link in links
        ]
        manager.bulk_create(fresh, batch_size=1000)
        for activity, _links in touched:
            getattr(activity, "_prefetched_objects_cache", {}).clear()


def _refuse_taken(rows: Sequence[tuple[Activity, Mapping[str, Any]]]) -> None:
    """Refuse an identifier that is another activity's, among the rows or in the record."""
    owners: dict[tuple[str, str], int] = {}
    for activity, values in rows:
        for link in values.get("external_identifiers", ()):
            key = (link["scheme"], link["value"])
            if owners.setdefault(key, activity.pk) != activity.pk:
                raise _taken(*key)
    if not owners:
        return
    known = ExternalIdentifier.objects.filter(value__in=[value for _scheme, value in owners])
    for scheme, value, activity_id in known.values_list("scheme", "value", "activity_id"):
        if owners.get((scheme, value), activity_id) != activity_id:
            raise _taken(scheme, value)


def _taken(scheme: str, value: str) -> ValidationError:
    told = {"scheme": scheme, "value": value}
    message = _("The identifier %(value)s of %(scheme)s belongs to another activity.") % told
    return ValidationError({"external_identifiers": message})


def clear(keys: Sequence[int]) -> None:
    """Remove all links of some activities."""
    for model in MODELS.values():
        model._default_manager.filter(activity__in=keys).delete()


def _fields(name: str, link: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if name == "elements":
        return {
            "element": _found(name, known.elements, link["element"]),
            "is_primary": link.get("is_primary", False),
            "is_suggested": link.get("is_suggested", False),
            "note": link.get("note", ""),
        }
    if name == "areas":
        share = link.get("percentage")
        return {
            "area": _found(name, known.areas, link["area"]),
            "percentage": None if share is None else Decimal(share),
        }
    if name == "participations":
        return {
            "organization": _found(name, known.organizations, link["organization"]),
            "role": link["role"],
        }
    return dict(link)


def _found(name: str, known: Mapping[str, T], code: str) -> T:
    if code not in known:
        raise ValidationError({name: _("There is no %(code)s here.") % {"code": code}})
    return known[code]


def _by(model: type[Model], field: str, codes: set[str]) -> dict[str, Any]:
    found = model._default_manager.filter(**{f"{field}__in": codes}) if codes else []
    return {getattr(row, field): row for row in found}
