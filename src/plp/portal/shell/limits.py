"""How often something may be asked: one table, read by code and by test (trust 3.6)."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from plp.toolbox.crypto import digest
from plp.toolbox.moves import Refused

MINUTE, HOUR, DAY = 60, 3_600, 86_400


class TooOften(Refused):
    """A limit is reached: of a network or of everybody, never of an address, which would tell that it is known."""

    sentence = _("Wait a few minutes, then try again. Nothing is lost.")


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in any ``seconds``."""

    times: int
    seconds: int


LIMITS = {
    "join.network": Limit(10, HOUR),
    "confirm.address": Limit(1, DAY),  # nobody is flooded with codes that a stranger asked for (T55)
    "code.address": Limit(3, HOUR),
    "code.address.day": Limit(5, DAY),
    "code.network": Limit(10, HOUR),
    "wrong.network": Limit(30, HOUR),
    "wrong.everywhere": Limit(300, HOUR),  # 8 digits against a whole population (trust 3.5)
    "buddy.person": Limit(3, DAY),  # letters to whoever a member asks to receive on their behalf
    "check.network": Limit(60, HOUR),
    "idea.network": Limit(5, HOUR),
    "idea.zone": Limit(40, HOUR),  # a desk reads them all: a flood from many networks stops here
    "sighting.network": Limit(5, HOUR),
    "sighting.zone": Limit(60, HOUR),  # as for ideas
    "question.network": Limit(10, HOUR),
    "answer.network": Limit(20, HOUR),  # answers of those who ask to join
    "question.partnership": Limit(40, HOUR),
    "evening.network": Limit(200, HOUR),  # presence, opinions, offers: a full hall shares a network
    "ballot.network": Limit(60, HOUR),  # wrong codes only
    "ballot.meeting": Limit(300, HOUR),  # wrong codes only: six signs against the codes of one meeting
    "members.person": Limit(60, MINUTE),  # pages of the list of members: nobody reads faster (T12)
    "pack.person": Limit(30, HOUR),  # a whole pack costs seconds of both processors
    "test.person": Limit(20, HOUR),  # messages that an administrator sends to see whether they arrive
    "survey.network": Limit(30, HOUR),  # wrong codes only: a whole street may share a network
}


def _places(name: str, key: str) -> list[str]:
    hidden = digest(key, purpose="limit")  # no address and no network stands in the cache
    return [f"limit.{name}.{hidden}.{place}" for place in range(LIMITS[name].times)]


def left(name: str, key: str) -> bool:
    """Whether ``key`` may go on under the limit ``name``; counts nothing."""
    places = _places(name, key)
    return len(cache.get_many(places)) < len(places)


def take(name: str, key: str) -> bool:
    """Count one for ``key``; ``False`` when the limit ``name`` is reached.

    Each place is a row that can be added once until it runs out: requests at the same moment cannot pass the limit.
    """
    places = _places(name, key)
    taken = cache.get_many(places)
    return any(cache.add(place, 1, timeout=LIMITS[name].seconds) for place in places if place not in taken)


def one_box(channel: str, address: str) -> str:
    """The key of an address under a limit: capitals and a ``+tag`` of e-mail lead to the same box."""
    local, at, domain = address.lower().rpartition("@")
    return f"{channel}:{local.partition('+')[0]}{at}{domain}"


def network_of(request: HttpRequest) -> str:
    """The network that asks: /24 of IPv4, /48 of IPv6, for one house has many addresses."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
