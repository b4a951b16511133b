"""Writing what hangs on activities: elements, areas, partners, links, identifiers, in bulk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from stocktake.domain.activities.models import (
    ActivityArea,
    ActivityElement,
    ActivityLink,
    ExternalIdentifier,
    Participation,
)
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common import bulk
from stocktake.kernel.vocabularies.models import Area

T = TypeVar("T")

MODELS: Mapping[str, type[Model]] = {
    "elements": ActivityElement,
    "areas": ActivityArea,
    "participations": Participation,
    "links": ActivityLink,
    "external_identifiers": ExternalIdentifier,
}


FIELDS: Mapping[str, tuple[str, ...]] = {
    "elements": ("activity", "element", "is_primary", "is_suggested", "note"),
    "areas": ("activity", "area", "percentage"),
    "participations": ("activity", "organization", "role"),
    "links": ("activity", "url", "title", "kind"),
    "external_identifiers": ("activity", "scheme", "value"),
}


@dataclass(frozen=True)
class Known:
    """The primary keys of the records that some values name, fetched at once."""

    elements: Mapping[str, int]
    areas: Mapping[str, str]
    organizations: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Known":
        """Look up every element, area and organization that the values name."""
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
            _keys(Element, "public_id", elements),
            _keys(Area, "m49", areas),
            _keys(Organization, "public_id", organizations),
        )

    def organization(self, public_id: str) -> int | None:
        """Give the key of an organization, or None for an empty identifier."""
        return _found("owner", self.organizations, public_id) if public_id else None


def write(
    rows: Sequence[tuple[int, Mapping[str, Any]]], known: Known, *, are_new: bool = False
) -> None:
    """Replace the links that the values name; links that they leave out stay.

    Args:
        rows: the key of each activity with its values.

    Raises:
        ValidationError: an element, area or organization does not exist, or an identifier belongs
            to another activity.
    """
    _refuse_taken(rows)
    for name, model in MODELS.items():
        touched = [(key, values[name]) for key, values in rows if name in values]
        if not touched:
            continue
        if not are_new:
            model._default_manager.filter(activity__in=[key for key, _links in touched]).delete()
        make = _ROWS[name]
        bulk.insert(
            model,
            FIELDS[name],
            [(key, *make(link, known)) for key, links in touched for link in links],
        )


def _refuse_taken(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Refuse an identifier that is another activity's, among the rows or in the record."""
    owners: dict[tuple[str, str], int] = {}
    for activity, values in rows:
        for link in values.get("external_identifiers", ()):
            key = (link["scheme"], link["value"])
            if owners.setdefault(key, activity) != activity:
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


def _element(link: Mapping[str, Any], known: Known) -> tuple[Any, ...]:
    return (
        _found("elements", known.elements, link["element"]),
        link.get("is_primary", False),
        link.get("is_suggested", False),
        link.get("note", ""),
    )


def _area(link: Mapping[str, Any], known: Known) -> tuple[Any, ...]:
    share = link.get("percentage")
    area = _found("areas", known.areas, link["area"])
    return area, None if share is None else str(share)


def _participation(link: Mapping[str, Any], known: Known) -> tuple[Any, ...]:
    return _found("participations", known.organizations, link["organization"]), link["role"]


def _link(link: Mapping[str, Any], _known: Known) -> tuple[Any, ...]:
    return link["url"], link.get("title", ""), link.get("kind", "")


def _identifier(link: Mapping[str, Any], _known: Known) -> tuple[Any, ...]:
    return link["scheme"], link["value"]


_ROWS: Mapping[str, Callable[[Mapping[str, Any], Known], tuple[Any, ...]]] = {
    "elements": _element,
    "areas": _area,
    "participations": _participation,
    "links": _link,
    "external_identifiers": _identifier,
}


def _found(name: str, known: Mapping[str, T], code: str) -> T:
    if code not in known:
        raise ValidationError({name: _("There is no %(code)s here.") % {"code": code}})
    return known[code]


def _keys(model: type[Model], field: str, codes: set[str]) -> dict[str, Any]:
    found = model._default_manager.filter(**{f"{field}__in": codes}) if codes else None
    return dict(found.values_list(field, "pk")) if found is not None else {}
