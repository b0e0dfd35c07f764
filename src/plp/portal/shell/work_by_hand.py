"""What is left for people to carry of messages, in words, and where: letters, calls."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from plp.channels.calls import Calls
from plp.delivery.models import Message
from plp.delivery.queries import count_copies_to_carry, subjects_by_hand


@dataclass(frozen=True)
class WorkByHand:
    """What is left to carry of a message by one channel: what it is about, in words how much, and where."""

    title: str
    words: str
    url: str
    count: int


def work_by_hand_of(messages: QuerySet[Message], *, at: datetime) -> list[WorkByHand]:
    """Letters and calls left of these messages."""
    counts = count_copies_to_carry(messages, at=at)
    titles = subjects_by_hand({key for key, _channel in counts}, get_language() or "fr") if counts else {}
    return [_work_by_hand(titles[key], key, channel, number) for (key, channel), number in counts.items()]


def _work_by_hand(title: str, key: UUID, channel: str, number: int) -> WorkByHand:
    if channel == Calls.key:
        words = ngettext("%d person is to be called.", "%d people are to be called.", number)
        return WorkByHand(title, words % number, reverse("notices:relay:calls", args=[key]), number)
    words = ngettext("%d letter is to be delivered.", "%d letters are to be delivered.", number)
    return WorkByHand(title, words % number, reverse("notices:relay:letters", args=[key]), number)
