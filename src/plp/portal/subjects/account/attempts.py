"""Tries at a password: a browser that is known has a few of its own, strangers get slower, nobody is shut out (ADR 34).

Known is a browser in which this account signed in before (its device cookie), or in which its owner has opened their
settings by a code. Every other one is a stranger: a few wrong tries of one network, then waits; after three hundred
wrong ones at an account in a day, only its owner's mailbox opens the way to the password.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.accounts.devices import is_known_device
from plp.portal.shell import limits
from plp.portal.shell.requests import PortalRequest
from plp.toolbox.moves import Refused


@dataclass
class SignInAttempt:
    """Whether a password was right."""

    is_right: bool = False


class TokenBucket:
    """So many at once, and then one every so many seconds: what strangers may take of the processors of a process."""

    def __init__(self, at_once: int, seconds: float) -> None:
        self.at_once, self.seconds = at_once, seconds
        self.lock, self.free, self.looked = threading.Lock(), float(at_once), time.monotonic()

    def take_turn_if_free(self) -> bool:
        """Whether there is a turn."""
        with self.lock:
            now = time.monotonic()
            self.free = min(self.at_once, self.free + (now - self.looked) / self.seconds)
            self.looked = now
            if self.free < 1:
                return False
            self.free -= 1
            return True

    def give_turn_back(self) -> None:
        """It was taken by somebody who had the right password."""
        with self.lock:
            self.free = min(self.at_once, self.free + 1)


# To look at a password costs a third of a second of a processor, whether or not somebody has the name (T45).
FRESH, PATIENT = TokenBucket(40, 2.0), TokenBucket(40, 2.0)  # whoever has waited does not queue with whoever just comes
BUSY = 3  # seconds to wait for a turn


class TooManyTries(Refused):
    """Wrong passwords of this browser itself."""

    sentence = _("Too many tries. Wait an hour, or sign in with a passkey.")


class ProveFirst(Refused):
    """Wrong passwords of many others, for this account."""

    sentence = _(
        "Many wrong passwords were tried for this address today, perhaps by others. Open your settings by a code to "
        "this address first, in this browser, then sign in here. Or use a passkey."
    )


@contextmanager
def limited_sign_in_attempt(request: PortalRequest, username: str) -> Iterator[SignInAttempt]:
    """Let a password be looked at inside, which notes whether it was right; a wrong one is counted.

    Raises ``TooManyTries``, ``ProveFirst`` or ``limits.MustWait``, the same for names that nobody has (T13).
    """
    owned = _known_browser_key(request, username)
    if owned:
        if not limits.is_under_limit("password.device", owned):
            raise TooManyTries
        yield from _count_wrong_attempt(("password.device", owned))
        return
    network = limits.network_prefix_of(request)
    shared = [("password.network", f"{network} {username}"), ("sign-in.network", network)]
    if not limits.is_under_limit("password.account", username):
        raise ProveFirst
    with limits.enforce_limits_without_counting(request, *shared):
        turns = FRESH
        if not FRESH.take_turn_if_free():
            limits.require_wait_is_over(request, "hash", lambda: BUSY)
            turns = PATIENT
            if not PATIENT.take_turn_if_free():
                raise limits.MustWait(seconds=BUSY)
            limits.forget_finished_waits(request, {"hash"})
        yield from _count_wrong_attempt(*shared, ("password.account", username), turns=turns)


def _count_wrong_attempt(*budgets: tuple[str, str], turns: TokenBucket | None = None) -> Iterator[SignInAttempt]:
    """A wrong one counts under ``budgets``; a right one gives its turn back."""
    tried = SignInAttempt()
    yield tried
    if not tried.is_right:
        for budget in budgets:
            limits.count_if_under_limit(*budget)
    elif turns is not None:
        turns.give_turn_back()


def _known_browser_key(request: PortalRequest, username: str) -> str:
    """Under which key a known browser is counted; empty for a stranger."""
    device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if device and is_known_device(username=username, secret=device):
        return f"{device} {username}"
    opened = getattr(request.member, "account", None)
    return f"{request.session.session_key} {username}" if opened is not None and opened.username == username else ""
