"""The ledger as a matrix: paragraphs by period for one document, else addressees by status."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import SHOWN
from stocktake.domain.asks.models import AskInstance
from stocktake.kernel.search.declarations import declaration
from stocktake.kernel.search.requests import SearchRequest
from stocktake.kernel.search.searcher import all_ids, count_values, search
from stocktake.web import addresses, ask_parts
from stocktake.web.ask_parts import Mark
from stocktake.web.asks import reading
from stocktake.web.asks.listing import href_of
from stocktake.web.asks.reading import Row
from stocktake.web.environment import code, listed
from stocktake.web.explore.facets import natural
from stocktake.web.explore.own import Asked, pager
from stocktake.web.parts import Label, Link, Pages

_PARAGRAPHS = 40
_ADDRESSEES = 20
_PERIODS = 40
_MOST_ASKS = 2_000
"""The most rows of the ledger that a matrix of one document is made from."""


@dataclass(frozen=True)
class Field:
    """What is shown of one ask in a field of the matrix of a document."""

    mark: Mark
    href: str
    task: Label


@dataclass(frozen=True)
class ParagraphRow:
    """One paragraph with its asks by period; `fields` holds a list for each column."""

    number: str
    href: str
    summary: Label
    fields: Sequence[Sequence[Field]]


@dataclass(frozen=True)
class CountRow:
    """One addressee with its figures by status."""

    label: Label
    href: str
    cells: Sequence[Link]
    total: int


def matrix(asked: Asked) -> Mapping[str, Any]:
    """Give the variables of the view, of one document or of many."""
    documents = _documents(asked.request)
    if len(documents) == 1:
        return _of_document(asked, documents[0])
    return _of_addressees(asked)


def _documents(request: SearchRequest) -> list[str]:
    """List the documents that the result names, two at most."""
    chosen = request.filters.get("document", ())
    if len(chosen) == 1:
        return list(chosen)
    if chosen:
        return list(chosen)[:2]
    found = search(replace(request, facets=("document",), page_size=0))
    return [name for name, count in found.facets.get("document", []) if count][:2]


def _of_document(asked: Asked, document: str) -> Mapping[str, Any]:
    request = replace(asked.request, sort="oldest", page=1)
    ids = all_ids(request)
    rows = reading.rows(asked.user, ids[:_MOST_ASKS])
    rows.sort(key=_place)
    paragraphs: dict[int, list[Row]] = {}
    for row in rows:
        paragraphs.setdefault(row.instance.ask.provision_id, []).append(row)
    shown, pages = _page(asked, list(paragraphs.values()), _PARAGRAPHS)
    periods = _periods(row for some in shown for row in some)
    kept = periods[-_PERIODS:]
    return {
        "partial": "explore/_ask_matrix.html",
        "by": "document",
        "document": Link(_title(rows), _address(rows, document)),
        "columns": [code(each) if each else _("No period") for each in kept],
        "rows": [_paragraph(some, kept) for some in shown],
        "pages": pages,
        "left_out": listed(code(each) for each in periods[:-_PERIODS] if each),
        "is_cut": len(ids) > _MOST_ASKS,
    }


def _place(row: Row) -> tuple[Any, ...]:
    ask = row.instance.ask
    due = row.instance.due_on
    return (ask.provision.position, ask.provision_id, ask.position, ask.pk, str(due or ""))


def _title(rows: Sequence[Row]) -> Label:
    if not rows:
        return ""
    document = rows[0].instance.ask.provision.document
    return code(document.symbol) if document.symbol else document.title


def _address(rows: Sequence[Row], document: str) -> str:
    key = rows[0].instance.ask.provision.document.address_key if rows else document
    return addresses.document(key)


def column_of(instance: AskInstance) -> str:
    """Give the column of a period: its name, else the year of its due date, else none."""
    return instance.period or (str(instance.due_on.year) if instance.due_on else "")


def _periods(rows: Iterable[Row]) -> list[str]:
    found = {column_of(row.instance) for row in rows}
    return sorted(found, key=natural)


def _paragraph(rows: Sequence[Row], periods: Sequence[str]) -> ParagraphRow:
    provision = rows[0].instance.ask.provision
    by_period: dict[str, list[Field]] = {}
    for row in rows:
        told = Field(
            ask_parts.mark(row.shown, short=True), href_of(row.instance), row.instance.ask.task
        )
        by_period.setdefault(column_of(row.instance), []).append(told)
    key = provision.document.address_key
    return ParagraphRow(
        number=provision.number or provision.path,
        href=addresses.document(key, provision.path),
        summary=provision.summary or rows[0].instance.ask.task,
        fields=[by_period.get(each, []) for each in periods],
    )


def _of_addressees(asked: Asked) -> Mapping[str, Any]:
    """Count addressees by status: one question to the index for each status."""
    facets = ("addressee", "status")
    found = search(replace(asked.request, facets=facets, page_size=0))
    wanted = asked.state.chosen.get("addressee", ())
    totals = {
        name: count
        for name, count in found.facets.get("addressee", [])
        if count and (not wanted or name in wanted)
    }
    chosen = asked.state.chosen.get("status", ())
    counted = [name for name, count in found.facets.get("status", []) if count]
    statuses = [each for each in SHOWN if each in counted]
    statuses = [each for each in statuses if not chosen or each in chosen]
    shown = list(totals)[:_ADDRESSEES]
    by_status = {status: _counts(asked.request, status, shown) for status in statuses}
    names = _facet("addressee").labels(shown, asked.naming.language)
    return {
        "partial": "explore/_ask_matrix.html",
        "by": "addressee",
        "columns": [ask_parts.mark(each, short=True) for each in statuses],
        "rows": [
            _count_row(asked, name, names.get(name, name), totals[name], statuses, by_status)
            for name in shown
        ],
        "pages": None,
        "is_cut": len(totals) >= _ADDRESSEES,
    }


def _counts(request: SearchRequest, status: str, addressees: Sequence[str]) -> dict[str, int]:
    filters = {**request.filters, "status": (status,)}
    return count_values(replace(request, filters=filters), "addressee", addressees)


def _count_row(
    asked: Asked,
    name: str,
    label: str,
    total: int,
    statuses: Sequence[str],
    by_status: Mapping[str, Mapping[str, int]],
) -> CountRow:
    facet, status_facet = _facet("addressee"), _facet("status")
    state = asked.state
    only = {**asked.state.chosen, facet.name: (name,)}
    cells = [
        Link(
            str(by_status[status].get(name, 0)),
            state.href(chosen={**only, status_facet.name: (status,)}, view="list"),
        )
        for status in statuses
    ]
    return CountRow(label, state.href(chosen=only, view="list"), cells, total)


def _facet(name: str) -> Any:
    return declaration("ask_instance").facet(name)


def _page(asked: Asked, items: list[Any], size: int) -> tuple[list[Any], Pages]:
    last = max(1, -(-len(items) // size))
    here = min(asked.state.page, last)
    pages = pager(asked.state, total=len(items), page=here, size=size)
    return items[(here - 1) * size : here * size], pages
