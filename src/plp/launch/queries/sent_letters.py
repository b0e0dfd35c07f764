"""The day that stands on a letter which has left: a copy of it, made later, bears its day."""

from datetime import date

from plp.launch.models import Consultation, Recognition
from plp.launch.states import Filing
from plp.partnership.models import Partnership
from plp.partnership.states import State

AUTHORITIES = {
    Consultation.Authority.MUNICIPALITY: "letter_mayor",
    Consultation.Authority.PROSECUTOR: "letter_prosecutor",
}
LETTER, SHEET = "letter_interior", "register_sheet"  # they leave together


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
