"""A quarter with doors, its coordinator signed in through the forms, and the coordinator of the next quarter."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Meeting
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.places.models import Address, CoveredAddress, Street
from tests.factories.cast import PURPOSE
from tests.portal.staff import Staff, sign_in, staff


@dataclass
class Stage:
    """Who leads, what they lead, and who leads next door."""

    lead: Staff
    partnership: Partnership
    stranger: Staff

    def url(self, meeting: Meeting, rest: str = "") -> str:
        """An address of a meeting."""
        return f"/evening/{self.partnership.key}/{meeting.pk}/{rest}"


def set_stage(client: Client, *, doors: int = 3) -> Stage:
    """The coordinator of Haren, signed in."""
    lead = staff("Clara Haren", role=Role.COORDINATOR)
    stranger = staff("Dirk Elders", role=Role.COORDINATOR)
    partnership = partnership_over(lead, "haren")
    partnership_over(stranger, "laeken")
    street = Street.objects.create(
        nis="21004", register_id="s", name_fr="Rue du Pré", name_nl="Weidestraat", folded="x"
    )
    for number in range(1, doors + 1):
        address = Address.objects.create(
            street=street, register_id=f"a{number}", number=str(number), sort_key=f"{number:03}"
        )
        CoveredAddress.objects.create(area=partnership.area, address=address)
    sign_in(client, lead)
    return Stage(lead, partnership, stranger)


def partnership_over(someone: Staff, key: str) -> Partnership:
    """A partnership over the area of somebody's mandate whose step plan is behind it: no gate stands in the way."""
    assert someone.mandate is not None
    partnership = partnerships.found_partnership(
        area=someone.mandate.area,
        key=key,
        kind="plp",
        languages=["fr", "nl"],
        purpose=PURPOSE,
        by=None,
        at=datetime.now(UTC),
    )
    partnerships.change_partnership_state(partnership=partnership, to=State.CREATION, by=None, at=datetime.now(UTC))
    partnership.launched_at = datetime.now(UTC)
    partnership.save(update_fields=["launched_at"])
    return partnership


def second_leader(stage: Stage) -> Client:
    """Somebody of the committee, signed in: who wrote the minutes does not approve them."""
    second = staff("Bart Haren", role=Role.COMMITTEE)
    assert second.mandate is not None
    Mandate.objects.filter(pk=second.mandate.pk).update(area=stage.partnership.area)
    client = Client()
    sign_in(client, second)
    return client


def planned(stage: Stage, *, hours: float = 3, **changes: object) -> Meeting:
    """A meeting that begins in so many hours: it can be opened already."""
    now = datetime.now(UTC)
    plan = {
        "place": "Salle des fêtes",
        "street": "Rue de la Paroisse 12",
        "starts_at": now + timedelta(hours=hours),
        "ends_at": now + timedelta(hours=hours + 2),
        "languages": ("fr", "nl"),
    }
    return evening.plan_meeting(partnership=stage.partnership, plan=MeetingPlan(**(plan | changes)), by=None, at=now)  # type: ignore[arg-type]


def convened(stage: Stage, **changes: object) -> Meeting:
    """Everybody may know."""
    meeting = planned(stage, **changes)  # type: ignore[arg-type]
    evening.publish_meeting(meeting=meeting, by=None, at=datetime.now(UTC))
    return meeting


def opened(stage: Stage, *, persons: int = 50) -> Meeting:
    """The doors are open."""
    meeting = convened(stage)
    evening.open_meeting_for_presence_and_votes(meeting=meeting, by=None, at=datetime.now(UTC))
    evening.set_attendance_on_paper_list(meeting=meeting, persons=persons, by=None, at=datetime.now(UTC))
    return meeting
