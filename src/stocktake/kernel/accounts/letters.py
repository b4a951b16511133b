"""The words of sign-in: letters by mail and messages on the page, by the library's own names.

The library asks for a template by name; answering from this table keeps every sentence in our own
catalogues, in all six languages, and keeps markup out of mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy


@dataclass(frozen=True)
class Letter:
    """A letter: its subject and paragraphs, with named placeholders."""

    subject: Promise
    paragraphs: tuple[str | Promise, ...]


_IGNORE = _lazy("If you did not ask for this, ignore this message; nothing has been changed.")

LETTERS: dict[str, Letter] = {
    "account/email/login_code": Letter(
        _lazy("Your sign-in code"),
        (
            _lazy("Your code for signing in to %(site)s:"),
            "%(code)s",
            _lazy("Enter it in the window that asked for it. It works once and soon expires."),
            _lazy("If you did not ask for it, ignore this message; nobody can sign in without it."),
        ),
    ),
    "account/email/email_confirmation": Letter(
        _lazy("Confirm your e-mail address"),
        (
            _lazy("Your code for confirming this address at %(site)s:"),
            "%(code)s",
            _lazy("Enter it in the window that asked for it. It works once and soon expires."),
            _IGNORE,
        ),
    ),
    "account/email/unknown_account": Letter(
        _lazy("There is no account for this address"),
        (
            _lazy("Someone asked to sign in to %(site)s with this address, which has no account."),
            _lazy("If it was you, another address of yours may have one, or you can sign up here:"),
            "%(signup_url)s",
            _IGNORE,
        ),
    ),
    "account/email/account_already_exists": Letter(
        _lazy("You have an account already"),
        (
            _lazy("Someone asked for an account at %(site)s with this address, which has one."),
            _lazy("If it was you, sign in here; a code will be sent to this address:"),
            "%(login_url)s",
            _IGNORE,
        ),
    ),
}
LETTERS["account/email/email_confirmation_signup"] = LETTERS["account/email/email_confirmation"]

NOTICES: dict[str, Promise] = {
    "account/email/email_changed": _lazy("The e-mail address of your account was changed."),
    "account/email/email_confirm": _lazy("The e-mail address of your account was confirmed."),
    "account/email/email_deleted": _lazy("An e-mail address of your account was removed."),
    "mfa/email/totp_activated": _lazy("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _lazy("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _lazy("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _lazy("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _lazy("New recovery codes were made for your account."),
}
"""What a letter to the holder says after something about the account's security changed."""

MESSAGES: dict[str, Promise] = {
    "account/messages/cannot_delete_primary_email.txt": _lazy(
        "This is the only address of your account, so it cannot be removed."
    ),
    "account/messages/email_confirmation_failed.txt": _lazy(
        "This address cannot be confirmed, because another account has confirmed it."
    ),
    "account/messages/email_confirmed.txt": _lazy("The address %(email)s is confirmed."),
    "account/messages/email_deleted.txt": _lazy("The address %(email)s was removed."),
    "account/messages/primary_email_set.txt": _lazy("The address of your account was changed."),
    "account/messages/unverified_primary_email.txt": _lazy(
        "Confirm this address before you make it the address of your account."
    ),
    "mfa/messages/recovery_codes_generated.txt": _lazy("New recovery codes were made."),
    "mfa/messages/totp_activated.txt": _lazy("The authenticator app was added."),
    "mfa/messages/totp_deactivated.txt": _lazy("The authenticator app was removed."),
    "mfa/messages/webauthn_added.txt": _lazy("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _lazy("The passkey was removed."),
}
"""Messages on the next page. What a page says by itself (signed in, code sent) is left out."""

ERRORS: dict[str, Promise] = {
    "account_inactive": _lazy("This account is closed."),
    "cannot_remove_primary_email": _lazy(
        "This is the only address of your account, so it cannot be removed."
    ),
    "duplicate_email": _lazy("This is the address of your account already."),
    "email_taken": _lazy("This address cannot be used."),
    "incorrect_code": _lazy("This code is not right. Enter the one from the latest message."),
    "max_email_addresses": _lazy("An account has one address."),
    "rate_limited": _lazy("Too many attempts. Wait a few minutes, then try again."),
    "too_many_login_attempts": _lazy("Too many attempts. Wait a few minutes, then try again."),
    "unverified_primary_email": _lazy("Confirm the address of your account first."),
    "same_as_current": _lazy("This is the address of your account already."),
}

MFA_ERRORS: dict[str, Promise] = {
    "cannot_generate_recovery_codes": _lazy(
        "Recovery codes are for accounts with a passkey or an authenticator app."
    ),
    "incorrect_code": _lazy("This code is not right."),
    "unverified_email": _lazy("Confirm the address of your account first."),
}


def letter_of(name: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """Write the letter of a name in the language of the moment.

    Args:
        values: `site`, the name of the site, and what the letter itself needs.

    Returns:
        Subject and text, or None when there is no letter of the name.
    """
    if name in NOTICES:
        return _("A change to your account"), "\n\n".join(_notice(str(NOTICES[name]), values))
    letter = LETTERS.get(name)
    if letter is None:
        return None
    paragraphs = [str(paragraph) % values for paragraph in letter.paragraphs]
    return str(letter.subject) % values, "\n\n".join(paragraphs)


def _notice(what: str, values: Mapping[str, Any]) -> list[str]:
    return [
        what,
        _("At %(site)s, on %(when)s (UTC), with this browser: %(browser)s")
        % {
            "site": values["site"],
            "when": f"{values['timestamp']:%Y-%m-%d %H:%M}",
            "browser": values["user_agent"],
        },
        _("If it was not you, sign in and remove what you do not know: %(login_url)s") % values,
    ]
