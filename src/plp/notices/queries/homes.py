"""How many homes a message reached: several members behind one door are one home."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

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


def homes_reached_by_message(message: Message) -> HomesReached:
    """The homes of a message: one query. Whoever has no door here is a home alone.

    A copy that waits for somebody who wants to be left alone counts with those that arrived (T14).
    """
    door = Person.objects.filter(pk=OuterRef("person")).values("household")
    copies = Dispatch.objects.filter(message=message, replaced=False).annotate(door=Subquery(door))
    rows = list(copies.values_list("person", "door", "channel", "state", "reason"))
    arrived = {kind for kind in {row[2:] for row in rows} if _has_arrived(*kind)}
    return HomesReached(
        reached=len({row[1] or row[0] for row in rows if row[2:] in arrived}),
        homes=len({row[1] or row[0] for row in rows}),
        persons=len({row[0] for row in rows}),
    )


def _has_arrived(channel: str, state: str, reason: str) -> bool:
    return is_held_at_recipients_wish(state, reason) or progress_word(channel, state, reason) in REACHED
