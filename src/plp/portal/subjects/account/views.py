"""The pages about one's own account: sign in, second factor, passkeys, recovery codes, password."""

import io
import json
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.accounts.address_changes import pending_address_change
from plp.accounts.setup_links import account_by_setup_key, set_password_and_confirm_email
from plp.portal.shell.guards import (
    freshly_proven,
    needs_fresh_proof_if_second_factor,
    needs_sign_in_only,
    own_account,
    public,
)
from plp.portal.shell.reauthentication import has_second_factor
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.shell.return_address import own_path_or_empty
from plp.portal.subjects.account import factors
from plp.portal.subjects.account.adapters import passkey_host
from plp.portal.subjects.account.forms import (
    AuthenticatorAppForm,
    ChangePasswordForm,
    FirstPasswordForm,
    NewPasskeyForm,
    PasskeyProofForm,
    SecondFactorProofForm,
)


class SignInView(LoginView):
    """E-mail address and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether passkeys work here and whether a session just ended."""
        more = {
            "passkeys": passkey_host() is not None,
            "ended": "ended" in self.request.GET,
            "providers": settings.OIDC_PROVIDERS,
            "refused": "refused" in self.request.GET,
        }
        return super().get_context_data(**kwargs) | more


class SecondFactorView(AuthenticateView):
    """The code of the app, a recovery code, or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the browser needs to ask for the passkey."""
        account = self.stage.login.user
        context = super().get_context_data(**kwargs)
        kinds = factors.factor_kinds_of(account)
        options = json.dumps(context["js_data"]["request_options"])
        return context | {"options": options, "has_app": "totp" in kinds, "has_passkey": "webauthn" in kinds}


class PasskeySignInView(LoginWebAuthnView):
    """Signing in with a passkey alone: what one has and what one knows or is, in one touch."""


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, and let the browser forget what it kept (docs/security.md#browser)."""
    logout(request)
    answer = redirect("home:start")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@public
def set_first_password(request: PortalRequest, key: str) -> HttpResponse:
    """Choose the password of one's own sign-in, by the link of an invitation: whoever did is signed in by it."""
    account = account_by_setup_key(key)
    form = FirstPasswordForm(data=request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        set_password_and_confirm_email(key=key, password=form.cleaned_data["new"], at=request.at)
        account.refresh_from_db()
        answer: HttpResponse = perform_login(request, account)
        return answer
    return render(request, "account/set_up.html", {"form": form})


def redirect_to_next(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that was asked for before, if it is one of ours (T33), else to ``otherwise``."""
    url = own_path_or_empty(request.POST.get("next") or request.GET.get("next"))
    return HttpResponseRedirect(url) if url else redirect(otherwise)


@needs_sign_in_only
def prove_second_factor(request: StaffRequest) -> HttpResponse:
    """Ask for the second factor again, then go where one was going; the session gets a new key (T6)."""
    account = request.user
    if not has_second_factor(request):  # signed in by a provider that asked for one: here they have none yet
        return redirect(f"{reverse('account_enrol')}?{urlencode({'next': request.GET.get('next', '')})}")
    by_passkey = "credential" in request.POST
    form = SecondFactorProofForm(data=None if by_passkey else request.POST or None, user=account)
    key_form = PasskeyProofForm(data=request.POST if by_passkey else None, user=account)
    answered = key_form if by_passkey else form
    if request.method == "POST" and answered.is_valid():
        answered.save()
        request.session.cycle_key()
        return redirect_to_next(request, "home:start")
    kinds = factors.factor_kinds_of(account)
    context = {
        "form": form,
        "webauthn_form": key_form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "has_app": "totp" in kinds,
        "has_passkey": "webauthn" in kinds,
        "options": json.dumps(begin_authentication(account)) if "webauthn" in kinds else "",
    }
    return render(request, "account/prove.html", context)


@own_account
def account_page(request: StaffRequest) -> HttpResponse:
    """One's own account: what one signs in with."""
    context = factors.factors_context(request.user) | {
        "passkeys_work": passkey_host() is not None,
        "change": pending_address_change(request.user),
    }
    return render(request, "account/overview.html", context)


@needs_fresh_proof_if_second_factor
def choose_second_factor(request: StaffRequest) -> HttpResponse:
    """The first second factor: choose between an app and a passkey."""
    context = {"passkeys_work": passkey_host() is not None, "next": request.GET.get("next", "")}
    return render(request, "account/enrol.html", context)


@needs_fresh_proof_if_second_factor
def add_authenticator_app(request: StaffRequest) -> HttpResponse:
    """Add an authenticator app: scan or type the secret, then type the first code."""
    form = AuthenticatorAppForm(data=request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        added = factors.replace_totp_and_ensure_recovery_codes(
            account=request.user, secret=form.secret, by=request.person, at=request.at
        )
        clear_totp_secret(request)
        return _finish_enrolment_and_show_codes(request, added)
    spaced = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    return render(request, "account/app.html", {"form": form, "secret": spaced})


@needs_fresh_proof_if_second_factor
def app_qr_code(request: StaffRequest) -> HttpResponse:
    """The QR code of the secret that waits in the session."""
    drawing = io.BytesIO()
    address = get_adapter().build_totp_url(request.user, get_totp_secret())
    segno.make(address, error="m").save(drawing, kind="svg", scale=4, border=2, xmldecl=False)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@needs_fresh_proof_if_second_factor
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Add a passkey: the browser makes it, we keep its public half."""
    form = NewPasskeyForm(data=request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        added = factors.enrol_passkey_and_ensure_recovery_codes(
            account=request.user,
            name=form.cleaned_data["name"],
            credential=form.cleaned_data["credential"],
            by=request.person,
            at=request.at,
        )
        return _finish_enrolment_and_show_codes(request, added)
    form.fields["name"].label = _("A name for this passkey")
    context = {"form": form, "options": json.dumps(begin_registration(request.user, True))}
    return render(request, "account/passkey.html", context)


def _finish_enrolment_and_show_codes(request: StaffRequest, added: Authenticator) -> HttpResponse:
    """A new factor was just proved: remember that, change the session's key, show the recovery codes."""
    post_authentication(request, added, reauthenticated=True)
    request.session.cycle_key()
    return success(
        request, _("Your second proof works. Keep the recovery codes in a safe place."), "mfa_view_recovery_codes"
    )


@own_account
@freshly_proven
def remove_second_factor(request: StaffRequest, key: int) -> HttpResponse:
    """Take a second factor away, after a question."""
    factor = get_object_or_404(factors.removable_factors(request.user), pk=key)
    if request.method == "POST":
        factors.remove_factor_and_end_sessions(factor=factor, by=request.person, at=request.at)
        request.user.refresh_from_db(fields=["epoch"])
        update_session_auth_hash(request, request.user)
        return success(request, _("The second proof is removed."), "mfa_index")
    return render(request, "account/remove.html", {"factor": factor})


@own_account
@freshly_proven
def show_or_renew_recovery_codes(request: StaffRequest) -> HttpResponse:
    """The recovery codes that are left; a POST replaces them all."""
    if request.method == "POST":
        factors.renew_recovery_codes(account=request.user, by=request.person, at=request.at)
        return success(request, _("These codes replace the old ones."), "mfa_view_recovery_codes")
    return render(request, "account/codes.html", {"codes": factors.recovery_codes_of(request.user)})


@own_account
@freshly_proven
def change_own_password(request: StaffRequest) -> HttpResponse:
    """Change the password; this sign-in goes on, every other one ends."""
    form = ChangePasswordForm(data=request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["new"]
        factors.change_password(account=request.user, password=new, by=request.person, at=request.at)
        update_session_auth_hash(request, request.user)
        return success(
            request, _("Your password is changed. Wherever else you were signed in, you are signed out."), "mfa_index"
        )
    return render(request, "account/password.html", {"form": form})
