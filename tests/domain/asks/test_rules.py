"""Who sees what: the rule for one record and the queryset agree everywhere."""

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.domain.asks.services import (
    answer_ask,
    bring_evidence,
    decide_evidence,
    withdraw_answer,
    withdraw_ask,
    withdraw_evidence,
)
from stocktake.domain.stakeholders.models import Membership, Organization
from stocktake.kernel.common.actors import System
from stocktake.kernel.common.permissions import is_allowed
from tests import factories
from tests.domain.asks import making

pytestmark = pytest.mark.django_db


def everything(owners: list[Organization]) -> None:
    """Make asks of public, working and withdrawn documents, with evidence and answers."""
    system, other = System("test"), System("other")
    draft = factories.activity(state="draft")
    states = (("published", False), ("published", True), ("working", False))
    for (state, is_withdrawn), to in itertools.product(states, owners):
        source = making.document(state=state)
        period = making.instance(
            making.ask(making.provision(source), addressees=[{"organization": to.public_id}])
        )
        brought = [(None, number) for number in range(5)] + [(owners[0], 0), (owners[0], 1)]
        for organization, number in brought:
            values = {"title": making.text("Report"), "url": f"https://example.org/{number}"}
            if number == 4:
                values = {"activity": draft.public_id}
            values["paragraph"] = organization.public_id if organization else ""
            evidence = bring_evidence(system, period, values, on_behalf_of=organization)
            if number in (1, 4):
                decide_evidence(other, evidence, "accepted")
            elif number == 2:
                decide_evidence(other, evidence, "declined", reason="another year")
            elif number == 3:
                withdraw_evidence(system, evidence, reason="mistake")
        answer_ask(system, period, to, making.text("Shown"))
        hidden = answer_ask(system, period, to, making.text("Hidden"))
        withdraw_answer(system, hidden, reason="mistake")
        if is_withdrawn:
            withdraw_ask(system, period.ask, reason="no ask")


def people(owners: list[Organization], member: Organization) -> list[Any]:
    """Make a person of each right, and editors of an organization and of a member of a group."""
    found: list[Any] = [AnonymousUser(), factories.user()]
    for role in ("secretariat", "facilitator", "editor"):
        found.append(factories.user(role=role))
    for scope in (owners[0], member):
        of = {"scope_kind": "organization", "scope_id": scope.public_id}
        found.append(factories.user(role="editor", **of))
    return found


def test_visible_to_and_the_rules_for_one_record_agree() -> None:
    owners = [factories.organization(), factories.organization()]
    member = factories.organization()
    Membership.objects.create(organization=member, group=owners[1])
    everything(owners)

    for person in people(owners, member):
        for model, permission, related in (
            (Ask, "asks.see", "provision__document"),
            (AskInstance, "asks.see", "ask__provision__document"),
            (Evidence, "asks.see_evidence", "instance__ask__provision__document"),
            (Answer, "asks.see_answer", "instance__ask__provision__document"),
        ):
            rows = model.objects.select_related(related)
            by_queryset = set(model.objects.visible_to(person))
            by_rule = {each for each in rows if is_allowed(person, permission, each)}
            assert by_queryset == by_rule, (person, model)
            assert by_queryset >= set(model.objects.published())
    nobody = AnonymousUser()
    for model in (Ask, AskInstance, Evidence, Answer):
        assert set(model.objects.visible_to(nobody)) == set(model.objects.published())


def test_evidence_is_seen_by_those_who_are_to_accept_it(
    anna: Any, clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])
    values = {"title": making.text("Report"), "url": "https://example.org"}
    evidence = bring_evidence(anna, period, values, on_behalf_of=None)

    assert list(Evidence.objects.visible_to(clara)) == [evidence]
    assert not Evidence.objects.visible_to(bilal).exists()


def test_silence_is_told_to_the_desk_alone(anna: Any, clara: Any, bilal: Any) -> None:
    facilitator = factories.user(role="facilitator")

    told = [is_allowed(person, "asks.see_silence") for person in (anna, facilitator, clara, bilal)]

    assert told == [True, True, False, False]
