"""How often something may be asked: one table, read by code and by test (docs/security.md#limits).

Nobody shuts others out (ADR 34): what is refused counts nothing, and where a stranger reaches a limit that others share
they wait some seconds and send again. Only one's own limits, and those of what goes to one address, end in a refusal.
"""

import ipaddress
import math
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.requests import PortalRequest
from plp.toolbox.moves import Refused

MINUTE, HOUR, DAY = 60, 3_600, 86_400
DELAYS = (2, 4, 8, 15)  # seconds that one waits above a shared limit: longer as long as it is full
WAITED_FOR = 600  # seconds for which a wait that is over is good
WAITS = "waits"  # in the session: the limits at which this browser waits, each with the moment of its end


class TooOften(Refused):
    """A limit of one's own is reached, or of everybody, never of an address, which would tell that it is known."""

    sentence = _("Wait a few minutes, then try again. Nothing is lost.")


class MustWait(TooOften):
    """A limit that others share is reached: in ``seconds`` the same may be sent again, and goes through."""

    sentence = _("Much is being sent just now. Wait %(seconds)s seconds, then send it again. Nothing is lost.")

    @property
    def seconds(self) -> int:
        """How long."""
        seconds: int = self.details["seconds"]
        return seconds


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in any ``seconds``."""

    times: int
    seconds: int


LIMITS = {
    "join.network": Limit(10, HOUR),
    "confirm.address": Limit(1, DAY),  # nobody is flooded with codes that a stranger asked for (T55)
    "confirm.own": Limit(1, DAY),  # a member who adds an address: strangers take nothing from it
    "confirm.person": Limit(10, DAY),
    "code.network": Limit(3, HOUR),  # codes to one address that one network asks for
    "code.address": Limit(10, DAY),  # and all together: the last code stands until there is room again (ADR 34)
    "code.device": Limit(5, HOUR),  # to an address whose code was right in this browser: strangers take nothing from it
    "password.device": Limit(20, HOUR),  # wrong ones in a browser in which one signed in before
    "password.network": Limit(5, 5 * MINUTE),  # wrong ones of a network for one account, from browsers that are new
    "password.account": Limit(300, DAY),  # and of all networks: after them the mailbox proves who asks (ADR 34)
    "sign-in.network": Limit(30, 5 * MINUTE),  # wrong ones of a network for whatever account
    "buddy.person": Limit(3, DAY),  # letters to whoever a member asks to receive on their behalf
    "buddy.address": Limit(1, DAY),
    "slow": Limit(len(DELAYS) - 1, HOUR),  # how often somebody had to wait at a full limit
    "idea.network": Limit(5, HOUR),
    "idea.zone": Limit(40, HOUR),  # a desk reads them all: a flood from many networks stops here
    "idea.note": Limit(5, DAY),  # what the initiator of an idea writes to the police
    "statement.link": Limit(60, DAY),  # how often a party saves what it says by its own link
    "sighting.network": Limit(5, HOUR),
    "sighting.zone": Limit(60, HOUR),  # as for ideas
    "report_code.network": Limit(20, HOUR),  # codes of reports that one network types, right or wrong
    "question.network": Limit(10, HOUR),
    "answer.network": Limit(20, HOUR),  # answers of those who ask to join
    "question.partnership": Limit(40, HOUR),
    "screen-code.network": Limit(20, HOUR),  # codes of screens that one network types, right or wrong
    "letterbox-code.network": Limit(20, HOUR),  # codes of letters to those who wait, right or wrong
    "notice-code.network": Limit(30, HOUR),  # codes of letters that one network types
    "notice-answer.network": Limit(60, HOUR),  # answers by the link of a copy: a household shares a network
    "evening.network": Limit(200, HOUR),  # presence, answers, offers: a full hall shares a network
    "members.person": Limit(60, MINUTE),  # pages of the list of members: nobody reads faster (T12)
    "pack.person": Limit(30, HOUR),  # a whole pack costs seconds of both processors
    "test.person": Limit(20, HOUR),  # messages that an administrator sends to see whether they arrive
}


def _cache_keys(limit: str, counted_key: str) -> list[str]:
    return [f"limit.{limit}.{counted_key}.{place}" for place in range(LIMITS[limit].times)]


def is_under_limit(limit: str, counted_key: str) -> bool:
    """Whether ``counted_key`` may go on under ``limit``; counts nothing."""
    places = _cache_keys(limit, counted_key)
    return len(cache.get_many(places)) < len(places)


def count_if_under_limit(limit: str, counted_key: str) -> bool:
    """Count one for ``counted_key``; ``False`` when ``limit`` is reached.

    Each place is a row that can be added once until it runs out: requests at the same moment cannot pass the limit.
    """
    places = _cache_keys(limit, counted_key)
    taken = cache.get_many(places)
    return any(cache.add(place, 1, timeout=LIMITS[limit].seconds) for place in places if place not in taken)


@contextmanager
def enforce_then_count(request: PortalRequest, *limits_and_keys: tuple[str, str]) -> Iterator[None]:
    """Do what is limited inside, and count it under ``limits_and_keys`` if it went through.

    Raises ``MustWait`` at a full limit, until this browser has waited; counts nothing when the block raises.
    """
    with enforce_limits_without_counting(request, *limits_and_keys), transaction.atomic():
        yield
        for pair in limits_and_keys:
            count_if_under_limit(*pair)


@contextmanager
def enforce_limits_without_counting(request: PortalRequest, *limits_and_keys: tuple[str, str]) -> Iterator[None]:
    """As ``enforce_then_count``, where the block itself knows what counts."""
    full = [pair for pair in limits_and_keys if not is_under_limit(*pair)]
    for limit, counted_key in full:
        require_wait_is_over(request, limit, partial(_count_and_next_delay_seconds, f"{limit}.{counted_key}"))
    yield
    forget_finished_waits(request, {limit for limit, _key in full})


def require_wait_is_over(request: PortalRequest, limit: str, seconds: Callable[[], int]) -> None:
    """Nothing for a browser that has waited at ``limit``; else it waits so many ``seconds``. Raises ``MustWait``."""
    now, waits = request.at.timestamp(), request.session.get(WAITS, {})
    until = waits.get(limit, 0.0)
    if until <= now < until + WAITED_FOR:
        return
    if now < until:
        raise MustWait(seconds=max(DELAYS[0], math.ceil(until - now)))
    delay = seconds()
    request.session[WAITS] = {**waits, limit: now + delay}
    raise MustWait(seconds=delay)


def _count_and_next_delay_seconds(counted_key: str) -> int:
    """Of those who come at once to the full limit ``counted_key`` each waits longer, up to the longest."""
    places = _cache_keys("slow", counted_key)
    step = len(cache.get_many(places))
    count_if_under_limit("slow", counted_key)
    return DELAYS[step]


def forget_finished_waits(request: PortalRequest, limits: Collection[str]) -> None:
    """What was waited for is used up."""
    waits = request.session.get(WAITS, {}) if limits else {}
    if waits:
        request.session[WAITS] = {limit: until for limit, until in waits.items() if limit not in limits}


def reset_limit(limit: str, counted_key: str) -> None:
    """Let ``counted_key`` begin anew under ``limit``."""
    cache.delete_many(_cache_keys(limit, counted_key))


def mailbox_key(channel: str, address: str) -> str:
    """The key of an address under a limit: capitals and a ``+tag`` of e-mail lead to the same box."""
    local, at, domain = address.lower().rpartition("@")
    return f"{channel}:{local.partition('+')[0]}{at}{domain}"


def network_prefix_of(request: HttpRequest) -> str:
    """The network that asks: /24 of IPv4, /48 of IPv6, for one house has many addresses."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))


def personal_or_network_limit_key(request: PortalRequest) -> str:
    """By whom something is sent: somebody who is known has limits of their own, strangers share those of a network."""
    known = request.person or request.member
    return known.pk.hex if known is not None else network_prefix_of(request)
