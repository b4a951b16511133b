"""What is shown as the status of an ask in a period: the one place where silence is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from stocktake.domain.asks.choices import NO_REPORT_RECEIVED, STANDING, WAITING, AskNature
from stocktake.domain.asks.models import Answer, AskInstance, Evidence
from stocktake.kernel.common.permissions import is_allowed


@dataclass(frozen=True)
class Standing:
    """What someone is shown: a status, `standing`, or `no_report_received`.

    `public_on` is the day from which on the public is told of silence, and `is_private` says that
    it is still to come, so that only the desk sees this.
    """

    shown: str
    public_on: date | None = None
    is_private: bool = False


def sees_silence(user: Any) -> bool:
    """Say whether a person is told of silence before the public is."""
    return is_allowed(user, "asks.see_silence")


def standing(instance: AskInstance, *, today: date, is_desk: bool) -> Standing:
    """Say what is shown of an instance, without a query where `with_reports` counted.

    "No report received" stands where the due date has passed, nothing public was brought as
    evidence or answer, and the status still waits for a report; before `silence_public_on` for the
    desk only.
    """
    if instance.ask.nature == AskNature.STANDING or not instance.status:
        return Standing(STANDING)
    is_late = instance.due_on is not None and instance.due_on < today
    if not is_late or instance.status not in WAITING or _is_reported(instance):
        return Standing(instance.status)
    public_on = instance.silence_public_on
    is_public = public_on is not None and public_on <= today
    if is_public or is_desk:
        return Standing(NO_REPORT_RECEIVED, public_on, is_private=not is_public)
    return Standing(instance.status)


def shown_status(
    instance: AskInstance, user: Any, today: date, *, is_desk: bool | None = None
) -> str:
    """Give the status that a person is shown.

    Args:
        is_desk: what `sees_silence` said of the person, where many are asked for.
    """
    is_told = sees_silence(user) if is_desk is None else is_desk
    return standing(instance, today=today, is_desk=is_told).shown


def _is_reported(instance: AskInstance) -> bool:
    evidence = getattr(instance, "evidence_count", None)
    if evidence is None:
        return (
            Evidence.objects.published().filter(instance=instance).exists()
            or Answer.objects.published().filter(instance=instance).exists()
        )
    return bool(evidence or getattr(instance, "answer_count", 0))
