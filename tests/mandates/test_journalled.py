"""What the journal says of each act on a mandate: the verb, who, where, what; and what is kept of it."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from plp.mandates import absences, confirmations, rotas
from plp.mandates import actions as mandates
from plp.mandates.grants import Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Rota, Shift, Standin, Suspension
from plp.mandates.queries import NotAllowed
from plp.mandates.rota_patterns import NOBODY, WeekPattern
from plp.toolbox.clock import BRUSSELS
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, hold, person
from tests.factories.journalled import journalled, line

pytestmark = pytest.mark.django_db
HERE, LATER = "be/z1/m21004/q-haren/", NOW + timedelta(days=1)


def of(someone: object, role: Role) -> Mandate:
    return Mandate.objects.get(person=someone, role=role)


def test_appointing_and_ending(cast: Cast) -> None:
    eva, screening = person("Eva Exemple"), {"screened_on": date(2026, 1, 5), "screened_fit": True}
    about = {"person": eva, "role": Role.DEPUTY, "area": cast.here.area, "decision": "PV 12"}

    with journalled() as lines:
        given = mandates.appoint(**about, **screening, by=cast.officer, at=NOW)
        mandates.end_mandate(mandate=given, by=cast.officer, at=LATER)

    told = {"role": "deputy", "person": str(eva.pk)}
    assert lines == [
        line("mandate.appointed", cast.officer, HERE, given, **told),
        line("mandate.ended", cast.officer, HERE, given, role="deputy"),
    ]
    kept = Mandate.objects.get(pk=given.pk)
    assert (kept.person, kept.role, kept.area, kept.decision) == (eva, "deputy", cast.here.area, "PV 12")
    assert (kept.starts_at, kept.ends_at, kept.decided_by) == (NOW, LATER, cast.officer)
    assert kept.screened_on == date(2026, 1, 5)
    assert kept.screened_fit is True
    assert given.ends_at == LATER


def test_resigning(cast: Cast) -> None:
    own = of(cast.here.coordinator, Role.COORDINATOR)

    with journalled() as lines:
        mandates.resign_mandate(mandate=own, last_day=date(2026, 11, 30), by=cast.here.coordinator, at=NOW)

    assert lines == [line("mandate.resigned", cast.here.coordinator, HERE, own, last_day="2026-11-30")]
    own.refresh_from_db()
    assert own.ends_at == datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Brussels


def test_suspending_and_reinstating(cast: Cast) -> None:
    own, matter, other = of(cast.here.coordinator, Role.COORDINATOR), uuid4(), uuid4()

    with journalled() as lines:
        about = {"person": cast.here.coordinator, "area": cast.here.area, "by": None}
        counts = [mandates.suspend_mandates(**about, matter=one, at=NOW) for one in (matter, matter, other)]
        back = [mandates.reinstate_mandates(matter=matter, by=None, at=LATER) for _ in range(2)]

    assert (counts, back) == ([1, 0, 1], [1, 0])
    assert lines == [
        line("mandate.suspended", None, HERE, own),
        line("mandate.suspended", None, HERE, own),
        line("mandate.reinstated", None, HERE, own),
    ]
    spans = {one.matter: (one.mandate, one.starts_at, one.ends_at) for one in Suspension.objects.all()}
    assert spans == {matter: (own, NOW, LATER), other: (own, NOW, None)}


def test_leaving_and_coming_back(cast: Cast) -> None:
    clara = cast.here.coordinator
    own, deputy = of(clara, Role.COORDINATOR), of(cast.here.deputy, Role.DEPUTY)
    about = {"mandate": own, "deputy": deputy, "by": clara, "at": NOW}
    spans = [(NOW + timedelta(days=days), NOW + timedelta(days=days + 2)) for days in (0, 7)]

    with journalled() as lines:
        now, next_week = (
            mandates.record_absence_and_ask_deputy(**about, starts_at=start, ends_at=end) for start, end in spans
        )
        mandates.end_absence_and_notify_deputy(absence=now, by=clara, at=LATER)
        mandates.end_absence_and_notify_deputy(absence=next_week, by=clara, at=next_week.starts_at)

    assert [one[0] for one in lines] == ["mandate.absence_noted"] * 2 + ["mandate.absence_ended"] * 2
    assert lines[0] == line("mandate.absence_noted", clara, HERE, now)
    assert lines[2:] == [line("mandate.absence_ended", clara, HERE, own)] * 2
    kept = Absence.objects.get()
    assert (kept.mandate, kept.deputy, kept.starts_at, kept.ends_at) == (own, deputy, NOW, LATER)


def test_a_deputy_says_yes_no_or_hands_back(cast: Cast) -> None:
    clara, denis = cast.here.coordinator, cast.here.deputy
    own, deputy = of(clara, Role.COORDINATOR), of(denis, Role.DEPUTY)
    about = {"mandate": own, "deputy": deputy, "by": clara, "at": NOW}
    spans = [(NOW + timedelta(days=days), NOW + timedelta(days=days + 2)) for days in (0, 5, 9)]
    now, soon, last = (
        mandates.record_absence_and_ask_deputy(**about, starts_at=start, ends_at=end) for start, end in spans
    )

    with journalled() as lines:
        absences.accept_cover(absence=now, at=LATER)
        for absence, moment in ((now, LATER), (soon, spans[1][0])):
            absences.decline_cover_and_notify_coordinator(absence=absence, at=moment)
        for act in (absences.accept_cover, absences.decline_cover_and_notify_coordinator):
            with pytest.raises(WrongState):
                act(absence=now, at=LATER)

    assert [one for one in lines if one[0].startswith("mandate.")] == [
        line("mandate.cover_accepted", denis, HERE, now),
        *[line("mandate.cover_declined", denis, HERE, own)] * 2,
    ]
    kept = Absence.objects.order_by("starts_at").values_list("pk", "starts_at", "ends_at", "accepted_at")
    assert list(kept) == [(now.pk, NOW, LATER, LATER), (last.pk, *spans[2], None)]


def test_confirming_dating_and_being_followed(cast: Cast) -> None:
    own, other = of(cast.officer, Role.OFFICER), of(cast.second_officer, Role.OFFICER)
    zone, day = "be/z1/", date(2026, 12, 31)
    ends_at = datetime(2027, 1, 1, tzinfo=BRUSSELS)

    with journalled() as lines:
        count = confirmations.confirm_mandates(mandates=[own, other], by=cast.chief, at=NOW)
        confirmations.set_last_day_of_mandate(mandate=other, last_day=day, by=cast.chief, at=LATER)
        dated = other.ends_at, Mandate.objects.get(pk=other.pk).ends_at
        again = confirmations.confirm_mandates(mandates=[other], by=cast.chief, at=LATER)
        confirmations.end_predecessors_and_notify(mandate=own, predecessors=[other], by=cast.chief, at=LATER)

    told = [one for one in lines if one[0].startswith("mandate.")]
    assert told == [
        line("mandate.confirmed", cast.chief, zone, own, role="officer"),
        line("mandate.confirmed", cast.chief, zone, other, role="officer"),
        line("mandate.end_set", cast.chief, zone, other, last_day="2026-12-31"),
        line("mandate.ended", cast.chief, zone, other, role="officer"),
        line("mandate.followed", cast.chief, zone, other, next=str(own.pk)),
    ]
    assert (count, again, dated) == (2, 0, (ends_at, ends_at))
    kept = Mandate.objects.in_bulk([own.pk, other.pk])
    assert (kept[own.pk].confirmed_at, kept[own.pk].ends_at) == (NOW, None)
    assert (kept[other.pk].confirmed_at, kept[other.pk].ends_at) == (NOW, LATER)


def test_what_nobody_confirmed_ends_by_the_clock_alone(cast: Cast) -> None:
    own, due = of(cast.officer, Role.OFFICER), NOW - timedelta(days=1) + timedelta(days=366)

    with journalled() as lines:
        with pytest.raises(NotAllowed):
            confirmations.end_unconfirmed_and_notify(mandate=own, by=cast.chief, at=due)
        moments = [due - timedelta(seconds=1), due, due]
        ended = [confirmations.end_unconfirmed_and_notify(mandate=own, by=None, at=moment) for moment in moments]

    assert [one for one in lines if one[0].startswith("mandate.")] == [
        line("mandate.not_confirmed", None, "be/z1/", own, role="officer")
    ]
    assert (ended, own.ends_at, Mandate.objects.get(pk=own.pk).ends_at) == ([False, True, False], due, due)


def test_a_rota_from_its_beginning_to_its_end(cast: Cast) -> None:
    anne, bart, monday = cast.officer, cast.second_officer, date(2026, 11, 30)
    days = [str(anne.pk), str(bart.pk), *[NOBODY] * 5]
    pattern = WeekPattern(monday, monday + timedelta(days=6), time(8), time(20), days)
    zone, noon = "be/z1/", datetime(2026, 11, 30, 12, tzinfo=BRUSSELS)

    with journalled() as lines:
        made = rotas.save_rota_shifts_and_notify(area=cast.zone, pattern=pattern, answer_minutes=25, by=anne, at=NOW)
        first, second = Shift.objects.exclude(person=None).order_by("starts_at").select_related("rota__area")
        for accepts in (False, True):
            rotas.offer_shift(shift=first, to=bart, in_return=second, by=anne, at=NOW)
            asked = Shift.objects.values_list("offered_to", "in_return").get(pk=first.pk)
            rotas.answer_shift_offer_and_notify_asker(shift=first, accepts=accepts, by=bart, at=NOW)
        rest = rotas.hand_over_shift_now_and_notify(shift=first, to=anne, by=bart, at=noon)
        kept = {row.pk: row for row in Shift.objects.all()}
        rota, is_same = Rota.objects.get(), Rota.objects.get() == made
        rotas.delete_rota(rota=made, by=anne, at=LATER)

    named = f"mandates.rota:{rota.pk}"
    assert [one for one in lines if one[0].startswith("rota.")] == [
        line("rota.made", anne, zone, named, shifts=7),
        line("rota.offered", anne, zone, first),
        line("rota.declined", bart, zone, first),
        line("rota.offered", anne, zone, first),
        line("rota.taken", bart, zone, first),
        line("rota.handed_over", bart, zone, rest),
        line("rota.ended", anne, zone, named),
    ]
    assert (is_same, rota.answer_minutes, rota.made_by) == (True, 25, anne)
    assert (rota.area, rota.day_starts, rota.day_ends) == (cast.zone, time(8), time(20))
    assert (first.offered_to, first.in_return, asked) == (bart, second, (bart.pk, second.pk))
    parts = ("person_id", "instead_of_id", "offered_to_id", "in_return_id", "ends_at")
    rows = [tuple(getattr(kept[one.pk], part) for part in parts) for one in (first, second, rest)]
    assert rows == [
        (bart.pk, anne.pk, None, None, noon),
        (anne.pk, bart.pk, None, None, second.ends_at),
        (anne.pk, bart.pk, None, None, first.ends_at),
    ]
    assert not Rota.objects.exists()


def test_standing_in_and_down(cast: Cast) -> None:
    deputy, matter = of(cast.here.deputy, Role.DEPUTY), uuid4()

    with journalled() as lines:
        given, again = (mandates.begin_standin(deputy=deputy, matter=matter, by=None, at=NOW) for _ in range(2))
        down = [mandates.end_standins(matter=matter, by=None, at=LATER) for _ in range(2)]

    assert given == again
    assert down == [1, 0]
    assert lines == [
        line("mandate.standin_begun", None, HERE, given),
        line("mandate.standin_ended", None, HERE, given),
    ]
    kept = Standin.objects.get()
    assert (kept.deputy, kept.matter, kept.starts_at, kept.ends_at) == (deputy, matter, NOW, LATER)


def test_delegating_and_taking_back(cast: Cast) -> None:
    clara, eva = cast.here.coordinator, person("Eva Exemple")
    seat = hold(eva, Role.COMMITTEE, cast.here.area)
    task = next(iter(Task))

    with journalled() as lines:
        given = mandates.delegate_task(mandate=seat, task=task, by=clara, at=NOW)
        for _ in range(2):
            mandates.end_delegation(delegation=given, by=eva, at=LATER)

    assert lines == [
        line("task.delegated", clara, HERE, seat, task=task.value),
        line("task.taken_back", eva, HERE, seat, task=task.value),
    ]
    kept = Delegation.objects.get()
    assert (kept.mandate, kept.task, kept.delegated_by, kept.starts_at, kept.ends_at) == (seat, task, clara, NOW, LATER)
