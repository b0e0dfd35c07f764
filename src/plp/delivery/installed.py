"""Which channels are installed: found by entry point, never imported by name."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

from django.core import checks

from plp.delivery.channel import Channel, Sender

GROUP = "plp.channels"
log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _load_channels() -> tuple[dict[str, Channel], tuple[str, ...]]:
    """Channels by key in alphabetical order, and the names of those that could not be loaded."""
    channels, broken = {}, []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            channel = point.load()()
        except Exception:
            log.exception("channel %s cannot be loaded", point.name)
            broken.append(point.name)
            continue
        if isinstance(channel, Channel) and (channel.abilities.by_hand or isinstance(channel, Sender)):
            channels[channel.key] = channel
        else:
            broken.append(point.name)
    return channels, tuple(broken)


def channels() -> Mapping[str, Channel]:
    """All installed channels by key. One that cannot be loaded is left out, named by ``check_channels``."""
    return _load_channels()[0]


def senders() -> Mapping[str, Sender]:
    """The channels that the worker sends by."""
    return {key: channel for key, channel in channels().items() if isinstance(channel, Sender)}


def typed_channels() -> Mapping[str, Channel]:
    """The channels whose addresses people type; the others get theirs from a browser."""
    return {key: channel for key, channel in channels().items() if channel.address_form.typed}


def readable_address(channel: str, address: str) -> str:
    """An address as people may read it: nothing where it was not typed."""
    return "" if channel in channels() and channel not in typed_channels() else address


def check_channels(**_: Any) -> list[checks.CheckMessage]:
    """System check: at least one channel is found, and every announced one can be loaded."""
    loaded, broken = _load_channels()
    errors: list[checks.CheckMessage] = [
        checks.Error(f"Channel {name!r} is announced but cannot be loaded.", id="delivery.E002") for name in broken
    ]
    if not loaded:
        errors.append(
            checks.Error(
                "No channel is installed: nobody can be reached.",
                hint=f"Install the package itself (pip install .), so that entry points of {GROUP!r} are found.",
                id="delivery.E001",
            )
        )
    return errors
