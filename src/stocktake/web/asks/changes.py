"""The log of asks in words: of one ask with all that hangs on it, and of a whole list."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from stocktake.domain.asks.choices import Acceptance, AnswerState
from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.kernel.history.models import Change as LoggedChange
from stocktake.kernel.history.queries import diff, note_of
from stocktake.web import changes
from stocktake.web.ask_parts import mark
from stocktake.web.parts import Change

_MOST = 50
_LOOKED_THROUGH = 600
_EXACT = 500
"""The longest list whose changes are looked up one by one; of longer ones the latest are read."""

_DONE: Mapping[tuple[str, str], Promise] = {
    (Ask.kind, "create"): _lazy("Ask entered"),
    (AskInstance.kind, "create"): _lazy("Period opened"),
    (Evidence.kind, "propose"): _lazy("Evidence brought forward"),
    (Answer.kind, "answer"): _lazy("Answered in public"),
    (Ask.kind, "withdraw"): _lazy("Ask withdrawn"),
}
_DECIDED: Mapping[str, Promise] = {
    Acceptance.ACCEPTED: _lazy("Evidence accepted"),
    Acceptance.DECLINED: _lazy("Evidence declined"),
    Acceptance.WITHDRAWN: _lazy("Evidence withdrawn"),
}
_KINDS = (Ask.kind, AskInstance.kind, Evidence.kind, Answer.kind)


@dataclass(frozen=True)
class Told:
    """One entry of the log with the row of the ledger that it concerns."""

    number: int
    when: datetime
    text: str
    who: str
    instance: AskInstance


def text_of(change: LoggedChange) -> str:
    """Say what an entry of the log did."""
    done = _DONE.get((change.kind, change.verb))
    if done:
        return str(done)
    fields = {each.field: each for each in diff(change) if not each.is_erased}
    if change.kind == AskInstance.kind and "status" in fields:
        status = fields["status"]
        told = {
            "before": mark(status.before, short=True).label,
            "after": mark(status.after, short=True).label,
        }
        return _("Status: %(before)s → %(after)s") % told
    if change.kind == AskInstance.kind and set(fields) == {"due_announced_on"}:
        return _("A date has passed")
    if change.kind == Evidence.kind and "acceptance" in fields:
        decided = _DECIDED.get(fields["acceptance"].after)
        return str(decided) if decided else changes.told(change)
    if change.kind == Answer.kind and "state" in fields:
        is_gone = fields["state"].after == AnswerState.WITHDRAWN
        return _("Answer withdrawn") if is_gone else _("Answer published again")
    if change.kind == Ask.kind and "condition_met_on" in fields:
        return _("Condition recorded as met")
    return changes.told(change)


def history_of(logged: Sequence[LoggedChange]) -> list[Change]:
    """Put entries of an ask and of what hangs on it into words; values must be fetched."""
    return [
        Change(
            when=datetime.fromisoformat(change.at),
            text=text_of(change),
            who=changes.who(change.actor_key),
            note=note_of(change),
        )
        for change in logged
    ]


def logged_of(ask: Ask, user: Any) -> list[LoggedChange]:
    """List the entries about an ask, its periods, and the evidence and answers one may see."""
    instances = AskInstance.objects.filter(ask=ask)
    ids = {
        ask.public_id,
        *instances.values_list("public_id", flat=True),
        *_visible(Evidence, instances, user),
        *_visible(Answer, instances, user),
    }
    found = LoggedChange.objects.filter(kind__in=_KINDS, object_id__in=ids)
    return list(found.select_related("payload").order_by("-number"))


def _visible(model: Any, instances: Any, user: Any) -> Iterable[str]:
    found = model.objects.visible_to(user).filter(instance__in=instances)
    return found.values_list("public_id", flat=True)


def latest_of(ids: Sequence[str]) -> list[Told]:
    """Give the latest public changes of some rows of the ledger, the newest first.

    Args:
        ids: identifiers of the rows. In a list of more than 500 only the latest entries of the
            log are looked through.
    """
    wanted = set(ids)
    if len(wanted) <= _EXACT:
        owners = _owners(AskInstance.objects.filter(public_id__in=wanted))
        logged = LoggedChange.objects.filter(kind__in=_KINDS, object_id__in=owners)
    else:
        logged = LoggedChange.objects.filter(kind__in=_KINDS)
    latest = list(logged.select_related("payload").order_by("-number")[:_LOOKED_THROUGH])
    if len(wanted) > _EXACT:
        owners = _owners_of(latest)
    told = []
    for change in latest:
        instance = next((each for each in owners.get(change.object_id, ()) if each in wanted), "")
        if instance:
            told.append((change, instance))
    return _told(told[:_MOST])


def _owners(instances: Any) -> dict[str, list[str]]:
    """Map an ask, its periods, its public evidence and answers to the periods concerned."""
    owners: dict[str, list[str]] = {}
    for own, ask in instances.values_list("public_id", "ask__public_id"):
        owners.setdefault(own, []).append(own)
        owners.setdefault(ask, []).append(own)
    for model in (Evidence, Answer):
        found = model.objects.published().filter(instance__in=instances)
        for own, instance in found.values_list("public_id", "instance__public_id"):
            owners.setdefault(own, []).append(instance)
    return owners


def _owners_of(logged: Collection[LoggedChange]) -> dict[str, list[str]]:
    ids = {kind: {c.object_id for c in logged if c.kind == kind} for kind in _KINDS}
    owners: dict[str, list[str]] = {each: [each] for each in ids[AskInstance.kind]}
    of_asks = AskInstance.objects.filter(ask__public_id__in=ids[Ask.kind])
    for own, ask in of_asks.order_by("pk").values_list("public_id", "ask__public_id"):
        owners.setdefault(ask, []).append(own)
    for model in (Evidence, Answer):
        found = model.objects.published().filter(public_id__in=ids[model.kind])
        for own, instance in found.values_list("public_id", "instance__public_id"):
            owners.setdefault(own, []).append(instance)
    return owners


def _told(pairs: Sequence[tuple[LoggedChange, str]]) -> list[Told]:
    found = AskInstance.objects.filter(public_id__in={instance for _change, instance in pairs})
    rows = found.published().select_related("ask__provision__document")
    by_id = {row.public_id: row for row in rows}
    return [
        Told(
            number=change.number,
            when=datetime.fromisoformat(change.at),
            text=text_of(change),
            who=changes.who(change.actor_key),
            instance=by_id[instance],
        )
        for change, instance in pairs
        if instance in by_id
    ]
