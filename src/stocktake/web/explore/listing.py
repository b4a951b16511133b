"""Rows of the lists and tables of each kind of record."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from stocktake.domain.activities.models import Activity, ActivityQuerySet
from stocktake.domain.stakeholders.models import Organization, OrganizationQuerySet
from stocktake.lib.multilingual import Text
from stocktake.lib.textsearch import Query
from stocktake.web.activities import presenting as activities
from stocktake.web.environment import code, listed, run
from stocktake.web.explore.highlighting import excerpt, marked
from stocktake.web.naming import Naming
from stocktake.web.organizations import presenting as organizations
from stocktake.web.parts import Cell, Column, Entry, Link
from stocktake.web.register import INVENTED, Register


def activity_records(user: Any) -> ActivityQuerySet:
    """Give the activities a person may see, with what a row shows."""
    return Activity.objects.visible_to(user).with_rows()


def activity_sheets(user: Any) -> ActivityQuerySet:
    """Give the activities a person may see, with what a file shows."""
    found = Activity.objects.visible_to(user).with_rows()
    return found.prefetch_related("participations__organization", "links", "external_identifiers")


def activity_entries(
    records: Sequence[Activity], naming: Naming, query: Query | None
) -> list[Entry]:
    """Show activities as rows."""
    if query is None:
        return [activities.entry(record, naming) for record in records]
    return [
        activities.entry(
            record,
            naming,
            title=marked(record.title, query),
            text=excerpt(
                [record.summary, record.description, record.results, record.lessons], query
            ),
        )
        for record in records
    ]


def activity_columns() -> list[tuple[Column, str]]:
    """Give the heads of the table of activities with the order of each."""
    return [
        (Column(_("Title")), "title"),
        (Column(_("Owner")), ""),
        (Column(_("Kind")), ""),
        (Column(_("Status")), ""),
        (Column(_("Start"), is_whole=True), "newest"),
        (Column(_("End"), is_whole=True), ""),
        (Column(_("Countries and areas")), ""),
        (Column(_("Elements")), ""),
    ]


def activity_cells(record: Activity, naming: Naming) -> list[Cell]:
    """Give the row of an activity in the table."""
    entry = activities.entry(record, naming)
    places = (naming.area(code) for code in activities.area_codes(record))
    status = naming.status(record.status)
    title: Cell = Link(entry.title, entry.href)
    if record.is_invented:
        title = Markup('<a href="{}">{}</a> <span class="sample">{}</span>').format(
            entry.href, run(record.title), _("Invented sample data")
        )
    return [
        title,
        naming.owner(record),
        naming.code("activity_type", record.type),
        status.label if status else "",
        code(record.start_date),
        code(record.end_date),
        listed(places),
        listed(code(tag.code) for tag in entry.tags),
    ]


def organization_records(user: Any) -> OrganizationQuerySet:
    """Give the organizations a person may see, with what a row shows."""
    return Organization.objects.visible_to(user)


def organization_sheets(user: Any) -> OrganizationQuerySet:
    """Give the organizations a person may see, with what a file shows."""
    found = Organization.objects.visible_to(user)
    return found.prefetch_related("identifiers", "memberships__group")


def organization_entries(
    records: Sequence[Organization], naming: Naming, query: Query | None
) -> list[Entry]:
    """Show organizations as rows, each with the number of its activities."""
    register = Register(naming.language)
    ids = [record.public_id for record in records]
    counts = register.counts_of("organization", ids)
    invented = register.counts_of("organization", ids, INVENTED)
    titles = {
        record.public_id: marked(_name(record, naming), query) if query else ""
        for record in records
    }
    return [
        organizations.entry(
            record,
            naming,
            title=titles[record.public_id],
            count=None if register.is_missing else counts[record.public_id],
            invented=invented[record.public_id],
        )
        for record in records
    ]


def organization_columns() -> list[tuple[Column, str]]:
    """Give the heads of the table of organizations with the order of each."""
    return [
        (Column(_("Name")), "title"),
        (Column(_("Acronym")), ""),
        (Column(_("Kind")), ""),
        (Column(_("Country")), ""),
    ]


def organization_cells(record: Organization, naming: Naming) -> list[Cell]:
    """Give the row of an organization in the table."""
    entry = organizations.entry(record, naming)
    return [
        Link(record.names, entry.href),
        record.acronym,
        naming.code("organization_type", record.type),
        naming.area_link(record.country) if record.country else "",
    ]


def _name(record: Organization, naming: Naming) -> Text:
    label = naming.organization(record)
    return label if isinstance(label, Text) else record.names
