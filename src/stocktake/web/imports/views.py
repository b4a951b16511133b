"""Pages of imports: how far a run is, what it did, what was wrong, what can be done now."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.exchange.models import NoteKind, RunNote
from stocktake.exchange.queries import RunDetails, details_of, notes_of, run_visible_to
from stocktake.web.changes import who
from stocktake.web.environment import formatted_date, number
from stocktake.web.parts import Column, Fact, Link, Table

_NOTES = 200


@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one import to those who may import."""
    run = run_visible_to(request.user, public_id)
    if run is None:
        raise Http404
    details = details_of(run)
    values: dict[str, Any] = {
        "breadcrumbs": [Link(_("Your desk"), reverse("desk:home"))],
        "run": run,
        "state": str(run.get_state_display()),
        "details": details,
        "facts": _facts(details),
        "tables": [
            _notes(list(notes_of(run, kind)[:_NOTES]), kind, total)
            for kind, total in (
                (NoteKind.ERROR, details.error_count),
                (NoteKind.CONFLICT, details.conflict_count),
                (NoteKind.KEPT, details.kept_count),
                (NoteKind.NOTE, details.note_count),
            )
            if total
        ],
    }
    return render(request, "imports/page.html", values)


def _facts(details: RunDetails) -> list[Fact]:
    run, counts = details.run, details.counts
    words = {
        "files": _("Files"),
        "read": _("Entries read"),
        "created": _("Entered"),
        "updated": _("Changed"),
        "unchanged": _("Unchanged"),
        "skipped": _("Left out"),
    }
    return [
        *(Fact(words[name], [number(count)]) for name, count in counts.items() if name in words),
        Fact(_("Format"), [run.format]),
        Fact(_("Started"), [formatted_date(run.started_at)]),
        Fact(_("Finished"), [formatted_date(run.finished_at)] if run.finished_at else []),
        Fact(_("By"), [who(run.actor_key)]),
    ]


def _notes(notes: Sequence[RunNote], kind: NoteKind, total: int) -> Table:
    told = {"shown": number(len(notes)), "total": number(total)}
    return Table(
        str(kind.label),
        [
            Column(_("What")),
            Column(_("File")),
            Column(_("Line"), is_number=True),
            Column(_("Entry")),
            Column(_("Field")),
        ],
        [
            [note.message, note.file, note.line or None, note.identifier, note.field]
            for note in notes
        ],
        note=_("%(shown)s of %(total)s") % told,
    )
