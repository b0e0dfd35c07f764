"""Where allauth meets the house: digests for names, our words, sealed secrets, no address in clear."""

import base64
import ipaddress
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.accounts.devices import register_device_and_say_if_new, tell_owner_and_officers_of_new_device
from plp.accounts.models import Account
from plp.journal.actions import note
from plp.portal.shell.return_address import own_path_or_empty
from plp.portal.subjects.account.attempts import limited_sign_in_attempt
from plp.toolbox import crypto
from plp.toolbox.ids import new_token
from plp.toolbox.moves import Refused

TOO_MANY = _("Too many tries. Wait five minutes, then try again.")
WRONG_CODE = _("This code is not right, or it was already used. Wait for the next one and type it again.")


class Backend(AuthenticationBackend):
    """Checks a password. An unknown name, a wrong password and a closed account cost and answer the same (T13, T45)."""

    def get_user(self, user_id: Any) -> Account | None:
        """The signed-in account with its person, in one query; ``None`` once the account is closed."""
        account = next(iter(Account.objects.select_related("person").filter(pk=user_id)), None)
        return account if account is not None and self.user_can_authenticate(account) else None

    @classmethod
    def _stash_user(cls, user: Any) -> None:  # noqa: ARG003 - allauth would tell that a closed account exists
        return None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by the digest of the e-mail address; nothing is mailed, nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The e-mail address or the password is not right."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_code": WRONG_CODE,
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: what a try costs is counted around it (``tries``), not before."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account of a right password; a wrong one is counted, and strangers may have to wait (ADR 34)."""
        try:
            with limited_sign_in_attempt(request, credentials["username"]) as tried:  # type: ignore[arg-type]
                user: Account | None = super().authenticate(request, **credentials)
                tried.is_right = user is not None
        except Refused as refused:
            raise ValidationError(refused.in_words()) from refused
        return user

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session, and leave a line in the journal (T38)."""
        super().login(request, user)
        note(verb="account.signed_in", by=user.person, at=request.at, target=user)  # type: ignore[attr-defined]

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """Know this browser again next time; tell its owner, and the officer, when it is new (T4)."""
        answer: HttpResponse = super().post_login(request, user, **more)
        secret = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or new_token()
        with transaction.atomic():
            if register_device_and_say_if_new(account=user, secret=secret, at=request.at):  # type: ignore[attr-defined]
                tell_owner_and_officers_of_new_device(user, at=request.at)  # type: ignore[attr-defined]
        answer.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            secret,
            max_age=settings.DEVICE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on to ``url``: an address of our own without a host, nothing else (T33)."""
        return bool(own_path_or_empty(url))

    def get_login_stages(self) -> list[str]:
        """The second factor is not asked for again where the provider of a zone has asked for one."""
        own = "plp.portal.subjects.account.provider.SecondFactorStage"
        return [own if "AuthenticateStage" in one else one for one in super().get_login_stages()]

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: an account comes with an appointment."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in allauth's words: our pages say what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mail nothing beside the outbox."""


class FactorAdapter(DefaultMFAAdapter):
    """Second factors, their secrets sealed with the field key."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Seal a secret; the database alone signs nobody in (T52)."""
        return base64.b64encode(crypto.seal(text, context="mfa.secret")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        return crypto.unseal(base64.b64decode(encrypted_text), context="mfa.secret")

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner names it."""
        return gettext("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site to which a passkey is bound: the configured origin, never a header (T8)."""
        return {"id": passkey_host() or "localhost", "name": "PLP"}


def passkey_host() -> str | None:
    """The host name for passkeys, or ``None`` where browsers allow none: a bare number such as 127.0.0.1."""
    host = urlsplit(settings.ORIGIN).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return None
