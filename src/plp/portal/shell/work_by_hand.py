"""What is left for people to carry of messages, and where: letters, calls."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from plp.channels.calls import Calls
from plp.delivery.models import Message
from plp.delivery.queries import count_copies_to_carry, subjects_of_hand_carried_messages
from plp.notices.models import Relay
from plp.portal.shell.offers import Task


def work_by_hand_of(messages: QuerySet[Message], *, at: datetime) -> list[Task]:
    """Letters and calls left of these messages: how many, of what, and the page where they are ticked off.

    The page of what the police sent is that of the notice.
    """
    counts = count_copies_to_carry(messages, at=at)
    titles = (
        subjects_of_hand_carried_messages({key for key, _channel in counts}, get_language() or "fr") if counts else {}
    )
    notices = dict(Relay.objects.filter(message__in=titles).values_list("message", "notice")) if titles else {}
    return [
        _work_by_hand(titles[key], notices.get(key, key), channel, number) for (key, channel), number in counts.items()
    ]


def _work_by_hand(title: str, key: UUID, channel: str, number: int) -> Task:
    if channel == Calls.key:
        words = ngettext("%d person is to be called.", "%d people are to be called.", number)
        return Task(words % number, title, reverse("notices:relay:calls", args=[key]), count=number)
    words = ngettext("%d letter is to be delivered.", "%d letters are to be delivered.", number)
    return Task(words % number, title, reverse("notices:relay:letters", args=[key]), count=number)
