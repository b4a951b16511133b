"""The desk's home and the one-time link as pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from stocktake.domain.activities.services import delete_activities, withdraw_activity
from stocktake.exchange.models import ImportRun
from stocktake.kernel.accounts.models import SignInLink, User
from stocktake.kernel.accounts.services import Terms, give_grant, make_sign_in_link
from stocktake.kernel.common.actors import System
from stocktake.kernel.history.queries import head
from tests import factories
from tests.web.conftest import Page


@pytest.fixture
def link(system: System, carol: User) -> str:
    """The path of a link that signs Carol in once."""
    return make_sign_in_link(system, carol, is_loopback=True, has_sample=True)


def test_link_page_is_shown_without_using_the_link(visitor: Client, link: str) -> None:
    before = head()

    pages = [visitor.get(link), visitor.get(link), visitor.head(link)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Sign in with this link" in pages[0].content.decode()
    assert "no-store" in pages[0]["Cache-Control"]
    assert head() == before
    assert SignInLink.objects.get().used_at is None


def test_link_signs_in_by_button_with_a_new_session(
    visitor: Client, link: str, carol: User
) -> None:
    visitor.get("/accounts/login/")
    session = visitor.session
    session["planted"] = "by an attacker"
    session.save()
    before = session.session_key

    answer = visitor.post(link)

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert visitor.session["_auth_user_id"] == str(carol.pk)
    assert visitor.session.session_key != before
    assert visitor.get("/desk/").status_code == 200


def test_used_expired_and_unknown_links_are_refused_alike(
    visitor: Client, link: str, system: System, carol: User
) -> None:
    visitor.post(link)
    expired = make_sign_in_link(system, carol, is_loopback=True, has_sample=True)
    SignInLink.objects.filter(used_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))

    paths = (link, expired, "/desk/sign-in/unknown/")
    answers = [Client().post(path) for path in paths]

    pages = {
        answer.content.decode().replace(path, "PATH")
        for path, answer in zip(paths, answers, strict=True)
    }
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert len(pages) == 1
    assert "This link does not work any more." in pages.pop()


def test_link_of_one_person_ends_the_session_of_another(
    visitor: Client, link: str, system: System, carol: User, sign_in: Callable[..., None]
) -> None:
    from stocktake.kernel.accounts.services import create_user

    create_user(system, "dave@example.org")
    sign_in(visitor, "dave@example.org")

    visitor.post(link)

    assert visitor.session["_auth_user_id"] == str(carol.pk)


def test_desk_asks_strangers_to_sign_in(visitor: Client) -> None:
    answer = visitor.get("/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/desk/")


def test_desk_of_a_new_account_says_that_nothing_is_allowed_yet(
    visitor: Client, carol: User, sign_in: Callable[..., None]
) -> None:
    sign_in(visitor, "carol@example.org")

    answer = visitor.get("/desk/")

    page = answer.content.decode()
    assert "carol@example.org" in page
    assert "Carol Reader" in page
    assert carol.public_id in page
    assert "Nothing beyond reading yet." in page
    assert "Latest changes" not in page
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]


def test_desk_tells_grants_with_their_scope_and_term(
    visitor: Client, carol: User, system: System, sign_in: Callable[..., None]
) -> None:
    today = timezone.now().date()
    factories.grant(carol, "editor", "organization", "O-7QK2M9XD")
    give_grant(system, carol, Terms("contributor", ends=today))
    give_grant(
        system,
        carol,
        Terms("facilitator", starts=today - timedelta(9), ends=today - timedelta(1)),
    )
    sign_in(visitor, "carol@example.org")

    page = visitor.get("/desk/").content.decode()

    assert "O-7QK2M9XD" in page
    assert "without an end" in page
    assert "Contributor" in page
    assert "Everywhere" in page
    assert "Facilitator" not in page


@pytest.mark.parametrize("role", ["secretariat", "administrator"])
def test_desk_shows_the_latest_changes_to_the_secretariat(
    visitor: Client, carol: User, system: System, sign_in: Callable[..., None], role: str
) -> None:
    give_grant(system, carol, Terms(role))
    sign_in(visitor, "carol@example.org")

    page = visitor.get("/desk/").content.decode()

    assert "Latest changes" in page
    assert "Permission given" in page
    assert "system:test" in page


@pytest.mark.parametrize("role", ["facilitator", "focal_point", "editor", "contributor"])
def test_desk_keeps_the_latest_changes_from_all_others(
    visitor: Client, carol: User, sign_in: Callable[..., None], role: str
) -> None:
    factories.grant(carol, role)
    sign_in(visitor, "carol@example.org")

    assert "Latest changes" not in visitor.get("/desk/").content.decode()


def test_desk_asks_the_database_equally_often_for_one_and_three_grants(
    visitor: Client,
    carol: User,
    sign_in: Callable[..., None],
    django_assert_num_queries: Callable[..., object],
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.grant(carol, "editor", "organization", "O-1")
    sign_in(visitor, "carol@example.org")
    visitor.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        visitor.get("/desk/")
    factories.grant(carol, "editor", "organization", "O-2")
    factories.grant(carol, "editor", "organization", "O-3")

    with CaptureQueriesContext(connection) as three:
        visitor.get("/desk/")

    assert len(one) == len(three)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/desk/sign-in/x/"])
def test_pages_of_strangers_carry_language_and_direction(
    visitor: Client, path: str, language: str, direction: str
) -> None:
    page = visitor.get(f"{path}?lang={language}").content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "<script>" not in page


def test_desk_answers_a_question_for_the_head_alone(
    visitor: Client, carol: User, sign_in: Callable[..., None]
) -> None:
    assert visitor.head("/desk/").status_code == 302
    sign_in(visitor, "carol@example.org")
    whole = visitor.get("/desk/")

    head = visitor.head("/desk/")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


def test_desk_leads_to_records_and_imports_and_says_what_is_removed_or_withdrawn(
    visitor: Client, carol: User, system: System, sign_in: Callable[..., None]
) -> None:
    give_grant(system, carol, Terms("secretariat"))
    kept, withdrawn, removed = (factories.activity(name) for name in ("Kept", "Two", "Three"))
    withdraw_activity(system, withdrawn, reason="Entered twice.")
    delete_activities(system, [removed], note="By mistake.")
    run = ImportRun.objects.create(public_id="R-1", actor_key="system:test", format="iati")
    sign_in(visitor, "carol@example.org")

    page = Page(visitor.get("/desk/"))

    cells = {cell.text_content() for cell in page.find("section[aria-labelledby=latest] td")}
    links = set(page.links("section a"))
    gone = f"{removed.public_id} (removed)"
    assert {kept.public_id, f"{withdrawn.public_id} (withdrawn)", gone} <= cells
    assert f"/activities/{removed.public_id}/" not in links
    assert {
        f"/activities/{kept.public_id}/",
        f"/activities/{withdrawn.public_id}/",
        f"/imports/{run.public_id}/",
    } <= links
