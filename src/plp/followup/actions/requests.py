"""Requests for information from the coordinator to the police: asked, answered, or refused with a reason (R52)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from plp.followup.letters import send_request_answer_letter, send_request_letter
from plp.followup.models import InformationRequest
from plp.followup.queries.desk_holders import police_officer_in_charge
from plp.followup.refusals import BadRequestDay, NobodyAnswers
from plp.followup.states import ASKED, RequestState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.moves import move
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_SUBJECT, MOST_WORDS = 100, 1000
LATEST = timedelta(days=60)
END_OF_DAY = time(17)  # of the day by which an answer is asked


@transaction.atomic
def ask_police_and_notify(
    *, partnership: Partnership, subject: str, words: str, language: str, due_on: date, by: Person, at: datetime
) -> InformationRequest:
    """Ask the police something, with a day by which an answer is expected. One of them hears of it.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords``, ``BadRequestDay`` or ``NobodyAnswers``.
    """
    require(by, Permission.REQUEST_ASK, partnership.area, at=at)
    require_living(partnership)
    given = normalise_text(subject, most=MOST_SUBJECT), normalise_text(words, most=MOST_WORDS, lines=True)
    require_text_passes_check("\n".join(given), language=language)
    today = local(at).date()
    if not today < due_on <= today + LATEST:
        raise BadRequestDay
    reader = police_officer_in_charge(partnership, Permission.REQUEST_ANSWER, at=at)
    if reader is None:
        raise NobodyAnswers
    request = InformationRequest.objects.create(
        partnership=partnership,
        asked_by=by,
        language=language,
        subject=given[0],
        words=given[1],
        asked_at=at,
        due_at=datetime.combine(due_on, END_OF_DAY, tzinfo=BRUSSELS),
    )
    send_request_letter(request, reader, by=by, at=at)
    _note_request("asked", request, by=by, at=at)
    return request


@transaction.atomic
def answer_request_and_notify(*, request: InformationRequest, words: str, by: Person, at: datetime) -> None:
    """Answer, without a word about a person or an investigation.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    _end_request_and_send_answer(request, RequestState.ANSWERED, reason="", words=words, by=by, at=at)


@transaction.atomic
def refuse_request_and_notify(
    *, request: InformationRequest, reason: str, words: str, by: Person, at: datetime
) -> None:
    """Say no, with one of a few reasons and words if needed: another reason needs them.

    Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    _end_request_and_send_answer(
        request, RequestState.REFUSED, reason=InformationRequest.Reason(reason), words=words, by=by, at=at
    )


def _end_request_and_send_answer(
    request: InformationRequest, to: RequestState, *, reason: str, words: str, by: Person, at: datetime
) -> None:
    require(by, Permission.REQUEST_ANSWER, request.partnership.area, at=at)
    may_be_empty = to == RequestState.REFUSED and reason != InformationRequest.Reason.OTHER
    told = normalise_text(words, most=MOST_WORDS, lines=True, empty=may_be_empty)
    if told:
        require_text_passes_check(told, language=request.language)
    move(request, to, table=ASKED, ended_at=at, ended_by=by, reason=reason)
    request.answer = told
    request.save(update_fields=["answer"])
    send_request_answer_letter(request, by=by, at=at)
    _note_request(to.value, request, by=by, at=at, reason=reason)


def _note_request(verb: str, request: InformationRequest, *, by: Person, at: datetime, **details: object) -> None:
    note(verb=f"request.{verb}", by=by, at=at, area=request.partnership.area.path, target=request, **details)
