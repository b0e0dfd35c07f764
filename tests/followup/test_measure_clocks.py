"""The clocks of measures: one desk, one reminder, over both changes of the hour, and nobody else hears (R101, R102)."""

from datetime import UTC, datetime, timedelta

import pytest

from plp.delivery.models import Dispatch, Message
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.measure_clocks import due_interior_copies
from plp.followup.models import Due
from plp.followup.queries.dues import matters_on_desk
from plp.mandates.models import Mandate
from plp.measures.actions import appeals
from plp.measures.models import Measure
from plp.measures.states import MeasureStep
from plp.partnership.models import Partnership
from plp.people.models import Person
from tests.factories.cast import NOW, contact
from tests.measures.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    for number, someone in enumerate((stage.here.coordinator, stage.officer, stage.chief, stage.mayor)):
        contact(someone, "email", f"m{number}@example.org")
    return stage


def open_dues(person: Person) -> list[tuple[str, datetime]]:
    """What lies with somebody, and until when."""
    rows = Due.objects.filter(holder=person, done_at=None, kind__in=["appeal_window", "appeal", "copy", "provisional"])
    return list(rows.order_by("kind").values_list("kind", "due_at"))


def test_the_person_concerned_is_reminded_once_a_week_before_the_last_day(stage: Stage) -> None:
    measure = stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)
    taken = datetime(2027, 3, 20, 10, tzinfo=UTC)  # the clocks go forward within the three weeks
    Measure.objects.filter(pk=measure.pk).update(taken_at=taken, copied_on=taken.date())
    last = datetime(2027, 4, 10, 21, 59, tzinfo=UTC)  # a minute before midnight in Brussels
    Message.objects.all().delete()

    for moment in (taken, last - 8 * DAY, last - 7 * DAY, last - 6 * DAY):
        remind_or_pass_on_due_matters(by=None, at=moment)
    lies = open_dues(stage.here.coordinator)
    told = Dispatch.objects.filter(message__purpose="followup.due_reminder", contact__person=stage.here.coordinator)
    reminders = told.count()
    remind_or_pass_on_due_matters(by=None, at=last + timedelta(minutes=1))

    assert lies == [("appeal_window", last)]
    assert reminders == 1
    assert open_dues(stage.here.coordinator) == []


def test_appeal_and_copy_lie_with_the_authority_until_they_are_done(stage: Stage) -> None:
    measure = stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)
    appeal = appeals.note_appeal_and_notify(measure=measure, way="email", sent_on=NOW.date(), by=stage.mayor, at=NOW)
    remind_or_pass_on_due_matters(by=None, at=NOW)

    assert [kind for kind, _due in open_dues(stage.mayor)] == ["appeal", "copy"]
    assert {line.kind.key for line in matters_on_desk(stage.mayor, at=NOW)} == {"appeal", "copy"}
    appeals.decide_appeal_and_restore_if_upheld(
        appeal=appeal, upheld=True, words_fingerprint="", proven_at=NOW, by=stage.mayor, at=NOW
    )
    remind_or_pass_on_due_matters(by=None, at=NOW)
    assert open_dues(stage.mayor) == []


def test_a_provisional_measure_comes_back_to_the_officer_and_to_nobody_else(stage: Stage) -> None:
    stage.taken(stage.about_member(), MeasureStep.SUSPENSION)

    remind_or_pass_on_due_matters(by=None, at=NOW + 200 * DAY)

    rows = Due.objects.filter(kind="provisional", done_at=None)
    assert [row.holder for row in rows] in ([stage.officer], [stage.second_officer])
    assert not Due.objects.filter(kind="provisional", done_at=None).exclude(escalated_at=None).exists()


def test_what_waits_for_a_vacant_office_lies_on_no_desk(stage: Stage) -> None:
    stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)
    all_of_them = Partnership.objects.all()
    found = [len(due_interior_copies(all_of_them, NOW))]

    Mandate.objects.filter(role="municipality").update(ends_at=NOW)
    found.append(len(due_interior_copies(all_of_them, NOW)))

    assert found == [1, 0]
