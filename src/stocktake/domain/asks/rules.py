"""Who may see asks, bring evidence for them, accept it, and answer: the rules for one record."""

from typing import Any

import rules

from stocktake.domain.activities.choices import ActivityState
from stocktake.domain.asks.choices import Acceptance, AnswerState
from stocktake.domain.documents.choices import DocumentState
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import scopes_of, sees_everything
from stocktake.kernel.accounts.rules import holds, holds_for, is_secretariat


def concerned_ids(ask: Any) -> list[str]:
    """List the organizations of whom something is asked by name, members of groups included."""
    members = "organization__members__organization__public_id"
    pairs = ask.addressees.values_list("organization__public_id", members)
    return sorted({public_id for pair in pairs for public_id in pair if public_id})


def _asserting(evidence: Any) -> list[str]:
    return [evidence.asserted_by.public_id] if evidence.asserted_by_id else []


def _concerned(evidence: Any) -> list[str]:
    return concerned_ids(evidence.instance.ask)


def _own(organization: Any) -> list[str]:
    return [organization.public_id]


def _answering(answer: Any) -> list[str]:
    return [answer.organization.public_id]


is_its_editor = holds_for(GrantedRole.EDITOR, "organization", _own)
is_asserting_editor = holds_for(GrantedRole.EDITOR, "organization", _asserting)
is_concerned_editor = holds_for(GrantedRole.EDITOR, "organization", _concerned)
is_answering_editor = holds_for(GrantedRole.EDITOR, "organization", _answering)
is_of_the_desk = holds(GrantedRole.ADMINISTRATOR, GrantedRole.SECRETARIAT, GrantedRole.FACILITATOR)


def _is_public(ask: Any) -> bool:
    return ask.provision.document.state == DocumentState.PUBLISHED and not ask.is_withdrawn


@rules.predicate
def is_visible(user: Any, record: Any) -> bool:
    """Whether a person may see an ask or an instance of one; the same rule as `visible_to`."""
    return _is_public(getattr(record, "ask", record)) or sees_everything(user)


@rules.predicate
def is_evidence_visible(user: Any, evidence: Any) -> bool:
    """Whether a person may see evidence; the same rule as `visible_to` of its queryset."""
    is_public = (
        evidence.acceptance == Acceptance.ACCEPTED
        and _is_public(evidence.instance.ask)
        and (not evidence.activity_id or evidence.activity.state == ActivityState.PUBLISHED)
        and (not evidence.document_id or evidence.document.state == DocumentState.PUBLISHED)
    )
    if is_public or sees_everything(user):
        return True
    if evidence.asserted_by_id:
        return bool(is_asserting_editor(user, evidence))
    return _is_public(evidence.instance.ask) and bool(is_concerned_editor(user, evidence))


@rules.predicate
def is_answer_visible(user: Any, answer: Any) -> bool:
    """Whether a person may see an answer; the same rule as `visible_to` of its queryset."""
    if answer.state == AnswerState.PUBLISHED and _is_public(answer.instance.ask):
        return True
    return sees_everything(user) or bool(is_answering_editor(user, answer))


@rules.predicate
def is_other_side(user: Any, evidence: Any) -> bool:
    """Whether a person stands on the other side of who brought evidence forward.

    What an organization brought is decided by the secretariat, by nobody who edits for that
    organization; what the secretariat brought by an editor of an organization that is asked, or by
    another person of the secretariat.
    """
    if getattr(user, "actor_key", "") == evidence.asserted_by_key:
        return False
    if evidence.asserted_by_id:
        return bool(is_secretariat(user)) and not is_asserting_editor(user, evidence)
    is_concerned = _is_public(evidence.instance.ask) and is_concerned_editor(user, evidence)
    return bool(is_secretariat(user) or is_concerned)


@rules.predicate
def is_bringing_side(user: Any, evidence: Any) -> bool:
    """Whether a person may take evidence back: the side that brought it, or the secretariat."""
    return bool(is_secretariat(user) or is_asserting_editor(user, evidence))


def own_organizations(user: Any) -> list[str]:
    """List the organizations for which a person may bring evidence and answer."""
    return scopes_of(user, GrantedRole.EDITOR, "organization")


rules.add_perm("asks.see", is_visible)
rules.add_perm("asks.see_evidence", is_evidence_visible)
rules.add_perm("asks.see_answer", is_answer_visible)
rules.add_perm("asks.see_silence", is_of_the_desk)
rules.add_perm("asks.create", is_secretariat)
rules.add_perm("asks.edit", is_secretariat)
rules.add_perm("asks.withdraw", is_secretariat)
rules.add_perm("asks.set_status", is_secretariat)
rules.add_perm("asks.record_condition", is_secretariat)
rules.add_perm("asks.bring_evidence", is_secretariat | is_its_editor)
rules.add_perm("asks.decide_evidence", is_other_side)
rules.add_perm("asks.withdraw_evidence", is_bringing_side)
rules.add_perm("asks.answer", is_secretariat | is_its_editor)
