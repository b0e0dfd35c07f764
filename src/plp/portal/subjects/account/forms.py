"""The forms of signing in. Shapes come from allauth; names, words and the guard against a code used twice are ours."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.partnership.inviting import MAIL
from plp.people.models import Account
from plp.portal.subjects.account.adapters import WRONG_CODE, username_of

CODE_LIVES = 120  # seconds: a code of the app is right for 90 at most, and never twice


class SignInForm(LoginForm):
    """E-mail address and password. The address never leaves this form: what goes on is its digest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": forms.EmailField(
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
        return username_of(self.cleaned_data["login"])


def _code_field(hint: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code", "autofocus": True}
    return forms.CharField(label=_("Code"), help_text=hint, widget=forms.TextInput(attrs=attributes), max_length=20)


class _OnceOnly:
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


class CodeForm(_OnceOnly, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(HINT)


class ProofForm(_OnceOnly, ReauthenticateForm):
    """The same code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(HINT)


class EnrolForm(_OnceOnly, ActivateTOTPForm):
    """The first code of a new app, which proves that the secret arrived."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("The six digits that the app shows now."))


class AddressForm(forms.Form):
    """Another e-mail address to sign in with."""

    email = forms.EmailField(
        label=_("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )

    def clean_email(self) -> str:
        """The address in the one form of its channel."""
        try:
            return channels()[MAIL].normalise(self.cleaned_data["email"])
        except BadAddress as bad:
            raise ValidationError(bad.in_words()) from bad


class FirstPasswordForm(forms.Form):
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


class PasswordForm(FirstPasswordForm):
    """The present password and the new one."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new")

    def clean_old(self) -> str:
        """Refuse a wrong present password."""
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError(_("This is not your present password."))
        return old
