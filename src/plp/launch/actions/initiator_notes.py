"""What an initiator ticks for those who prepare a partnership, and tells its police (R10, R16)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.actions.ideas import LINKS, LinkInIdea
from plp.launch.letters import send_initiator_letter_to_police
from plp.launch.models import Idea, InitiatorAct
from plp.launch.refusals import OfficeUnreachable
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.words import normalise_text

MOST_NOTE = 600


@transaction.atomic
def record_acts_of_initiator(
    *, idea: Idea, partnership: Partnership, kinds: Sequence[str], by: Person | None, at: datetime
) -> int:
    """Keep what the initiator of ``idea`` says they did for ``partnership``; answer how many acts were new.

    ``kinds`` are of ``InitiatorAct.Kind``. A tick closes no step.
    ``by`` is ``None`` as in ``mail_initiator_note_to_police``.
    """
    ticked_before = set(partnership.initiator_acts.values_list("kind", flat=True))
    fresh = [
        InitiatorAct(partnership=partnership, kind=kind, at=at)
        for kind in dict.fromkeys(kinds)
        if kind not in ticked_before
    ]
    InitiatorAct.objects.bulk_create(fresh, ignore_conflicts=True)
    if fresh:
        acts = [act.kind for act in fresh]
        note(verb="idea.acts_ticked", by=by, at=at, area=partnership.area.path, target=idea, acts=acts)
    return len(fresh)


@transaction.atomic
def save_room_reserved_by_initiator(
    *, idea: Idea, partnership: Partnership, place: str, street: str, by: Person | None, at: datetime
) -> None:
    """Keep which room the initiator of ``idea`` reserved, and tick that: whoever plans the evening begins with it.

    Raises ``BadWords`` or ``LinkInIdea``.
    """
    room = {"place": normalise_text(place, most=120), "street": normalise_text(street, most=200, empty=True)}
    if any(sign in " ".join(room.values()).lower() for sign in LINKS):
        raise LinkInIdea
    record_acts_of_initiator(idea=idea, partnership=partnership, kinds=[InitiatorAct.Kind.ROOM], by=by, at=at)
    partnership.initiator_acts.filter(kind=InitiatorAct.Kind.ROOM).update(**room)
    note(verb="idea.room_told", by=by, at=at, area=partnership.area.path, target=idea)


@transaction.atomic
def mail_initiator_note_to_police(
    *, idea: Idea, partnership: Partnership, words: str, by: Person | None, at: datetime
) -> int:
    """Send a note of the initiator of ``idea`` to the police of ``partnership``; answer how many mails.

    It is a mail and nothing more: it changes no fact of the plan. ``by`` is ``None`` for whoever is not signed in: the
    link stands for them. Raises ``BadWords``, ``LinkInIdea`` or
    ``OfficeUnreachable``.
    """
    text = normalise_text(words, most=MOST_NOTE, lines=True)
    if any(sign in text.lower() for sign in LINKS):
        raise LinkInIdea
    mails = send_initiator_letter_to_police(partnership, text, by=by, at=at)
    if not mails:
        raise OfficeUnreachable
    note(verb="idea.note_sent", by=by, at=at, area=partnership.area.path, target=idea, told=mails)
    return mails
