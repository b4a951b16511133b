"""What the desk shows: grants in words, and the last entries of the log."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.models import Grant
from stocktake.kernel.history.models import Change
from stocktake.kernel.history.queries import latest_changes
from stocktake.web.environment import formatted_date
from stocktake.web.parts import Column, Table

_KINDS = ("activity", "organization", "element", "grant", "user", "import_run")
_LATEST = 20

_SCOPES: dict[str, Promise] = {
    "organization": _lazy("Only for the organization %(id)s"),
    "area": _lazy("Only for the country or area %(id)s"),
    "element": _lazy("Only for %(id)s"),
    "process": _lazy("Only for the process %(id)s"),
}
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
    ("give", "grant"): _lazy("Permission given"),
    ("revoke", "grant"): _lazy("Permission taken back"),
}


@dataclass(frozen=True)
class Granted:
    """A grant in words: the role, where it holds, until when, and what it means."""

    role: str
    scope: str
    term: str
    meaning: str


def granted(grant: Grant) -> Granted:
    """Put a grant into words."""
    return Granted(
        role=str(GrantedRole(grant.role).label),
        scope=_scope(grant),
        term=_term(grant),
        meaning=str(_MEANINGS[grant.role]),
    )


def latest() -> Table:
    """List the last entries of the log, without their values."""
    changes = latest_changes(kinds=_KINDS, limit=_LATEST)
    return Table(
        caption=_("Latest changes"),
        is_caption_unseen=True,
        columns=[
            Column(_("Number"), is_number=True),
            Column(_("When")),
            Column(_("What")),
            Column(_("Record")),
            Column(_("By")),
        ],
        rows=[
            [change.number, _when(change), _what(change), change.object_id, change.actor_key]
            for change in changes
        ],
    )


def _scope(grant: Grant) -> str:
    if not grant.scope_kind:
        return _("Everywhere")
    words = _SCOPES.get(grant.scope_kind)
    known = {"id": grant.scope_id}
    return str(words) % known if words else _("Only for %(id)s") % known


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
