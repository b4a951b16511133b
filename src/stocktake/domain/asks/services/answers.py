"""What addressees say in public to an ask, in their own words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import AnswerState
from stocktake.domain.asks.models import Answer, AskInstance
from stocktake.domain.asks.queries import is_asked
from stocktake.domain.asks.services.checks import (
    as_day,
    check_day,
    check_text,
    day_text,
    latest_day,
)
from stocktake.domain.asks.services.status import locked_instance
from stocktake.domain.asks.services.values import Values, kept
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import Text


def answer_values(answer: Answer) -> Values:
    """Give the values of an answer."""
    return {
        "instance": answer.instance.public_id,
        "organization": answer.organization.public_id,
        "text": answer.text.to_json(),
        "answered_on": day_text(answer.answered_on),
        "state": answer.state,
    }


def answer_ask(
    actor: Actor,
    instance: AskInstance,
    organization: Organization,
    text: Mapping[str, Any],
    *,
    answered_on: date | None = None,
    note: str = "",
) -> Answer:
    """Answer an ask in public for an organization that is asked.

    Args:
        text: in one or several languages, as `{"original": tag, "values": {tag: text}}`.
        answered_on: the day of the answer, today by default.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "asks.answer", organization)
    require(actor, "asks.see", instance)
    day = answered_on or timezone.now().date()
    with transaction.atomic():
        current = locked_instance(instance)
        faults = _faults(text, day)
        if not is_asked(organization, current.ask):
            faults["organization"] = [_("This ask is not addressed to this organization.")]
        if faults:
            raise ValidationError(faults)
        answer = Answer(
            instance=current,
            organization=organization,
            text=Text.from_json(text),
            answered_on=day,
        )
        answer.give_public_id()
        answer.save(force_insert=True)
        history.record(
            actor, "answer", answer, before={}, after=kept(answer_values(answer)), note=note
        )
    return answer


def update_answer(
    actor: Actor,
    answer: Answer,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    note: str = "",
) -> Answer:
    """Change the words or the day of an answer, or publish it again; no difference, no write.

    Args:
        changes: `text`, `answered_on`, `state`.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    unknown = set(changes) - {"text", "answered_on", "state"}
    if unknown:
        raise ValidationError({name: [_("There is no field of this name.")] for name in unknown})
    with transaction.atomic():
        current = _locked(answer)
        require(actor, "asks.answer", current.organization)
        current.expect_version(expected_version)
        before = answer_values(current)
        told = {**before, **changes}
        faults = _faults(told["text"], told["answered_on"])
        if told["state"] not in AnswerState.values:
            listed = {"code": str(told["state"])[:80], "list": "state"}
            faults["state"] = [_("%(code)s is not on the list %(list)s.") % listed]
        if faults:
            raise ValidationError(faults)
        current.text = Text.from_json(told["text"])
        current.answered_on = as_day(told["answered_on"]) or current.answered_on
        current.state = told["state"]
        _save(actor, current, before, note)
    return current


def withdraw_answer(
    actor: Actor, answer: Answer, *, reason: str, expected_version: int | None = None
) -> Answer:
    """Take an answer out of public view; it can be published again."""
    if not reason.strip():
        raise ValidationError({"reason": [_("A reason is needed.")]})
    changes = {"state": AnswerState.WITHDRAWN.value}
    return update_answer(actor, answer, changes, expected_version=expected_version, note=reason)


def _faults(text: Any, day: Any) -> dict[str, list[str]]:
    faults = {"text": check_text("text", text, is_needed=True), "answered_on": _day_faults(day)}
    return {name: told for name, told in faults.items() if told}


def _day_faults(day: Any) -> list[str]:
    told = check_day("answered_on", day)
    if told:
        return told
    found = as_day(day)
    if found is None:
        return [_("This is needed.")]
    return [_("This day is still to come.")] if found > latest_day() else []


def _locked(answer: Answer) -> Answer:
    Answer.objects.select_for_update(of=("self",)).filter(pk=answer.pk).first()
    return Answer.objects.select_related("instance", "organization").get(pk=answer.pk)


def _save(actor: Actor, answer: Answer, before: Values, note: str) -> None:
    after = answer_values(answer)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    answer.advance()
    answer.save()
    history.record(
        actor,
        "update",
        answer,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        note=note,
    )
