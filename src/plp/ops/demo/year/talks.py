"""What coordinator, police and members said to each other: requests, an explanation, a meeting with minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.evening import actions as evening
from plp.evening.models import Meeting
from plp.evening.states import Purpose
from plp.followup.actions import explanations, requests
from plp.followup.models import InformationRequest
from plp.ops.demo import told
from plp.ops.demo.founding_words import ACCESS, HALL
from plp.ops.demo.stage import Stage
from plp.ops.demo.year.happening import Happening
from plp.ops.demo.year.talk_words import ASKED, MET, NO_MESSAGE
from plp.toolbox.clock import local

DAY = timedelta(days=1)
ANSWERED_AFTER = (3 * DAY, 2 * DAY, 17 * DAY)  # the third one is late
PRESENT = 31


def talks(stage: Stage, *, begins: datetime, ends: datetime) -> Iterator[Happening]:
    """Three requests, of which one is refused and one answered late; an explanation; a meeting; questions."""
    span = ends - begins
    asked = ASKED[stage.setting.languages[0]]
    for number, pause in enumerate(ANSWERED_AFTER):
        yield from _request(stage, asked[number], begins + span * (number + 1) / 4, pause)
    yield begins + span * 0.7, lambda at: _explain(stage, at)
    yield from _meeting(stage, begins + span * 0.45)
    yield begins + span * 0.2, partial(told.wonder, stage)
    yield begins + span * 0.55, partial(told.see_and_hear, stage)


def _request(stage: Stage, said: tuple[str, str, str], moment: datetime, pause: timedelta) -> Iterator[Happening]:
    """Asked by the coordinator, ended by the officer."""
    made: list[InformationRequest] = []
    yield moment, lambda at: made.append(_ask(stage, said, at))
    yield moment + pause, lambda at: _end(stage, made[0], said[-1], at)


def wait_for_answer(stage: Stage, at: datetime) -> None:
    """A request that is open today, still in its term."""
    _ask(stage, ASKED[stage.setting.languages[0]][-1], at)


def _ask(stage: Stage, said: tuple[str, str, str], at: datetime) -> InformationRequest:
    subject, words, _answer = said
    return requests.ask(
        partnership=stage.partnership,
        subject=subject,
        words=words,
        language=stage.setting.languages[0],
        due_on=local(at + 12 * DAY).date(),
        by=stage.coordinator,
        at=at,
    )


def _end(stage: Stage, request: InformationRequest, answer: str, at: datetime) -> None:
    """An answer, or no with its reason."""
    if answer in InformationRequest.Reason.values:
        requests.refuse(request=request, reason=answer, words="", by=stage.officer, at=at)
    else:
        requests.answer(request=request, words=answer, by=stage.officer, at=at)


def _explain(stage: Stage, at: datetime) -> None:
    """Why no message came on a day (R129)."""
    language = stage.setting.languages[0]
    explanations.explain(
        partnership=stage.partnership,
        to="members",
        reason="over",
        about=local(at - 2 * DAY).date(),
        words=NO_MESSAGE[language],
        language=language,
        by=stage.officer,
        at=at,
    )


def _meeting(stage: Stage, moment: datetime) -> Iterator[Happening]:
    """The members meet: invited, held, minuted, the minutes approved and sent (R143)."""
    made: list[Meeting] = []
    starts = local(moment).replace(hour=19, minute=30, second=0, microsecond=0)
    yield starts - 25 * DAY, lambda at: made.append(convene(stage, starts, at))
    yield starts, lambda at: _hold(stage, made[0], at)
    yield starts + 6 * DAY, lambda at: _minute(stage, made[0], at)


def convene(stage: Stage, starts: datetime, at: datetime) -> Meeting:
    """Plan a meeting of the members and invite them."""
    place, street = HALL[stage.setting.languages[0]]
    plan = evening.Plan(
        place=f"{place} {stage.setting.place}",
        street=street,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        languages=stage.setting.languages,
        access=ACCESS[stage.setting.languages[0]],
        capacity=80,
        purpose=Purpose.MEMBERS,
    )
    meeting = evening.plan(partnership=stage.partnership, plan=plan, by=stage.coordinator, at=at)
    evening.convene(meeting=meeting, by=stage.coordinator, at=at)
    evening.invite(meeting=meeting, by=stage.coordinator, at=at)
    return meeting


def _hold(stage: Stage, meeting: Meeting, at: datetime) -> None:
    """Every point treated; how many came was counted at the door."""
    by, language = stage.coordinator, stage.setting.languages[0]
    evening.open_doors(meeting=meeting, by=by, at=at)
    evening.note_presence(meeting=meeting, persons=PRESENT, by=by, at=at)
    for point in meeting.points.all():
        evening.tick(point=point, record=MET[point.key][language], by=by, at=at)
    evening.hold(meeting=meeting, by=by, at=at + timedelta(hours=2))


def _minute(stage: Stage, meeting: Meeting, at: datetime) -> None:
    evening.write_minutes(meeting=meeting, by=stage.coordinator, at=at)
    evening.approve_minutes(meeting=meeting, by=stage.coordinator, at=at)
    evening.send_minutes(meeting=meeting, by=stage.coordinator, at=at)
