"""Every mandate ends: confirmed each year, given a last day, followed, announced before (R32, ADR 68)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.mandates import actions as mandates
from plp.mandates.confirmations import (
    BadEnd,
    confirm_mandates,
    end_mandate_and_notify_holder,
    end_predecessors_and_notify,
    end_unconfirmed_and_notify,
    set_last_day_of_mandate,
)
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed, may
from plp.mandates.rules import CONFIRMED_FOR, last_day_of_council
from plp.mandates.term_clock import remind_of_and_end_due_mandates
from plp.mandates.terms import (
    BY_RANK,
    expiries_by_zone,
    holders_to_succeed,
    is_last_releaser,
    mandates_to_confirm,
    visible_mandates,
)
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, hold, person

pytestmark = pytest.mark.django_db
YEAR = CONFIRMED_FOR - timedelta(days=1)  # mandates of the cast began a day before NOW


@pytest.fixture
def offices(cast: Cast) -> SimpleNamespace:
    """An administrator of the country and a mayor."""
    runs, mayor = person("Alix Exemple"), person("Marie Bourgmestre")
    return SimpleNamespace(
        runs=runs,
        mayor=mayor,
        runs_mandate=hold(runs, Role.ADMINISTRATOR, Area.objects.get(path="be/")),
        mayor_mandate=hold(mayor, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/")),
    )


def of(someone: Person) -> Mandate:
    return Mandate.objects.select_related("area", "person").get(person=someone)


def purposes(someone: Person) -> list[str]:
    rows = Dispatch.objects.filter(contact__person=someone).order_by("pk")
    return [row.message.purpose.removeprefix("partnership.mandate_") for row in rows.select_related("message")]


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 11, 30), date(2031, 1, 31)),
        (date(2031, 1, 31), date(2031, 1, 31)),
        (date(2031, 2, 1), date(2037, 1, 31)),
        (date(2020, 1, 1), date(2025, 1, 31)),
    ],
)
def test_a_council_sits_until_the_january_after_the_elections(day: date, ends: date) -> None:
    assert last_day_of_council(day) == ends


def test_a_municipality_ends_with_its_council_and_others_after_a_year(cast: Cast, offices: SimpleNamespace) -> None:
    assert offices.mayor_mandate.last_day == date(2031, 1, 31)
    assert of(cast.chief).last_day == date(2027, 11, 25)
    assert of(cast.chief).ends_at is None


def test_each_keeps_what_they_gave_and_nobody_themselves(cast: Cast, offices: SimpleNamespace) -> None:
    kept = {
        keeper.name: {mandate.person.name for mandate in mandates_to_confirm(keeper, at=NOW)}
        for keeper in (cast.chief, cast.foreign_officer, offices.runs, offices.mayor, cast.here.coordinator)
    }

    assert kept == {
        "Carl Muster": {"Anne Exemple", "Bart Voorbeeld"},
        "Dirk Elders": {"Clara Malmedy", "Denis Malmedy"},
        "Alix Exemple": {"Carl Muster", "Marie Bourgmestre"},
        "Marie Bourgmestre": set(),
        "Clara Haren": set(),
    }


def test_an_administrator_lists_offices_and_no_coordinator(cast: Cast, offices: SimpleNamespace) -> None:
    roles = {mandate.role for mandate in visible_mandates(offices.runs, at=NOW)}

    assert roles == {"administrator", "chief", "municipality"}


def test_the_table_of_roles_begins_with_who_answers_for_the_area(cast: Cast, offices: SimpleNamespace) -> None:
    """The chief before the officers, the machine's administrator last."""
    roles = [mandate.role for mandate in visible_mandates(cast.chief, at=NOW) if mandate.area == cast.zone]

    assert roles == sorted(roles, key=BY_RANK.index)
    assert (roles[0], set(BY_RANK)) == ("chief", set(Role))


def test_a_municipality_lists_its_quarters_and_the_police_around_it(cast: Cast, offices: SimpleNamespace) -> None:
    names = sorted(mandate.person.name for mandate in visible_mandates(offices.mayor, at=NOW))

    around = ["Anne Exemple", "Bart Voorbeeld", "Carl Muster"]
    assert names == [*around, "Clara Haren", "Clara Laeken", "Denis Haren", "Denis Laeken", "Marie Bourgmestre"]


def test_a_confirmed_mandate_lasts_a_year_longer(cast: Cast) -> None:
    own = of(cast.officer)

    assert confirm_mandates(mandates=[own], by=cast.chief, at=NOW) == 1

    assert of(cast.officer).lasts_until == NOW + CONFIRMED_FOR


def test_nobody_confirms_or_dates_their_own_nor_what_others_give(cast: Cast, offices: SimpleNamespace) -> None:
    for by, mandate in (
        (cast.officer, of(cast.officer)),
        (cast.officer, of(cast.second_officer)),
        (cast.chief, of(cast.chief)),
        (cast.chief, offices.mayor_mandate),
        (offices.runs, offices.runs_mandate),
        (offices.runs, of(cast.officer)),
    ):
        with pytest.raises(NotAllowed):
            confirm_mandates(mandates=[mandate], by=by, at=NOW)
        with pytest.raises(NotAllowed):
            set_last_day_of_mandate(mandate=mandate, last_day=date(2026, 12, 31), by=by, at=NOW)
    assert not Mandate.objects.exclude(confirmed_at=None).exists()


def test_an_administrator_ends_a_mayor_who_is_told(cast: Cast, offices: SimpleNamespace) -> None:
    contact(offices.mayor, "email", "marie@commune.test")

    end_mandate_and_notify_holder(mandate=offices.mayor_mandate, by=offices.runs, at=NOW)

    assert not may(offices.mayor, Permission.CHARTER_SIGN, cast.here.area, at=NOW)
    assert purposes(offices.mayor) == ["ended"]
    assert "25 novembre 2026" in MessageText.objects.get(channel="email").body


def test_a_last_day_is_ahead_and_may_be_moved_later(cast: Cast, offices: SimpleNamespace) -> None:
    for amiss in (date(2026, 11, 24), date(2035, 1, 1)):
        with pytest.raises(BadEnd):
            set_last_day_of_mandate(mandate=offices.mayor_mandate, last_day=amiss, by=offices.runs, at=NOW)

    set_last_day_of_mandate(mandate=offices.mayor_mandate, last_day=date(2031, 3, 1), by=offices.runs, at=NOW)

    assert of(offices.mayor).last_day == date(2031, 3, 1)
    end_mandate_and_notify_holder(mandate=offices.mayor_mandate, by=None, at=NOW)
    with pytest.raises(WrongState):
        set_last_day_of_mandate(mandate=offices.mayor_mandate, last_day=date(2031, 3, 1), by=None, at=NOW)


def test_a_successor_ends_the_mandate_before(cast: Cast, offices: SimpleNamespace) -> None:
    following = hold(person("Nadia Suivante"), Role.MUNICIPALITY, offices.mayor_mandate.area)
    before = holders_to_succeed(Role.MUNICIPALITY, following.area, following.person, at=NOW)

    end_predecessors_and_notify(mandate=following, predecessors=list(before), by=None, at=NOW)

    assert not may(offices.mayor, Permission.CHARTER_SIGN, cast.here.area, at=NOW)
    assert may(following.person, Permission.CHARTER_SIGN, cast.here.area, at=NOW)


def test_an_end_is_announced_a_month_and_a_week_before_then_it_comes(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@police.test")
    contact(cast.chief, "email", "carl@police.test")
    Mandate.objects.exclude(person=cast.officer).update(confirmed_at=NOW + timedelta(days=60))
    said = {}

    for days in (-31, -30, -29, -7, -6, -1, 0, 1):
        remind_of_and_end_due_mandates(by=None, at=NOW + YEAR + timedelta(days=days))
        said[days] = (len(purposes(cast.officer)), len(purposes(cast.chief)))

    assert said == {-31: (0, 0), -30: (1, 1), -29: (1, 1), -7: (2, 2), -6: (2, 2), -1: (2, 2), 0: (3, 3), 1: (3, 3)}
    assert purposes(cast.officer) == ["ending", "ending", "ended"]
    assert of(cast.officer).ends_at == NOW + YEAR


def test_a_clock_that_jumps_years_ends_nothing_before_a_week(cast: Cast) -> None:
    jumped = NOW + timedelta(days=3_000)

    remind_of_and_end_due_mandates(by=None, at=jumped)
    remind_of_and_end_due_mandates(by=None, at=jumped + timedelta(days=6))

    assert not Mandate.objects.exclude(ends_at=None).exists()


def test_the_last_who_can_release_goes_on_and_is_announced_each_week(cast: Cast) -> None:
    own = of(cast.foreign_officer)
    assert is_last_releaser(own, at=NOW)
    assert not is_last_releaser(of(cast.officer), at=NOW)
    contact(cast.foreign_officer, "email", "dirk@police.test")
    Mandate.objects.exclude(pk=own.pk).update(confirmed_at=NOW + timedelta(days=90))

    for days in (0, 7, 14):
        remind_of_and_end_due_mandates(by=None, at=NOW + YEAR + timedelta(days=days))

    assert of(cast.foreign_officer).ends_at is None
    assert purposes(cast.foreign_officer) == ["ending"] * 3


def test_a_last_day_that_passed_is_said_once_and_an_end_by_hand_is_not(cast: Cast, offices: SimpleNamespace) -> None:
    contact(offices.mayor, "email", "marie@commune.test")
    contact(offices.runs, "email", "alix@plp.test")
    set_last_day_of_mandate(mandate=offices.mayor_mandate, last_day=date(2026, 11, 25), by=None, at=NOW)
    end_mandate_and_notify_holder(mandate=of(cast.chief), by=None, at=NOW)

    for days in (1, 2):
        remind_of_and_end_due_mandates(by=None, at=NOW + timedelta(days=days))

    assert purposes(offices.mayor) == purposes(offices.runs) == ["ended"]


def test_what_was_confirmed_just_now_does_not_end(cast: Cast) -> None:
    own = of(cast.officer)
    confirm_mandates(mandates=[own], by=cast.chief, at=NOW + YEAR)

    assert not end_unconfirmed_and_notify(mandate=own, by=None, at=NOW + YEAR)
    with pytest.raises(NotAllowed):
        end_unconfirmed_and_notify(mandate=own, by=cast.chief, at=NOW)
    mandates.end_mandate(mandate=own, by=cast.chief, at=NOW + YEAR)
    assert confirm_mandates(mandates=[own], by=cast.chief, at=NOW + YEAR) == 0


def test_what_ends_or_ended_is_counted_by_zone_without_a_name(cast: Cast, offices: SimpleNamespace) -> None:
    Mandate.objects.update(starts_at=NOW - timedelta(days=90), confirmed_at=NOW)
    nothing = expiries_by_zone(at=NOW)
    Mandate.objects.filter(person=cast.officer).update(ends_at=NOW + timedelta(days=20))
    Mandate.objects.filter(person=cast.second_officer).update(ends_at=NOW - timedelta(days=1))
    Mandate.objects.filter(person=cast.here.coordinator).update(ends_at=NOW - timedelta(days=3))
    Mandate.objects.filter(person=cast.next_door.coordinator).update(ends_at=NOW - timedelta(days=40))
    offices.runs_mandate.confirmed_at = NOW - YEAR
    offices.runs_mandate.save()

    counts = [(row.zone.path, row.ending, row.vacant) for row in expiries_by_zone(at=NOW)]

    assert nothing == []
    assert counts == [("be/", 1, 0), ("be/z1/", 1, 1)]
