"""The ledger for programs: JSON, a feed of its changes, and a calendar of due dates."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from lxml import etree

from stocktake.lib.compactjson import to_json
from stocktake.web import addresses, ask_parts
from stocktake.web.asks import changes, sheet
from stocktake.web.asks.changes import Told
from stocktake.web.asks.reading import Row
from stocktake.web.environment import page_language, plain
from stocktake.web.explore.own import Listed
from stocktake.web.explore.state import ListState
from stocktake.web.files import in_language
from stocktake.web.naming import Naming

if TYPE_CHECKING:
    from icalendar import Event

_ATOM = "http://www.w3.org/2005/Atom"
MOST_EVENTS = 1_000
"""The most due dates in a calendar: the first of the list."""


def json_file(request: HttpRequest, state: ListState, listed: Listed) -> HttpResponseBase:
    """Send the list as one JSON object, piece by piece."""
    naming = Naming()

    def pieces() -> Iterator[bytes]:
        told = {"address": addresses.permanent(request, state.href(page=state.page))}
        yield b"{" + to_json(told).encode()[1:-1] + b',"asks":['
        for place, row in enumerate(listed.rows):
            yield (b",\n" if place else b"\n") + to_json(value(request, row, naming)).encode()
        yield b"\n]}\n"

    language = translation.get_language() or "en"
    return StreamingHttpResponse(in_language(language, pieces()), content_type="application/json")


def value(request: HttpRequest, row: Row, naming: Naming) -> dict[str, Any]:
    """Give one row of the ledger as plain values; words are in the page's language."""
    instance, ask = row.instance, row.instance.ask
    provision = ask.provision
    key = provision.document.address_key
    paragraph = addresses.document_permalink(key, provision.path)
    return {
        "id": instance.public_id,
        "ask": ask.public_id,
        "address": addresses.permanent(request, addresses.ask(ask.public_id)),
        "task": ask.task.to_json(),
        "document": provision.document.symbol or provision.document.public_id,
        "paragraph": provision.number,
        "paragraph_address": addresses.permanent(request, paragraph),
        "verb": ask.lemma,
        "force": ask.force,
        "addressees": [
            {
                "code": told.code,
                "organization": told.organization.public_id if told.organization else None,
                "name": name,
                "qualifier": told.qualifier,
            }
            for told, name in zip(
                ask.addressees.all(), sheet.addressees_of(instance, naming), strict=True
            )
        ],
        "nature": ask.nature,
        "recurrence": ask.recurrence or None,
        "period": instance.period or None,
        "due": instance.due_on.isoformat() if instance.due_on else None,
        "due_session": ask.due_session or None,
        "condition": ask.condition.to_json() if ask.condition else None,
        "report_to": ask.report_to,
        "through": ask.through,
        "elements": sheet.elements_of(instance),
        "status": row.shown,
        "status_label": ask_parts.mark(row.shown).label,
        "status_since": instance.status_on.isoformat() if instance.status_on else None,
        "evidence": row.evidence,
        "answers": row.answers,
        "is_invented": ask.is_invented,
    }


def atom_feed(request: HttpRequest, state: ListState, listed: Listed) -> HttpResponseBase:
    """Send the latest changes of what the list shows, the newest first."""
    told = changes.latest_of(listed.ids)
    names: Any = {None: _ATOM}
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=names)
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", page_language())
    page = addresses.permanent(request, state.href(page=1))
    here = addresses.permanent(request, request.get_full_path())
    _add(feed, "id", page)
    _add(feed, "title", _("Changes in the ledger of asks"))
    _add(feed, "updated", _moment(told[0].when if told else timezone.now()))
    _add(feed, "link", rel="self", href=here, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html")
    for each in told:
        feed.append(_entry(request, each))
    body = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _entry(request: HttpRequest, told: Told) -> etree._Element:
    ask = told.instance.ask
    address = addresses.permanent(request, addresses.ask(ask.public_id))
    entry = etree.Element(f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{address}#change-{told.number}")
    _add(entry, "title", f"{told.text}: {plain(ask.task)}")
    _add(entry, "updated", _moment(told.when))
    _add(entry, "link", rel="alternate", href=f"{address}#{told.instance.public_id}")
    _add(_add(entry, "author"), "name", told.who)
    _add(entry, "summary", _place(told.instance))
    return entry


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    node.text = _printable(text) or None
    return node


def _printable(text: str) -> str:
    """Leave out the control characters that XML does not know."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def calendar(request: HttpRequest, state: ListState, listed: Listed) -> HttpResponseBase:
    """Send the due dates of what the list shows as a calendar of whole days."""
    from icalendar import Calendar, Event  # slow to import, and asked for rarely

    naming = Naming()
    made = Calendar()
    made.add("prodid", "-//Stocktake//Ledger of asks//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Due dates of asks"))
    made.add("refresh-interval", timedelta(days=1), {"VALUE": "DURATION"})
    host = urlsplit(addresses.permanent(request, "/")).hostname or "stocktake"
    for row in islice(_dated(listed.rows), MOST_EVENTS):
        event = Event()
        _tell(event, request, row, naming, host)
        made.add_component(event)
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="due-dates.ics"'
    return response


def _dated(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.instance.due_on)


def _tell(event: "Event", request: HttpRequest, row: Row, naming: Naming, host: str) -> None:
    """Fill one event of the calendar: a day on which something is due."""
    instance, ask = row.instance, row.instance.ask
    address = addresses.permanent(request, addresses.ask(ask.public_id))
    told = {"task": plain(ask.task), "place": _place(instance)}
    event.add("uid", f"{instance.public_id}@{host}")
    event.add("dtstamp", instance.updated_at.astimezone(UTC))
    if instance.due_on:
        event.add("dtstart", instance.due_on)
        event.add("dtend", instance.due_on + timedelta(days=1))
    event.add("summary", _("Due: %(task)s (%(place)s)") % told)
    lines = [
        _("Asked of: %(names)s") % {"names": ", ".join(sheet.addressees_of(instance, naming))},
        _("Status: %(status)s") % {"status": ask_parts.mark(row.shown).label},
        address,
    ]
    event.add("description", "\n".join(lines))
    event.add("url", f"{address}#{instance.public_id}")
    event.add("transp", "TRANSPARENT")


def _place(instance: Any) -> str:
    provision = instance.ask.provision
    told = {
        "document": provision.document.symbol or plain(provision.document.title),
        "paragraph": provision.number or provision.path,
    }
    return _("%(document)s, paragraph %(paragraph)s") % told
