"""The sample of mandates as it stands in the register: documents, asks, evidence, statuses."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.models import Ask, AskInstance, Evidence
from stocktake.domain.asks.services import ensure_instances
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.services import create_document
from stocktake.domain.stakeholders.models import Organization
from stocktake.exchange.sample import load_sample
from stocktake.exchange.sample_documents import (
    document_id,
    load_documents,
    load_sample_documents,
)
from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries as history
from stocktake.kernel.history.models import Change

pytestmark = pytest.mark.django_db


def text(words: str) -> dict[str, Any]:
    """Give words of ours as a text value."""
    return {"original": "en", "values": {"en": words}}


def row(**changes: Any) -> dict[str, Any]:
    """Give a document of our own in the shape of the sample file."""
    ask = {
        "key": "lamps-1-1",
        "lemma": "request",
        "force": 3,
        "task": text("Report on lamps."),
        "addressees": [{"code": "UNESCO"}],
        "nature": "recurring",
        "recurrence": "P1Y",
        "elements": ["wsis-al:C1"],
        "instances": [
            {"period": "2020", "due": "2020-05-01", "status": "reported_done"},
            {"period": "2021"},
        ],
        "evidence": [
            {
                "period": "2020",
                "kind": "report",
                "symbol": "A/74/5",
                "date": "2020-03",
                "claims": "reported_done",
                "source_name": "A/74/5",
            }
        ],
        **changes.pop("ask", {}),
    }
    ask["instances"][0].setdefault("status_source", "A/74/5")
    return {
        "key": "lamps",
        "symbols": ["E/RES/2019/1"],
        "title": text("Care of lamps"),
        "type": "resolution",
        "provisions": [
            {"path": "para/1", "number": "1", "role": "operative", "asks": [ask]},
            {"path": "para/1/a", "number": "1 (a)", "role": "quoted"},
        ],
        **changes,
    }


REPORT = {"key": "report", "symbols": ["A/74/5"], "type": "report", "is_stub": True}


def test_sample_documents_are_loaded_once_with_what_came_of_them(system: System) -> None:
    load_sample(system)

    added = load_sample_documents(system)
    before = history.head()
    again = load_sample_documents(system)
    later = ensure_instances(system, date(2026, 11, 22))

    assert (added, again, later) == (Document.objects.count(), 0, 0)
    assert history.head() == before
    assert Provision.objects.filter(document__symbol="E/RES/2010/2").count() == 50
    yearly = AskInstance.objects.filter(
        ask__provision__path="para/38", ask__provision__document__symbol="E/RES/2010/2"
    ).order_by("period")
    assert [(each.period, each.status, str(each.status_evidence.document)) for each in yearly] == [
        ("2011", "reported_done", "A/66/64"),
        ("2012", "reported_done", "A/67/66"),
        ("2013", "reported_done", "A/68/65"),
    ]


def test_sample_documents_by_others_are_denied(bilal: Any) -> None:
    with pytest.raises(PermissionDenied):
        load_sample_documents(bilal)

    assert not Document.objects.exists()


def test_evidence_of_activities_that_are_not_held_is_left_out(system: System) -> None:
    load_sample_documents(system)

    assert Document.objects.filter(symbol="E/RES/2010/2").exists()
    assert not Evidence.objects.exclude(activity=None).exists()


def test_load_documents_gives_addressees_periods_evidence_and_status(system: System) -> None:
    organization = Organization.objects.get(acronym="UNESCO")

    load_documents(system, [row(), REPORT])

    ask = Ask.objects.get()
    addressee = ask.addressees.get()
    assert (addressee.code, addressee.organization) == ("UNESCO", organization)
    assert [link.element.public_id for link in ask.ask_elements.all()] == ["wsis-al:C1"]
    first, second = ask.instances.order_by("period")
    assert (first.due_on, first.status, first.status_on) == (
        *(date(2020, 5, 1), "reported_done", date(2020, 3, 31)),
    )
    assert (second.period, second.due_on, second.status) == ("2021", None, "open")
    evidence = first.evidence.get()
    assert (str(evidence.document), evidence.acceptance) == ("A/74/5", "accepted")
    quoted = Provision.objects.get(path="para/1/a")
    assert getattr(quoted.parent, "path", "") == "para/1"


def test_load_documents_is_logged_at_every_record(system: System) -> None:
    before, _hash = history.head()

    load_documents(system, [row(), REPORT])

    kinds = Change.objects.filter(number__gt=before).values_list("kind", "verb")
    assert set(kinds) == {
        *(("document", "create"), ("provision", "create"), ("ask", "create")),
        *(("ask_instance", "create"), ("evidence", "propose"), ("ask_instance", "update")),
    }


def test_load_documents_fills_a_stub_and_leaves_what_people_entered(system: System) -> None:
    stub = create_document(system, {"symbols": ["E/RES/2019/1"], "is_stub": True})
    entered = create_document(system, {"symbols": ["A/74/5"], "title": text("Theirs")})

    added = load_documents(system, [row(), REPORT | {"title": text("Ours")}])

    stub.refresh_from_db()
    entered.refresh_from_db()
    assert added == 0
    assert (stub.is_stub, str(stub.title), stub.provisions.count()) == (False, "Care of lamps", 2)
    assert str(entered.title) == "Theirs"


def test_load_documents_with_a_condition_that_is_met_wakes_the_ask(system: System) -> None:
    ask = {
        "condition": text("Only if it rains."),
        "condition_met": {"on": "2020-01-02", "source_name": "A log"},
        "nature": "once",
        "recurrence": "",
        "instances": [{"period": ""}],
        "evidence": [],
    }

    load_documents(system, [row(ask=ask), REPORT])

    assert (Ask.objects.get().condition_met_on, AskInstance.objects.get().status) == (
        *(date(2020, 1, 2), "open"),
    )


def test_load_documents_refuses_a_status_that_no_evidence_shows(system: System) -> None:
    ask = {"evidence": []}

    with pytest.raises(ValidationError, match="no evidence is A/74/5"):
        load_documents(system, [row(ask=ask), REPORT])

    assert not Ask.objects.exists()


def test_a_document_of_the_sample_keeps_its_identifier() -> None:
    assert document_id("e-res-2010-2") == document_id("e-res-2010-2") != document_id("e-res-2009-7")
