"""Rows of the ledger: an ask in a period, with its document, addressees, due date and status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from stocktake.domain.asks.models import AskInstance
from stocktake.lib.textsearch import Query
from stocktake.web import addresses, ask_parts
from stocktake.web.ask_parts import Force, Mark
from stocktake.web.asks.reading import Row
from stocktake.web.environment import code, formatted_date, listed, number, run
from stocktake.web.explore.highlighting import excerpt, marked
from stocktake.web.explore.own import Asked
from stocktake.web.naming import Naming
from stocktake.web.parts import Cell, Column, Entry, Label, Link, Tag, Value

_MOST_ADDRESSEES = 4


@dataclass(frozen=True)
class LedgerRow:
    """One row of the ledger."""

    public_id: str
    href: str
    task: Label
    force: Force
    addressees: Sequence[Value]
    place: Link
    due: Label
    is_due_known: bool
    period: str
    mark: Mark
    text: Label = ""
    elements: Sequence[Tag] = ()
    facts: Sequence[str] = ()
    is_invented: bool = False


def href_of(instance: AskInstance) -> str:
    """Give the address of an ask at one of its periods."""
    return f"{addresses.ask(instance.ask.public_id)}#{instance.public_id}"


def place_of(instance: AskInstance) -> Link:
    """Give the paragraph that asks, with its address."""
    provision = instance.ask.provision
    key = provision.document.address_key
    return Link(ask_parts.place(provision), addresses.document(key, provision.path))


def due_of(instance: AskInstance) -> Label:
    """Say by when an ask in a period is due."""
    if instance.due_on:
        return formatted_date(instance.due_on)
    return ask_parts.due(None, instance.ask.due_session, instance.ask.due_as_written)


def ledger_row(row: Row, naming: Naming, query: Query | None = None) -> LedgerRow:
    """Show an ask in a period as a row; hits of the query are marked."""
    instance, ask = row.instance, row.instance.ask
    provision = ask.provision
    asked_of = ask_parts.addressees(ask, naming)
    if len(asked_of) > _MOST_ADDRESSEES:
        others = len(asked_of) - _MOST_ADDRESSEES
        told = ngettext("%(count)s other", "%(count)s others", others) % {"count": number(others)}
        asked_of = [*asked_of[:_MOST_ADDRESSEES], told]
    return LedgerRow(
        public_id=instance.public_id,
        href=href_of(instance),
        task=marked(ask.task, query) if query else ask.task,
        force=ask_parts.force(ask.force, ask.lemma),
        addressees=asked_of,
        place=place_of(instance),
        due=due_of(instance),
        is_due_known=instance.due_on is not None,
        period=instance.period,
        mark=ask_parts.mark(row.shown),
        text=excerpt([provision.summary, ask.condition], query) if query else "",
        elements=ask_parts.elements(ask, naming),
        facts=_facts(row),
        is_invented=ask.is_invented,
    )


def _facts(row: Row) -> list[str]:
    facts = []
    if row.is_private:
        facts.append(_("Seen at the desk only"))
    if row.evidence:
        told = {"count": number(row.evidence)}
        facts.append(ngettext("%(count)s source", "%(count)s sources", row.evidence) % told)
    if row.answers:
        told = {"count": number(row.answers)}
        facts.append(ngettext("%(count)s answer", "%(count)s answers", row.answers) % told)
    return facts


def entries(records: Sequence[Row], naming: Naming, query: Query | None) -> list[Entry]:
    """Show asks as entries of a plain list, as pages that know no ledger do."""
    return [
        Entry(
            public_id=row.instance.public_id,
            href=href_of(row.instance),
            title=row.instance.ask.task,
            byline=[*ask_parts.addressees(row.instance.ask, naming), place_of(row.instance)],
            state=[ask_parts.mark(row.shown).label],
            is_invented=row.instance.ask.is_invented,
        )
        for row in records
    ]


def columns() -> list[tuple[Column, str]]:
    """Give the heads of the table with the order of each."""
    return [
        (Column(_("What is asked")), "title"),
        (Column(_("Document and paragraph")), ""),
        (Column(_("Verb")), ""),
        (Column(_("Asked of")), ""),
        (Column(_("Period"), is_whole=True), ""),
        (Column(_("Due"), is_whole=True), "newest"),
        (Column(_("Status")), ""),
    ]


def cells(row: Row, naming: Naming) -> list[Cell]:
    """Give one row of the table."""
    instance, ask = row.instance, row.instance.ask
    href = href_of(instance)
    title: Cell = Link(ask.task, href)
    if ask.is_invented:
        title = Markup('<a href="{}">{}</a> <span class="sample">{}</span>').format(
            href, run(ask.task), _("Invented sample data")
        )
    asked_of = [_linked(each) for each in ask_parts.addressees(ask, naming)]
    return [
        title,
        place_of(instance),
        ask_parts.force(ask.force, ask.lemma).verb,
        listed(asked_of),
        code(instance.period),
        due_of(instance),
        status_cell(ask_parts.mark(row.shown)),
    ]


def status_cell(mark: Mark) -> Markup:
    """Write a status for a cell of a table."""
    return Markup('<span class="ask-mark ask-{}">{}</span>').format(
        mark.code.replace("_", "-"), mark.label
    )


def _linked(value: Value) -> Markup:
    if isinstance(value, Link):
        label = value.label if isinstance(value.label, str) else run(value.label)
        if value.href:
            return Markup('<a class="quiet" href="{}">{}</a>').format(value.href, label)
        return Markup("{}").format(label)
    return Markup("{}").format(value if isinstance(value, str) else run(value))


def rows_part(asked: Asked) -> Mapping[str, Any]:
    """Give the variables of the view as a list."""
    return {
        "partial": "explore/_ledger.html",
        "rows": [ledger_row(row, asked.naming, asked.query) for row in asked.records],
    }


def count(total: int) -> str:
    """Say how many rows there are: an ask counts once in each of its periods."""
    told = {"count": number(total)}
    return ngettext("%(count)s ask by period", "%(count)s asks by period", total) % told
