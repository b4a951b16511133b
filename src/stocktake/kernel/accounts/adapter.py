"""How the sign-in library uses our accounts: addresses, sign-up, mail, messages, passkeys."""

import ipaddress
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, get_supported_language_variant, override
from django.utils.translation import gettext as _

from stocktake.kernel.accounts import letters, services
from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.queries import letter_language

_UNASKED = ("account/email/unknown_account", "account/email/account_already_exists")
"""Letters that a stranger can cause to an address; held back beyond the limit `unasked_mail`."""


def site_origin(request: HttpRequest) -> str:
    """Give the public address of the site: the one of the settings, else the request's own host.

    The host of a request was checked against the hosts that the site answers to.
    """
    given: str = settings.STOCKTAKE_ORIGIN
    return (given or request.build_absolute_uri("/")).rstrip("/")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address and code: anyone may have one, and it grants nothing."""

    error_messages = {**DefaultAccountAdapter.error_messages, **letters.ERRORS}

    def clean_email(self, email: str) -> str:
        """Bring an address to the form in which it is kept."""
        return services.normal_address(email)

    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Save whom someone signed up, through the service that logs it."""
        user.email = form.cleaned_data["email"]
        user.language = (get_language() or "").split("-")[0]
        return services.sign_up(user) if commit else user

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign someone in, in a new session, and keep in it when that was."""
        super().login(request, user)
        if not get_authentication_records(request, user):
            record_authentication(request, user, method="code")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address; where it replaces another one, log that, without either."""
        with transaction.atomic():
            is_other = email_address.user.email != email_address.email
            is_confirmed: bool = super().confirm_email(request, email_address)
            if is_confirmed and is_other:
                services.log_address_change(email_address.user)
        return is_confirmed

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the holder that an account was asked for; the asker sees nothing of it."""
        self.send_mail("account/email/account_already_exists", email, {})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter, unless a stranger causes too many to the same address."""
        if template_prefix in _UNASKED and not ratelimit.consume(
            self.request, action="unasked_mail", key=email.lower()
        ):
            return
        origin = site_origin(self.request)
        links = {
            "site": str(settings.SITE_NAME),
            "login_url": origin + reverse("account_login"),
            "signup_url": origin + reverse("account_signup"),
        }
        self.render_mail(template_prefix, email, {**context, **links}).send()

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write a letter as plain text, in the language of whoever gets it.

        That is the one of the account of the address, else the one of the page that asked.

        Raises:
            KeyError: the library asks for a letter that has no words here.
        """
        with override(_language_for(email if isinstance(email, str) else email[0])):
            written = letters.letter_of(template_prefix, context)
        if written is None:
            raise KeyError(template_prefix)
        subject, text = written
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, text, self.get_from_email(), to, headers=headers)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show a message in our own words; one without words is not shown."""
        if message is None and message_template in letters.MESSAGES:
            message = str(letters.MESSAGES[message_template]) % (message_context or {})
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the network that a request came from: limits count a neighbourhood, not a host."""
        address = ipaddress.ip_address(super().get_client_ip(request))
        if address.version == 4:
            return str(ipaddress.ip_network(f"{address}/24", strict=False).network_address)
        return str(address)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who it is before security changes, unless the sign-in is a few minutes old.

        Whoever has neither passkey nor app to prove it with signs in again by mail: a browser
        left open is not enough to add a passkey to someone's account.

        Raises:
            ImmediateHttpResponse: leads to signing in again.
        """
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = self.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if not self.get_reauthentication_methods(request.user):
            back = urlencode({"next": request.path})
            again = urlencode({"next": f"{reverse('account_login')}?{back}"})
            raise ImmediateHttpResponse(
                HttpResponseRedirect(f"{reverse('account_logout')}?{again}")
            )
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """List the ways to prove again who one is, in our own words."""
        words = {
            "mfa_reauthenticate": _("Enter a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [
            {**method, "description": words[method["id"]]}
            for method in methods
            if method["id"] in words
        ]


def _language_for(address: str) -> str | None:
    """Give the language of letters to an address, as the catalogues name it."""
    try:
        return get_supported_language_variant(letter_language(address))
    except LookupError:
        return get_language()


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys and authenticator apps, in the name of the site."""

    error_messages = {**DefaultMFAAdapter.error_messages, **letters.MFA_ERRORS}

    def get_totp_issuer(self) -> str:
        """Name the site in the list of an authenticator app."""
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Draw the square code on white, so that cameras read it on a dark page as well."""
        drawn: str = super().build_totp_svg(url)
        return drawn.replace("<path", '<rect width="100%" height="100%" fill="#fff"/><path', 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of the public address."""
        host = urlsplit(site_origin(context.request)).hostname or ""
        return {"id": host, "name": str(settings.SITE_NAME)}

    def generate_authenticator_name(
        self,
        user: Any,
        type: Authenticator.Type,  # noqa: A002  the library names it
    ) -> str:
        """Name a new passkey, unless its holder does."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}
