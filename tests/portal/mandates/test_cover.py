"""A deputy is asked to stand in, sees for whom and until when, says yes or no by a link, hands back (R38)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.delivery.models import Message, MessageText
from plp.journal.models import Entry
from plp.mandates.absences import cover_answer_path
from plp.mandates.actions import record_absence_and_ask_deputy
from plp.mandates.models import Absence, Mandate
from plp.partnership.models import Partnership
from tests.factories.cast import Cast, contact
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    contact(cast.here.deputy, "email", "denis@plp.test")
    contact(cast.here.coordinator, "email", "clara@plp.test")
    return cast


def away(cast: Cast, *, begins: int) -> Absence:
    own, deputy = (Mandate.objects.get(person=person) for person in (cast.here.coordinator, cast.here.deputy))
    return record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=AT + begins * DAY, ends_at=AT + 5 * DAY, by=own.person, at=AT
    )


def purposes() -> list[str]:
    return sorted(Message.objects.values_list("purpose", flat=True))


def test_the_deputy_is_asked_by_letter_with_a_link(cast: Cast) -> None:
    absence = away(cast, begins=1)

    body = MessageText.objects.get(message__purpose="partnership.absence_asked", channel="email").body

    assert cover_answer_path(absence) in body
    assert "Clara Haren" in body


def test_no_absence_is_noted_after_an_end(cast: Cast) -> None:
    coordinator, address = signed_in(cast.here.coordinator), reverse("mandates:absences:absence")
    days = {"starts_on": AT.date() + 2 * DAY, "ends_on": AT.date() + 4 * DAY}
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    page = coordinator.post(address, {**days, "deputy": Mandate.objects.get(person=cast.here.deputy).pk})

    assert "This partnership has ended." in page.text
    assert address not in coordinator.get("/").text.partition('id="main"')[2]
    assert (Absence.objects.count(), purposes()) == (0, [])


def test_days_that_are_noted_already_are_refused_on_the_page(cast: Cast) -> None:
    coordinator, address = signed_in(cast.here.coordinator), reverse("mandates:absences:absence")
    deputy = Mandate.objects.get(person=cast.here.deputy)
    days = {"starts_on": AT.date() + 2 * DAY, "ends_on": AT.date() + 4 * DAY, "deputy": deputy.pk}
    coordinator.post(address, days)

    again = coordinator.post(address, days)

    sentence = "You noted an absence for some of these days already. Take it back first, or choose other days."
    assert re.findall('<a href="#id_(.*?)">(?:.*?: )?(.*?)</a>', again.text) == [("starts_on", sentence)]
    assert Absence.objects.count() == 1


def test_before_it_begins_the_deputy_reads_for_whom_and_says_yes(cast: Cast) -> None:
    absence, anybody = away(cast, begins=1), Client(headers={"accept-language": "en"})
    url = cover_answer_path(absence)

    asked = anybody.get(url).content.decode()
    anybody.post(url, {"answer": "yes"})
    agreed = anybody.get(url).content.decode()

    assert "Clara Haren" in asked
    assert ("You said yes" in asked, "You said yes" in agreed) == (False, True)
    assert Absence.objects.get().accepted_at == AT
    own = signed_in(cast.here.coordinator).get(reverse("mandates:absences:absence")).content.decode()
    assert "said yes" in own
    assert "Take it back" in own
    assert "I am back" not in own
    assert Entry.objects.filter(verb="mandate.cover_accepted").count() == 1


def test_a_no_ends_it_and_tells_the_coordinator(cast: Cast) -> None:
    absence = away(cast, begins=1)

    page = Client(headers={"accept-language": "en"}).post(cover_answer_path(absence), {"answer": "no"}).content.decode()

    assert "You do not stand in" in page
    assert not Absence.objects.exists()
    assert "partnership.absence_declined" in purposes()
    assert Client().get(cover_answer_path(absence)).status_code == 404


def test_handing_back_ends_what_has_begun(cast: Cast) -> None:
    absence = away(cast, begins=-1)
    deputy = signed_in(cast.here.deputy)
    start = deputy.get("/").content.decode()

    deputy.post(cover_answer_path(absence), {"answer": "no"})

    assert "You stand in for Clara Haren until" in start
    assert Absence.objects.get().ends_at == AT
    assert deputy.get(reverse("notices:relay:inbox")).status_code == 404


def test_the_desk_of_a_deputy_says_it_before_it_begins(cast: Cast) -> None:
    away(cast, begins=1)

    assert "you stand in for Clara Haren" in signed_in(cast.here.deputy).get("/").content.decode()
    assert "stand in for" not in signed_in(cast.next_door.deputy).get("/").content.decode()


def test_a_wrong_link_shows_nothing(cast: Cast) -> None:
    absence = away(cast, begins=1)

    assert Client().get(f"/coordinator/absence/{absence.pk.hex}/wrong/").status_code == 404


def test_a_coordinator_who_comes_back_tells_the_deputy(cast: Cast) -> None:
    absence = away(cast, begins=1)

    client = signed_in(cast.here.coordinator)
    client.post(reverse("mandates:absences:come_back", args=[absence.pk]))

    assert purposes() == ["partnership.absence_asked", "partnership.absence_ended"]
    assert "Taken back. Your deputy is told." in client.get(reverse("mandates:absences:absence")).content.decode()


@pytest.mark.parametrize("last_day", ["2026-11-26", "2036-12-05"])
def test_a_wrong_day_blames_the_day_alone(cast: Cast, last_day: str) -> None:
    days = {"starts_on": "2026-11-27", "ends_on": last_day, "deputy": str(cast.here.deputy.mandates.get().pk)}

    page = signed_in(cast.here.coordinator).post(reverse("mandates:absences:absence"), days).text

    sentence = "The last day is before the first one, in the past, or more than a year away."
    assert re.findall('<a href="#id_(.*?)">.*?: (.*?)</a>', page) == [("ends_on", sentence)]
