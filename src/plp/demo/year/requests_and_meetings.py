"""What coordinator, police and members said to each other: requests, an explanation, a meeting with minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.demo import sightings_and_questions
from plp.demo.founding_texts import ACCESS, HALL
from plp.demo.minutes import translate_noted_texts
from plp.demo.quarter import Quarter
from plp.demo.year.message_calendar import DatedAct
from plp.demo.year.request_texts import ASKED, MET, NO_MESSAGE
from plp.evening import actions as evening
from plp.evening.minutes import hash_of_current_minutes
from plp.evening.models import Meeting
from plp.evening.states import Purpose
from plp.followup.actions import explanations, requests
from plp.followup.models import InformationRequest
from plp.places.models import Street
from plp.toolbox.clock import local

DAY = timedelta(days=1)
ANSWERED_AFTER = (3 * DAY, 2 * DAY, 17 * DAY)  # the third one is late
PRESENT = 31


def request_and_meeting_acts(quarter: Quarter, *, begins: datetime, ends: datetime) -> Iterator[DatedAct]:
    """Three requests, of which one is refused and one answered late; an explanation; a meeting; questions."""
    span = ends - begins
    request_texts = ASKED[quarter.setting.languages[0]]
    for number, pause in enumerate(ANSWERED_AFTER):
        yield from _acts_of_request(quarter, request_texts[number], begins + span * (number + 1) / 4, pause)
    yield begins + span * 0.7, lambda at: _explain_silence(quarter, at)
    yield from _members_meeting_acts(quarter, begins + span * 0.45)
    yield begins + span * 0.2, partial(sightings_and_questions.add_answered_opinion, quarter)
    yield begins + span * 0.55, partial(sightings_and_questions.add_answered_sighting, quarter)


def _acts_of_request(
    quarter: Quarter, request_text: tuple[str, str, str], moment: datetime, pause: timedelta
) -> Iterator[DatedAct]:
    """Asked by the coordinator, ended by the officer."""
    open_requests: list[InformationRequest] = []
    yield moment, lambda at: open_requests.append(_ask_request(quarter, request_text, at))
    yield moment + pause, lambda at: _answer_or_refuse(quarter, open_requests[0], request_text[-1], at)


def ask_open_request(quarter: Quarter, at: datetime) -> None:
    """A request that is open today, still in its term."""
    _ask_request(quarter, ASKED[quarter.setting.languages[0]][-1], at)


def _ask_request(quarter: Quarter, request_text: tuple[str, str, str], at: datetime) -> InformationRequest:
    subject, words, _answer = request_text
    return requests.ask_police_and_notify(
        partnership=quarter.partnership,
        subject=subject,
        words=words,
        language=quarter.setting.languages[0],
        due_on=local(at + 12 * DAY).date(),
        by=quarter.coordinator,
        at=at,
    )


def _answer_or_refuse(quarter: Quarter, request: InformationRequest, answer: str, at: datetime) -> None:
    """An answer, or no with its reason."""
    if answer in InformationRequest.Reason.values:
        requests.refuse_request_and_notify(request=request, reason=answer, words="", by=quarter.officer, at=at)
    else:
        requests.answer_request_and_notify(request=request, words=answer, by=quarter.officer, at=at)


def _explain_silence(quarter: Quarter, at: datetime) -> None:
    """Why no message came on a day (R129)."""
    language = quarter.setting.languages[0]
    explanations.explain_silence_and_notify_coordinator(
        partnership=quarter.partnership,
        to="members",
        reason="over",
        about=local(at - 2 * DAY).date(),
        words=NO_MESSAGE[language],
        language=language,
        by=quarter.officer,
        at=at,
    )


def _members_meeting_acts(quarter: Quarter, moment: datetime) -> Iterator[DatedAct]:
    """The members meet: invited, held, minuted, the minutes approved and sent (R143)."""
    meetings: list[Meeting] = []
    starts = local(moment).replace(hour=19, minute=30, second=0, microsecond=0)
    yield starts - 25 * DAY, lambda at: meetings.append(convene_members(quarter, starts, at))
    yield starts, lambda at: _hold_members_meeting(quarter, meetings[0], at)
    yield starts + 6 * DAY, lambda at: _write_and_announce_minutes(quarter, meetings[0], at)


def convene_members(quarter: Quarter, starts: datetime, at: datetime) -> Meeting:
    """Plan a meeting of the members and invite them."""
    setting = quarter.setting
    street = Street.objects.filter(nis=setting.nis, addresses__isnull=False).distinct().order_by("folded")[0]
    plan = evening.MeetingPlan(
        place=f"{HALL} {setting.place}",
        street=f"{street.names} 1",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        languages=setting.languages,
        access=ACCESS[setting.languages[0]],
        capacity=80,
        purpose=Purpose.MEMBERS,
    )
    meeting = evening.plan_meeting(partnership=quarter.partnership, plan=plan, by=quarter.coordinator, at=at)
    evening.publish_meeting(meeting=meeting, by=quarter.coordinator, at=at)
    evening.send_invitations_and_count_doors(meeting=meeting, by=quarter.coordinator, at=at)
    return meeting


def _hold_members_meeting(quarter: Quarter, meeting: Meeting, at: datetime) -> None:
    """Every point treated; how many came was counted at the door."""
    by, language = quarter.coordinator, quarter.setting.languages[0]
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=by, at=at)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=PRESENT, by=by, at=at)
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record=MET[point.key][language], by=by, at=at)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=by, at=at + timedelta(hours=2))


def _write_and_announce_minutes(quarter: Quarter, meeting: Meeting, at: datetime) -> None:
    drafts = evening.write_minutes(meeting=meeting, by=quarter.coordinator, at=at)
    translate_noted_texts(drafts, MET.values(), by=quarter.coordinator, at=at)
    read = hash_of_current_minutes(meeting)
    evening.approve_minutes(meeting=meeting, text_hash=read, by=quarter.officer, at=at, may_be_untranslated=True)
    evening.announce_minutes(meeting=meeting, by=quarter.coordinator, at=at)
