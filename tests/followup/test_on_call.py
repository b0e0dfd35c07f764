"""Whoever is on call hears first; then the next person, the telephone, the whole desk (ADR 74)."""

from datetime import datetime, time, timedelta

import pytest

from plp.delivery.models import Dispatch, Message
from plp.followup.actions import on_call
from plp.followup.actions.on_call import pass_on_urgent_matters
from plp.followup.models import OnCallAlert
from plp.followup.queries.desk_holders import person_in_charge_of_relaying
from plp.mandates import rotas
from plp.mandates.models import Standin
from plp.mandates.rota_patterns import NOBODY, WeekPattern
from plp.notices.actions import mark_help_call_taken, start_drill_of_cry_for_help
from plp.notices.models import HelpCall
from plp.people.models import Person
from plp.sightings.queries.assignment import next_officer_on_turn
from plp.toolbox.clock import local
from tests.factories.cast import NOW, Cast
from tests.followup.stage import reachable, released

MINUTE = timedelta(minutes=1)
Step = OnCallAlert.Step


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    reachable(cast)
    return cast


def roster(cast: Cast, *, zone: Person | None = None, quarter: Person | None = None, at: datetime = NOW) -> None:
    """Somebody on call around the clock for a week: in the zone, in the quarter, or in both."""
    today = local(at).date()
    for area, who, by in ((cast.zone, zone, cast.officer), (cast.here.area, quarter, cast.here.coordinator)):
        if who is not None:
            choice = [str(who.pk)] * 7
            pattern = WeekPattern(today, today + timedelta(days=7), time(0), time(0), choice)
            rotas.save_rota_shifts_and_notify(area=area, pattern=pattern, answer_minutes=10, by=by, at=at)


def told(purpose: str) -> list[str]:
    """The names of those who got a letter, by name."""
    copies = Dispatch.objects.filter(message__purpose=purpose).select_related("contact__person")
    return sorted({copy.contact.person.name for copy in copies})


def drill(cast: Cast, at: datetime = NOW + MINUTE) -> HelpCall:
    return start_drill_of_cry_for_help(partnership=cast.here.partnership, by=cast.here.coordinator, at=at)


def test_without_a_rota_the_whole_desk_hears_at_once_and_nothing_follows(cast: Cast) -> None:
    drill(cast)

    assert told("notices.help_called") == ["Anne Exemple", "Bart Voorbeeld", "Clara Haren"]
    assert pass_on_urgent_matters(by=None, at=NOW + 60 * MINUTE) == 0


def test_a_call_goes_from_whoever_is_on_call_to_the_next_and_to_the_desk(cast: Cast) -> None:
    roster(cast, zone=cast.second_officer)
    drill(cast)
    first = told("notices.help_called")

    moved = [pass_on_urgent_matters(by=None, at=NOW + minutes * MINUTE) for minutes in (5, 11, 12, 21, 22, 60)]
    steps = list(OnCallAlert.objects.values_list("step", flat=True))

    assert first == ["Bart Voorbeeld", "Clara Haren"]
    assert moved == [0, 1, 0, 1, 0, 0]
    assert told("followup.on_call") == ["Anne Exemple", "Bart Voorbeeld"]
    assert steps == [Step.DESK]


def test_both_are_rung_where_there_is_a_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[list[Person]] = []
    monkeypatch.setattr(on_call, "usable_channels", lambda: {"voice": object()})
    monkeypatch.setattr(on_call, "phone_on_call_persons", lambda _matter, persons, **_more: rung.append(list(persons)))
    roster(cast, zone=cast.second_officer)
    drill(cast)

    for minutes in (11, 22, 33):
        pass_on_urgent_matters(by=None, at=NOW + minutes * MINUTE)

    assert [{person.name for person in people} for people in rung] == [{"Anne Exemple", "Bart Voorbeeld"}]
    assert OnCallAlert.objects.get().step == Step.DESK


def test_what_somebody_took_goes_no_further(cast: Cast) -> None:
    roster(cast, zone=cast.second_officer)
    call = drill(cast)
    pass_on_urgent_matters(by=None, at=NOW + 2 * MINUTE)

    mark_help_call_taken(call=call, by=cast.second_officer, at=NOW + 3 * MINUTE)

    assert pass_on_urgent_matters(by=None, at=NOW + 30 * MINUTE) == 0
    assert not OnCallAlert.objects.exists()


def test_hours_that_nobody_has_go_to_the_whole_desk_at_once(cast: Cast) -> None:
    today = local(NOW).date()
    pattern = WeekPattern(today, today, time(0), time(0), [NOBODY] * 7)
    rotas.save_rota_shifts_and_notify(area=cast.zone, pattern=pattern, answer_minutes=10, by=cast.officer, at=NOW)
    drill(cast)

    assert told("notices.help_called") == ["Anne Exemple", "Bart Voorbeeld", "Clara Haren"]
    assert pass_on_urgent_matters(by=None, at=NOW + 30 * MINUTE) == 0


def test_a_message_to_pass_on_goes_first_to_the_deputy_on_call(cast: Cast) -> None:
    roster(cast, quarter=cast.here.deputy)
    released(cast, at=NOW + MINUTE)

    desk = person_in_charge_of_relaying(cast.here.partnership, at=NOW + 2 * MINUTE)
    first = told("notices.waiting")
    pass_on_urgent_matters(by=None, at=NOW + 12 * MINUTE)

    assert (first, desk) == (["Denis Haren"], cast.here.deputy)
    assert told("followup.on_call") == ["Clara Haren"]


def test_a_deputy_who_is_next_may_act_until_it_is_done(cast: Cast) -> None:
    roster(cast, quarter=cast.here.coordinator)
    call = drill(cast)
    HelpCall.objects.filter(pk=call.pk).update(person=cast.chief)

    pass_on_urgent_matters(by=None, at=NOW + 12 * MINUTE)
    open_before = Standin.objects.filter(ends_at=None).count()
    mark_help_call_taken(call=HelpCall.objects.get(), by=cast.here.deputy, at=NOW + 13 * MINUTE)
    pass_on_urgent_matters(by=None, at=NOW + 14 * MINUTE)

    assert (open_before, Standin.objects.filter(ends_at=None).count()) == (1, 0)


def test_a_release_waits_for_whoever_is_on_call_unless_they_wrote_it(cast: Cast) -> None:
    roster(cast, zone=cast.officer)
    released(cast, at=NOW + MINUTE)

    assert told("notices.to_release") == ["Bart Voorbeeld", "Carl Muster"]


def test_a_report_goes_to_whoever_is_on_call(cast: Cast) -> None:
    turn = next_officer_on_turn(cast.here.area, at=NOW + MINUTE)
    other = cast.second_officer if turn == cast.officer else cast.officer
    roster(cast, zone=other)

    assert next_officer_on_turn(cast.here.area, at=NOW + MINUTE) == other


def test_no_letter_holds_a_name(cast: Cast) -> None:
    roster(cast, zone=cast.second_officer)
    drill(cast)
    pass_on_urgent_matters(by=None, at=NOW + 12 * MINUTE)

    bodies = [row.body for row in Message.objects.get(purpose="followup.on_call").texts.all()]

    assert bodies
    assert [name for body in bodies for name in ("Clara", "Anne", "Bart") if name in body] == []
