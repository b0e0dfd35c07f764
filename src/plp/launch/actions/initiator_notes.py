"""What an initiator tells those who prepare a partnership: streets carried, a room, people who help (R10, R16)."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.actions.ideas import LINKS, LinkInIdea
from plp.launch.letters import send_initiator_note
from plp.launch.models import Idea
from plp.launch.refusals import OfficeUnreachable
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.words import normalise_text

MOST_NOTE = 600


@transaction.atomic
def tell_offices(*, idea: Idea, partnership: Partnership, words: str, by: Person | None, at: datetime) -> int:
    """Send a note of the initiator of ``idea`` to whoever prepares ``partnership``; answer how many mails.

    It is a mail and nothing more: it changes no fact of the plan. ``by`` is ``None`` for whoever is not signed in: the
    link stands for them. Raises ``BadWords``, ``LinkInIdea`` or
    ``OfficeUnreachable``.
    """
    text = normalise_text(words, most=MOST_NOTE, lines=True)
    if any(sign in text.lower() for sign in LINKS):
        raise LinkInIdea
    mails = send_initiator_note(partnership, text, by=by, at=at)
    if not mails:
        raise OfficeUnreachable
    note(verb="idea.note_sent", by=by, at=at, area=partnership.area.path, target=idea, told=mails)
    return mails
