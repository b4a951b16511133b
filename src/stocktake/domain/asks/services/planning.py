"""Which periods an ask has, by when each is due, and from when silence about it is public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import SILENCE_DAYS, AskNature, AskStatus
from stocktake.domain.asks.models import Ask, AskInstance
from stocktake.domain.asks.services.checks import as_day, check_day, check_plain, day_text
from stocktake.kernel.vocabularies.terms import first_day
from stocktake.lib.periods import Duration, periods, session_days

Values = dict[str, Any]

_SHOWN = ("period", "starts_on", "due_on", "silence_public_on")


@dataclass(frozen=True)
class Planned:
    """One period that an ask has, before it is a record."""

    period: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    silence_public_on: date | None = None


def stated(rows: Sequence[Mapping[str, Any]]) -> list[Planned]:
    """Read the periods that a source states.

    Raises:
        ValidationError: a day is none, a name is too long or comes twice.
    """
    faults = [fault for row in rows for fault in _faults(row)]
    names = [row.get("period", "") for row in rows]
    if not faults and len(set(names)) < len(names):
        faults = [_("Two periods have the same name.")]
    if faults:
        raise ValidationError({"instances": faults})
    days = _SHOWN[1:]
    return [
        Planned(row.get("period", ""), *(as_day(row.get(name)) for name in days)) for row in rows
    ]


def _faults(row: Mapping[str, Any]) -> list[str]:
    unknown = set(row) - set(_SHOWN)
    if unknown:
        return [_("There is no field of this name.")]
    return [
        *check_plain(row.get("period", ""), 40),
        *(fault for name in _SHOWN[1:] for fault in check_day(name, row.get(name))),
    ]


def due_of(ask: Ask) -> date | None:
    """Give the day by which an ask is due: the one stated, or that of its session."""
    if ask.due_on or not ask.due_session:
        return ask.due_on
    days = session_days(ask.due_session)
    return days[1] if days else None


def planned(ask: Ask, today: date, *, dated: str, until: date | None = None) -> list[Planned]:
    """List the periods of an ask up to the current one.

    Args:
        dated: the partial date of its document, from which an interval runs where no first due
            date is stated; then the first is due one interval later.
        until: the day of the next text of the line, which asks again or no longer; a period that
            would begin then or later is none of this ask.
    """
    due = due_of(ask)
    if ask.nature != AskNature.RECURRING or is_asleep(ask):
        return [Planned(due_on=due)]
    interval = Duration.parse(ask.recurrence)
    began = ask.condition_met_on or (first_day(dated) if dated else None)
    if due is None and began is None:
        return [Planned()]
    first = due if due is not None else interval.after(began or today)
    found = periods(first, interval, until=today)
    if until is not None:
        found = [each for each in found if each.starts_on < until] or found[:1]
    return [Planned(each.name, each.starts_on, each.due_on) for each in found]


def is_asleep(ask: Ask) -> bool:
    """Say whether an ask waits for a condition of which nobody has recorded that it is met."""
    return bool(ask.condition) and ask.condition_met_on is None


def first_status(ask: Ask) -> str:
    """Give the status of a new period: none for a standing norm."""
    if ask.nature == AskNature.STANDING:
        return ""
    return AskStatus.SLEEPING.value if is_asleep(ask) else AskStatus.OPEN.value


def silence_day(due: date | None) -> date | None:
    """Give the day from which silence is public, where none is stated."""
    return due + timedelta(days=SILENCE_DAYS) if due else None


def instance_of(ask: Ask, plan: Planned, today: date) -> AskInstance:
    """Make the record of a period, not yet written; what has passed needs no telling later."""
    instance = AskInstance(
        ask=ask,
        period=plan.period,
        starts_on=plan.starts_on,
        due_on=plan.due_on,
        status=first_status(ask),
        silence_public_on=plan.silence_public_on or silence_day(plan.due_on),
        due_announced_on=today if plan.due_on and plan.due_on < today else None,
    )
    instance.give_public_id()
    return instance


def instance_values(instance: AskInstance) -> Values:
    """Give the values of a period; its links should be fetched."""
    evidence, document = instance.status_evidence, instance.status_document
    return {
        "ask": instance.ask.public_id,
        "period": instance.period,
        "starts_on": day_text(instance.starts_on),
        "due_on": day_text(instance.due_on),
        "status": instance.status,
        "status_on": day_text(instance.status_on),
        "status_evidence": evidence.public_id if evidence else "",
        "status_document": document.public_id if document else "",
        "status_source_name": instance.status_source_name,
        "status_source_url": instance.status_source_url,
        "silence_public_on": day_text(instance.silence_public_on),
        "due_announced_on": day_text(instance.due_announced_on),
    }
