"""Asks of several documents, people who may act on them, and a signed-in reader of pages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from stocktake.domain.asks.models import Ask
from stocktake.domain.stakeholders.models import Organization
from tests import factories
from tests.web.conftest import Page


def day(offset: int) -> date:
    """The day some days from today."""
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def bureau(db: None) -> Organization:
    """An organization that is asked."""
    return factories.organization("Invented bureau", acronym="IB")


@pytest.fixture
def clara(bureau: Organization) -> Any:
    """Clara, who edits for the bureau."""
    return factories.user(role="editor", scope_kind="organization", scope_id=bureau.public_id)


@pytest.fixture
def fay(db: None) -> Any:
    """Fay, a facilitator, who is of the desk."""
    return factories.user(role="facilitator")


@pytest.fixture
def asks(bureau: Organization) -> dict[str, Ask]:
    """Four asks of two documents: silent in public, silent at the desk, to come, standing."""
    first = factories.document("E/RES/2010/901")
    second = factories.document("A/RES/65/901", body="UN-GA")
    one, other = factories.provision(first, "para/4"), factories.provision(first, "para/7")
    named = [{"organization": bureau.public_id}]
    return {
        "silent": factories.ask("Open the harbour register", of=one, due_on=day(-400).isoformat()),
        "private": factories.ask(
            "Send the tide tables",
            of=other,
            due_on=day(-20).isoformat(),
            addressees=named,
            force=1,
            lemma="invite",
        ),
        "coming": factories.ask(
            "Meet with the pilots",
            of=factories.provision(second, "para/2"),
            due_on=day(30).isoformat(),
            elements=[{"element": "wsis-al:C2", "is_suggested": False}],
        ),
        "standing": factories.ask(
            "Keep the sea lanes open",
            of=one,
            position=2,
            nature="standing",
            force=2,
            lemma="call upon",
        ),
    }


@pytest.fixture
def visit_as(client: Client) -> Callable[..., Page]:
    """A function that reads a page as somebody who is signed in."""

    def read(person: Any, address: str) -> Page:
        client.force_login(person)
        return Page(client.get(address, HTTP_ACCEPT_LANGUAGE="en"))

    return read


@pytest.fixture
def send_as(client: Client) -> Callable[..., Any]:
    """A function that fills in a form of a page as somebody and sends it."""

    def send(person: Any, address: str, **values: Any) -> Any:
        client.force_login(person)
        page = Page(client.get(address, HTTP_ACCEPT_LANGUAGE="en"))
        assert page.status == 200, page.text("h1")
        data = {each.get("name"): each.get("value") or "" for each in page.find("form.form input")}
        for each in page.find("form.form select"):
            chosen = each.cssselect("option[selected]") or each.cssselect("option")
            data[each.get("name")] = chosen[0].get("value") if chosen else ""
        for each in page.find("form.form textarea"):
            data[each.get("name")] = each.text or ""
        return client.post(address, {**data, **values}, HTTP_ACCEPT_LANGUAGE="en")

    return send
