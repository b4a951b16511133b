"""The desk's lists of silence and of evidence to decide on."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from stocktake.domain.asks.services import bring_evidence
from stocktake.lib.multilingual import Text
from tests import factories
from tests.web.asks.conftest import day
from tests.web.conftest import Page


def read(client: Client, person: Any, address: str) -> Page:
    client.force_login(person)
    return Page(client.get(address, HTTP_ACCEPT_LANGUAGE="en"))


def test_silence_is_listed_by_addressee_with_the_day_it_becomes_public(
    client: Client, anna: Any
) -> None:
    bureau = factories.organization("Invented bureau")
    named = [{"organization": bureau.public_id}, {"code": "UN-SG"}]
    factories.ask("Told to everybody", due_on=day(-300).isoformat())
    factories.ask("Told at the desk", due_on=day(-10).isoformat(), addressees=named)
    factories.ask("Still to come", due_on=day(10).isoformat())

    page = read(client, anna, "/desk/silence/")
    narrowed = read(client, anna, f"/desk/silence/?addressee={bureau.public_id}")

    assert page.texts(".table tbody th") == ["Told to everybody", "Told at the desk"]
    assert page.texts(".table tbody td:last-child")[0].endswith(": public")
    assert page.text(".block .muted") == "1 public already, 1 at the desk only."
    assert page.texts(".aside li") == [
        "Secretary-General of the United Nations 2",
        "Invented bureau 1",
    ]
    assert narrowed.texts(".table tbody th") == ["Told at the desk"]
    assert "Asked, and no report received 2" in read(client, anna, "/desk/").texts(".listing li")


def test_silence_is_for_the_desk_alone(client: Client, bilal: Any) -> None:
    assert client.get("/desk/silence/").status_code == 403
    client.force_login(bilal)
    assert client.get("/desk/silence/").status_code == 403
    assert client.get("/desk/drafts/").status_code == 403


def test_evidence_waits_for_the_side_that_decides(
    client: Client, anna: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    bureau = factories.organization("Invented bureau")
    editor = factories.user(role="editor", scope_kind="organization", scope_id=bureau.public_id)
    ask = factories.ask("Report it", addressees=[{"organization": bureau.public_id}])
    told = {"title": Text.of("en", "A report").to_json(), "url": "https://example.org/a"}
    bring_evidence(editor, ask.instances.get(), told, on_behalf_of=bureau)

    secretariat = read(client, anna, "/desk/evidence/")
    own = read(client, editor, "/desk/evidence/")

    assert secretariat.texts(".table tbody td:last-child") == ["Decide"]
    assert own.texts(".table tbody td:last-child") == ["for the other side"]
