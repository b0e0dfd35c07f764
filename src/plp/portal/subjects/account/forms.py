"""The forms of signing in. Shapes come from allauth; names, words and the guard against a code used twice are ours."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plp.accounts.letters import MAIL
from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.portal.shell.fields import EmailField
from plp.portal.shell.forms import Form
from plp.portal.shell.person_form import clean_address
from plp.portal.subjects.account.adapters import WRONG_CODE

MADE_UP = (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError)  # what reading nonsense raises
CODE_LIVES = 120  # seconds: a code of the app is right for 90 at most, and never twice


class SignInForm(LoginForm):
    """E-mail address and password. The address never leaves this form: what goes on is its digest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": EmailField(
                label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}), max_length=254
            ),
            "password": forms.CharField(
                label=_("Password"),
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                strip=False,
                max_length=1000,
            ),
        }

    def clean_login(self) -> str:
        """The name under which the account is kept."""
        return username_digest_of_email(self.cleaned_data["login"])


def _code_field(hint: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code", "autofocus": True}
    return forms.CharField(label=_("Code"), help_text=hint, widget=forms.TextInput(attrs=attributes), max_length=20)


class _CodeUsableOnce:
    """A code that was right once is wrong from then on, in every session (ASVS 6.5.1)."""

    user: Account
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Check the code, then use it up."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"account.code.{self.user.pk.hex}.{normalize_user_code(code)}", "used", timeout=CODE_LIVES):
            raise ValidationError(WRONG_CODE)
        return code


HINT = _("The six digits that the app on your telephone shows now, or one of your recovery codes.")


class SecondFactorCodeForm(_CodeUsableOnce, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(HINT)


class SecondFactorProofForm(_CodeUsableOnce, ReauthenticateForm):
    """The same code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(HINT)


class AuthenticatorAppForm(_CodeUsableOnce, ActivateTOTPForm):
    """The first code of a new app, which proves that the secret arrived."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("The six digits that the app shows now."))


class _PasskeyCredentialField(forms.JSONField):
    """What a browser answers about a passkey. A stranger may send anything in its place (T28, T46)."""

    def to_python(self, value: Any) -> Any:
        """An object; a number of thousands of digits and a well without a bottom are no JSON to us either."""
        try:
            read = super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(WRONG_CODE) from error
        if not isinstance(read, dict):
            raise ValidationError(WRONG_CODE)
        return read


class _RefusesMalformedPasskey:
    """Whatever a made-up answer breaks in the reading of its parts, it is a wrong answer and no fault of ours."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _PasskeyCredentialField(widget=forms.HiddenInput)

    def clean(self) -> Any:
        """For a new passkey."""
        return self._read_or_refuse_malformed(super().clean)  # type: ignore[misc]

    def _read_or_refuse_malformed(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except MADE_UP as error:
            raise ValidationError(WRONG_CODE) from error


class _RefusesMalformedPasskeyProof(_RefusesMalformedPasskey):
    """For a passkey that is there."""

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        return self._read_or_refuse_malformed(super().clean_credential)  # type: ignore[misc]


class NewPasskeyForm(_RefusesMalformedPasskey, AddWebAuthnForm):
    """A passkey that the browser has just made."""


class PasskeySignInForm(_RefusesMalformedPasskeyProof, LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class PasskeyStepForm(_RefusesMalformedPasskeyProof, AuthenticateWebAuthnForm):
    """The second step of signing in, by a passkey."""


class PasskeyProofForm(_RefusesMalformedPasskeyProof, ReauthenticateWebAuthnForm):
    """The same again, before something that matters."""


class NewSignInAddressForm(Form):
    """Another e-mail address to sign in with."""

    email = EmailField(
        label=_("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )

    def clean_email(self) -> str:
        """The address in the one form of its channel."""
        return clean_address(MAIL, self.cleaned_data["email"])


class FirstPasswordForm(Form):
    """A new password, typed once: it may be shown instead of being typed twice."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Four or five words that have nothing to do with each other are good."),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new(self) -> str:
        """Refuse a short or well-known password."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.account)
        return new


class ChangePasswordForm(FirstPasswordForm):
    """The present password and the new one."""

    old = forms.CharField(
        label=_("Current password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new")

    def clean_old(self) -> str:
        """Refuse a wrong present password."""
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError(_("This is not your current password."))
        return old
