"""The log in words for everybody: what was done to which fields, and in what capacity.

Neither values nor persons are shown: a field may hold the words of a draft.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.kernel.history.models import Change as LoggedChange
from stocktake.kernel.history.queries import diff, note_of
from stocktake.web.environment import join
from stocktake.web.parts import Change, Link

_MOST_FIELDS = 6

_FIELDS: dict[str, Promise] = {
    "title": _lazy("title"),
    "names": _lazy("name"),
    "summary": _lazy("summary"),
    "description": _lazy("description"),
    "results": _lazy("results"),
    "obstacles": _lazy("obstacles"),
    "lessons": _lazy("lessons"),
    "type": _lazy("kind"),
    "status": _lazy("status"),
    "scope_level": _lazy("scope"),
    "start_date": _lazy("start"),
    "end_date": _lazy("end"),
    "owner": _lazy("owner"),
    "budget_amount": _lazy("budget"),
    "budget_currency": _lazy("currency"),
    "beneficiaries": _lazy("beneficiaries"),
    "impediments": _lazy("impediments"),
    "languages": _lazy("languages"),
    "elements": _lazy("elements"),
    "areas": _lazy("countries and areas"),
    "participations": _lazy("partners"),
    "links": _lazy("links"),
    "external_identifiers": _lazy("identifiers"),
    "identifiers": _lazy("identifiers"),
    "source_name": _lazy("source"),
    "source_url": _lazy("address of the source"),
    "origin": _lazy("origin"),
    "last_confirmed_on": _lazy("day of confirmation"),
    "state": _lazy("visibility"),
    "acronym": _lazy("acronym"),
    "aliases": _lazy("other names"),
    "country": _lazy("country"),
    "website": _lazy("website"),
    "parent": _lazy("parent organization"),
    "task": _lazy("task"),
    "lemma": _lazy("verb"),
    "force": _lazy("force of the verb"),
    "nature": _lazy("way of recurring"),
    "due_on": _lazy("due date"),
    "due_session": _lazy("session by which it is due"),
    "due_as_written": _lazy("due date as written"),
    "recurrence": _lazy("interval"),
    "recurrence_as_written": _lazy("interval as written"),
    "condition": _lazy("condition"),
    "condition_met_on": _lazy("day on which the condition was met"),
    "condition_source_name": _lazy("source"),
    "condition_source_url": _lazy("address of the source"),
    "report_to": _lazy("to whom it is reported"),
    "through": _lazy("through whom it is reported"),
    "superseded_by": _lazy("what came in its place"),
    "addressees": _lazy("addressees"),
    "period": _lazy("period"),
    "status_on": _lazy("day of the status"),
    "status_evidence": _lazy("source of the status"),
    "status_document": _lazy("source of the status"),
    "status_source_name": _lazy("source of the status"),
    "status_source_url": _lazy("source of the status"),
    "silence_public_on": _lazy("day from which silence is shown"),
    "due_announced_on": _lazy("day on which a date had passed"),
    "symbols": _lazy("symbols"),
    "body": _lazy("body"),
    "session": _lazy("session"),
    "meeting": _lazy("meeting"),
    "date": _lazy("date"),
    "agenda_item": _lazy("agenda item"),
    "presented_by": _lazy("who presented it"),
    "author": _lazy("author"),
    "is_stub": _lazy("how much is held"),
    "previous": _lazy("text before it"),
    "events": _lazy("events"),
    "decisions": _lazy("decisions"),
    "document": _lazy("document"),
    "path": _lazy("place in the document"),
    "number": _lazy("number"),
    "role": _lazy("kind of paragraph"),
    "position": _lazy("order"),
    "section": _lazy("section"),
    "text": _lazy("official text"),
    "footnotes": _lazy("footnotes"),
    "clauses": _lazy("verbs"),
    "citations": _lazy("what it cites"),
    "is_withdrawn": _lazy("whether it is part of the record"),
}
_DONE: dict[str, Promise] = {
    "create": _lazy("Entered"),
    "delete": _lazy("Removed"),
    "withdraw": _lazy("Withdrawn"),
    "restore": _lazy("Put back"),
    "join": _lazy("Membership of a group entered"),
    "take_role": _lazy("Public office entered"),
    "publish": _lazy("Published"),
    "add_text": _lazy("Official text added"),
    "trace": _lazy("Compared with the text before it"),
}


def history_of(changes: Sequence[LoggedChange]) -> list[Change]:
    """Put the entries of one record into words, in the order given; values must be fetched."""
    return [
        Change(
            when=datetime.fromisoformat(change.at),
            text=told(change),
            who=who(change.actor_key),
            note=note_of(change),
        )
        for change in changes
    ]


def latest(change: LoggedChange, link: Link) -> Change:
    """Put one entry of a list of several records into words, without its values."""
    done = _DONE.get(change.verb)
    return Change(
        when=datetime.fromisoformat(change.at),
        text=str(done) if done else _("Changed"),
        who=who(change.actor_key),
        link=link,
    )


def who(actor_key: str) -> str:
    """Say in what capacity something was done, never by whom."""
    return _("the system") if actor_key.startswith("system:") else _("an editor")


def told(change: LoggedChange) -> str:
    """Say what an entry did to which fields; its values must be fetched."""
    done = _DONE.get(change.verb)
    if done:
        return str(done)
    fields = [each.field for each in diff(change)]
    if fields == ["last_confirmed_on"]:
        return _("Confirmed")
    names = list(dict.fromkeys(field_name(field) for field in fields))
    if not names:
        return _("Changed")
    if len(names) > _MOST_FIELDS:
        names = [*names[:_MOST_FIELDS], _("other fields")]
    return _("Changed: %(fields)s") % {"fields": join(names)}


def field_name(field: str) -> str:
    """Name a field of a record in the page's language."""
    name = _FIELDS.get(field)
    return str(name) if name else field.replace("_", " ")
