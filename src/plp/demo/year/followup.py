"""How coordinator and police work together in a year: ratings, numbers, a meeting, the register, a plan (R56-R61)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.demo.quarter import Quarter
from plp.demo.year.followup_texts import GRADED, POLICY, SERVICE, TALKED
from plp.demo.year.message_calendar import DatedAct
from plp.followup.actions import activities, meetings, policies, ratings, report_counts, services
from plp.followup.models import FollowUpMeeting
from plp.notices.models import Notice
from plp.places.queries import zone_of
from plp.toolbox.clock import local

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
REPORTS = ((3, 2), (1, 4), (2, 1), (4, 2))  # by members and by others, in turn


def followup_acts(quarter: Quarter, *, begins: datetime, ends: datetime) -> Iterator[DatedAct]:
    """Two messages rated, the reports of each month counted, one meeting held and the next one convened."""
    span = ends - begins
    for number in range(span // MONTH):
        yield begins + number * MONTH + 20 * DAY, partial(_record_report_count, quarter, REPORTS[number % len(REPORTS)])
    for number in range(2):
        yield begins + span * (number + 1) / 3, partial(_rate_last_notice, quarter, number)
    yield from _meeting_acts(quarter, begins + span / 2)
    yield ends - DAY, partial(_convene_meeting, quarter, 20 * DAY)


def register_service_and_zone_policy(quarters: list[Quarter], at: datetime) -> None:
    """A service in the register of their zone, and the plan of the zone that names them."""
    quarter = quarters[0]
    language, zone = quarter.setting.languages[0], zone_of(quarter.setting.nis)
    name, about = SERVICE[language]
    entry = services.ServiceDetails(kind="local", name=name, phone=quarter.setting.desk, about=about)
    services.add_service(area=zone, entry=entry, by=quarter.officer, at=at)
    title, extract = POLICY[language]
    begins = local(quarter.launched).date().replace(month=1, day=1)
    plan = policies.PolicyDetails(
        kind="zonal", title=title, begins=begins, until=begins.replace(year=begins.year + 4),
        language=language, extract=extract,
    )  # fmt: skip
    policies.add_policy(
        area=zone,
        plan=plan,
        partnerships=[quarter_of_zone.partnership for quarter_of_zone in quarters],
        by=quarter.officer,
        at=at,
    )


def _record_report_count(quarter: Quarter, reports: tuple[int, int], at: datetime) -> None:
    members, outsiders = reports
    report_counts.set_monthly_report_count(
        partnership=quarter.partnership,
        month=local(at).date(),
        members=members,
        others=outsiders,
        by=quarter.officer,
        at=at,
    )


def _rate_last_notice(quarter: Quarter, number: int, at: datetime) -> None:
    """The last message before this moment."""
    notice = Notice.objects.filter(partnership=quarter.partnership, relayed_at__lte=at).order_by("-relayed_at").first()
    if notice is None or hasattr(notice, "rating"):
        return
    words, answer, quality, timeliness = GRADED[quarter.setting.languages[0]][number]
    rating = ratings.rate_message(
        notice=notice,
        quality=quality,
        timeliness=timeliness,
        words=words,
        language=quarter.setting.languages[0],
        by=quarter.officer,
        at=at,
    )
    if answer:
        ratings.answer_rating(rating=rating, words=answer, by=quarter.coordinator, at=at + DAY)


def _convene_meeting(quarter: Quarter, pause: timedelta, at: datetime) -> FollowUpMeeting:
    starts = local(at + pause).replace(hour=16, minute=0, second=0, microsecond=0)
    place, agenda, *_said = TALKED[quarter.setting.languages[0]]
    return meetings.convene_meeting(
        partnership=quarter.partnership,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        place=place,
        agenda=agenda,
        language=quarter.setting.languages[0],
        by=quarter.officer,
        at=at,
    )


def _meeting_acts(quarter: Quarter, moment: datetime) -> Iterator[DatedAct]:
    """Convened two weeks before, held, something agreed for the time after, the minutes closed."""
    meetings_held: list[FollowUpMeeting] = []
    yield moment - 14 * DAY, lambda at: meetings_held.append(_convene_meeting(quarter, 14 * DAY, at))
    yield moment + DAY, lambda at: _write_minutes_and_agree_activity(quarter, meetings_held[0], at)


def _write_minutes_and_agree_activity(quarter: Quarter, meeting: FollowUpMeeting, at: datetime) -> None:
    _place, _agenda, notes, ideas, agreed = TALKED[quarter.setting.languages[0]]
    by = quarter.officer
    meetings.write_minutes(meeting=meeting, present=4, notes=notes, ideas=ideas, by=by, at=at)
    due_on = local(at + 60 * DAY).date()
    activity = activities.agree_activity(meeting=meeting, words=agreed, side="police", due_on=due_on, by=by, at=at)
    meetings.close_minutes_and_notify(meeting=meeting, by=by, at=at + DAY)
    activities.finish_activity(activity=activity, by=by, at=at + 40 * DAY)
