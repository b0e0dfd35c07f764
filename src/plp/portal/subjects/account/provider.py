"""Signing in at a provider that the operator trusts (OpenID Connect): known accounts alone, and nobody is made one.

Nothing of what the provider tells is kept: the address that it proved is looked up by its digest.
"""

from typing import Any, NoReturn

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers import registry
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.portal.shell.guards import public

THERE = "provider"  # the kind of second factor that was asked for elsewhere


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Finds the account of whoever comes back from the provider; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never: an account comes with an appointment."""
        return False

    def get_provider(self, *args: Any, **kwargs: Any) -> Any:
        """The library of the provider, which is loaded when somebody goes there (``server.sign_in_library``)."""
        registry.load()
        return super().get_provider(*args, **kwargs)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign the account in, through the same stages as a password would; or say that there is none."""
        told = sociallogin.account.extra_data
        account = account_of_proven_email(told)
        if account is None:
            raise ImmediateHttpResponse(_redirect_to_refused_sign_in())
        if has_second_factor_claim(told, sociallogin.account.provider):
            record_authentication(request, account, "mfa", type=THERE)
        way = sociallogin.get_redirect_url(request)
        raise ImmediateHttpResponse(perform_login(request, Login(user=account, redirect_url=way)))

    def on_authentication_error(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """Broken off, or an answer that is not the provider's."""
        raise ImmediateHttpResponse(_redirect_to_refused_sign_in())


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the provider says that it did."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page that asks for the second factor, if it is to be asked, and whether the sign-in may go on."""
        records = get_authentication_records(self.request, self.login.user) if self.login.user else []
        if any(record.get("method") == "mfa" and record.get("type") == THERE for record in records):
            return None, True
        response, may_continue = super().handle()
        return response, may_continue


def account_of_proven_email(answers: dict[str, Any]) -> Account | None:
    """The open account with the address that the provider proved, if any."""
    claims = answers.get("userinfo") or answers.get("id_token") or {}
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    return (
        Account.objects.select_related("person")
        .filter(username=username_digest_of_email(email), is_active=True)
        .first()
    )


def has_second_factor_claim(answers: dict[str, Any], provider_id: str) -> bool:
    """Whether the signed part of the answer names a second factor, in words that are believed of this provider."""
    apps = (app for app in settings.OIDC_PROVIDERS if app["provider_id"] == provider_id)
    trusted = {word for app in apps for word in app["settings"]["second_factor"]}
    signed = answers.get("id_token") or {}
    words = [signed.get("acr"), *(signed.get("amr") or [])]
    return not trusted.isdisjoint(words)


def _redirect_to_refused_sign_in() -> HttpResponse:
    return redirect(f"{reverse('account_login')}?refused=1")


@public
def redirect_to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider, with a secret of this browser in hand (state, PKCE); whoever opens the address itself finds
    the page whose button leads there.
    """
    if request.method != "POST":
        return redirect("account_login")
    from allauth.socialaccount.providers.openid_connect import views as openid  # noqa: PLC0415 - heavy, seldom wanted

    return openid.login(request, provider_id)


@public
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    from allauth.socialaccount.providers.openid_connect import views as openid  # noqa: PLC0415 - heavy, seldom wanted

    return openid.callback(request, provider_id)
