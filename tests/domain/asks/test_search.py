"""Asks in the index: the public view of each period, found by the words around it."""

from datetime import date
from typing import Any

import pytest

from stocktake.domain.activities.services import withdraw_activity
from stocktake.domain.asks.models import AskInstance
from stocktake.domain.asks.search import DECLARATIONS, documents, published
from stocktake.domain.asks.services import (
    announce_due,
    answer_ask,
    bring_evidence,
    update_ask,
    withdraw_ask,
)
from stocktake.domain.documents.services import withdraw_document
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.services import update_organization
from stocktake.kernel.search import services
from stocktake.kernel.search.folders import Folders
from stocktake.kernel.search.requests import SearchRequest
from stocktake.kernel.search.searcher import search
from stocktake.kernel.search.verification import verify
from tests import factories
from tests.domain.asks import making
from tests.domain.asks.test_queries import queries_of

pytestmark = pytest.mark.django_db


def found(words: str = "", **filters: str) -> list[str]:
    """Search periods after the index has followed the log."""
    services.catch_up()
    wanted = {name: (value,) for name, value in filters.items()}
    return list(search(SearchRequest("ask_instance", text=words, filters=wanted)).ids)


def test_document_tells_words_facets_and_days(bureau: Organization) -> None:
    source = making.document("E/RES/2010/2", date="2010-07-19")
    paragraph = making.provision(source, "para/20", summary=making.text("Asks for a report."))
    ask = making.ask(
        paragraph,
        due_on="2010-12-31",
        elements=[{"element": "wsis-al:C7.health"}],
        addressees=[{"code": "UN-SG"}, {"code": "ITU", "organization": bureau.public_id}],
    )

    [told] = documents(published())

    period = ask.instances.get()
    assert (told.id, told.titles) == (period.public_id, {"en": "Report on the invented work"})
    assert told.facets == {
        "body": {"UN-ECOSOC"},
        "document": {source.public_id},
        "addressee": {"UN-SG", bureau.public_id},
        "force": {"3"},
        "element": {"wsis-al:C7", "wsis-al:C7.health"},
        "due_year": {"2010"},
        "status": {"no_report_received"},
        "nature": {"once"},
        "origin": {"entry"},
    }
    assert (told.sort_date, told.period) == (date(2010, 12, 31), (date(2010, 12, 31),) * 2)
    words = {run.text for run in told.texts}
    assert {"Asks for a report.", "E/RES/2010/2", "Invented bureau", "IB"} <= words
    assert "Secretary-General of the United Nations" in words


def test_documents_take_one_number_of_queries(bureau: Organization) -> None:
    def make() -> None:
        making.ask(
            addressees=[{"organization": bureau.public_id}], elements=[{"element": "wsis-al:C1"}]
        )

    make()
    counts = [queries_of(lambda: list(documents(published())))]
    make()
    make()

    counts.append(queries_of(lambda: list(documents(published()))))

    assert counts[0] == counts[1]


def test_labels_name_the_codes_of_each_facet(bureau: Organization) -> None:
    source = making.document("E/RES/2010/2")
    facets = {facet.name: facet for facet in DECLARATIONS[0].facets}

    def label(name: str, code: str) -> str:
        return facets[name].labels([code], "en")[code]

    assert label("status", "no_report_received") == "No report received"
    assert label("force", "3") == "Requests or directs"
    assert label("document", source.public_id) == "E/RES/2010/2"
    assert label("addressee", bureau.public_id) == "Invented bureau (IB)"
    assert label("addressee", "UN-SG") == "Secretary-General of the United Nations"
    assert label("nature", "once") == "Asked once"


def test_search_hides_withdrawn_asks_and_documents_at_once(store: Folders, system: Any) -> None:
    first, second = making.instance(), making.instance()
    making.instance(making.ask(making.provision(making.document(state="working"))))
    before = found("invented")
    withdraw_ask(system, first.ask, reason="no ask")
    middle = found("invented")
    withdraw_document(system, second.ask.provision.document, reason="another text")

    assert set(before) == {first.public_id, second.public_id}
    assert (middle, found("invented")) == ([second.public_id], [])


def test_search_follows_what_it_borrows(store: Folders, system: Any, bureau: Organization) -> None:
    period = making.instance(addressees=[{"organization": bureau.public_id}], due_on="2010-12-31")
    assert found("bureau", status="no_report_received") == [period.public_id]

    names = making.text("Invented ministry")
    update_organization(system, bureau, {"names": names}, expected_version=bureau.version)
    assert (found("bureau"), found("ministry")) == ([], [period.public_id])
    update_ask(system, period.ask, {"task": making.text("Hold a fair")}, expected_version=1)
    assert found("fair") == [period.public_id]
    making.provision(period.ask.provision.document, summary=making.text("Wants lagoons."))
    assert found("lagoons") == [period.public_id]

    activity = factories.activity()
    values = {"activity": activity.public_id, "acceptance": "accepted"}
    bring_evidence(system, period, values, on_behalf_of=None)
    assert found(status="open") == [period.public_id]
    withdraw_activity(system, activity, reason="entered twice")
    assert found(status="no_report_received") == [period.public_id]
    answer_ask(system, period, bureau, making.text("We did"))
    assert found(status="open") == [period.public_id]
    assert verify(10, seed=1).differences == []


def test_search_shows_silence_from_its_public_day_on(
    store: Folders, system: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = making.day(5)
    period = making.instance(due_on=str(due))
    assert period.silence_public_on is not None
    assert found(status="open") == [period.public_id]

    for day, status in ((making.day(6), "open"), (period.silence_public_on, "no_report_received")):
        monkeypatch.setattr("stocktake.domain.asks.search.timezone.localdate", lambda day=day: day)
        announce_due(system, day)
        assert found(status=status) == [period.public_id]
    assert AskInstance.objects.get().status == "open"
