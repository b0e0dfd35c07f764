"""How coordinator and police work together in a year: ratings, numbers, a meeting, the register, a plan (R56-R61)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.followup.actions import activities, counting, meetings, policies, ratings, services
from plp.followup.models import FollowUpMeeting
from plp.notices.models import Notice
from plp.ops.demo.stage import Stage
from plp.ops.demo.year.exchange_words import GRADED, POLICY, SERVICE, TALKED
from plp.ops.demo.year.happening import Happening
from plp.places.queries import zone_of
from plp.toolbox.clock import local

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
REPORTS = ((3, 2), (1, 4), (2, 1), (4, 2))  # by members and by others, in turn


def exchanges(stage: Stage, *, begins: datetime, ends: datetime) -> Iterator[Happening]:
    """Two messages rated, the reports of each month counted, one meeting held and the next one convened."""
    span = ends - begins
    for number in range(span // MONTH):
        yield begins + number * MONTH + 20 * DAY, partial(_count, stage, REPORTS[number % len(REPORTS)])
    for number in range(2):
        yield begins + span * (number + 1) / 3, partial(_rate, stage, number)
    yield from _meeting(stage, begins + span / 2)
    yield ends - DAY, partial(_convene, stage, 20 * DAY)


def register(stages: list[Stage], at: datetime) -> None:
    """A service in the register of their zone, and the plan of the zone that names its partnerships."""
    stage = stages[0]
    language, zone = stage.setting.languages[0], zone_of(stage.setting.nis)
    name, about = SERVICE[language]
    entry = services.Entry(kind="local", name=name, phone=stage.setting.desk, about=about)
    services.add(area=zone, entry=entry, by=stage.officer, at=at)
    title, extract = POLICY[language]
    begins = local(stage.launched).date().replace(month=1, day=1)
    plan = policies.Plan(
        kind="zonal", title=title, begins=begins, until=begins.replace(year=begins.year + 4),
        language=language, extract=extract,
    )  # fmt: skip
    policies.keep(area=zone, plan=plan, partnerships=[one.partnership for one in stages], by=stage.officer, at=at)


def _count(stage: Stage, reports: tuple[int, int], at: datetime) -> None:
    members, others = reports
    counting.count(
        partnership=stage.partnership, month=local(at).date(), members=members, others=others, by=stage.officer, at=at
    )


def _rate(stage: Stage, number: int, at: datetime) -> None:
    """The last message before this moment."""
    notice = Notice.objects.filter(partnership=stage.partnership, relayed_at__lte=at).order_by("-relayed_at").first()
    if notice is None or hasattr(notice, "rating"):
        return
    words, answer, quality, timeliness = GRADED[stage.setting.languages[0]][number]
    rating = ratings.rate(
        notice=notice,
        quality=quality,
        timeliness=timeliness,
        words=words,
        language=stage.setting.languages[0],
        by=stage.officer,
        at=at,
    )
    if answer:
        ratings.answer(rating=rating, words=answer, by=stage.coordinator, at=at + DAY)


def _convene(stage: Stage, pause: timedelta, at: datetime) -> FollowUpMeeting:
    starts = local(at + pause).replace(hour=16, minute=0, second=0, microsecond=0)
    place, agenda, *_said = TALKED[stage.setting.languages[0]]
    return meetings.convene(
        partnership=stage.partnership,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        place=place,
        agenda=agenda,
        language=stage.setting.languages[0],
        by=stage.officer,
        at=at,
    )


def _meeting(stage: Stage, moment: datetime) -> Iterator[Happening]:
    """Convened two weeks before, held, something agreed for the time after, the minutes closed."""
    made: list[FollowUpMeeting] = []
    yield moment - 14 * DAY, lambda at: made.append(_convene(stage, 14 * DAY, at))
    yield moment + DAY, lambda at: _hold(stage, made[0], at)


def _hold(stage: Stage, meeting: FollowUpMeeting, at: datetime) -> None:
    _place, _agenda, notes, ideas, agreed = TALKED[stage.setting.languages[0]]
    by = stage.officer
    meetings.hold(meeting=meeting, present=4, notes=notes, ideas=ideas, by=by, at=at)
    due_on = local(at + 60 * DAY).date()
    activity = activities.agree(meeting=meeting, words=agreed, side="police", due_on=due_on, by=by, at=at)
    meetings.close(meeting=meeting, by=by, at=at + DAY)
    activities.finish(activity=activity, by=by, at=at + 40 * DAY)
