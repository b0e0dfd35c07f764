"""What officer and coordinator do together, for tests: a relayed message, a meeting that was held."""

from datetime import datetime, timedelta
from typing import Any

from plp.followup.actions import meetings
from plp.followup.models import FollowUpMeeting
from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.factories.cast import NOW, Cast
from tests.followup.stage import released

STARTS = NOW + timedelta(days=7)


def relayed(cast: Cast, kind: str = "advice", at: datetime = NOW) -> Notice:
    """A message that the coordinator of ``here`` passed on."""
    notice = released(cast, kind, at)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=at)
    notice.refresh_from_db()
    return notice


def convened(cast: Cast, **changes: Any) -> FollowUpMeeting:
    """A meeting to which the officer invites, in a week."""
    given: dict[str, Any] = {
        "partnership": cast.here.partnership,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "place": "Commissariat, rue de Verdun 1",
        "agenda": "Constatations\nProchaines activités",
        "language": "fr",
        "by": cast.officer,
        "at": NOW,
    }
    return meetings.convene_meeting(**{**given, **changes})


def held(cast: Cast) -> FollowUpMeeting:
    """The same, a week later: it was held and written up."""
    meeting = convened(cast)
    meetings.write_minutes(
        meeting=meeting,
        present=3,
        notes="Les vols diminuent.",
        ideas="",
        by=cast.officer,
        at=STARTS + timedelta(hours=1),
    )
    return meeting
