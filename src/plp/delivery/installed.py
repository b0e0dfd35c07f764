"""Which channels are installed: found by entry point, never imported by name."""

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

from django.core import checks

from plp.delivery.channel import Channel, Preceding, Sender

GROUP = "plp.channels"
log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _loaded_channels_and_broken_names() -> tuple[dict[str, Channel], tuple[str, ...]]:
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
    return _loaded_channels_and_broken_names()[0]


def senders() -> Mapping[str, Sender]:
    """The channels that the worker sends by."""
    return {key: channel for key, channel in channels().items() if isinstance(channel, Sender)}


def channels_with_typed_addresses() -> Mapping[str, Channel]:
    """The channels whose addresses people type; the others get theirs from a browser."""
    return {key: channel for key, channel in channels().items() if channel.address_form.typed}


def testable_senders() -> Mapping[str, Sender]:
    """The channels by which somebody may send themselves a test: to an address that they type."""
    return {
        key: sender
        for key, sender in senders().items()
        if sender.address_form.typed or (isinstance(sender, Preceding) and sender.is_set_up())
    }


def add_preceding_channels(planned: Sequence[str]) -> list[str]:
    """The channels of a plan in their order, each behind those that go before it where the operator set them up."""
    ready = [sender for sender in senders().values() if isinstance(sender, Preceding) and sender.is_set_up()]
    before = {key: [sender.key for sender in ready if key in sender.abilities.precedes] for key in planned}
    return list(dict.fromkeys(channel for key in planned for channel in (*before[key], key)))


def planned_channels() -> Mapping[str, Channel]:
    """The channels that a plan names; the others go before one of these by themselves."""
    return {key: channel for key, channel in channels().items() if not channel.abilities.precedes}


def usable_channels() -> Mapping[str, Channel]:
    """The channels by which a message may leave here: without those that the operator did not set up."""
    return {
        key: channel for key, channel in channels().items() if not isinstance(channel, Preceding) or channel.is_set_up()
    }


def address_if_readable(channel: str, address: str) -> str:
    """An address as people may read it: nothing where a browser gave it."""
    installed = channels().get(channel)
    is_of_browser = installed is not None and not (installed.address_form.typed or installed.abilities.precedes)
    return "" if is_of_browser else address


def check_channels(**_: Any) -> list[checks.CheckMessage]:
    """System check: at least one channel is found, and every announced one can be loaded."""
    loaded, broken = _loaded_channels_and_broken_names()
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
