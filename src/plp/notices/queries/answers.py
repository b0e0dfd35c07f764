"""Reads about what members say back: which message they mean, who reads it, what waits on which desk (R127)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from plp.charter.kinds import KINDS, Office
from plp.charter.queries import NoPlan, required_plan_rule
from plp.delivery.answer_codes import answer_code, dispatch_id_of_code
from plp.delivery.models import Dispatch, Message
from plp.delivery.pages import NOTICE_ANSWER
from plp.journal.models import Entry
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import Acknowledgement, HelpCall, Notice, NoticeAnswer
from plp.notices.rules.answers import KEPT, answer_closing_time
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import ContactPoint, Person

DRILLS_SHOWN = 12
LOOKED_BACK = timedelta(days=90)  # no message is answered longer after it left

UNREAD_ANSWERS = OpenRows(
    "FROM notices_noticeanswer a JOIN notices_notice t ON t.id = a.notice_id "
    "WHERE a.read_at IS NULL AND t.partnership_id IN {partnerships}",
    permission=Permission.QUESTION_POLICE,
)
OPEN_HELP_CALLS = OpenRows("FROM notices_helpcall t WHERE t.taken_at IS NULL AND t.partnership_id IN {partnerships}")


def police_office_that_reads_answers(notice: Notice, *, at: datetime) -> Office:
    """Who reads what members write back to this message: as its kind says, narrowed by the plan in force."""
    try:
        return required_plan_rule(notice.partnership, notice.kind, at=at).office_for_answers
    except NoPlan:
        return KINDS[notice.kind].answers_to


def can_members_acknowledge(notice: Notice, *, at: datetime) -> bool:
    """Whether the plan lets members say that they read this message."""
    try:
        return required_plan_rule(notice.partnership, notice.kind, at=at).acknowledged
    except NoPlan:
        return False


def notices_person_may_answer(person: Person, *, at: datetime) -> list[Notice]:
    """What was sent to ``person`` and may still be answered: those that ask first, then the newest first.

    A copy that waits for its hour was not sent yet: nobody answers it.
    """
    copies = Dispatch.objects.filter(
        contact__person=person, message__purpose__startswith="notice.", queued_at__gt=at - LOOKED_BACK, due_at__lte=at
    )
    keys = [key for key in copies.values_list("message__subject", flat=True).distinct() if key is not None]
    notices = Notice.objects.filter(pk__in=keys, relayed_at__isnull=False).select_related("partnership__area")
    return sorted(
        (notice for notice in notices if notice.relayed_at and _answers_accepted_until(notice) > at),
        key=lambda notice: (notice.answer_by is not None, notice.relayed_at),
        reverse=True,
    )


def _answers_accepted_until(notice: Notice) -> datetime:
    """A late answer still reaches whoever reads them, as long as the others may be kept."""
    return answer_closing_time(notice.relayed_at or notice.created_at, notice.answer_by) + KEPT


def notice_of_message(message: Message) -> Notice | None:
    """The notice that a message of the outbox carries, if it carries one."""
    if message.subject is None:
        return None
    return Notice.objects.select_related("partnership__area").filter(pk=message.subject).first()


def unread_answer_counts_for_police(person: Person, *, at: datetime) -> dict[UUID, int]:
    """How many answers nobody read yet, by message, for the police of its place: one query."""
    if not UNREAD_ANSWERS.may_exist_for(person):
        return {}
    answers = NoticeAnswer.objects.filter(
        notice__partnership__area__in=permitted_areas(person, Permission.QUESTION_POLICE, at=at), read_at=None
    )
    return dict(answers.order_by().values_list("notice").annotate(number=Count("pk")))


def answers_to_notice(notice: Notice) -> QuerySet[NoticeAnswer]:
    """What members answered, the newest first: for the police alone."""
    return NoticeAnswer.objects.filter(notice=notice).select_related("person").order_by("-at")


def contacts_of_answerers(notice: Notice) -> QuerySet[ContactPoint]:
    """From where members answered a message, one contact each: they hear the outcome there."""
    return ContactPoint.objects.filter(pk__in=NoticeAnswer.objects.filter(notice=notice).values("contact"))


def newest_feedback_on_notice(notice: Notice) -> Notice | None:
    """The feedback that the police gave on a message, if they gave some: the newest."""
    feedback = Notice.objects.filter(answers=notice, relayed_at__isnull=False)
    return feedback.prefetch_related("texts").select_related("partnership__area").order_by("-relayed_at").first()


def answer_links_of_person(person: Person, notices: Collection[Notice]) -> dict[UUID, str]:
    """Where ``person`` answers those of ``notices`` that ask for answers, by notice: the form of their copy."""
    asking = {notice.relay.message_id: notice.pk for notice in notices if notice.answer_by}
    if not asking:
        return {}
    copies = Dispatch.objects.filter(contact__person=person, message__in=asking).values_list("message", "pk")
    return {asking[message]: NOTICE_ANSWER.path(answer_code(number)) for message, number in copies}


def dispatch_of_answer_code(code: str) -> Dispatch | None:
    """The copy that a code of an answer names, with its message and reader; None for a forged one."""
    number = dispatch_id_of_code(code)
    if number is None:
        return None
    return Dispatch.objects.select_related("message", "contact__person").filter(pk=number).first()


def help_calls_person_may_see(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[HelpCall]:
    """The calls for help of one's area, the newest first: for the police the cries and drills of them alone."""
    calls = HelpCall.objects.filter(partnership__area__in=permitted_areas(person, permission, at=at))
    if permission == Permission.QUESTION_POLICE:
        calls = calls.exclude(cause=HelpCall.Cause.CALL_ME)
    return calls.select_related("partnership__area", "person", "taken_by").order_by("-at")


def causes_and_times_of_open_help_calls(
    person: Person, permission: Permission, *, at: datetime
) -> list[tuple[str, datetime]]:
    """Cause and moment of the calls that nobody took yet: one query."""
    if not OPEN_HELP_CALLS.may_exist_for(person):
        return []
    waiting = help_calls_person_may_see(person, permission, at=at).filter(taken_at=None)
    return list(waiting.select_related(None).values_list("cause", "at"))


def last_help_drills_and_response_times(
    partnerships: Sequence[Partnership],
) -> list[tuple[Partnership, datetime, timedelta]]:
    """How long it took until somebody took the last drills of a cry there, the newest first: one query."""
    by_area = {partnership.area.path: partnership for partnership in partnerships}
    entries = Entry.objects.filter(verb="help_call.taken", area__in=by_area, details__cause=HelpCall.Cause.DRILL)
    return [
        (by_area[entry.area], entry.at, timedelta(seconds=entry.details["seconds"]))
        for entry in entries.order_by("-at")[:DRILLS_SHOWN]
    ]


def count_acknowledgements(notice: Notice) -> int:
    """How many members said that they read a message."""
    return Acknowledgement.objects.filter(notice=notice).count()


def persons_offering_help(notice: Notice) -> QuerySet[Person]:
    """Who can help others after a message: for the coordinator alone."""
    return Person.objects.filter(pk__in=Acknowledgement.objects.filter(notice=notice, can_help=True).values("person"))
