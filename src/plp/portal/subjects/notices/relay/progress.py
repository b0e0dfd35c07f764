"""How a message fares, in figures and in words: "3 could not be reached by SMS; here is the call list"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.channels.calls import Calls
from plp.channels.paper import Paper
from plp.delivery.installed import channels
from plp.delivery.models import Message
from plp.delivery.queries import (
    Tally,
    Unreached,
    count_copies_over_budget,
    count_copies_to_deliver_by_hand,
    first_scheduled_times,
    message_tally,
    unreached_persons,
    urgent_copies_without_supplier,
)
from plp.notices.models import Notice
from plp.notices.queries import has_notice_ended
from plp.notices.queries.homes import HomesReached, homes_reached_by_message
from plp.notices.refusals import AlreadyExpired
from plp.notices.states import State
from plp.partnership.gates import PartnershipOver, is_over


@dataclass(frozen=True)
class DeliveryTrouble:
    """A sentence about what went wrong or is left to do, and where to do it."""

    sentence: str
    url: str
    link: str


@dataclass(frozen=True)
class DeliveryProgress:
    """Figures of a message that add up, the homes among them, its trouble in words, what people have to carry, and when
    what waits for the hours of the plan begins to leave.
    """

    tally: Tally
    homes: HomesReached
    troubles: list[DeliveryTrouble]
    work: list[DeliveryTrouble]
    leaves_at: datetime | None


def ended_or_stopped_sentence(notice: Notice, *, at: datetime) -> str:
    """Why nothing of a relayed notice leaves any more: it was stopped, or it or its partnership has ended; else
    empty.
    """
    if notice.state == State.RETRACTED:
        return _("This message was stopped. Nothing more is sent.")
    if is_over(notice.partnership):
        return str(PartnershipOver.sentence)
    return str(AlreadyExpired.sentence) if has_notice_ended(notice, at=at) else ""


def delivery_progress_of(notice: Notice, *, at: datetime) -> DeliveryProgress:
    """How the message of a relayed notice fares; once it was stopped or has ended nobody carries it."""
    message = notice.relay.message
    figures = message_tally(message)
    later = first_scheduled_times(message) if figures.waiting else {}
    return DeliveryProgress(
        figures,
        homes_reached_by_message(message),
        [] if is_over(notice.partnership) else list(_delivery_troubles(notice, message, figures)),
        list(_tasks_by_hand(notice, message))
        if figures.pending and not ended_or_stopped_sentence(notice, at=at)
        else [],
        min(later.values(), default=None),
    )


def _channel_label(channel: str) -> Any:
    found = channels().get(channel)
    return found.label if found else channel


def _delivery_troubles(notice: Notice, message: Message, figures: Tally) -> Iterator[DeliveryTrouble]:
    nobody = unreached_persons(message) if figures.lost else Unreached({}, {}, ())
    doubtful = nobody.doubtful
    calls = reverse("notices:relay:calls", args=[notice.pk])
    for channel, number in nobody.by_channel.items():
        lost = number - doubtful.get(channel, 0)
        if lost:
            words = ngettext(
                "%(number)d person could not be reached: %(channel)s.",
                "%(number)d people could not be reached: %(channel)s.",
                lost,
            )
            yield DeliveryTrouble(
                words % {"number": lost, "channel": _channel_label(channel)}, calls, _("Here is the call list")
            )
    stranded = urgent_copies_without_supplier(message).count() if figures.stoppable else 0
    if stranded:
        words = ngettext(
            "%d neighbour must be called: the message cannot leave at the moment.",
            "%d neighbours must be called: the message cannot leave at the moment.",
            stranded,
        )
        yield DeliveryTrouble(words % stranded, calls, _("Print the call list"))
    over_budget = count_copies_over_budget(message) if figures.stoppable else {}
    for channel, number in over_budget.items():
        words = ngettext(
            "%(number)d message waits until tomorrow morning: today’s money is spent (%(channel)s).",
            "%(number)d messages wait until tomorrow morning: today’s money is spent (%(channel)s).",
            number,
        )
        yield DeliveryTrouble(
            words % {"number": number, "channel": _channel_label(channel)}, calls, _("Call those who cannot wait")
        )
    if doubtful:
        number = sum(doubtful.values())
        words = ngettext(
            "Nobody knows whether the message reached %d person.",
            "Nobody knows whether the message reached %d people.",
            number,
        )
        url = reverse("notices:relay:unknown", args=[notice.pk])
        yield DeliveryTrouble(words % number, url, _("Ask them and note the answer"))


def _tasks_by_hand(notice: Notice, message: Message) -> Iterator[DeliveryTrouble]:
    calls, letters = count_copies_to_deliver_by_hand(message, Calls.key, Paper.key)
    if calls:
        words = ngettext("%d person is to be called.", "%d people are to be called.", calls) % calls
        yield DeliveryTrouble(words, reverse("notices:relay:calls", args=[notice.pk]), _("Open the call list"))
    if letters:
        words = ngettext("%d letter is to be delivered.", "%d letters are to be delivered.", letters) % letters
        yield DeliveryTrouble(words, reverse("notices:relay:letters", args=[notice.pk]), _("Print the letters"))
