"""Evidence: brought forward by one side, accepted or declined by another, taken back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import Acceptance, AskNature
from stocktake.domain.asks.models import AskInstance, Evidence
from stocktake.domain.asks.services.checks import check_plain
from stocktake.domain.asks.services.evidence_values import (
    Values,
    check_acceptance,
    check_evidence,
    evidence_values,
    prepared,
)
from stocktake.domain.asks.services.status import StatusSource, change_status, locked_instance
from stocktake.domain.asks.services.values import kept
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history


def bring_evidence(
    actor: Actor,
    instance: AskInstance,
    values: Mapping[str, Any],
    *,
    on_behalf_of: Organization | None,
    note: str = "",
) -> Evidence:
    """Bring evidence for an ask in a period; it is proposed until the other side accepts it.

    Args:
        values: `evidence_kind`, and exactly one of `activity` (identifier), `document` (identifier
            or symbol), or `title` with `url`; further `paragraph`, `note`, `dated`, `claims` (the
            status it is said to show), `source_name`, `source_url`. The system alone, which loads
            what sources tell, may give an `acceptance`.
        on_behalf_of: the organization for which the actor brings it, none for the secretariat.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "asks.bring_evidence", on_behalf_of)
    require(actor, "asks.see", instance)
    check_acceptance(actor, values)
    with transaction.atomic():
        current = locked_instance(instance)
        evidence = prepared(actor, current, values)
        check_evidence(evidence)
        evidence.asserted_by, evidence.asserted_by_key = on_behalf_of, actor.actor_key
        evidence.give_public_id()
        evidence.save(force_insert=True)
        told = kept(evidence_values(evidence))
        history.record(actor, "propose", evidence, before={}, after=told, note=note)
    return evidence


def decide_evidence(
    actor: Actor,
    evidence: Evidence,
    acceptance: str,
    *,
    reason: str = "",
    set_status: bool = False,
    expected_version: int | None = None,
) -> Evidence:
    """Accept or decline evidence that the other side brought.

    Args:
        reason: why; needed for declining, and public once the evidence is.
        set_status: also give the ask the status that the evidence is said to show.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = _locked(evidence)
        require(actor, "asks.decide_evidence", current)
        current.expect_version(expected_version)
        _refuse_decision(current, acceptance, reason, is_setting=set_status)
        before = evidence_values(current)
        current.acceptance, current.reason = acceptance, reason
        current.accepted_by_key, current.decided_on = actor.actor_key, timezone.now().date()
        entries = [_saved(current, before)]
        if set_status:
            source = StatusSource(evidence=current)
            day = timezone.now().date()
            entries += change_status(current.instance, current.claims, source, day=day)
        history.record_many(actor, entries)
    return current


def withdraw_evidence(
    actor: Actor, evidence: Evidence, *, reason: str, expected_version: int | None = None
) -> Evidence:
    """Take evidence back; it stays in the record and in its history.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written; a status may rest on it.
    """
    with transaction.atomic():
        current = _locked(evidence)
        require(actor, "asks.withdraw_evidence", current)
        current.expect_version(expected_version)
        faults = _reason_faults(reason) | _resting_faults(current)
        if current.acceptance == Acceptance.WITHDRAWN:
            faults["acceptance"] = [_("This evidence is withdrawn already.")]
        if faults:
            raise ValidationError(faults)
        before = evidence_values(current)
        current.acceptance, current.reason = Acceptance.WITHDRAWN.value, reason
        history.record_many(actor, [_saved(current, before)])
    return current


def _locked(evidence: Evidence) -> Evidence:
    instance = locked_instance(evidence.instance)
    Evidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk).first()
    found = Evidence.objects.select_related("asserted_by", "activity", "document")
    current = found.get(pk=evidence.pk)
    current.instance = instance
    return current


def _refuse_decision(evidence: Evidence, acceptance: str, reason: str, *, is_setting: bool) -> None:
    is_accepting = acceptance == Acceptance.ACCEPTED
    faults = {} if is_accepting else _reason_faults(reason) | _resting_faults(evidence)
    if reason and check_plain(reason, 500):
        faults["reason"] = check_plain(reason, 500)
    if acceptance not in (Acceptance.ACCEPTED, Acceptance.DECLINED):
        faults["acceptance"] = [_("Evidence is either accepted or declined.")]
    elif evidence.acceptance == Acceptance.WITHDRAWN:
        faults["acceptance"] = [_("This evidence is withdrawn already.")]
    elif evidence.acceptance == acceptance:
        faults["acceptance"] = [_("This is decided already.")]
    if is_setting and not is_accepting:
        faults["set_status"] = [_("Only evidence that is accepted shows a status.")]
    elif is_setting and not evidence.claims:
        faults["set_status"] = [_("This evidence is not said to show a status.")]
    elif is_setting and evidence.instance.ask.nature == AskNature.STANDING:
        faults["set_status"] = [_("A standing norm carries no status.")]
    if faults:
        raise ValidationError(faults)


def _reason_faults(reason: str) -> dict[str, list[str]]:
    return {} if reason.strip() else {"reason": [_("A reason is needed.")]}


def _resting_faults(evidence: Evidence) -> dict[str, list[str]]:
    if evidence.instance.status_evidence_id != evidence.pk:
        return {}
    return {"evidence": [_("A status rests on this evidence; change the status first.")]}


def _saved(evidence: Evidence, before: Values) -> history.Entry:
    evidence.advance()
    evidence.save()
    after = evidence_values(evidence)
    changed = [name for name in after if after[name] != before[name]]
    return history.Entry(
        "update",
        Evidence.kind,
        evidence.public_id,
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )
