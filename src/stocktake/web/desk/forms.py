"""Forms of signing in: the library's own, with our labels, hints and messages."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from stocktake.kernel.accounts.services import normal_address

_ADDRESS_FAULTS = {
    "required": _("Enter your e-mail address."),
    "invalid": _("Enter an e-mail address in the form name@example.org."),
}
_CODE_FAULTS = {"required": _("Enter the code.")}


def _word(field: forms.Field, label: Any, faults: dict[str, Any], help_text: Any = "") -> None:
    """Give a field of the library our words; its validators speak through the field's messages."""
    field.label = label
    field.help_text = help_text
    field.error_messages.update(faults)
    for validator in field.validators:
        if isinstance(validator, EmailValidator) and "invalid" in faults:
            validator.message = faults["invalid"]


class SignInForm(account_forms.LoginForm):
    """Asks for the address to which a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], _("E-mail address"), _ADDRESS_FAULTS)

    def clean_login(self) -> str:
        """Bring the address to the form in which it is kept, so that mail goes to that one."""
        return normal_address(super().clean_login())


class SignUpForm(account_forms.SignupForm):
    """Asks for the address of a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("E-mail address"), _ADDRESS_FAULTS)


class AddressForm(account_forms.AddEmailForm):
    """Asks for another address of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("New e-mail address"), _ADDRESS_FAULTS)


class SignInCodeForm(account_forms.ConfirmLoginCodeForm):
    """Asks for the code that was sent for signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_FAULTS)


class AddressCodeForm(account_forms.ConfirmEmailVerificationCodeForm):
    """Asks for the code that was sent for confirming an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_FAULTS)


_SECOND_STEP_HINT = _("From your authenticator app, or one of your recovery codes.")


class SecondStepForm(mfa_forms.AuthenticateForm):
    """Asks for a code of the authenticator app or a recovery code while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_FAULTS, _SECOND_STEP_HINT)


class ProveAgainForm(mfa_forms.ReauthenticateForm):
    """Asks for such a code again before something about the account's security changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_FAULTS, _SECOND_STEP_HINT)


class AddAppForm(totp_forms.ActivateTOTPForm):
    """Asks for the first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code that the app shows"), _CODE_FAULTS)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """Names a new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Name of the passkey"), {}, _("So that you know it again."))


class NamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    """Renames a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Name of the passkey"), {"required": _("Enter a name.")})
