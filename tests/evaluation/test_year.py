"""The year of a partnership: meetings that were held, the evaluation, the ends of mandates; nothing once it is over."""

from datetime import timedelta

import pytest

from plp.evaluation.queries.year import due_dates_of_year, upcoming_due_dates
from plp.evening.models import Meeting
from plp.evening.states import MeetingState as Held
from plp.followup.models import FollowUpMeeting
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.mandates.models import Mandate
from plp.partnership.states import State
from plp.toolbox.clock import local
from tests.evaluation.year import launched
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def meeting(cast: Cast, state: str, days: int) -> Meeting:
    """A meeting so many days from now."""
    starts = NOW + timedelta(days=days)
    return Meeting.objects.create(
        partnership=cast.here.partnership,
        street="Rue du Chêne 1",
        state=state,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Salle",
    )


def test_a_year_holds_what_was_and_what_is_due() -> None:
    cast = Cast()
    partnership = launched(cast.here)
    held, _cancelled = meeting(cast, Held.HELD, -3), meeting(cast, Held.CANCELLED, -2)
    unwritten = meeting(cast, Held.CONVENED, -1)
    Mandate.objects.filter(area=cast.here.area, role="coordinator").update(ends_at=NOW + timedelta(days=200))
    now = step_plan_progress_of_partnership(partnership, at=NOW)

    this, following = (due_dates_of_year(now, local(NOW).year + more, at=NOW) for more in (0, 1))

    kinds = [due.key.split(".")[0] for due in following]
    assert [due.key for due in this if due.key.startswith("meeting")] == [
        f"meeting.{held.pk}",
        f"meeting.{unwritten.pk}",
    ]
    assert [kind for kind in kinds if kind in {"mandate", "evaluation", "confirm"}] == [
        "mandate",
        "confirm",
        "evaluation",
    ]
    assert [str(due.title) for due in following if due.key.startswith("mandate")] == ["Mandate ends: coordinator"]
    assert [due.day for due in following] == sorted(due.day for due in following)


def test_meetings_of_coordinator_and_police_stand_in_the_year() -> None:
    cast = Cast()
    partnership = launched(cast.here)
    to_come, cancelled, over = (
        FollowUpMeeting.objects.create(
            partnership=partnership,
            state=state,
            place="Commissariat",
            starts_at=NOW + timedelta(days=days),
            ends_at=NOW + timedelta(days=days, hours=1),
            convened_at=NOW,
        )
        for state, days in (("convened", 1), ("cancelled", 1), ("held", -1))
    )
    now = step_plan_progress_of_partnership(partnership, at=NOW)

    year, ahead = due_dates_of_year(now, local(NOW).year, at=NOW), upcoming_due_dates(now, at=NOW)

    assert {due.key for due in year if due.key.startswith("talk")} == {f"talk.{to_come.pk}", f"talk.{over.pk}"}
    assert [due.key for due in ahead if due.key.startswith("talk")] == [f"talk.{to_come.pk}"]
    assert cancelled.state == "cancelled"


def test_nothing_comes_after_the_end() -> None:
    cast = Cast()
    partnership = launched(cast.here)
    partnership.state = State.ENDED
    partnership.save()
    now = step_plan_progress_of_partnership(partnership, at=NOW)

    assert upcoming_due_dates(now, at=NOW) == []
    assert due_dates_of_year(now, local(NOW).year, at=NOW) == []
