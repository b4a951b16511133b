"""The page of an ask, and the forms by which it is followed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.domain.asks.services import answer_ask, bring_evidence
from stocktake.domain.stakeholders.models import Organization
from stocktake.lib.multilingual import Text
from tests import factories
from tests.web.asks.conftest import day
from tests.web.conftest import CANARY, Page

Visit = Callable[..., Page]
Send = Callable[..., Any]


def address(ask: Ask, act: str = "", on: Any = None) -> str:
    path = f"/asks/{ask.public_id}/"
    return f"{path}{act}/{(on or ask).public_id}/" if act else path


def faults(answer: Any) -> list[str]:
    return Page(answer).texts(".faults li")


def evidence_for(ask: Ask, actor: Any, by: Organization | None = None, **values: Any) -> Evidence:
    told = {
        "title": Text.of("en", "A harbour report").to_json(),
        "url": "https://example.org/report",
        "claims": "reported_done",
        **values,
    }
    return bring_evidence(actor, ask.instances.get(), told, on_behalf_of=by)


def test_page_tells_task_force_addressee_due_source_and_history(
    asks: dict[str, Ask], visit: Visit
) -> None:
    page = visit(address(asks["private"]))

    facts = dict(zip(page.texts(".facts dt"), page.texts(".facts div"), strict=True))
    assert page.text("h1") == "Send the tide tables"
    assert facts["Asked of"] == "Asked of Invented bureau (IB)"
    assert facts["Verb and force"] == (
        "Verb and force invites Force 1 of 4: Invites, encourages or recommends"
    )
    assert page.texts(".said .origin a") == ["E/RES/2010/901 , paragraph 7"]
    assert "in our own words" in page.text(".said .origin")
    assert page.texts(".history li")[-1].endswith("Ask entered (the system)")
    assert page.find("link[rel=canonical]")[0].get("href").endswith(address(asks["private"]))
    assert page.find(".acts") == []


def test_silence_is_told_to_the_desk_with_the_day_on_which_it_becomes_public(
    asks: dict[str, Ask], visit: Visit, visit_as: Callable[..., Page], fay: Any
) -> None:
    assert visit(address(asks["private"])).texts(".periods .ask-mark") == ["Open"]
    page = visit_as(fay, address(asks["private"]))

    assert page.texts(".periods .ask-mark") == ["No report received"]
    assert page.text(".periods .notice").startswith("Seen at the desk only; shown to everybody")
    assert visit(address(asks["silent"])).texts(".periods .ask-mark") == ["No report received"]


def test_ask_of_a_working_document_is_not_there_for_the_public(
    visit: Visit, visit_as: Callable[..., Page], anna: Any
) -> None:
    hidden = factories.provision(factories.document(state="working"))
    ask = factories.ask(CANARY, of=hidden)

    assert visit(address(ask)).status == 404
    assert visit_as(anna, address(ask)).text("h1") == CANARY


def test_evidence_is_public_once_accepted(
    asks: dict[str, Ask],
    visit: Visit,
    visit_as: Callable[..., Page],
    send_as: Send,
    anna: Any,
    clara: Any,
    bureau: Organization,
) -> None:
    ask = asks["private"]
    evidence = evidence_for(ask, clara, bureau)
    client_view = visit(address(ask))
    own = visit_as(clara, address(ask))
    assert "A harbour report" not in client_view.source
    assert "Proposed" in own.text(".periods .listing li")

    answer = send_as(anna, address(ask, "decide", evidence), acceptance="accepted", set_status="on")

    period = ask.instances.get()
    assert (answer.status_code, answer.url) == (302, f"{address(ask)}#{period.public_id}")
    page = Page(Client().get(address(ask), HTTP_ACCEPT_LANGUAGE="en"))
    assert page.texts(".periods dd .ask-mark") == ["Reported done"]
    assert page.texts(".periods .listing li > a") == ["A harbour report"]
    assert period.status == "reported_done"


def test_who_brought_evidence_does_not_decide_on_it(
    asks: dict[str, Ask], client: Client, clara: Any, bureau: Organization
) -> None:
    evidence = evidence_for(asks["private"], clara, bureau)
    client.force_login(clara)

    assert client.get(address(asks["private"], "decide", evidence)).status_code == 403


def test_evidence_is_brought_by_title_of_an_activity_and_sent_once(
    asks: dict[str, Ask],
    send_as: Send,
    index: Any,
    clara: Any,
    bureau: Organization,
    client: Client,
) -> None:
    activity = factories.activity("Tide gauges for islands")
    index()
    ask = asks["private"]
    path = address(ask, "evidence", ask.instances.get())

    answer = send_as(clara, path, on_behalf_of=bureau.public_id, activity="tide gauges for islands")
    again = client.post(path, answer.wsgi_request.POST)

    (evidence,) = Evidence.objects.all()
    assert (answer.status_code, again.status_code, again.url) == (302, 302, answer.url)
    assert (evidence.activity, evidence.asserted_by) == (activity, bureau)


def test_evidence_with_several_faults_names_all_of_them(
    asks: dict[str, Ask], send_as: Send, anna: Any
) -> None:
    ask = asks["private"]

    answer = send_as(
        anna,
        address(ask, "evidence", ask.instances.get()),
        document="X/NOTHING/1",
        url="ftp://example.org",
        dated="soon",
    )

    told = faults(answer)
    assert answer.status_code == 422
    assert len(told) == 3
    assert any("X/NOTHING/1" in each for each in told)
    assert any("ftp://example.org" in each for each in told)
    assert not Evidence.objects.exists()


def test_status_without_a_source_is_refused_in_a_sentence(
    asks: dict[str, Ask], send_as: Send, anna: Any
) -> None:
    ask = asks["coming"]

    answer = send_as(anna, address(ask, "status", ask.instances.get()), status="in_progress")

    assert answer.status_code == 422
    assert faults(answer) == [
        "A status changes only with a source: evidence, a document, or a named one."
    ]


def test_status_form_tells_its_own_faults_with_those_of_the_service(
    asks: dict[str, Ask], send_as: Send, anna: Any
) -> None:
    ask = asks["coming"]

    answer = send_as(
        anna, address(ask, "status", ask.instances.get()), status="superseded", on="yesterday",
        document="X/1",
    )  # fmt: skip

    told = faults(answer)
    assert "Day of the status: Write the day as 2010-12-31." in told
    assert any("There is no X/1 here" in each for each in told)
    assert any("Name the ask that takes its place." in each for each in told)


def test_status_from_a_form_that_is_out_of_date_is_refused_and_kept(
    asks: dict[str, Ask], send_as: Send, anna: Any
) -> None:
    ask = asks["coming"]
    instance = ask.instances.get()
    path = address(ask, "status", instance)

    answer = send_as(anna, path, status="in_progress", name="A letter", version="7")

    page = Page(answer)
    assert answer.status_code == 409
    assert page.find("[name=name]")[0].get("value") == "A letter"
    assert page.find("[name=version]")[0].get("value") == "1"
    assert AskInstance.objects.get(pk=instance.pk).status == "open"


def test_status_is_set_with_a_named_source_and_shown_with_it(
    asks: dict[str, Ask], send_as: Send, visit: Visit, anna: Any
) -> None:
    ask = asks["coming"]

    send_as(
        anna,
        address(ask, "status", ask.instances.get()),
        status="in_progress",
        name="A letter of the pilots",
        url="https://example.org/letter",
    )

    page = visit(address(ask))
    assert page.texts(".periods dd .ask-mark") == ["In progress"]
    assert page.links(".periods dd a") == ["https://example.org/letter"]


def test_only_the_secretariat_changes_a_status(
    asks: dict[str, Ask], client: Client, clara: Any
) -> None:
    path = address(asks["coming"], "status", asks["coming"].instances.get())

    stranger = client.get(path)
    assert (stranger.status_code, stranger["Location"]) == (302, f"/accounts/login/?next={path}")
    client.force_login(clara)
    assert client.get(path).status_code == 403


def test_addressee_answers_in_public_changes_and_withdraws_it(
    asks: dict[str, Ask], visit: Visit, send_as: Send, clara: Any, bureau: Organization
) -> None:
    ask = asks["private"]
    send_as(clara, address(ask, "answer", ask.instances.get()), text="We sent them in <b>May</b>.")
    page = visit(address(ask))
    assert page.text(".periods .said p") == "We sent them in <b>May</b>."
    assert page.texts(".periods dd .ask-mark") == ["Open"]
    answer = Answer.objects.get()

    send_as(clara, address(ask, "change-answer", answer), text="We sent them in June.")
    assert Answer.objects.get().text.values == {"en": "We sent them in June."}
    send_as(clara, address(ask, "withdraw-answer", answer), reason="Sent twice")

    page = Page(Client().get(address(ask), HTTP_ACCEPT_LANGUAGE="en"))
    assert "June" not in page.text(".periods")


def test_organization_that_is_not_asked_is_refused_an_answer(
    asks: dict[str, Ask], send_as: Send, visit_as: Callable[..., Page], clara: Any
) -> None:
    ask = asks["silent"]

    answer = send_as(clara, address(ask, "answer", ask.instances.get()), text="We too.")

    assert faults(answer) == ["In the name of: This ask is not addressed to this organization."]
    assert "Answer in public" not in visit_as(clara, address(ask)).text(".periods")


def test_condition_is_recorded_with_its_source_and_wakes_the_ask(
    send_as: Send, visit: Visit, visit_as: Callable[..., Page], anna: Any
) -> None:
    condition = Text.of("en", "If the mandate is prolonged").to_json()
    ask = factories.ask("Convene the pilots", condition=condition)
    assert visit(address(ask)).texts(".periods .ask-mark") == [
        "Sleeping: its condition is not recorded"
    ]
    assert visit_as(anna, address(ask)).texts(".block .acts")[0] == (
        "Record that the condition is met"
    )

    wrong = send_as(anna, address(ask, "condition"), met_on=day(3).isoformat())
    right = send_as(
        anna, address(ask, "condition"), met_on="2010-12-20", source_name="A/RES/65/141"
    )

    assert len(faults(wrong)) == 2
    assert right.status_code == 302
    assert Ask.objects.get(pk=ask.pk).instances.get().status == "open"


def test_evidence_is_taken_back_with_a_reason(
    asks: dict[str, Ask], send_as: Send, clara: Any, bureau: Organization
) -> None:
    evidence = evidence_for(asks["private"], clara, bureau)
    path = address(asks["private"], "withdraw-evidence", evidence)

    without = send_as(clara, path)
    send_as(clara, path, reason="It was the wrong report")

    assert faults(without) == ["Reason: A reason is needed."]
    assert Evidence.objects.get().acceptance == Acceptance.WITHDRAWN


def test_act_on_a_record_of_another_ask_is_not_found(
    asks: dict[str, Ask], client: Client, anna: Any
) -> None:
    client.force_login(anna)
    other = asks["silent"].instances.get()

    for act, on in (("status", other), ("nothing", asks["coming"]), ("condition", other)):
        assert client.get(address(asks["coming"], act, on)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_as_often_for_one_period_as_for_three(
    count: int, visit: Visit, bureau: Organization, system: Any
) -> None:
    periods = [
        {"period": str(2010 + each), "due_on": f"{2010 + each}-05-01"} for each in range(count)
    ]
    ask = factories.ask(
        nature="recurring",
        recurrence="P1Y",
        addressees=[{"organization": bureau.public_id}],
        instances=periods,
    )
    for instance in ask.instances.all():
        told = {
            "title": Text.of("en", "Report").to_json(),
            "url": "https://example.org/r",
            "acceptance": "accepted",
        }
        bring_evidence(system, instance, told, on_behalf_of=bureau)
        answer_ask(system, instance, bureau, Text.of("en", "Done.").to_json())

    with CaptureQueriesContext(connection) as queries:
        page = visit(address(ask))

    assert len(page.find(".periods > li")) == count
    assert len(queries) == 11


def test_orphans_lists_what_the_next_text_dropped(
    visit: Visit, django_assert_num_queries: Any, db: None
) -> None:
    earlier = factories.document("E/RES/2009/930", date="2009-07-24")
    kept, dropped = factories.provision(earlier, "para/1"), factories.provision(earlier, "para/2")
    factories.ask("Kept without lineage", of=kept)
    factories.ask("Dropped in silence", of=dropped)
    later = factories.document("E/RES/2010/930", date="2010-07-19", previous=earlier.public_id)
    following = factories.provision(later, "para/1")
    factories.ask("Goes on", of=following)
    from stocktake.domain.documents.services import write_lineage
    from stocktake.kernel.common.actors import System

    write_lineage(
        System("test"), later, [{"earlier": "para/1", "later": "para/1", "relation": "unchanged"}]
    )

    page = visit("/ledger/orphans/")

    assert page.texts(".asks h2") == ["Dropped in silence"]
    assert page.links(".section-head a") == ["/en/documents/E/RES/2009/930/para/2"]
