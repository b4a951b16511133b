"""What asks point to, looked up at once, and the rows that hang on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from stocktake.domain.asks.models import Addressee, Ask, AskElement
from stocktake.domain.documents.models import Provision
from stocktake.domain.frameworks.models import Element
from stocktake.domain.stakeholders.models import Organization

_T = TypeVar("_T")


@dataclass(frozen=True)
class Known:
    """The primary keys of the records that some values name."""

    elements: Mapping[str, int]
    organizations: Mapping[str, int]
    asks: Mapping[str, int]
    provisions: Mapping[str, Provision]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> "Known":
        """Look up every record that the values name, in one query a kind."""
        elements = {link["element"] for row in rows for link in row.get("elements", ())}
        organizations = {
            each["organization"]
            for row in rows
            for each in row.get("addressees", ())
            if each["organization"]
        }
        asks = {row["superseded_by"] for row in rows if row.get("superseded_by")}
        wanted = {row["provision"] for row in rows if "provision" in row}
        found = Provision.objects.filter(public_id__in=wanted).select_related("document")
        return cls(
            _keys(Element, elements),
            _keys(Organization, organizations),
            _keys(Ask, asks),
            {each.public_id: each for each in found} if wanted else {},
        )

    def provision(self, public_id: str) -> Provision:
        """Give a provision, refusing one that is not here."""
        return _found("provision", self.provisions, public_id)

    def ask(self, public_id: str) -> int | None:
        """Give the key of the ask that supersedes another, None without one."""
        return _found("superseded_by", self.asks, public_id) if public_id else None


def write(rows: Iterable[tuple[int, Mapping[str, Any]]], known: Known, *, are_new: bool) -> None:
    """Replace the links that the values name; links that they leave out stay.

    Args:
        rows: the key of each ask with its values in normal form.

    Raises:
        ValidationError: an element or organization does not exist.
    """
    told = list(rows)
    addressees = [(key, row["addressees"]) for key, row in told if "addressees" in row]
    elements = [(key, row["elements"]) for key, row in told if "elements" in row]
    if not are_new:
        Addressee.objects.filter(ask__in=[key for key, _links in addressees]).delete()
        AskElement.objects.filter(ask__in=[key for key, _links in elements]).delete()
    Addressee.objects.bulk_create(
        (
            Addressee(
                ask_id=key,
                code=each["code"],
                organization_id=_organization(each["organization"], known),
                raw=each["raw"],
                qualifier=each["qualifier"],
                position=position,
            )
            for key, links in addressees
            for position, each in enumerate(links)
        ),
        batch_size=500,
    )
    AskElement.objects.bulk_create(
        (
            AskElement(
                ask_id=key,
                element_id=_found("elements", known.elements, link["element"]),
                is_suggested=link["is_suggested"],
            )
            for key, links in elements
            for link in links
        ),
        batch_size=500,
    )


def _organization(public_id: str, known: Known) -> int | None:
    return _found("addressees", known.organizations, public_id) if public_id else None


def _found(name: str, known: Mapping[str, _T], code: str) -> _T:
    if code not in known:
        raise ValidationError({name: _("There is no %(code)s here.") % {"code": code}})
    return known[code]


def _keys(model: type[Model], codes: set[str]) -> dict[str, int]:
    if not codes:
        return {}
    found = model._default_manager.filter(public_id__in=codes)
    return dict(found.values_list("public_id", "pk"))
