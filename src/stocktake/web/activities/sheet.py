"""Columns of the files of activities: codes beside their names, one row a record."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.models import Organization
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.activities.presenting import area_codes, element_links
from stocktake.web.naming import Naming

Getter = Callable[[Any], str | int | float | None]


def columns(naming: Naming, permanent: Callable[[str], str]) -> list[tuple[str, Getter]]:
    """Give heads and values; `permanent` makes full addresses."""
    return [
        (_("Identifier"), lambda record: record.public_id),
        (_("Address"), lambda record: permanent(addresses.activity(record.public_id))),
        *_texts(naming),
        *_codes(naming),
        (_("Start"), lambda record: record.start_date),
        (_("End"), lambda record: record.end_date),
        *_organizations(naming),
        *_places(naming),
        *_rest(naming),
    ]


def _texts(naming: Naming) -> list[tuple[str, Getter]]:
    return [
        (_("Title"), lambda record: naming.plain(record.title)),
        (_("Language of the title"), lambda record: record.title.best(naming.language).language),
        (_("Summary"), lambda record: naming.plain(record.summary)),
        (_("Description"), lambda record: naming.plain(record.description)),
        (_("Results"), lambda record: naming.plain(record.results)),
        (_("Obstacles"), lambda record: naming.plain(record.obstacles)),
        (_("Lessons"), lambda record: naming.plain(record.lessons)),
    ]


def _codes(naming: Naming) -> list[tuple[str, Getter]]:
    return [
        (_("Kind (code)"), lambda record: record.type),
        (_("Kind"), lambda record: naming.code("activity_type", record.type)),
        (_("Status (code)"), lambda record: record.status),
        (_("Status"), lambda record: naming.code("activity_status", record.status)),
        (_("Scope (code)"), lambda record: record.scope_level),
        (_("Scope"), lambda record: naming.code("scope_level", record.scope_level)),
    ]


def _organizations(naming: Naming) -> list[tuple[str, Getter]]:
    return [
        (_("Owner (identifier)"), lambda record: _public(record.owner, lambda o: o.public_id)),
        (_("Owner"), lambda record: _public(record.owner, lambda o: _name(o, naming))),
        (_("Partners (identifiers)"), lambda record: _joined(_partners(record, _id))),
        (
            _("Partners"),
            lambda record: _joined(_partners(record, lambda each: _name(each, naming))),
        ),
    ]


def _places(naming: Naming) -> list[tuple[str, Getter]]:
    return [
        (_("Countries and areas (M49)"), lambda record: _joined(area_codes(record))),
        (_("Countries and areas"), lambda record: _joined(map(naming.area, area_codes(record)))),
        (_("Elements (codes)"), lambda record: _joined(_elements(record, naming))),
        (
            _("Elements"),
            lambda record: _joined(map(naming.element_text, _elements(record, naming))),
        ),
        (
            _("Elements only suggested (codes)"),
            lambda record: _joined(_elements(record, naming, is_suggested=True)),
        ),
    ]


def _rest(naming: Naming) -> list[tuple[str, Getter]]:
    lists = [
        (_("Beneficiaries (codes)"), _("Beneficiaries"), "beneficiaries", "beneficiary_group"),
        (_("Impediments (codes)"), _("Impediments"), "impediments", "impediment"),
        (_("Languages (codes)"), _("Languages"), "languages", "language"),
    ]
    named = [
        pair
        for codes_head, names_head, field, codelist in lists
        for pair in (
            (codes_head, _list_of(field)),
            (names_head, _names_of(field, codelist, naming)),
        )
    ]
    return [
        *named,
        (_("Budget"), lambda record: _amount(record)),
        (_("Currency"), lambda record: record.budget_currency),
        (_("Links"), lambda record: _joined(link.url for link in record.links.all())),
        (_("Other identifiers"), lambda record: _joined(_identifiers(record))),
        (_("Origin (code)"), lambda record: record.origin),
        (_("Origin"), lambda record: str(Origin(record.origin).label)),
        (_("Source"), lambda record: record.source_name),
        (_("Address of the source"), lambda record: record.source_url),
        (_("Invented sample data"), lambda record: _("yes") if record.is_invented else _("no")),
        (_("Last confirmed"), lambda record: _day(record.last_confirmed_on)),
        (_("Changed"), lambda record: _day(record.updated_at)),
    ]


def _list_of(field: str) -> Getter:
    return lambda record: _joined(getattr(record, field))


def _names_of(field: str, codelist: str, naming: Naming) -> Getter:
    return lambda record: _joined(naming.codes(codelist, getattr(record, field)))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value for value in values if value)


def _amount(record: Activity) -> float | None:
    return None if record.budget_amount is None else float(record.budget_amount)


def _day(value: Any) -> str:
    return value.isoformat()[:10] if value else ""


def _elements(record: Activity, naming: Naming, *, is_suggested: bool = False) -> list[str]:
    links = element_links(record, naming)
    return [link.element.public_id for link in links if link.is_suggested == is_suggested]


def _identifiers(record: Activity) -> list[str]:
    return [f"{known.scheme}:{known.value}" for known in record.external_identifiers.all()]


def _partners(record: Activity, tell: Callable[[Organization], str]) -> list[str]:
    return [
        f"{told} [{link.role}]"
        for link in record.participations.all()
        if (told := _public(link.organization, tell))
    ]


def _public(organization: Organization | None, tell: Callable[[Organization], str]) -> str:
    if organization is None or organization.state != OrganizationState.PUBLISHED:
        return ""
    return tell(organization)


def _id(organization: Organization) -> str:
    return organization.public_id


def _name(organization: Organization, naming: Naming) -> str:
    label = naming.organization(organization)
    return naming.plain(label) if isinstance(label, Text) else label
