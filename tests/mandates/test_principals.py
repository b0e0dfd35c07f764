"""What a deputy does, and whoever is on call for another, is noted as done for somebody (ADR 74)."""

from datetime import datetime, time, timedelta

from plp.journal.actions import note
from plp.journal.models import Entry
from plp.journal.principals import Acting, represented_person, set_who_acts_for_whom
from plp.mandates import rotas
from plp.mandates.actions import record_absence_and_ask_deputy
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate, Shift
from plp.mandates.principals import set_acting_principal
from plp.mandates.queries import require
from plp.mandates.rota_patterns import WeekPattern
from plp.people.models import Person
from plp.toolbox.clock import local
from tests.factories.cast import NOW, Cast

HOUR = timedelta(hours=1)


def leave(cast: Cast) -> None:
    """The coordinator of ``here`` is away for a day."""
    own, deputy = (Mandate.objects.get(person=who) for who in (cast.here.coordinator, cast.here.deputy))
    record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW, ends_at=NOW + 24 * HOUR, by=own.person, at=NOW
    )


def acted(cast: Cast, by: Person, permission: Permission, *, at: datetime = NOW + HOUR) -> str | None:
    """For whom ``by`` uses a right in ``here``, as the journal has it."""
    require(by, permission, cast.here.area, at=at)
    return note(verb="notice.relayed", by=by, at=at, area=cast.here.area.path).details.get("done_for")


def test_a_deputy_acts_for_whoever_is_absent(cast: Cast) -> None:
    leave(cast)

    assert acted(cast, cast.here.deputy, Permission.NOTICE_RELAY) == str(cast.here.coordinator.pk)


def test_without_an_absence_a_deputy_acts_for_the_coordinator_in_office(cast: Cast) -> None:
    deputy, area = Mandate.objects.get(person=cast.here.deputy), cast.here.area
    set_acting_principal(deputy.person, Permission.NOTICE_RELAY, [deputy], area, at=NOW)

    entry = note(verb="notice.relayed", by=deputy.person, at=NOW, area=area.path)

    assert entry.details["done_for"] == str(cast.here.coordinator.pk)


def test_whoever_acts_by_their_own_role_acts_for_nobody(cast: Cast) -> None:
    leave(cast)

    own = [
        acted(cast, cast.here.coordinator, Permission.NOTICE_RELAY),
        acted(cast, cast.officer, Permission.NOTICE_RELEASE),
        acted(cast, cast.here.deputy, Permission.LAUNCH_SEE),
    ]

    assert own == [None, None, None]


def test_whoever_took_hours_over_acts_for_whose_they_were(cast: Cast) -> None:
    today = local(NOW).date()
    pattern = WeekPattern(today, today, time(8), time(20), [str(cast.officer.pk)] * 7)
    rotas.save_rota_shifts_and_notify(area=cast.zone, pattern=pattern, answer_minutes=15, by=cast.officer, at=NOW)
    rotas.hand_over_shift_now_and_notify(
        shift=Shift.objects.get(), to=cast.second_officer, by=cast.officer, at=NOW + HOUR
    )

    done_for = [
        acted(cast, cast.second_officer, Permission.NOTICE_RELEASE, at=NOW + 2 * HOUR),
        acted(cast, cast.second_officer, Permission.NOTICE_WRITE, at=NOW + 2 * HOUR),
    ]

    assert done_for == [str(cast.officer.pk), None]


def test_it_holds_for_this_person_and_this_moment_alone(cast: Cast) -> None:
    set_who_acts_for_whom(Acting(cast.here.deputy.pk, NOW, lambda: cast.here.coordinator.pk))

    found = [
        represented_person(cast.here.deputy.pk, NOW),
        represented_person(cast.here.deputy.pk, NOW + HOUR),
        represented_person(cast.officer.pk, NOW),
    ]

    assert found == [cast.here.coordinator.pk, None, None]


def test_nothing_is_looked_up_before_something_is_noted(cast: Cast, django_assert_num_queries: object) -> None:
    leave(cast)

    with django_assert_num_queries(2):  # type: ignore[operator]
        require(cast.here.deputy, Permission.NOTICE_RELAY, cast.here.area, at=NOW + HOUR)

    assert not Entry.objects.filter(actor=str(cast.here.deputy.pk)).exists()
