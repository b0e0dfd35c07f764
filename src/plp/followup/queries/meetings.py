"""Reads about the meetings of coordinator and police, always within the scope of a person (T10)."""

import hashlib
import json
from datetime import datetime

from django.db.models import QuerySet

from plp.followup.models import Activity, FollowUpMeeting
from plp.followup.states import FollowUpMeetingState
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person

TALK = Permission.EXCHANGE_TALK
TOLD = 10  # meetings at once


def meetings_in_scope(person: Person | None, *, at: datetime) -> QuerySet[FollowUpMeeting]:
    """The meetings of the partnerships that ``person`` follows up, the newest first."""
    found = FollowUpMeeting.objects.filter(partnership__area__in=permitted_areas(person, TALK, at=at))
    return found.select_related("partnership__area").order_by("-starts_at", "pk")


def unfinished_meetings(person: Person | None, *, at: datetime) -> QuerySet[FollowUpMeeting]:
    """Those to come, to be written up and to be closed, the nearest first."""
    return (
        meetings_in_scope(person, at=at)
        .filter(state__in=[FollowUpMeetingState.CONVENED, FollowUpMeetingState.HELD])
        .order_by("starts_at")
    )


UNFINISHED = OpenRows(
    "FROM followup_followupmeeting t "
    f"WHERE t.state IN ('{FollowUpMeetingState.CONVENED}', '{FollowUpMeetingState.HELD}') "
    "AND t.partnership_id IN {partnerships}"
)


def _unfinished_meetings_before(areas: AreaScope, before: datetime) -> QuerySet[FollowUpMeeting]:
    open_ones = FollowUpMeeting.objects.filter(
        partnership__area__in=areas,
        state__in=[FollowUpMeetingState.CONVENED, FollowUpMeetingState.HELD],
        starts_at__lt=before,
    )
    return open_ones.order_by("starts_at").prefetch_related("partnership__area")[:TOLD]


def unfinished_meetings_before(person: Person, *, before: datetime, at: datetime) -> list[FollowUpMeeting]:
    """The first of those not finished that begin before a moment: mostly none, one query then."""
    if not UNFINISHED.may_exist_for(person):
        return []
    return list(_unfinished_meetings_before(permitted_areas(person, TALK, at=at), before))


def activities_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Activity]:
    """What was agreed in those meetings, what is due first at the head."""
    found = Activity.objects.filter(meeting__partnership__in=partnerships_in_scope(person, TALK, at=at))
    return found.select_related("meeting__partnership__area").order_by("due_on", "pk")


def minutes_fingerprint(meeting: FollowUpMeeting) -> str:
    """The digest of what the minutes say: SHA-256 over all of it as JSON."""
    rows = [[one.words, one.side, one.due_on.isoformat()] for one in meeting.activities.all()]
    said = [meeting.starts_at.timestamp(), meeting.place, meeting.agenda, meeting.present, meeting.notes, meeting.ideas]
    return hashlib.sha256(json.dumps([*said, rows], ensure_ascii=False).encode()).hexdigest()
