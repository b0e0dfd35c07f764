"""Whoever waits for an office sees for whom, and reminds it once."""

import pytest

from plp.delivery.models import Dispatch
from plp.journal.models import Entry
from plp.launch.actions.office_reminders import mail_reminder_to_office_once
from plp.launch.queries.offices import offices_awaited_in_open_steps
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import NotAwaited, OfficeReminded, OfficeUnreachable
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from tests.launch.ground import NOW, Ground, reachable_officer

pytestmark = pytest.mark.django_db


def awaited(ground: Ground) -> dict[tuple[str, str], bool]:
    """Step and office to whether it may be reminded."""
    offices = offices_awaited_in_open_steps(step_plan_progress_of_partnership(ground.partnership, at=NOW), at=NOW)
    return {(office.step.key, office.role.value): office.may_be_reminded for office in offices}


def remind(ground: Ground, step: str = "launch", role: Role = Role.OFFICER, **given: object) -> int:
    asked = {"partnership": ground.partnership, "step": step, "role": role, "by": ground.coordinator, "at": NOW}
    return mail_reminder_to_office_once(**(asked | given))  # type: ignore[arg-type]


def test_an_office_is_reminded_once_and_it_is_noted() -> None:
    ground = Ground()
    officer = reachable_officer(ground)
    before = awaited(ground)

    mails = remind(ground)

    entry = Entry.objects.get(verb="launch.office_reminded")
    assert (before["launch", "officer"], awaited(ground)["launch", "officer"], mails) == (True, False, 1)
    assert Dispatch.objects.filter(person=officer.pk).count() == 1
    assert entry.details["step"] == "launch"
    with pytest.raises(OfficeReminded, match="OfficeReminded"):
        remind(ground)


def test_the_initiator_reminds_as_well() -> None:
    ground = Ground()
    reachable_officer(ground)

    assert remind(ground, by=None) == 1


def test_what_nobody_waits_for_is_not_recalled() -> None:
    with pytest.raises(NotAwaited):
        remind(Ground(), step="evening")


def test_an_office_without_an_address_is_told_and_may_be_reminded_later() -> None:
    ground = Ground()

    with pytest.raises(OfficeUnreachable):
        remind(ground)

    assert awaited(ground)["launch", "officer"]


def test_whoever_may_not_see_the_plan_reminds_nobody() -> None:
    ground = Ground()

    with pytest.raises(NotAllowed):
        remind(ground, by=ground.stranger)
