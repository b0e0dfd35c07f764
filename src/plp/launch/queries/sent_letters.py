"""The day that stands on a letter which has left: a copy of it, made later, bears its day."""

from datetime import date

from plp.evening.models import Meeting
from plp.launch.models import Consultation, Informing, Recognition
from plp.launch.states import Filing
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.toolbox.clock import local

AUTHORITIES = {
    Consultation.Authority.MUNICIPALITY: "letter_mayor",
    Consultation.Authority.PROSECUTOR: "letter_prosecutor",
}
LETTER, SHEET = "letter_interior", "register_sheet"  # they leave together
INVITING_AT_DOORS = ("letter_residents", "door_hanger")


def dates_of_sent_letters(
    partnership: Partnership,
    recognition: Recognition | None,
    *,
    tells_change: bool = False,
    has_told_change: bool = False,
) -> dict[str, date]:
    """The day of each letter that has left, by document; the others bear the day they are printed. One query.

    It is that of the sending, or for a letter that asks for a talk that of the first talk: it left by then. A letter
    that ``tells_change`` to FPS Interior, or that the partnership rests or ended, is not the one of the recognition;
    once the partnership ``has_told_change``, the sheet for the register is that of today.
    """
    if partnership.state == State.IDEA:
        return {}
    talks = Consultation.objects.filter(partnership=partnership, authority__in=AUTHORITIES).order_by("-held_on")
    days = {
        AUTHORITIES[Consultation.Authority(authority)]: day
        for authority, day in talks.values_list("authority", "held_on")
    }
    is_file_out = recognition is not None and recognition.state in {Filing.SENT, Filing.VALIDATED}
    is_recognition = partnership.state in {State.RECOGNITION, State.ACTIVE} and not tells_change
    if is_recognition and is_file_out and recognition and recognition.sent_on:
        days |= dict.fromkeys((LETTER,) if has_told_change else (LETTER, SHEET), recognition.sent_on)
    return days


def first_days_invitation_papers_left(evening: Meeting) -> dict[str, date]:
    """The day on which the letter to all addresses, and what hangs at doors beside it, first left for ``evening``:
    once what they ask for is over, they stay as they were. Nothing where none went round between its convening and it.
    One query.
    """
    if evening.convened_at is None:
        return {}
    letters = Informing.objects.filter(
        partnership=evening.partnership_id,
        means=Informing.Means.LETTER,
        informed_on__range=(local(evening.convened_at).date(), local(evening.starts_at).date()),
    )
    day = letters.order_by("informed_on").values_list("informed_on", flat=True).first()
    return dict.fromkeys(INVITING_AT_DOORS, day) if day else {}
