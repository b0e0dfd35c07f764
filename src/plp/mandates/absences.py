"""A deputy is asked to stand in, says yes or no by a link, hands back; both are told by letter (R38)."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.models import Absence
from plp.people.models import ContactPoint, Person
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign
from plp.toolbox.moves import WrongState

TEXTS = Path(__file__).parent / "texts"
PURPOSE = "absence"
MOMENT = timedelta(seconds=1)  # an absence ends at midnight: its last day is the day before
ASKED = LetterTemplate(TEXTS, "absence_asked", "partnership.absence_asked")
DECLINED = LetterTemplate(TEXTS, "absence_declined", "partnership.absence_declined")
ENDED = LetterTemplate(TEXTS, "absence_ended", "partnership.absence_ended")


def cover_answer_path(absence: Absence) -> str:
    """The address of the page on which the deputy sees for whom and until when, and answers. No sign-in is needed."""
    return pages.COVER.path(absence.pk.hex, sign(absence.pk.hex, purpose=PURPOSE))


def absence_by_link(key: str, signature: str, *, at: datetime) -> Absence | None:
    """The absence of a link, while it is not over; ``None`` for a wrong link and for one that is over."""
    if not is_valid_signature(key, signature, purpose=PURPOSE):
        return None
    absences = Absence.objects.filter(pk=UUID(hex=key), ends_at__gt=at)
    return absences.select_related("mandate__person", "mandate__area", "deputy__person").first()


def ask_deputy_by_letter(absence: Absence, *, by: Person, at: datetime) -> None:
    """Write to the deputy for whom, from when and until when they are to stand in."""
    _send_absence_letter(ASKED, absence, to=absence.deputy.person, named=absence.mandate.person, by=by, at=at)


def notify_deputy_of_absence_end(absence: Absence, *, by: Person, at: datetime) -> None:
    """Write to the deputy that the tasks are the coordinator's again."""
    _send_absence_letter(ENDED, absence, to=absence.deputy.person, named=absence.mandate.person, by=by, at=at)


@transaction.atomic
def accept_cover(*, absence: Absence, at: datetime) -> None:
    """The deputy says yes. It holds without that, too: nobody is left without a coordinator by a letter not read."""
    if not Absence.objects.filter(pk=absence.pk, accepted_at=None, ends_at__gt=at).update(accepted_at=at):
        raise WrongState
    note(verb="mandate.cover_accepted", by=absence.deputy.person, at=at, area=absence.mandate.area.path, target=absence)


@transaction.atomic
def decline_cover_and_notify_coordinator(*, absence: Absence, at: datetime) -> None:
    """The deputy cannot, or hands back: the absence ends now, or never was, and the coordinator is told at once."""
    deputy, mandate = absence.deputy.person, absence.mandate
    current = Absence.objects.select_for_update().filter(pk=absence.pk, ends_at__gt=at)
    if not current.exists():
        raise WrongState
    if absence.starts_at >= at:
        current.delete()
    else:
        current.update(ends_at=at)
    note(verb="mandate.cover_declined", by=deputy, at=at, area=mandate.area.path, target=mandate)
    _send_absence_letter(DECLINED, absence, to=mandate.person, named=deputy, by=deputy, at=at)


def _cover_answer_link_unless_end_letter(letter: LetterTemplate, absence: Absence) -> str:
    """Where the letter leads: the one that says it is over leads nowhere."""
    if letter is ASKED:
        return pages.COVER.link(absence.pk.hex, sign(absence.pk.hex, purpose=PURPOSE))
    return pages.ABSENCE.link() if letter is DECLINED else ""


def _send_absence_letter(
    letter: LetterTemplate, absence: Absence, *, to: Person, named: Person, by: Person, at: datetime
) -> None:
    send_letter(
        letter,
        to=ContactPoint.objects.filter(person=to),
        context=lambda language: {
            "name": strip_slots(named.name),
            "area": absence.mandate.area.name(language),
            "first": date_format(local(absence.starts_at), "DATE_FORMAT"),
            "last": date_format(local(absence.ends_at - MOMENT), "DATE_FORMAT"),
            "link": _cover_answer_link_unless_end_letter(letter, absence),
        },
        area=None,
        by=by,
        at=at,
    )
