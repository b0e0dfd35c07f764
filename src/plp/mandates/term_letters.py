"""Letters about the end of a mandate: before it and after it, to the holder and to whoever must see to it (ADR 68)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.mandates.models import Mandate
from plp.mandates.terms import confirmer_role_text, confirmers_of
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
ENDING = LetterTemplate(TEXTS, "mandate_ending", "partnership.mandate_ending", urgent=False)
ENDING_OF = LetterTemplate(TEXTS, "mandate_ending_of", "partnership.mandate_ending", urgent=False)
ENDED = LetterTemplate(TEXTS, "mandate_ended", "partnership.mandate_ended")
ENDED_OF = LetterTemplate(TEXTS, "mandate_ended_of", "partnership.mandate_ended")


def send_ending_letters(mandate: Mandate, *, by: Person | None, at: datetime) -> None:
    """Say that ``mandate`` will be over: to its holder, and to those who can let it go on."""
    _send_term_letter(ENDING, mandate, to_keepers=False, by=by, at=at)
    _send_term_letter(ENDING_OF, mandate, to_keepers=True, by=by, at=at)


def send_ended_letters(mandate: Mandate, *, to_keepers: bool, by: Person | None, at: datetime) -> None:
    """Say that ``mandate`` is over: to its holder, and ``to_keepers`` who must appoint the next one."""
    _send_term_letter(ENDED, mandate, to_keepers=False, by=by, at=at)
    if to_keepers:
        _send_term_letter(ENDED_OF, mandate, to_keepers=True, by=by, at=at)


def _term_letter_context(mandate: Mandate) -> Callable[[str], dict[str, str]]:
    return lambda language: {
        "name": strip_slots(mandate.person.name),
        "role": str(mandate.get_role_display()),
        "area": mandate.area.name(language),
        "day": date_format(mandate.last_day, "DATE_FORMAT"),
        "keeper": confirmer_role_text(mandate),
        "link": pages.MANDATE_LIST.link(),
    }


def _send_term_letter(
    letter: LetterTemplate, mandate: Mandate, *, to_keepers: bool, by: Person | None, at: datetime
) -> None:
    readers = confirmers_of(mandate, at=at) if to_keepers else Person.objects.filter(pk=mandate.person_id)
    send_letter(letter, to=contacts_of(readers), context=_term_letter_context(mandate), area=None, by=by, at=at)
