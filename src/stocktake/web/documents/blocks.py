"""Blocks of a document's page: figures, the strip of paragraphs, citations, events, decisions."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.domain.documents.choices import ProvisionRole
from stocktake.domain.documents.models import Citation, Document, Provision
from stocktake.lib.multilingual import Text
from stocktake.web.documents import presenting, provisions
from stocktake.web.documents.following import Asks
from stocktake.web.documents.provisions import SUB
from stocktake.web.environment import formatted_date, number
from stocktake.web.parts import Counted, Link


def stats(every: Sequence[Provision], asks: Asks) -> list[str]:
    """Say how many paragraphs there are and what they ask."""
    roles = [each.role for each in every]
    count = sum(len(found) for found in asks.values())
    told = [
        ngettext("%(count)s preambular paragraph", "%(count)s preambular paragraphs", found)
        % {"count": number(found)}
        for found in [roles.count(ProvisionRole.PREAMBULAR)]
        if found
    ]
    told += [
        ngettext("%(count)s operative paragraph", "%(count)s operative paragraphs", found)
        % {"count": number(found)}
        for found in [roles.count(ProvisionRole.OPERATIVE)]
        if found
    ]
    told += [
        ngettext("%(count)s numbered paragraph", "%(count)s numbered paragraphs", found)
        % {"count": number(found)}
        for found in [roles.count(ProvisionRole.NUMBERED)]
        if found
    ]
    if count:
        told.append(ngettext("%(count)s ask", "%(count)s asks", count) % {"count": number(count)})
    return told


def strip(every: Sequence[Provision], asks: Asks) -> list[Counted]:
    """Give all main paragraphs as squares, with the number of asks in each and below it."""
    top: dict[int, int] = {}
    main: dict[int, Provision] = {}
    for each in every:
        parent = each.parent_id
        top[each.pk] = top.get(parent, parent) if parent and each.role in SUB else each.pk
        if each.role in (ProvisionRole.OPERATIVE, ProvisionRole.NUMBERED):
            main[each.pk] = each
    counts: dict[int, int] = {}
    for key, found in asks.items():
        counts[top.get(key, key)] = counts.get(top.get(key, key), 0) + len(found)
    if not counts:
        return []
    return [
        Counted(provisions.own_number(each), f"#{provisions.anchor(each.path)}", counts.get(key, 0))
        for key, each in main.items()
    ]


def cited(found: Iterable[Citation]) -> list[SimpleNamespace]:
    """Group what a document cites by document, with the paragraphs that cite it."""
    return _grouped((each.cited, each) for each in found)


def citing(found: Iterable[Citation]) -> list[SimpleNamespace]:
    return _grouped((each.document, each) for each in found)


def _grouped(pairs: Iterable[tuple[Document, Citation]]) -> list[SimpleNamespace]:
    by_document: dict[int, SimpleNamespace] = {}
    for other, told in pairs:
        shown = by_document.get(other.pk)
        if shown is None:
            shown = SimpleNamespace(link=presenting.full_link(other), is_stub=other.is_stub, at=[])
            by_document[other.pk] = shown
        provision = told.provision
        if provision is not None:
            provision.document = told.document
            number_of = provisions.own_number(provision)
            shown.at.append(Link(number_of, provisions.href(provision)))
    return list(by_document.values())


def events(document: Document) -> list[SimpleNamespace]:
    """Give the events that a report tells of."""
    return [
        SimpleNamespace(
            name=_text(told.get("name")),
            when=_when(told.get("start", ""), told.get("end", "")),
            place=told.get("place") or "",
            paragraph=told.get("paragraph") or "",
            href=_in_page(told.get("paragraph")),
        )
        for told in document.events
    ]


def decisions(document: Document) -> list[SimpleNamespace]:
    """Give what a report says was decided."""
    return [
        SimpleNamespace(
            text=_text(told.get("summary") or told.get("text")),
            paragraph=told.get("paragraph") or "",
            href=_in_page(told.get("paragraph")),
        )
        for told in document.decisions
    ]


def _text(value: Any) -> Text:
    """Read a text of a report's lists: in several languages, or English."""
    if isinstance(value, dict):
        return Text.from_json(value)
    return Text.of("en", str(value)) if value else Text()


def _when(start: str, end: str) -> str:
    if start and end and start != end:
        told = {"start": formatted_date(start), "end": formatted_date(end)}
        return _("%(start)s to %(end)s") % told
    return formatted_date(start or end)


def _in_page(paragraph: Any) -> str:
    return f"#para-{paragraph}" if paragraph else ""
