"""The pages of a rota: made on one, given away on another, answered by a link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.connections.calendar_links import create_calendar_token
from plp.mandates import rotas
from plp.mandates.grants import Role
from plp.mandates.models import Rota, Shift
from plp.mandates.rota_letters import shift_answer_path
from plp.mandates.rota_patterns import AS_WEEKDAY, WeekPattern
from plp.people.models import Person
from plp.toolbox.clock import local
from tests.factories.cast import Cast, contact, hold, person
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
TODAY = local(AT).date()


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    contact(cast.second_officer, "email", "bart@police.example")
    return cast


def typed(choice: str, **more: str) -> dict[str, str]:
    """What the form of a rota holds: the same choice on each day."""
    hours = {"day_starts": "08:00", "day_ends": "20:00", "answer_minutes": "15"}
    days = {"first": TODAY.isoformat(), "last": (TODAY + timedelta(days=6)).isoformat()}
    return {**days, **hours, **{f"day_{number}": choice for number in range(7)}, "holiday": AS_WEEKDAY, **more}


def entered(cast: Cast, who: Person) -> Shift:
    """A rota of a week with one person around the day; answers the hours that last."""
    hours = (TODAY, TODAY + timedelta(days=6), local(AT - timedelta(hours=1)).time(), local(AT).time())
    pattern = WeekPattern(hours[0], hours[1], hours[2], hours[2], [str(who.pk)] * 7)
    rotas.save_rota_shifts_and_notify(
        area=cast.zone, pattern=pattern, answer_minutes=15, by=cast.officer, at=AT - timedelta(minutes=30)
    )
    return Shift.objects.order_by("starts_at")[0]


def test_a_rota_is_made_on_one_page(cast: Cast) -> None:
    client, url = signed_in(cast.officer), reverse("mandates:rotas:rota", args=[cast.zone.pk])

    before = client.get(reverse("mandates:rotas:home"), follow=True)
    made = client.post(url, typed("turn"), follow=True).content.decode()

    assert "Nobody: what cannot wait goes to the whole desk." in before.content.decode()
    assert "The rota is noted." in made
    assert Shift.objects.count() == 7


def test_a_wrong_day_stands_at_its_field_and_what_was_typed_stays(cast: Cast) -> None:
    url = reverse("mandates:rotas:rota", args=[cast.zone.pk])

    page = signed_in(cast.officer).post(url, typed("turn", last="2026-11-01", answer_minutes="25")).content.decode()

    assert "Choose a last day after the first one" in page
    assert 'value="25"' in page
    assert not Rota.objects.exists()


def test_a_stranger_meets_no_page(cast: Cast) -> None:
    shift = entered(cast, cast.officer)
    stranger = signed_in(cast.foreign_officer)

    pages = [
        reverse("mandates:rotas:rota", args=[cast.zone.pk]),
        reverse("mandates:rotas:shift", args=[shift.pk]),
    ]

    assert [stranger.get(page).status_code for page in pages] == [404, 404]
    assert signed_in(cast.second_officer).get(pages[1]).status_code == 404


def test_hours_are_asked_for_and_taken_in_one_touch(cast: Cast) -> None:
    shift = entered(cast, cast.officer)
    signed_in(cast.officer).post(
        reverse("mandates:rotas:shift", args=[shift.pk]), {"to": f"person:{cast.second_officer.pk}", "how": "ask"}
    )
    url, anybody = shift_answer_path(rotas.shift_of_key(shift.pk)), Client(headers={"accept-language": "en"})

    asked = anybody.get(url).content.decode()
    answered = anybody.post(url, {"answer": "yes"}).content.decode()
    again = anybody.get(url).content.decode()
    shift.refresh_from_db()
    Shift.objects.filter(pk=shift.pk).update(person=cast.officer)
    of_another = anybody.get(url).status_code

    assert "Anne Exemple asks you to take over" in asked
    assert "Anne Exemple is told now" in answered
    assert ("You are on call" in again, "Yes, I take them" in again, of_another) == (True, False, 404)
    assert (shift.person, shift.instead_of) == (cast.second_officer, cast.officer)


def test_hours_that_last_are_handed_over_at_once(cast: Cast) -> None:
    shift, client = entered(cast, cast.officer), signed_in(cast.officer)
    url = reverse("mandates:rotas:shift", args=[shift.pk])

    page = client.get(url).content.decode()
    client.post(url, {"to": f"person:{cast.second_officer.pk}", "how": "now"})

    assert "Hand over now" in page
    assert Shift.objects.get(starts_at=AT).person == cast.second_officer


def test_the_first_page_says_who_asks_and_that_one_is_on_call(cast: Cast) -> None:
    shift = entered(cast, cast.officer)
    rotas.offer_shift(shift=shift, to=cast.second_officer, in_return=None, by=cast.officer, at=AT)

    own, other = (signed_in(who).get("/").content.decode() for who in (cast.officer, cast.second_officer))

    assert "You are on call" in own
    assert "Anne Exemple asks you to be on call" in other


def test_without_a_rota_nobody_meets_a_word_of_it_but_one_line_beside_absences(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)

    first, door = (client.get(url).content.decode() for url in ("/", reverse("home:section", args=["help"])))

    assert "on call" not in first
    assert door.count("Who is on call?") == 1


def test_the_calendar_of_a_person_holds_their_hours_alone(cast: Cast) -> None:
    entered(cast, cast.officer)
    own, other = (create_calendar_token(person=who, by=who, at=AT) for who in (cast.officer, cast.second_officer))

    files = [Client().get(reverse("connections:feed", args=[words])).content.decode() for words in (own, other)]

    assert [file.count("BEGIN:VEVENT") for file in files] == [7, 0]
    assert "De garde" in files[0]


def test_a_rota_is_done_without_again(cast: Cast) -> None:
    entered(cast, cast.officer)

    page = signed_in(cast.officer).post(reverse("mandates:rotas:end", args=[cast.zone.pk]), follow=True)

    assert "The rota is gone." in page.content.decode()
    assert not Rota.objects.exists()


def test_whoever_makes_the_rota_sees_how_the_work_is_shared_and_each_their_own_line(cast: Cast) -> None:
    entered(cast, cast.second_officer)
    third = person("Eva Beispiel")
    hold(third, Role.DEPUTY_OFFICER, cast.zone)
    url = reverse("mandates:rotas:rota", args=[cast.zone.pk])

    pages = [signed_in(who).get(url).content.decode() for who in (cast.officer, third)]
    tables = [page.partition("How the work is shared")[2] for page in pages]

    assert [[name in table for name in ("Anne", "Bart", "Eva")] for table in tables] == [
        [True, True, True],
        [False, False, True],
    ]
