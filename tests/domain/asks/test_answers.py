"""Answers: by those who are asked, in public, changed and taken back by them."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.models import Answer
from stocktake.domain.asks.queries import answering_organizations, asked_of
from stocktake.domain.asks.services import answer_ask, update_answer, withdraw_answer
from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from tests import factories
from tests.domain.asks import making

pytestmark = pytest.mark.django_db

TEXT = making.text("We reported in the invented session.")


def test_answer_ask_by_who_is_asked_is_public_and_told(clara: Any, bureau: Organization) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])

    answer = answer_ask(clara, period, bureau, TEXT, answered_on=making.day(-2))

    assert list(Answer.objects.published()) == [answer]
    [change] = history.changes_of("answer", answer.public_id)
    assert (change.verb, change.actor_key) == ("answer", clara.actor_key)
    assert {told.field: told.after for told in history.diff(change)} == {
        "instance": period.public_id,
        "organization": bureau.public_id,
        "text": TEXT,
        "answered_on": str(making.day(-2)),
        "state": "published",
    }


def test_answer_ask_by_the_secretariat_on_behalf_is_possible(
    anna: Any, bureau: Organization
) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])

    assert answer_ask(anna, period, bureau, TEXT).organization == bureau


def test_answer_ask_for_others_or_by_nobody_is_denied(
    clara: Any, bilal: Any, bureau: Organization
) -> None:
    other = factories.organization()
    to = [{"organization": each.public_id} for each in (bureau, other)]
    period = making.instance(addressees=to)

    for person, organization in ((clara, other), (bilal, bureau)):
        with pytest.raises(PermissionDenied):
            answer_ask(person, period, organization, TEXT)

    assert not Answer.objects.exists()


def test_answer_ask_with_faults_names_all(clara: Any, bureau: Organization) -> None:
    period = making.instance()

    with pytest.raises(ValidationError) as caught:
        answer_ask(clara, period, bureau, {}, answered_on=making.day(9))

    assert set(caught.value.message_dict) == {"text", "answered_on", "organization"}


def test_answering_organizations_are_named_members_facilitators_or_of_a_kind() -> None:
    group, member, facilitator, ministry, firm = (
        factories.organization(f"Invented {count}", type=kind)
        for count, kind in enumerate(
            ("international_organization", "other", "other", "government", "private_sector")
        )
    )
    Membership.objects.create(organization=member, group=group)
    Role.objects.create(
        organization=facilitator, role="facilitator", scope_kind="element", scope_id="wsis-al:C1"
    )
    everybody = [each.public_id for each in (group, member, facilitator, ministry, firm)]

    def may_answer(*addressees: dict[str, str], element: str = "") -> list[Organization]:
        elements = [{"element": element}] if element else []
        ask = making.ask(addressees=list(addressees), elements=elements)
        return answering_organizations(ask, everybody)

    assert may_answer({"organization": group.public_id}) == [group, member]
    assert may_answer({"code": "ACTION_LINE_FACILITATORS"}, element="wsis-al:C1") == [facilitator]
    assert may_answer({"code": "ACTION_LINE_FACILITATORS"}, element="wsis-al:C2") == []
    assert may_answer({"code": "ALL_STATES"}) == [ministry]
    assert may_answer({"code": "PRIVATE_SECTOR"}, {"code": "UN-SG"}) == [firm]
    assert len(may_answer({"code": "ALL_STAKEHOLDERS"})) == 5
    assert may_answer({"code": "UN-SG"}) == []
    assert [asked_of(each).count() for each in (group, member, firm)] == [1, 1, 0]


def test_update_answer_changes_the_words_and_tells_both(clara: Any, bureau: Organization) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])
    answer = answer_ask(clara, period, bureau, TEXT)
    other = making.text("We reported twice.")

    changed = update_answer(clara, answer, {"text": other}, expected_version=1)
    same = update_answer(clara, answer, {"text": other}, expected_version=2)

    assert (changed.version, same.version) == (2, 2)
    change = history.changes_of("answer", answer.public_id)[0]
    [told] = history.diff(change)
    assert (told.field, told.before, told.after) == ("text", TEXT, other)


def test_update_answer_denied_stale_or_wrong_writes_nothing(
    clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])
    answer = answer_ask(clara, period, bureau, TEXT)

    with pytest.raises(PermissionDenied):
        update_answer(bilal, answer, {"text": TEXT}, expected_version=1)
    with pytest.raises(StaleVersion):
        update_answer(clara, answer, {"text": TEXT}, expected_version=4)
    wrong: list[dict[str, Any]] = [{"text": {}}, {"state": "gone"}, {"organization": "O-1"}]
    for changes in wrong:
        with pytest.raises(ValidationError):
            update_answer(clara, answer, changes, expected_version=1)

    assert Answer.objects.get().version == 1


def test_withdraw_answer_hides_it_from_the_public_and_not_from_its_side(
    clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])
    answer = answer_ask(clara, period, bureau, TEXT)

    with pytest.raises(PermissionDenied):
        withdraw_answer(bilal, answer, reason="mistake")
    with pytest.raises(ValidationError):
        withdraw_answer(clara, answer, reason="")
    withdraw_answer(clara, answer, reason="mistake")

    assert not Answer.objects.visible_to(bilal).exists()
    assert list(Answer.objects.visible_to(clara)) == [answer]
    assert history.note_of(history.changes_of("answer", answer.public_id)[0]) == "mistake"
