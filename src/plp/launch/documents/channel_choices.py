"""The channels among which somebody chooses on a paper form: each says itself how it stands there."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from plp.charter.kinds import QUICKEST_FIRST
from plp.charter.models import PlanRule
from plp.charter.queries import proposed_channels
from plp.delivery.channel import Channel
from plp.delivery.installed import planned_channels
from plp.documents import Lines


def typed_channels_quickest_first() -> list[Channel]:
    """Those whose addresses people write, in the order of an alarm."""
    return [channel for channel in _quickest_first() if channel.address_form.typed]


def channels_switched_on_on_a_page(rules: Sequence[PlanRule]) -> list[Channel]:
    """Those whose addresses come from a browser, as far as the plan sends by them and a form may name them."""
    sending = {key for rule in rules for key in rule.channels}
    return [
        channel
        for channel in _quickest_first()
        if channel.key in sending and channel.address_form.on_paper and not channel.address_form.typed
    ]


def channel_choices(rules: Sequence[PlanRule]) -> Lines:
    """A box for each channel, in the active language: those that the plan of ``rules`` has, and all that are typed."""
    offered = [*typed_channels_quickest_first(), *channels_switched_on_on_a_page(rules)]
    return Lines([words_on_paper(channel) for channel in offered], ticks=[False] * len(offered))


def words_on_paper(channel: Channel) -> str:
    """What stands beside the box of a channel, with room for its address."""
    return str(channel.address_form.on_paper) or _("%(channel)s: ____") % {"channel": channel.label}


def _quickest_first() -> list[Channel]:
    installed = planned_channels()
    return [installed[key] for key in proposed_channels(QUICKEST_FIRST)]
