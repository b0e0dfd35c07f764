"""The day that stands on a letter which has left: a copy of it, made later, tells nothing later than its day."""

from collections.abc import Sequence
from datetime import date

from plp.launch.models import Consultation, Recognition
from plp.launch.states import Filing
from plp.partnership.models import Partnership, Statement
from plp.partnership.states import State
from plp.toolbox.clock import local

AUTHORITIES = {
    Consultation.Authority.MUNICIPALITY: "letter_mayor",
    Consultation.Authority.PROSECUTOR: "letter_prosecutor",
}


def letter_days(
    partnership: Partnership, statements: Sequence[Statement], recognition: Recognition | None
) -> dict[str, date]:
    """The day of each letter that has left, by document; the others bear the day they are printed. One query.

    It is that of the talk or of the sending, or of the last motive that the letter tells, if that is later.
    """
    if partnership.state == State.IDEA:
        return {}
    motives = [local(row.written_at).date() for row in statements if row.kind == Statement.Kind.MOTIVE]
    talks = Consultation.objects.filter(partnership=partnership, authority__in=AUTHORITIES).order_by("held_on")
    days = {
        AUTHORITIES[Consultation.Authority(authority)]: max(day, *motives, day)
        for authority, day in talks.values_list("authority", "held_on")
    }
    is_file_out = recognition is not None and recognition.state in {Filing.SENT, Filing.VALIDATED}
    if partnership.launched_at is None and is_file_out and recognition and recognition.sent_on:
        days["letter_interior"] = recognition.sent_on
    return days
