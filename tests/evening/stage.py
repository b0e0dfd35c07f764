"""An information evening in any state, led by the coordinator of the cast."""

from datetime import timedelta

from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Meeting, Opinion, Question
from plp.partnership.models import Partnership
from plp.people.models import Person
from tests.factories.cast import NOW

STARTS = NOW + timedelta(days=14)
ENDS = STARTS + timedelta(hours=2)


def plan_of(**changes: object) -> MeetingPlan:
    """A plan without fault; ``changes`` make one."""
    given = {
        "place": "Salle des fêtes",
        "street": "Rue de la Paroisse 12",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "languages": ("fr", "nl"),
        "access": "Sans marche",
        "capacity": 80,
    }
    return MeetingPlan(**(given | changes))  # type: ignore[arg-type]


def planned(partnership: Partnership, by: Person | None = None, **changes: object) -> Meeting:
    """Planned at ``NOW``, for two weeks later."""
    return evening.plan_meeting(partnership=partnership, plan=plan_of(**changes), by=by, at=NOW)


def opened(partnership: Partnership, persons: int = 100, **changes: object) -> Meeting:
    """Convened, the doors open, ``persons`` noted as present."""
    meeting = planned(partnership, **changes)
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=STARTS)
    if persons:
        evening.set_attendance_on_paper_list(meeting=meeting, persons=persons, by=None, at=STARTS)
    return meeting


def opinion_in(meeting: Meeting, by: Person, name: str = "") -> Opinion:
    """Somebody who does not agree with the costs, as ``by`` noted it."""
    about, view = Opinion.About.COSTS, Opinion.View.DISAGREES
    return evening.record_opinion(meeting=meeting, about=about, view=view, name=name, by=by, at=STARTS)


def tick_all(meeting: Meeting) -> None:
    """Treat every point."""
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record=f"Dit : {point.key}", by=None, at=STARTS)


def vote(meeting: Meeting, **given: object) -> Question:
    """An open vote: on the partnership unless ``given`` says otherwise."""
    question = evening.prepare_question(meeting=meeting, by=None, at=STARTS, **({"kind": "approval"} | given))  # type: ignore[arg-type]
    evening.open_vote(question=question, by=None, at=STARTS)
    return question


def held(partnership: Partnership, **changes: object) -> Meeting:
    """Every point treated, then ended."""
    meeting = opened(partnership, **changes)
    tick_all(meeting)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)
    return meeting
