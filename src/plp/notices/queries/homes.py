"""How many homes a message reached: several members behind one door are one home."""

from dataclasses import dataclass

from plp.delivery.models import Dispatch, Message
from plp.delivery.progress_words import ProgressWord, is_held_at_recipients_wish, progress_word
from plp.people.models import Person

REACHED = {ProgressWord.READ, ProgressWord.HEARD, ProgressWord.DELIVERED, ProgressWord.SENT}


@dataclass(frozen=True)
class HomesReached:
    """Of ``homes`` to which a message goes, how many it ``reached``, with ``persons`` members in all."""

    reached: int
    homes: int
    persons: int


def homes_reached(message: Message) -> HomesReached:
    """The homes of a message: two queries. Whoever has no door here is a home alone.

    A copy that waits for somebody who wants to be left alone counts with those that arrived (T14).
    """
    copies = Dispatch.objects.filter(message=message, replaced=False)
    rows = list(copies.values_list("person", "channel", "state", "reason"))
    doors = dict(Person.objects.filter(pk__in=copies.values("person")).values_list("pk", "household"))
    home_of = {person: doors.get(person) or person for person, *_copy in rows}
    reached = {
        home_of[person]
        for person, channel, state, reason in rows
        if is_held_at_recipients_wish(state, reason) or progress_word(channel, state, reason) in REACHED
    }
    return HomesReached(len(reached), len(set(home_of.values())), len(home_of))
