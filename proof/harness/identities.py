"""A browser for each identity (docs/threats.md#identities), in a process that has the data folder (``inside``)."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plp.accounts.models import Account
from plp.portal.shell.sessions import BEGAN, MEMBER, SEEN

# name: (identity of the seed, number of its partnership or zone)
IDENTITIES: dict[str, tuple[str, int] | None] = {
    "anonymous": None,
    "pending": ("pending", 0),
    "member": ("member", 0),
    "left": ("left", 0),
    "committee": ("committee", 0),
    "coordinator": ("coordinator", 0),
    "deputy in an absence": ("deputy", 0),
    "deputy": ("deputy outside an absence", 0),
    "suspended coordinator": ("suspended coordinator", 0),
    "officer": ("officer", 90),
    "officer elsewhere": ("officer", 91),
    "supervisor": ("supervisor", 90),
    "chief": ("chief", 90),
    "municipality": ("municipality", 90),
    "federal": ("federal", 99),
    "administrator": ("administrator", 99),
    "SMS supplier": None,
}
# who else walks through the pages, so that every address of every owner is found
GUIDES: dict[str, tuple[str, int]] = {
    f"{name} {plp}": (name, plp) for plp in (1, 2) for name in ("coordinator", "committee", "deputy")
} | {f"{name} 91": (name, 91) for name in ("chief", "supervisor", "municipality", "deputy officer")}
FRESH = 240  # seconds for which a proof is taken as fresh


class IdentityBrowser:
    """One identity: keeps its session open, and its proof ``age`` seconds old, for as long as the walk lasts."""

    def __init__(
        self,
        name: str,
        seed: Mapping[str, Any],
        *,
        csrf: bool = False,
        who: Mapping[str, str] | None = None,
        age: float = 0.0,
    ) -> None:
        self.name, self.age = name, age
        wanted = None if who else (IDENTITIES | GUIDES)[name]
        self.role = name if name in IDENTITIES else wanted[0] if wanted else "member"
        origin = urlsplit(settings.ORIGIN)
        self.secure = origin.scheme == "https"
        self.client = Client(enforce_csrf_checks=csrf, raise_request_exception=False, SERVER_NAME=origin.hostname)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
        self.who = _identity_of_seed(seed, wanted) if wanted else who
        self.proven = 0.0
        if self.who and self.who["password"]:
            account = Account.objects.get(person=self.who["person"])
            self.client.force_login(account, backend="plp.portal.subjects.account.adapters.Backend")
        self.mark_as_freshly_proven()

    @property
    def is_staff(self) -> bool:
        """Whether it signs in with a password."""
        return bool(self.who and self.who["password"])

    def mark_as_freshly_proven(self) -> None:
        """As if the second factor had been given just now, or ``age`` seconds ago, or the member's code."""
        if self.who is None or time.time() - self.proven < FRESH:
            return
        session, now = self.client.session, time.time()
        if self.is_staff:
            session[RECORDS] = [{"method": one, "at": now - self.age} for one in ("password", "mfa")]
            session[f"{RECORDS}_user"] = session[SESSION_KEY]
            session.update({BEGAN: now, SEEN: now} if BEGAN in session else {})
        else:
            contact = self.who["contact"].replace("-", "")
            session[MEMBER] = {"contact": contact, "began": now, "seen": now}
        session.save()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        self.proven = now

    def request_and_roll_back(
        self, method: str, url: str, data: Mapping[str, Any] | None = None, **headers: str
    ) -> HttpResponse:
        """One request; nothing that it writes stays, in the database or in the browser."""
        self.mark_as_freshly_proven()
        kept = deepcopy(self.client.cookies)
        try:
            with rolled_back():
                if data is not None:
                    return self.client.post(url, data, headers=headers, secure=self.secure)
                return self.client.generic(method, url, headers=headers, secure=self.secure)
        finally:
            self.client.cookies = kept


def _identity_of_seed(seed: Mapping[str, Any], wanted: tuple[str, int]) -> Mapping[str, str]:
    name, plp = wanted
    return next(one for one in seed["identities"] if one["identity"] == name and one["plp"] == plp)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards: limits count nothing either."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def silence_django_log() -> None:
    """A walk asks for what it may not have: that is no news."""
    logging.getLogger("django").setLevel(logging.CRITICAL)


def outcome_letter(answer: HttpResponse) -> str:
    """In one letter: Allowed, Sign in first, Not existing, Refused, Method not allowed, or E: our own error.

    Whoever reads that a thing's state does not allow an act (409), or that a form is not right, was let in.
    """
    status = answer.status_code
    if status >= 500 and status != 503:  # 503: "I am not ready" is an answer
        return "E"
    if status == 404:
        return "N"
    if status == 405:
        return "M"
    if status in {401, 403}:  # without a token a programme reads nothing
        return "R"
    if status >= 300 and urlsplit(answer.headers.get("Location", "")).path in _sign_in_paths():
        return "S"
    return "A"


def _sign_in_paths() -> set[str]:
    return {
        reverse(name) for name in ("account_login", "account_prove", "account_enrol", "membership:self_service:ask")
    }
