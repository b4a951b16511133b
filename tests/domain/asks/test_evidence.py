"""Evidence: brought by one side, decided by the other, taken back; each refusal a sentence."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.models import Evidence
from stocktake.domain.asks.queries import standing
from stocktake.domain.asks.services import (
    StatusSource,
    bring_evidence,
    decide_evidence,
    set_status,
    withdraw_ask,
    withdraw_evidence,
)
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.errors import Conflict, StaleVersion
from stocktake.kernel.history import queries as history
from tests import factories
from tests.domain.asks import making

pytestmark = pytest.mark.django_db


def source(**values: Any) -> dict[str, Any]:
    """Write the values of a source by name and address."""
    told = {"title": making.text("Invented report"), "url": "https://example.org/report"}
    return {**told, **values}


def to_bureau(bureau: Organization, **values: Any) -> Any:
    """Make a period of an ask that names the bureau."""
    return making.instance(addressees=[{"organization": bureau.public_id}], **values)


def test_bring_evidence_for_an_organization_is_proposed_and_told(
    clara: Any, bureau: Organization
) -> None:
    period = making.instance()
    activity = factories.activity(owner=bureau)
    values = {"activity": activity.public_id, "dated": "2011-03", "claims": "reported_done"}

    evidence = bring_evidence(clara, period, values, on_behalf_of=bureau)

    assert (evidence.acceptance, evidence.evidence_kind) == ("proposed", "activity")
    assert (evidence.asserted_by, evidence.asserted_by_key) == (bureau, clara.actor_key)
    [change] = history.changes_of("evidence", evidence.public_id)
    assert (change.verb, change.actor_key) == ("propose", clara.actor_key)
    assert {told.field: told.after for told in history.diff(change)} == {
        "instance": period.public_id,
        "evidence_kind": "activity",
        **values,
        "asserted_by": bureau.public_id,
        "acceptance": "proposed",
    }
    assert not Evidence.objects.published().exists()


def test_bring_evidence_by_a_symbol_finds_the_document(anna: Any) -> None:
    period, report = making.instance(), making.document("A/66/64", type="report")

    evidence = bring_evidence(anna, period, {"document": "a/66/64"}, on_behalf_of=None)

    assert (evidence.document, evidence.evidence_kind) == (report, "document")


def test_bring_evidence_for_another_organization_or_none_is_denied(
    clara: Any, bilal: Any, bureau: Organization
) -> None:
    period, other = making.instance(), factories.organization()

    for person, organization in ((clara, other), (clara, None), (bilal, bureau)):
        with pytest.raises(PermissionDenied):
            bring_evidence(person, period, source(), on_behalf_of=organization)
    with pytest.raises(PermissionDenied):
        accepted = source(acceptance="accepted")
        bring_evidence(clara, period, accepted, on_behalf_of=bureau)

    assert not Evidence.objects.exists()


def test_bring_evidence_for_a_hidden_ask_is_denied(
    system: Any, clara: Any, bureau: Organization
) -> None:
    period = making.instance()
    withdraw_ask(system, period.ask, reason="no ask")
    period.refresh_from_db()

    with pytest.raises(PermissionDenied):
        bring_evidence(clara, period, source(), on_behalf_of=bureau)


def test_bring_evidence_naming_a_hidden_record_says_that_it_is_not_here(
    clara: Any, bureau: Organization
) -> None:
    period = making.instance()
    draft = factories.activity(state="draft")
    making.document("A/66/1", state="working")

    with pytest.raises(ValidationError) as caught:
        values = {"activity": draft.public_id, "document": "A/66/1"}
        bring_evidence(clara, period, values, on_behalf_of=bureau)

    assert set(caught.value.message_dict) == {"activity", "document"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, {"evidence"}),
        ({"url": "https://example.org/report"}, {"title"}),
        ({"url": "javascript:alert(1)", "dated": "soon"}, {"url", "dated"}),
        (source(claims="open"), {"claims"}),
        (source(evidence_kind="activity"), {"evidence_kind"}),
        (source(colour="red", paragraph="1" * 61), {"colour", "paragraph"}),
    ],
)
def test_bring_evidence_with_faults_names_all(
    anna: Any, values: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(ValidationError) as caught:
        bring_evidence(anna, making.instance(), values, on_behalf_of=None)

    assert set(caught.value.message_dict) == fields


def test_bring_evidence_twice_is_a_conflict_until_it_is_withdrawn(anna: Any) -> None:
    period = making.instance()
    first = bring_evidence(anna, period, source(), on_behalf_of=None)

    with pytest.raises(Conflict):
        bring_evidence(anna, period, source(), on_behalf_of=None)
    withdraw_evidence(anna, first, reason="wrong year")

    assert bring_evidence(anna, period, source(), on_behalf_of=None).acceptance == "proposed"


def test_bring_evidence_by_the_system_may_be_accepted(system: Any) -> None:
    period = making.instance(due_on="2011-05-27")
    values = source(acceptance="accepted", claims="reported_done")

    evidence = bring_evidence(system, period, values, on_behalf_of=None)

    assert list(Evidence.objects.published()) == [evidence]


def test_decide_evidence_of_an_organization_is_for_the_secretariat(
    anna: Any, clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = to_bureau(bureau)
    values = source(claims="reported_done")
    evidence = bring_evidence(clara, period, values, on_behalf_of=bureau)

    for person in (clara, bilal):
        with pytest.raises(PermissionDenied):
            decide_evidence(person, evidence, "accepted")
    decided = decide_evidence(anna, evidence, "accepted", set_status=True, expected_version=1)

    assert (decided.acceptance, decided.accepted_by_key) == ("accepted", anna.actor_key)
    period.refresh_from_db()
    assert (period.status, period.status_evidence) == ("reported_done", evidence)
    change = history.changes_of("evidence", evidence.public_id)[0]
    told = {field.field: (field.before, field.after) for field in history.diff(change)}
    assert told["acceptance"] == ("proposed", "accepted")
    assert history.changes_of("ask_instance", period.public_id)[0].verb == "update"


def test_decide_evidence_of_the_secretariat_is_for_who_is_asked_or_a_second_person(
    anna: Any, dora: Any, clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = to_bureau(bureau)
    stranger = factories.user(
        role="editor", scope_kind="organization", scope_id=factories.organization().public_id
    )
    first = bring_evidence(anna, period, source(), on_behalf_of=None)
    second = bring_evidence(anna, period, source(paragraph="7"), on_behalf_of=None)

    for person in (anna, bilal, stranger):
        with pytest.raises(PermissionDenied):
            decide_evidence(person, first, "accepted")

    assert decide_evidence(clara, first, "accepted").acceptance == "accepted"
    assert decide_evidence(dora, second, "accepted").acceptance == "accepted"


def test_decide_evidence_by_the_secretariats_own_editor_of_that_organization_is_denied(
    dora: Any, clara: Any, bureau: Organization
) -> None:
    factories.grant(dora, "editor", "organization", bureau.public_id)
    evidence = bring_evidence(clara, making.instance(), source(), on_behalf_of=bureau)

    with pytest.raises(PermissionDenied):
        decide_evidence(dora, evidence, "accepted")


def test_decide_evidence_that_cannot_be_is_refused(
    anna: Any, clara: Any, bureau: Organization
) -> None:
    evidence = bring_evidence(clara, making.instance(), source(), on_behalf_of=bureau)

    for acceptance, set_it, fields in (
        ("declined", False, {"reason"}),
        ("proposed", False, {"reason", "acceptance"}),
        ("accepted", True, {"set_status"}),
        ("declined", True, {"reason", "set_status"}),
    ):
        with pytest.raises(ValidationError) as caught:
            decide_evidence(anna, evidence, acceptance, set_status=set_it)
        assert set(caught.value.message_dict) == fields
    with pytest.raises(StaleVersion):
        decide_evidence(anna, evidence, "accepted", expected_version=8)

    declined = decide_evidence(anna, evidence, "declined", reason="another year")
    assert (declined.acceptance, declined.reason) == ("declined", "another year")


def test_withdraw_evidence_is_for_the_side_that_brought_it(
    anna: Any, clara: Any, bilal: Any, bureau: Organization
) -> None:
    period = to_bureau(bureau)
    own = bring_evidence(clara, period, source(), on_behalf_of=bureau)
    of_desk = bring_evidence(anna, period, source(paragraph="2"), on_behalf_of=None)

    for person, evidence in ((bilal, own), (clara, of_desk)):
        with pytest.raises(PermissionDenied):
            withdraw_evidence(person, evidence, reason="mistake")
    with pytest.raises(ValidationError):
        withdraw_evidence(clara, own, reason="")
    withdrawn = withdraw_evidence(clara, own, reason="mistake")

    assert withdrawn.acceptance == "withdrawn"
    with pytest.raises(ValidationError):
        decide_evidence(anna, own, "accepted")
    change = history.changes_of("evidence", own.public_id)[0]
    assert [told.field for told in history.diff(change)] == ["acceptance", "reason"]


def test_withdraw_evidence_that_a_status_rests_on_needs_another_status_first(
    anna: Any, clara: Any, bureau: Organization
) -> None:
    period = making.instance()
    values = source(claims="in_progress")
    evidence = bring_evidence(clara, period, values, on_behalf_of=bureau)
    decide_evidence(anna, evidence, "accepted", set_status=True)

    with pytest.raises(ValidationError) as caught:
        withdraw_evidence(clara, evidence, reason="mistake")
    period.refresh_from_db()
    set_status(
        anna,
        period,
        "open",
        source=StatusSource(name="Letter of the bureau"),
        expected_version=period.version,
    )

    assert set(caught.value.message_dict) == {"evidence"}
    assert withdraw_evidence(clara, evidence, reason="mistake").acceptance == "withdrawn"


def test_set_status_by_evidence_takes_accepted_evidence_of_that_period_only(
    anna: Any, clara: Any, bureau: Organization
) -> None:
    period, other = making.instance(), making.instance()
    evidence = bring_evidence(clara, period, source(), on_behalf_of=bureau)
    shown = StatusSource(evidence=evidence)

    for asked in (period, other):
        with pytest.raises(ValidationError) as caught:
            set_status(anna, asked, "reported_done", source=shown, expected_version=1)
        assert set(caught.value.message_dict) == {"source"}
    accepted = StatusSource(evidence=decide_evidence(anna, evidence, "accepted"))
    changed = set_status(anna, period, "reported_done", source=accepted, expected_version=1)

    assert changed.status_evidence == evidence


def test_evidence_from_an_activity_that_is_withdrawn_is_public_no_longer(system: Any) -> None:
    from stocktake.domain.activities.services import withdraw_activity

    period = making.instance(due_on="2011-05-27")
    activity = factories.activity()
    values = {"activity": activity.public_id, "acceptance": "accepted"}
    bring_evidence(system, period, values, on_behalf_of=None)
    before = standing(period, today=date(2026, 1, 1), is_desk=False).shown

    withdraw_activity(system, activity, reason="entered twice")

    after = standing(period, today=date(2026, 1, 1), is_desk=False).shown
    assert (before, after) == ("open", "no_report_received")
