"""Authenticator app, recovery codes and the pages of passkeys, without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from stocktake.kernel.accounts.models import User


def code_of_app(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


@pytest.fixture
def with_app(
    visitor: Client,
    carol: User,
    sign_in: Callable[..., None],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> tuple[Client, str]:
    """A browser in which Carol has set up an authenticator app, and the app's secret."""
    sign_in(visitor, "carol@example.org")
    page = visitor.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', page)
    assert found is not None
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post("/accounts/2fa/totp/activate/", {"code": code_of_app(found.group(1))})
    return visitor, found.group(1)


def test_setting_up_an_app_shows_recovery_codes_and_tells_by_mail(
    with_app: tuple[Client, str], carol: User
) -> None:
    client, _secret = with_app

    page = client.get("/accounts/2fa/recovery-codes/").content.decode()

    codes = RecoveryCodes(
        Authenticator.objects.get(user=carol, type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()
    assert len(codes) == 10
    assert all(code in page for code in codes)
    bodies = [str(letter.body) for letter in mail.outbox]
    assert any(body.startswith("An authenticator app was added") for body in bodies)


def test_code_by_mail_alone_does_not_sign_in_where_an_app_is_set_up(
    with_app: tuple[Client, str], carol: User, sign_in: Callable[..., None]
) -> None:
    client, _secret = with_app
    client.post("/accounts/logout/")

    sign_in(client, "carol@example.org")

    assert "_auth_user_id" not in client.session
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"
    assert "Second step" in client.get("/accounts/2fa/authenticate/").content.decode()


def test_recovery_code_is_a_second_step_once(
    with_app: tuple[Client, str], carol: User, sign_in: Callable[..., None]
) -> None:
    client, _secret = with_app
    stored = Authenticator.objects.get(user=carol, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(stored).get_unused_codes()[0]

    client.post("/accounts/logout/")
    sign_in(client, "carol@example.org")
    client.post("/accounts/2fa/authenticate/", {"code": code})
    first = client.session.get("_auth_user_id")
    client.post("/accounts/logout/")
    sign_in(client, "carol@example.org")
    answer = client.post("/accounts/2fa/authenticate/", {"code": code})

    assert first == str(carol.pk)
    assert "This code is not right." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_removing_the_app_asks_again_who_one_is(
    with_app: tuple[Client, str], carol: User, settings: object
) -> None:
    client, _secret = with_app
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0  # type: ignore[attr-defined]

    answer = client.post("/accounts/2fa/totp/deactivate/")

    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert "Is it you?" in client.get(answer["Location"]).content.decode()
    assert Authenticator.objects.filter(user=carol, type=Authenticator.Type.TOTP).exists()


def test_old_session_alone_adds_no_passkey(
    visitor: Client, carol: User, sign_in: Callable[..., None], settings: object
) -> None:
    sign_in(visitor, "carol@example.org")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0  # type: ignore[attr-defined]

    sent_on = visitor.get("/accounts/2fa/webauthn/add/")
    page = visitor.get(sent_on["Location"]).content.decode()
    out = visitor.post(sent_on["Location"])

    assert sent_on["Location"].startswith("/accounts/logout/?next=%2Faccounts%2Flogin%2F")
    assert "Sign in again" in page
    assert out["Location"] == "/accounts/login/?next=%2Faccounts%2F2fa%2Fwebauthn%2Fadd%2F"


def test_removing_the_app_removes_it(with_app: tuple[Client, str], carol: User) -> None:
    client, _secret = with_app

    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    client.post("/accounts/2fa/totp/deactivate/")

    assert "Remove it" in page
    assert not Authenticator.objects.filter(user=carol, type=Authenticator.Type.TOTP).exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_signing_in_safely_hold_no_inline_script(
    with_app: tuple[Client, str], language: str
) -> None:
    client, _secret = with_app
    client.get(f"/desk/?lang={language}")

    for path in (
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/email/",
        "/accounts/logout/",
    ):
        answer = client.get(path)
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", page), path


def test_passkey_page_asks_the_browser_for_a_key_bound_to_this_site(
    visitor: Client, carol: User, sign_in: Callable[..., None]
) -> None:
    sign_in(visitor, "carol@example.org")

    page = visitor.get("/accounts/2fa/webauthn/add/").content.decode()

    assert 'data-passkey="add"' in page
    assert '"rp": {"id": "testserver", "name": "Stocktake"}' in page.replace(
        '"name": "Stocktake", "id": "testserver"', '"id": "testserver", "name": "Stocktake"'
    )


def test_forged_passkey_answer_signs_nobody_in(visitor: Client, carol: User) -> None:
    for credential in ("", "{}", "[]", '"x"', '{"response": {"userHandle": "MQ"}}'):
        answer = visitor.post("/accounts/2fa/webauthn/login/", {"credential": credential})
        assert answer["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in visitor.session
