"""What a party says by its link in words of its own: the police read it first and take it over (R14, ADR 85)."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.actions.ideas import LINKS, LinkInIdea
from plp.launch.letters import send_party_words_to_police
from plp.launch.refusals import OfficeUnreachable
from plp.partnership.models import Partnership
from plp.partnership.statements import LENGTH
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.toolbox.words import normalise_text


@transaction.atomic
def mail_party_words_to_police(
    *, partnership: Partnership, party: str, words: str, language: str, by: Person | None, at: datetime
) -> None:
    """Send the words of ``party`` to the police of ``partnership``: a mail, whose link shows them to an officer.

    Raises ``BadWords``, ``LinkInIdea`` or ``OfficeUnreachable``.
    """
    text = normalise_text(words, most=LENGTH, lines=True)
    if any(sign in text.lower() for sign in LINKS):
        raise LinkInIdea
    if not send_party_words_to_police(partnership, party, TranslatedText(text, language), by=by, at=at):
        raise OfficeUnreachable
    note(verb="party.words_told", by=by, at=at, area=partnership.area.path, target=partnership, party=party)
