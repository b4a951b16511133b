"""Signing in and up by code, from the first page to the desk, and what attackers meet."""

import json
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import gettext, override

from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.queries import grants_of, user_by_address
from stocktake.kernel.accounts.services import create_user
from stocktake.kernel.common.actors import System
from stocktake.kernel.history.models import Change, Payload
from stocktake.kernel.history.queries import changes_of

CONFIRM = "/accounts/login/code/confirm/"


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def plain(response: HttpResponse) -> str:
    """Give a page without what differs between any two answers."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r"[\w.]+@example\.org", "ADDRESS", text)


def test_sign_in_by_code_leads_to_the_desk(
    visitor: Client, carol: User, code_sent: Callable[[], str]
) -> None:
    asked = visitor.post("/accounts/login/", {"login": "Carol@Example.org"})
    before = visitor.session.session_key
    confirmed = visitor.post(CONFIRM, {"code": code_sent()})

    assert (asked.status_code, asked["Location"]) == (302, CONFIRM)
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/desk/")
    assert signed_in_as(visitor) == str(carol.pk)
    assert visitor.session.session_key != before
    (letter,) = mail.outbox
    assert letter.to == ["carol@example.org"]
    assert letter.subject == "Your sign-in code"


def test_sign_in_code_works_once(
    visitor: Client, carol: User, code_sent: Callable[[], str], sign_in: Callable[..., None]
) -> None:
    sign_in(visitor, "carol@example.org")
    code = code_sent()
    visitor.post("/accounts/logout/")

    visitor.post(CONFIRM, {"code": code})

    assert signed_in_as(visitor) is None


def test_sign_in_code_of_another_browser_is_refused(
    visitor: Client, carol: User, code_sent: Callable[[], str]
) -> None:
    Client().post("/accounts/login/", {"login": "carol@example.org"})
    stolen = code_sent()
    visitor.post("/accounts/login/", {"login": "carol@example.org"})

    visitor.post(CONFIRM, {"code": stolen})

    assert signed_in_as(visitor) is None


def test_wrong_code_is_told_and_three_end_the_attempt(
    visitor: Client, carol: User, code_sent: Callable[[], str]
) -> None:
    visitor.post("/accounts/login/", {"login": "carol@example.org"})

    first = visitor.post(CONFIRM, {"code": "WRONG1"})
    visitor.post(CONFIRM, {"code": "WRONG2"})
    third = visitor.post(CONFIRM, {"code": "WRONG3"})
    right = visitor.post(CONFIRM, {"code": code_sent()})

    assert "This code is not right." in first.content.decode()
    assert (third.status_code, right.status_code) == (302, 302)
    assert signed_in_as(visitor) is None


def test_guessing_codes_is_cut_off_after_a_few(carol: User, code_sent: Callable[[], str]) -> None:
    evaluated = 0
    for _attempt in range(200):
        client = Client(REMOTE_ADDR=f"198.51.{_attempt}.7")
        if client.post("/accounts/login/", {"login": "carol@example.org"}).status_code != 302:
            continue
        for guess in range(4):
            answer = client.post(CONFIRM, {"code": f"GUESS{guess}"})
            evaluated += "This code is not right." in answer.content.decode()
            evaluated += answer.status_code == 302

    assert 0 < evaluated <= 20
    assert len(mail.outbox) == 3


def test_known_and_unknown_addresses_get_the_same_answer(visitor: Client, carol: User) -> None:
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")

    known = visitor.post("/accounts/login/", {"login": "carol@example.org"}, follow=True)
    unknown = stranger.post("/accounts/login/", {"login": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert plain(known) == plain(unknown)
    assert [letter.subject for letter in mail.outbox] == [
        "Your sign-in code",
        "There is no account for this address",
    ]
    assert plain(visitor.post(CONFIRM, {"code": "WRONG"})) == plain(
        stranger.post(CONFIRM, {"code": "WRONG"})
    )


def test_taken_and_free_addresses_get_the_same_answer_at_sign_up(
    visitor: Client, carol: User
) -> None:
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")

    free = visitor.post("/accounts/signup/", {"email": "new@example.org"}, follow=True)
    taken = stranger.post("/accounts/signup/", {"email": "carol@example.org"}, follow=True)

    assert free.redirect_chain == taken.redirect_chain
    assert plain(free) == plain(taken)
    assert [letter.subject for letter in mail.outbox] == [
        "Confirm your e-mail address",
        "You have an account already",
    ]


def test_sign_up_by_code_gives_an_account_without_grants(
    visitor: Client, code_sent: Callable[[], str]
) -> None:
    visitor.post("/accounts/signup/", {"email": "New@Example.org"})
    waiting = signed_in_as(visitor)
    answer = visitor.post("/accounts/confirm-email/", {"code": code_sent()})

    made = user_by_address("new@example.org")
    assert waiting is None
    assert answer["Location"] == "/desk/"
    assert made is not None
    assert not made.has_usable_password()
    assert signed_in_as(visitor) == str(made.pk)
    assert list(grants_of(made)) == []
    assert [change.verb for change in changes_of("user", made.public_id)] == ["sign_up"]


def test_sign_ups_in_the_name_of_one_address_cause_few_letters(carol: User) -> None:
    for attempt in range(200):
        client = Client(REMOTE_ADDR=f"198.51.{attempt}.7")
        client.post("/accounts/signup/", {"email": "carol@example.org"})

    assert 1 <= len(mail.outbox) <= 3


def test_log_holds_no_address_after_signing_up_in_and_changing_it(
    visitor: Client, code_sent: Callable[[], str]
) -> None:
    visitor.post("/accounts/signup/", {"email": "first@example.org"})
    visitor.post("/accounts/confirm-email/", {"code": code_sent()})
    visitor.post("/accounts/email/", {"email": "second@example.org", "action_add": "1"})
    visitor.post("/accounts/confirm-email/", {"code": code_sent()})

    made = user_by_address("second@example.org")
    log = json.dumps(
        [list(Change.objects.values()), list(Payload.objects.values())], default=str
    ).lower()
    assert made is not None
    assert user_by_address("first@example.org") is None
    assert [c.verb for c in changes_of("user", made.public_id)] == ["change_address", "sign_up"]
    assert "example.org" not in log
    assert mail.outbox[-1].to == ["first@example.org"]
    assert "was changed" in str(mail.outbox[-1].body)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:evil.example",
        " https://evil.example",
        "https:/evil.example",
        "https://testserver@evil.example/",
        "https://evil.example\\@testserver/",
        "\x00https://evil.example",
    ],
)
def test_foreign_next_address_is_not_followed(
    visitor: Client, carol: User, code_sent: Callable[[], str], target: str
) -> None:
    visitor.post("/accounts/login/", {"login": "carol@example.org", "next": target})
    answer = visitor.post(CONFIRM, {"code": code_sent(), "next": target})
    out = visitor.post("/accounts/logout/", {"next": target})

    assert answer["Location"] == "/desk/"
    assert out["Location"] == "/"


def hostile_addresses() -> list[str]:
    """Write addresses that some browser would leave the site for, in many disguises."""
    starts = ("", " ", "\t", "\n", "\r\n", "\x00", "\x1f", "\u00a0", "\u2003", "\ufeff")
    bodies = (
        "//evil.example",
        "///evil.example/a",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "HTTPS://evil.example",
        "http:///evil.example",
        "https:evil.example",
        "https:\\\\evil.example",
        "https://localhost@evil.example",
        "https://localhost.evil.example",
        "https://evil.example#@localhost",
        "ftp://localhost/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//localhost",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
    )
    return [start + body for start in starts for body in bodies]


def test_no_disguise_of_a_foreign_address_is_followed(visitor: Client) -> None:
    followed = {}

    for target in hostile_addresses():
        answer = visitor.get("/accounts/logout/", {"next": target})
        if answer["Location"] != "/":
            followed[target] = answer["Location"]

    assert len(hostile_addresses()) >= 150
    assert followed == {}


def test_own_next_address_is_followed(
    visitor: Client, carol: User, code_sent: Callable[[], str]
) -> None:
    asked = visitor.post("/accounts/login/", {"login": "carol@example.org", "next": "/about/?a=1"})
    page = visitor.get(asked["Location"]).content.decode()
    answer = visitor.post(CONFIRM, {"code": code_sent(), "next": "/about/?a=1"})

    assert 'name="next" value="/about/?a=1"' in page
    assert answer["Location"] == "/about/?a=1"


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_forged_host_reaches_no_letter(carol: User, header: str, path: str) -> None:
    client = Client()
    form = {"login": "nobody@example.org", "email": "carol@example.org"}

    answer = client.post(path, form, **{header: "evil.example"})

    assert answer.status_code == (400 if header == "HTTP_HOST" else 302)
    assert all("evil.example" not in str(letter.body) for letter in mail.outbox)


def test_links_in_letters_start_with_the_public_address(visitor: Client, settings: object) -> None:
    settings.STOCKTAKE_ORIGIN = "https://register.example"  # type: ignore[attr-defined]

    visitor.post("/accounts/login/", {"login": "nobody@example.org"})

    assert "https://register.example/accounts/signup/" in str(mail.outbox[-1].body)
    assert "testserver" not in str(mail.outbox[-1].body)


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org\r\nBcc: b@example.org", "ı@x.org"]
)
def test_malformed_address_is_told_and_sends_nothing(visitor: Client, address: str) -> None:
    answer = visitor.post("/accounts/login/", {"login": address})

    assert answer.status_code == 200
    assert "Enter " in answer.content.decode()
    assert mail.outbox == []


def test_closed_account_is_not_signed_in(
    visitor: Client, carol: User, code_sent: Callable[[], str]
) -> None:
    User.objects.filter(pk=carol.pk).update(is_active=False)

    visitor.post("/accounts/login/", {"login": "carol@example.org"})

    assert mail.outbox[-1].subject == "There is no account for this address"


def test_session_ends_when_the_account_is_closed(
    visitor: Client, carol: User, sign_in: Callable[..., None]
) -> None:
    sign_in(visitor, "carol@example.org")
    User.objects.filter(pk=carol.pk).update(is_active=False)

    answer = visitor.get("/desk/")

    assert answer["Location"] == "/accounts/login/?next=/desk/"


@pytest.mark.parametrize("path", ["change/", "set/", "reset/", "reset/done/", "reset/key/1-x/"])
def test_there_is_no_password_to_set_or_steal(visitor: Client, path: str) -> None:
    assert visitor.get(f"/accounts/password/{path}").status_code == 404
    assert "password" not in visitor.get("/accounts/login/").content.decode().replace(
        "There is no password to remember", ""
    )


def test_password_of_an_old_account_signs_nobody_in(visitor: Client, carol: User) -> None:
    carol.set_password("correct horse battery staple")
    carol.save()

    visitor.post(
        "/accounts/login/",
        {"login": "carol@example.org", "password": "correct horse battery staple"},
    )

    assert signed_in_as(visitor) is None


def test_letter_is_in_the_language_of_the_page(visitor: Client, carol: User) -> None:
    visitor.post("/accounts/login/?lang=fr", {"login": "carol@example.org"})
    (letter,) = mail.outbox
    with override("fr"):
        assert letter.subject == gettext("Your sign-in code")
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", str(letter.body).split("\n\n")[1])


@pytest.mark.parametrize(("language", "catalogue"), [("ar", "ar"), ("zh", "zh-hans")])
def test_letter_is_in_the_language_of_the_account_when_it_has_one(
    visitor: Client, system: System, language: str, catalogue: str
) -> None:
    create_user(system, "new@example.org", language=language)

    visitor.post("/accounts/login/?lang=fr", {"login": "new@example.org"})

    (letter,) = mail.outbox
    with override(catalogue):
        assert letter.subject == gettext("Your sign-in code")


def test_forms_refuse_a_post_without_their_token(carol: User) -> None:
    client = Client(enforce_csrf_checks=True)

    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/logout/", "/desk/sign-in/x/"):
        assert client.post(path, {"login": "carol@example.org"}).status_code == 403
    assert mail.outbox == []
