"""What the desk shows: grants in words, the last entries of the log, the last import runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from stocktake.domain.activities.choices import ActivityState
from stocktake.domain.activities.models import Activity
from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.models import Evidence
from stocktake.domain.asks.queries import sees_silence, silences
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.queries import organization_labels
from stocktake.exchange.models import DraftState, ImportRun, RunState
from stocktake.exchange.resolutions.queries import drafts_visible_to
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant, User
from stocktake.kernel.common.permissions import is_allowed
from stocktake.kernel.history.models import Change
from stocktake.kernel.history.queries import latest_changes
from stocktake.web import addresses
from stocktake.web.environment import code, formatted_date, page_language
from stocktake.web.naming import Naming
from stocktake.web.parts import Column, Counted, Label, Link, Table

_LATEST = 20
_RUNS = 5

_PAGES: dict[str, Callable[[str], str]] = {
    "activity": addresses.activity,
    "organization": addresses.organization,
    "import_run": lambda public_id: _import_run(public_id),
}
"""Kinds of record that have a page; of the others the log is told without a link."""

_KINDS = (*_PAGES, "grant", "user")
"""What people and imports change; loading reference data would bury it."""

_MODELS: dict[str, Any] = {"activity": Activity, "organization": Organization}

_REMOVED = "removed"
_STATES: dict[str, Promise] = {
    _REMOVED: pgettext_lazy("entry", "removed"),
    ActivityState.DRAFT: pgettext_lazy("entry", "draft"),
    ActivityState.WITHDRAWN: pgettext_lazy("entry", "withdrawn"),
}
"""What is said of a record beside its identifier; of a public one nothing."""

_MEANINGS: dict[str, Promise] = {
    GrantedRole.ADMINISTRATOR: _lazy("Gives and takes permissions, and may do all else."),
    GrantedRole.SECRETARIAT: _lazy("Keeps the whole register: checks, corrects, imports."),
    GrantedRole.FACILITATOR: _lazy("Looks after the entries of an action line."),
    GrantedRole.FOCAL_POINT: _lazy("Speaks for a country or an organization."),
    GrantedRole.EDITOR: _lazy("Writes and publishes entries of an organization."),
    GrantedRole.CONTRIBUTOR: _lazy("Prepares entries, which others check before they appear."),
}
_DONE: dict[tuple[str, str], Promise] = {
    ("create", "activity"): _lazy("Activity entered"),
    ("update", "activity"): _lazy("Activity changed"),
    ("create", "organization"): _lazy("Organization entered"),
    ("update", "organization"): _lazy("Organization changed"),
    ("create", "user"): _lazy("Account made"),
    ("sign_up", "user"): _lazy("Account asked for"),
    ("change_address", "user"): _lazy("Address of an account changed"),
    ("make_sign_in_link", "user"): _lazy("Sign-in link made"),
    ("use_sign_in_link", "user"): _lazy("Sign-in link used"),
    ("delete", "activity"): _lazy("Activity removed"),
    ("join", "organization"): _lazy("Organization joined a group"),
    ("take_role", "organization"): _lazy("Organization took an office"),
    ("create", "import_run"): _lazy("Import begun"),
    ("update", "import_run"): _lazy("Import went on"),
    ("give", "grant"): _lazy("Permission given"),
    ("revoke", "grant"): _lazy("Permission taken back"),
}


@dataclass(frozen=True)
class Granted:
    """A grant in words: the role, where it holds, until when, and what it means."""

    role: str
    scope: Label | Link
    term: str
    meaning: str


def granted(grants: Sequence[Grant]) -> list[Granted]:
    """Put grants into words."""
    scopes = _scopes(grants)
    return [
        Granted(
            role=str(GrantedRole(grant.role).label),
            scope=scopes[grant.scope_kind, grant.scope_id],
            term=_term(grant),
            meaning=str(_MEANINGS[grant.role]),
        )
        for grant in grants
    ]


def latest(user: User) -> Table:
    """List the last entries of the log, without their values."""
    changes = latest_changes(kinds=_KINDS, limit=_LATEST)
    states = _states(user, changes)
    return Table(
        caption=_("Latest changes"),
        is_caption_unseen=True,
        columns=[
            Column(_("Number"), is_number=True),
            Column(_("When"), is_whole=True),
            Column(_("What")),
            Column(_("Record")),
            Column(_("By")),
        ],
        rows=[
            [
                change.number,
                _when(change),
                _what(change),
                _record(change, states),
                code(change.actor_key),
            ]
            for change in changes
        ],
    )


def queues(user: User) -> list[Counted]:
    """List what waits at the desk for a person, with how much of it there is."""
    found = []
    if sees_silence(user):
        silent = silences(user, timezone.localdate()).count()
        found.append(Counted(_("Asked, and no report received"), reverse("desk:silence"), silent))
    if is_allowed(user, "exchange.draft"):
        waiting = drafts_visible_to(user).filter(state=DraftState.OPEN).count()
        found.append(Counted(_("Drafts of documents"), reverse("desk:drafts"), waiting))
        proposed = Evidence.objects.visible_to(user).filter(acceptance=Acceptance.PROPOSED)
        waiting = proposed.count()
        href = reverse("desk:evidence")
        found.append(Counted(_("Evidence to decide on"), href, waiting))
    return found


def runs(user: User) -> Table:
    """List the last import runs that a person may see."""
    found = ImportRun.objects.visible_to(user).order_by("-started_at", "-pk")[:_RUNS]
    return Table(
        caption=_("Latest imports"),
        is_caption_unseen=True,
        columns=[
            Column(_("Run")),
            Column(_("Started"), is_whole=True),
            Column(_("Format")),
            Column(_("State")),
            Column(_("Settled"), is_number=True),
            Column(_("Of"), is_number=True),
        ],
        rows=[
            [
                Link(code(run.public_id), _import_run(run.public_id)),
                formatted_date(run.started_at),
                run.format.upper(),
                str(RunState(run.state).label),
                run.position,
                run.total,
            ]
            for run in found
        ],
    )


def _scopes(grants: Sequence[Grant]) -> dict[tuple[str, str], Label | Link]:
    """Name the scopes of some grants; one that is unknown names itself."""
    naming = Naming()
    organizations = [grant.scope_id for grant in grants if grant.scope_kind == "organization"]
    labels = organization_labels(organizations, page_language()) if organizations else {}
    made: dict[tuple[str, str], Label | Link] = {("", ""): _("Everywhere")}
    for grant in grants:
        kind, public_id = grant.scope_kind, grant.scope_id
        if kind == "organization" and public_id in labels:
            made[kind, public_id] = Link(labels[public_id], addresses.organization(public_id))
        elif kind == "area":
            made[kind, public_id] = naming.area_link(public_id)
        elif kind == "element":
            made[kind, public_id] = Link(naming.element(public_id), addresses.element(public_id))
        else:
            made.setdefault((kind, public_id), public_id)
    return made


def _term(grant: Grant) -> str:
    starts = formatted_date(grant.starts)
    if grant.ends is None:
        return _("Since %(start)s, without an end") % {"start": starts}
    return _("From %(start)s to %(end)s") % {"start": starts, "end": formatted_date(grant.ends)}


def _when(change: Change) -> str:
    return formatted_date(datetime.fromisoformat(change.at))


def _what(change: Change) -> str:
    words = _DONE.get((change.verb, change.kind))
    if words:
        return str(words)
    return _("%(verb)s (%(kind)s)") % {"verb": change.verb, "kind": change.kind}


def _record(change: Change, states: Mapping[tuple[str, str], str]) -> Label | Link:
    """Lead to a record that is still there; say so where the public does not see it."""
    page, label = _PAGES.get(change.kind), code(change.object_id)
    if page is None:
        return label
    state = states.get((change.kind, change.object_id), _REMOVED)
    words = _STATES.get(state)
    if words:
        label = Markup("{} ({})").format(label, words)
    return label if state == _REMOVED else Link(label, page(change.object_id))


def _states(user: User, changes: Sequence[Change]) -> dict[tuple[str, str], str]:
    """Give the state of the records that some changes are about, as far as they are there."""
    found = {}
    for kind, model in _MODELS.items():
        ids = {change.object_id for change in changes if change.kind == kind}
        rows = model.objects.visible_to(user).filter(public_id__in=ids)
        found.update({(kind, key): state for key, state in rows.values_list("public_id", "state")})
    runs = {change.object_id for change in changes if change.kind == ImportRun.kind}
    known = ImportRun.objects.visible_to(user).filter(public_id__in=runs)
    found.update({(ImportRun.kind, key): "" for key in known.values_list("public_id", flat=True)})
    return found


def _import_run(public_id: str) -> str:
    return reverse("import_run", kwargs={"public_id": public_id})
