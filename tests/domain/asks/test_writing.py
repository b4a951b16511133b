"""Entering, editing and withdrawing asks: happy, denied, refused, and what the log tells."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.services import create_asks, update_ask, values_of, withdraw_ask
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from tests.domain.asks import making

pytestmark = pytest.mark.django_db


def row(**values: Any) -> dict[str, Any]:
    """Write the values of an ask of a paragraph of its own."""
    told = {"lemma": "invite", "force": 1, "task": making.text("Share invented experience")}
    return {"provision": making.provision().public_id, **told, **values}


def periods_of(ask: Ask) -> list[tuple[str, date | None, str]]:
    """Give name, due date and status of each period."""
    return [(each.period, each.due_on, each.status) for each in ask.instances.order_by("pk")]


def told_of(kind: str, public_id: str) -> list[tuple[str, dict[str, Any]]]:
    """Give verb and new values of each entry about a record, oldest first."""
    return [
        (change.verb, {field.field: field.after for field in history.diff(change)})
        for change in reversed(history.changes_of(kind, public_id))
    ]


def test_create_asks_with_everything_keeps_and_tells_it(anna: Any, bureau: Organization) -> None:
    told = row(
        position=2,
        due_on="2010-12-31",
        due_as_written="before the end of 2010",
        report_to=["CSTD"],
        through=["UN-ECOSOC"],
        addressees=[
            {"code": "UN-SG", "raw": "the Secretary-General"},
            {"organization": bureau.public_id, "qualifier": "within its mandate"},
        ],
        elements=[{"element": "wsis-al:C1"}, {"element": "wsis-al:C1", "is_suggested": True}],
    )

    [ask] = create_asks(anna, [told], note="typed in")

    found = values_of(Ask.objects.with_links().get(pk=ask.pk))
    assert found == {
        "provision": told["provision"],
        "position": 2,
        "task": told["task"],
        "condition": {},
        "lemma": "invite",
        "force": 1,
        "nature": "once",
        "recurrence": "",
        "recurrence_as_written": "",
        "due_on": "2010-12-31",
        "due_as_written": "before the end of 2010",
        "due_session": "",
        "condition_met_on": None,
        "condition_source_name": "",
        "condition_source_url": "",
        "report_to": ["CSTD"],
        "through": ["UN-ECOSOC"],
        "superseded_by": "",
        "is_invented": False,
        "is_withdrawn": False,
        "addressees": [
            {"code": "UN-SG", "organization": "", "raw": "the Secretary-General", "qualifier": ""},
            {
                "code": "",
                "organization": bureau.public_id,
                "raw": "",
                "qualifier": "within its mandate",
            },
        ],
        "elements": [{"element": "wsis-al:C1", "is_suggested": False}],
    }
    assert periods_of(ask) == [("", date(2010, 12, 31), "open")]
    [(verb, logged)] = told_of("ask", ask.public_id)
    assert (verb, logged["due_on"], logged["elements"]) == (
        "create",
        "2010-12-31",
        [{"element": "wsis-al:C1", "is_suggested": False}],
    )
    [(verb, logged)] = told_of("ask_instance", ask.instances.get().public_id)
    assert (verb, logged["ask"], logged["due_on"], logged["silence_public_on"]) == (
        "create",
        ask.public_id,
        "2010-12-31",
        "2011-06-29",
    )


def test_create_asks_by_somebody_else_is_denied(bilal: Any, clara: Any) -> None:
    told = row()

    for person in (bilal, clara):
        with pytest.raises(PermissionDenied):
            create_asks(person, [told])

    assert not Ask.objects.exists()


def test_create_asks_with_faults_names_all_and_writes_nothing(anna: Any) -> None:
    faulty = row(
        force=0,
        task={},
        recurrence="yearly",
        due_on="2010-02-30",
        report_to=["NOBODY"],
        addressees=[{"code": "NOBODY"}, {}],
        colour="red",
    )

    with pytest.raises(ValidationError) as caught:
        create_asks(anna, [row(), faulty])

    names = {"force", "task", "recurrence", "due_on", "report_to", "addressees", "colour"}
    assert set(caught.value.message_dict) == names
    assert not Ask.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"elements": [{"element": "wsis-al:C99"}]}, "elements"),
        ({"addressees": [{"organization": "O-NOBODY"}]}, "addressees"),
        ({"provision": "P-NOWHERE"}, "provision"),
        ({"superseded_by": "Q-NOTHING"}, "superseded_by"),
        ({"nature": "recurring"}, "recurrence"),
        ({"recurrence": "P1Y"}, "recurrence"),
        ({"nature": "recurring", "recurrence": "P900Y"}, "recurrence"),
        ({"condition_source_url": "javascript:alert(1)"}, "condition_source_url"),
        ({"instances": [{"period": "2011"}, {"period": "2011"}]}, "instances"),
        ({"instances": [{"period": "2011", "due_on": "soon"}]}, "instances"),
    ],
)
def test_create_asks_with_what_cannot_be_is_refused(
    anna: Any, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        create_asks(anna, [row(**values)])

    assert list(caught.value.message_dict) == [field]
    assert not Ask.objects.exists()


def test_create_asks_standing_norm_has_a_period_without_status(anna: Any) -> None:
    [ask] = create_asks(anna, [row(nature="standing")])

    assert periods_of(ask) == [("", None, "")]


def test_create_asks_with_condition_sleeps(anna: Any) -> None:
    condition = making.text("Should the invented mandate be extended")

    [ask] = create_asks(anna, [row(condition=condition, nature="recurring", recurrence="P1Y")])

    assert periods_of(ask) == [("", None, "sleeping")]


def test_create_asks_by_a_session_is_due_when_the_calendar_knows_it(anna: Any) -> None:
    asks = create_asks(anna, [row(due_session="A/66"), row(due_session="WHA/64")])

    assert [periods_of(ask) for ask in asks] == [
        [("", date(2011, 9, 30), "open")],
        [("", None, "open")],
    ]


def test_create_asks_recurring_gets_periods_up_to_the_current_one(anna: Any) -> None:
    first = making.day(-400)

    [ask] = create_asks(anna, [row(nature="recurring", recurrence="P1Y", due_on=str(first))])

    found = list(ask.instances.order_by("due_on"))
    years = [first.year, first.year + 1, first.year + 2]
    assert [each.period for each in found] == [str(year) for year in years]
    assert [each.due_on for each in found] == [first.replace(year=year) for year in years]
    assert found[2].starts_on == found[1].due_on
    assert str(found[1].due_on) < str(making.day(0)) <= str(found[2].due_on)


def test_create_asks_recurring_without_due_date_counts_from_its_document(anna: Any) -> None:
    began = making.day(-30)
    source = making.document(date=str(began))
    values = {"provision": making.provision(source).public_id, "nature": "recurring"}

    [ask] = create_asks(anna, [row(**values, recurrence="P1Y")])

    [period] = ask.instances.all()
    assert period.due_on == began.replace(year=began.year + 1)
    assert period.starts_on == began


def test_create_asks_with_stated_periods_has_these_alone(anna: Any) -> None:
    stated = [{"period": "2011", "due_on": "2011-05-27"}, {"period": "2012"}]

    [ask] = create_asks(
        anna, [row(nature="recurring", recurrence="P1Y", instances=stated)], public_ids=["Q-TEST"]
    )

    assert ask.public_id == "Q-TEST"
    assert periods_of(ask) == [("2011", date(2011, 5, 27), "open"), ("2012", None, "open")]


def test_create_asks_takes_the_same_queries_for_one_and_three(anna: Any) -> None:
    rows = [row(elements=[{"element": "wsis-al:C1"}]) for _ in range(4)]
    counts = []
    for some in (rows[:1], rows[1:]):
        with CaptureQueriesContext(connection) as seen:
            create_asks(anna, some)
        counts.append(sum(not each["sql"].startswith("INSERT") for each in seen))

    assert counts[0] == counts[1]


def test_update_ask_moves_the_date_of_its_period_and_tells_both(anna: Any) -> None:
    ask = making.ask(due_on="2010-12-31")

    changed = update_ask(
        anna, ask, {"due_on": "2011-05-27", "force": 3}, expected_version=1, note="misread"
    )

    assert (changed.version, changed.due_on) == (2, date(2011, 5, 27))
    period = ask.instances.get()
    assert (period.due_on, period.silence_public_on) == (date(2011, 5, 27), date(2011, 11, 23))
    assert told_of("ask", ask.public_id)[1:] == [("update", {"due_on": "2011-05-27"})]
    [(verb, logged)] = told_of("ask_instance", period.public_id)[1:]
    assert (verb, logged["due_on"]) == ("update", "2011-05-27")


def test_update_ask_replaces_links_and_leaves_others(anna: Any, bureau: Organization) -> None:
    ask = making.ask(elements=[{"element": "wsis-al:C1"}])
    to = [{"organization": bureau.public_id}]

    update_ask(anna, ask, {"addressees": to}, expected_version=None)

    found = values_of(Ask.objects.with_links().get(pk=ask.pk))
    assert [each["organization"] for each in found["addressees"]] == [bureau.public_id]
    assert [each["element"] for each in found["elements"]] == ["wsis-al:C1"]


def test_update_ask_without_difference_writes_nothing(anna: Any) -> None:
    ask = making.ask()
    number = history.head()

    same = update_ask(anna, ask, values_without_provision(ask), expected_version=1)

    assert (same.version, history.head()) == (1, number)


def values_without_provision(ask: Ask) -> dict[str, Any]:
    """Give all values of an ask that may be edited."""
    values = values_of(Ask.objects.with_links().get(pk=ask.pk))
    return {name: value for name, value in values.items() if name != "provision"}


def test_update_ask_denied_stale_or_wrong_writes_nothing(anna: Any, clara: Any) -> None:
    ask = making.ask()

    with pytest.raises(PermissionDenied):
        update_ask(clara, ask, {"force": 4}, expected_version=1)
    with pytest.raises(StaleVersion):
        update_ask(anna, ask, {"force": 4}, expected_version=7)
    for changes in ({"force": 9}, {"provision": "P-1"}, {"superseded_by": ask.public_id}):
        with pytest.raises(ValidationError):
            update_ask(anna, ask, changes, expected_version=1)

    assert Ask.objects.get(pk=ask.pk).version == 1


def test_update_ask_to_a_norm_takes_the_status_away(anna: Any) -> None:
    ask = making.ask()

    update_ask(anna, ask, {"nature": "standing"}, expected_version=1)
    norm = periods_of(ask)
    update_ask(anna, ask, {"nature": "once"}, expected_version=2)

    assert (norm, periods_of(ask)) == ([("", None, "")], [("", None, "open")])


def test_withdraw_ask_hides_it_with_a_reason(anna: Any, clara: Any) -> None:
    ask = making.ask()

    with pytest.raises(PermissionDenied):
        withdraw_ask(clara, ask, reason="no ask")
    with pytest.raises(ValidationError):
        withdraw_ask(anna, ask, reason=" ")
    withdraw_ask(anna, ask, reason="reported speech")

    assert not Ask.objects.published().filter(pk=ask.pk).exists()
    newest = history.changes_of("ask", ask.public_id)[0]
    assert (history.note_of(newest), newest.verb) == ("reported speech", "update")
