"""Reading the ledger: what is shown as status, silence, orphans, follow-up, due dates."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stocktake.domain.asks.choices import SHOWN, AskStatus
from stocktake.domain.asks.models import AskInstance
from stocktake.domain.asks.queries import (
    answers_of,
    ask_visible_to,
    asks_of,
    due_dates,
    evidence_of,
    follow_up,
    instance_visible_to,
    instances_in_order,
    orphans,
    shown_addressees,
    shown_status,
    silences,
    standing,
)
from stocktake.domain.asks.services import (
    StatusSource,
    answer_ask,
    bring_evidence,
    set_status,
    withdraw_ask,
)
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import withdraw_document, write_lineage
from stocktake.domain.stakeholders.models import Organization
from tests import factories
from tests.domain.asks import making

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
DUE = date(2011, 5, 27)
PUBLIC = DUE + timedelta(days=180)


def queries_of(do: Callable[[], object]) -> int:
    """Do something and say how many queries it took."""
    with CaptureQueriesContext(connection) as seen:
        do()
    return len(seen)


def accepted(period: AskInstance, **values: Any) -> None:
    """Bring accepted evidence for a period."""
    told = {"title": making.text("Report"), "url": "https://example.org/report"}
    bring_evidence(
        making.SYSTEM, period, {**told, "acceptance": "accepted", **values}, on_behalf_of=None
    )


@pytest.mark.parametrize(
    ("today", "is_desk", "shown", "is_private"),
    [
        (DUE, True, "open", False),
        (DUE + timedelta(days=1), True, "no_report_received", True),
        (DUE + timedelta(days=1), False, "open", False),
        (PUBLIC - timedelta(days=1), False, "open", False),
        (PUBLIC, False, "no_report_received", False),
        (PUBLIC, True, "no_report_received", False),
    ],
)
def test_standing_silence_is_for_the_desk_until_its_day(
    today: date, is_desk: bool, shown: str, is_private: bool
) -> None:
    period = making.instance(due_on=str(DUE))

    found = standing(period, today=today, is_desk=is_desk)

    assert (found.shown, found.is_private) == (shown, is_private)
    assert found.public_on == (PUBLIC if shown == "no_report_received" else None)


def test_standing_with_evidence_answer_or_another_status_is_no_silence(
    bureau: Organization,
) -> None:
    periods = [
        making.instance(due_on=str(DUE), addressees=[{"organization": bureau.public_id}])
        for _ in range(4)
    ]
    accepted(periods[0])
    answer_ask(making.SYSTEM, periods[1], bureau, making.text("We did"))
    source = StatusSource(name="Report")
    for period, status in ((periods[2], "lapsed"), (periods[3], "acknowledged")):
        set_status(making.SYSTEM, period, status, source=source, expected_version=1)

    rows = AskInstance.objects.with_rows().order_by("pk")
    shown = [standing(row, today=PUBLIC, is_desk=False).shown for row in rows]
    plain = [
        standing(row, today=PUBLIC, is_desk=False).shown
        for row in AskInstance.objects.order_by("pk")
    ]

    assert shown == plain == ["open", "open", "lapsed", "no_report_received"]


def test_standing_norms_and_what_sleeps_are_never_silent() -> None:
    norm = making.instance(nature="standing", due_on=str(DUE))
    asleep = making.instance(due_on=str(DUE), condition=making.text("Should it be extended"))
    undated = making.instance()

    shown = [standing(each, today=PUBLIC, is_desk=True).shown for each in (norm, asleep, undated)]

    assert shown == ["standing", "sleeping", "open"]


def test_shown_status_asks_who_looks(anna: Any, bilal: Any) -> None:
    period = making.instance(due_on=str(DUE))
    day = DUE + timedelta(days=1)

    shown = [shown_status(period, person, day) for person in (anna, bilal, NOBODY)]

    assert shown == ["no_report_received", "open", "open"]


def test_words_of_every_status_say_nothing_of_not_done() -> None:
    words = {code: str(label).lower() for code, label in SHOWN.items()}

    assert set(words) == {*AskStatus.values, "standing", "no_report_received"}
    assert not [word for word in words.values() if word.startswith("not ")]


def test_silences_are_for_the_desk_until_their_day(anna: Any, bilal: Any) -> None:
    late, early = making.instance(due_on=str(DUE)), making.instance(due_on="2010-12-31")
    accepted(making.instance(due_on=str(DUE)))
    making.ask(nature="standing", due_on=str(DUE))
    hidden = making.ask(due_on=str(DUE))
    withdraw_ask(making.SYSTEM, hidden, reason="no ask")
    day = DUE + timedelta(days=60)

    assert list(silences(anna, day)) == [early, late]
    assert list(silences(bilal, day)) == list(silences(NOBODY, day)) == [early]
    assert list(silences(NOBODY, PUBLIC)) == [early, late]


def test_instances_in_order_take_one_number_of_queries(anna: Any, bureau: Organization) -> None:
    made = []
    for number in range(4):
        period = making.instance(
            addressees=[{"organization": bureau.public_id}, {"code": "UN-SG"}],
            elements=[{"element": "wsis-al:C1"}],
        )
        accepted(period, paragraph=str(number))
        made.append(period.public_id)

    def read(some: list[str]) -> list[AskInstance]:
        rows = instances_in_order(anna, some)
        for row in rows:
            assert row.ask.provision.document.symbol
            assert row.ask.provision.path
            assert shown_addressees(row.ask, "en")
            assert [link.element.public_id for link in row.ask.ask_elements.all()]
            assert standing(row, today=PUBLIC, is_desk=False)
        return rows

    counts = [queries_of(partial(read, some)) for some in (made[:1], made[1:])]

    assert counts[0] == counts[1]
    rows = read([made[2], made[0], "L-NOTHING"])
    assert [row.public_id for row in rows] == [made[2], made[0]]
    counts_seen = {(row.evidence_count, row.answer_count) for row in rows}
    assert counts_seen == {(1, 0)}


def test_rows_of_hidden_asks_are_for_the_secretariat_alone(anna: Any, bilal: Any) -> None:
    working = making.instance(making.ask(making.provision(making.document(state="working"))))
    ask, ids = working.ask, [working.public_id]

    for person, count in ((anna, 1), (bilal, 0), (NOBODY, 0)):
        assert len(instances_in_order(person, ids)) == count
        assert (instance_visible_to(person, working.public_id) is not None) == bool(count)
        assert (ask_visible_to(person, ask.public_id) is not None) == bool(count)
        assert len(asks_of(ask.provision, person)) == count
        assert len(asks_of(ask.provision.document, person)) == count
        assert len(follow_up([ask.provision.document], person)) == count


def test_shown_addressees_hide_organizations_that_are_not_public(bureau: Organization) -> None:
    draft = factories.organization("Secret bureau", state="draft")
    ask = making.ask(
        addressees=[
            {"organization": bureau.public_id, "qualifier": "in its mandate"},
            {"code": "UN-SG", "organization": draft.public_id},
            {"organization": draft.public_id},
            {"raw": "those concerned"},
        ]
    )

    shown = shown_addressees(ask, "en")

    assert [(each.label, each.organization, each.qualifier) for each in shown] == [
        ("Invented bureau", bureau.public_id, "in its mandate"),
        ("Secretary-General of the United Nations", "", ""),
        ("those concerned", "", ""),
    ]


def test_due_dates_are_those_within_the_days() -> None:
    periods = [making.instance(due_on=f"2011-05-{day}") for day in (26, 28, 27)]
    making.ask(nature="standing", due_on="2011-05-27")

    found = due_dates(NOBODY, date(2011, 5, 27), date(2011, 5, 28))

    assert list(found) == [periods[2], periods[1]]


def test_evidence_and_answers_of_a_period_are_those_somebody_may_see(
    anna: Any, bureau: Organization
) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}])
    accepted(period)
    values = {"title": making.text("Second report"), "url": "https://example.org/2"}
    bring_evidence(anna, period, values, on_behalf_of=None)
    answer_ask(anna, period, bureau, making.text("We did"))

    assert [evidence_of(period, person).count() for person in (anna, NOBODY)] == [2, 1]
    assert [answers_of(period, person).count() for person in (anna, NOBODY)] == [1, 1]


def test_follow_up_tells_each_paragraph_in_one_number_of_queries(
    anna: Any, bureau: Organization
) -> None:
    def filled(count: int) -> Document:
        source = making.document()
        for number in range(1, count + 1):
            paragraph = making.provision(source, f"para/{number}", position=number)
            period = making.instance(
                making.ask(
                    paragraph, due_on=str(DUE), addressees=[{"organization": bureau.public_id}]
                )
            )
            accepted(period)
            answer_ask(making.SYSTEM, period, bureau, making.text("We did"))
        return source

    one, three = filled(1), filled(3)
    quiet = making.provision(three, "para/9", position=9)

    def read(documents: list[Document]) -> list[Any]:
        told = follow_up(documents, anna, today=PUBLIC)
        for each in told:
            for provision in each.provisions:
                for asked in provision.asks:
                    assert asked.ask.provision.path
                    assert shown_addressees(asked.ask, "en")
                    for period in asked.periods:
                        assert [str(found.title) for found in period.evidence] == ["Report"]
                        assert [found.organization for found in period.answers] == [bureau]
        return told

    counts = [queries_of(partial(read, some)) for some in ([one], [one, three])]
    [told] = read([three])

    assert counts[0] == counts[1]
    assert [each.provision.path for each in told.provisions] == [
        *("para/1", "para/2", "para/3"),
        quiet.path,
    ]
    assert [len(each.asks) for each in told.provisions] == [1, 1, 1, 0]
    assert told.provisions[0].asks[0].periods[0].standing.shown == "open"


def line() -> tuple[Document, Document]:
    """Make two texts of one line; the second goes on with paragraphs 1 and 3 alone."""
    earlier = making.document("E/RES/2010/2", date="2010-07-19")
    later = making.document("E/RES/2011/16", date="2011-07-26", previous=earlier.public_id)
    for path in ("para/1", "para/2", "para/3"):
        making.provision(earlier, path)
    for path in ("para/1", "para/3"):
        making.provision(later, path)
    rows = [
        {"earlier": path, "later": path, "relation": "reworded"} for path in ("para/1", "para/3")
    ]
    write_lineage(making.SYSTEM, later, rows)
    return earlier, later


def test_orphans_are_asks_that_the_next_text_dropped_without_a_report() -> None:
    earlier, later = line()
    old = {each.path: each for each in earlier.provisions.all()}
    new = {each.path: each for each in later.provisions.all()}
    goes_on = making.ask(old["para/1"])
    making.ask(new["para/1"])
    dropped, reported, norm = (
        making.ask(old["para/2"]),
        making.ask(old["para/2"]),
        making.ask(old["para/2"], nature="standing"),
    )
    accepted(reported.instances.get())
    silenced = making.ask(old["para/3"])

    found = list(orphans(NOBODY))

    assert found == [dropped, silenced]
    assert not {goes_on, reported, norm} & set(found)
    making.ask(making.provision(later, "para/3/a", role="task", parent="para/3"))
    assert list(orphans(NOBODY)) == [dropped]


def test_orphans_need_a_next_text_that_is_aligned(system: Any) -> None:
    source = making.document("E/RES/2010/2", date="2010-07-19")
    ask, other = (making.ask(making.provision(source, path)) for path in ("para/1", "para/2"))
    alone = list(orphans(NOBODY))
    later = making.document("E/RES/2011/16", previous=source.public_id)
    making.provision(later, "para/2")
    unaligned = list(orphans(NOBODY))
    rows = [{"earlier": "para/2", "later": "para/2", "relation": "unchanged"}]
    write_lineage(system, later, rows)

    assert (alone, unaligned) == ([], [])
    assert list(orphans(NOBODY)) == [ask, other]
    withdraw_document(system, later, reason="another text")
    assert list(orphans(NOBODY)) == []


def test_orphans_take_one_number_of_queries() -> None:
    earlier, _later = line()
    old = {each.path: each for each in earlier.provisions.all()}
    making.ask(old["para/2"])
    counts = [queries_of(lambda: list(orphans(NOBODY)))]
    making.ask(old["para/2"])
    making.ask(old["para/3"])

    counts.append(queries_of(lambda: list(orphans(NOBODY))))

    assert counts[0] == counts[1]


def test_periods_come_in_their_order_also_where_one_has_no_due_date(db: None) -> None:
    made = factories.ask(
        nature="recurring",
        recurrence="P1Y",
        instances=[
            {"period": "2013"},
            {"period": "2012", "due_on": "2012-05-25"},
            {"period": "2011", "due_on": "2011-05-27"},
        ],
    )

    found = ask_visible_to(None, made.public_id)

    assert found is not None
    assert [each.period for each in found.instances.all()] == ["2011", "2012", "2013"]
