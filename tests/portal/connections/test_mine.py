"""My calendar: a secret address, renewed or ended by its owner; what it answers follows their rights of the moment."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar as Read

from plp.connections.models import Calendar
from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Meeting
from plp.followup.actions import meetings
from plp.mandates import actions as mandates
from plp.mandates.models import Mandate
from plp.people import actions as people
from plp.people.models import Person
from tests.factories.cast import Cast, member
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
HERE = "/connections/calendar/"


def convened(cast: Cast) -> Meeting:
    plan = MeetingPlan(
        place="Salle", street="Rue de Verdun 3", languages=("fr",),
        starts_at=AT + timedelta(days=9), ends_at=AT + timedelta(days=9, hours=2),
    )  # fmt: skip
    meeting = evening.plan_meeting(partnership=cast.here.partnership, plan=plan, by=None, at=AT)
    evening.publish_meeting(meeting=meeting, by=None, at=AT)
    return meeting


def address(someone: Person) -> str:
    """A new address of somebody's calendar, as the page shows it once."""
    page = signed_in(someone).post(HERE, follow=True).text
    return "/" + page.partition("<code>")[2].partition("</code>")[0].split("/", 3)[3]


def titles(url: str) -> list[str]:
    answer = Client().get(url)
    return sorted(str(one["summary"]) for one in Read.from_ical(answer.content).walk("VEVENT"))


def test_it_shows_the_meetings_of_its_owner_and_their_talks(cast: Cast) -> None:
    convened(cast)
    told = {"starts_at": AT + timedelta(days=3), "ends_at": AT + timedelta(days=3, hours=1), "place": "Poste"}
    meetings.convene_meeting(
        partnership=cast.here.partnership, agenda="Clara raconte", language="fr", by=cast.officer, at=AT, **told
    )

    own, next_door = address(cast.here.coordinator), address(cast.next_door.coordinator)

    assert titles(own) == ["Coordinateur et police\N{NO-BREAK SPACE}: Haren", "Soirée d’information, Haren"]
    assert titles(next_door) == []
    assert "Clara" not in Client().get(own).text


def test_a_member_has_one_too(cast: Cast) -> None:
    convened(cast)
    someone = member(cast.here.partnership, "Mia Voorbeeld")

    assert titles(address(someone)) == ["Soirée d’information, Haren"]


def test_a_new_address_ends_the_old_one_and_none_is_kept_in_clear(cast: Cast) -> None:
    old = address(cast.here.coordinator)
    new = address(cast.here.coordinator)

    assert [Client().get(url).status_code for url in (old, new)] == [404, 200]
    assert new.rpartition("/")[2].removesuffix(".ics") not in str(list(Calendar.objects.values_list()))
    browser = signed_in(cast.here.coordinator)
    assert "<code>" not in browser.get(HERE).text
    browser.post(f"{HERE}end/")
    assert Client().get(new).status_code == 404


def test_what_it_shows_ends_with_the_office_and_the_person(cast: Cast) -> None:
    convened(cast)
    url, someone = address(cast.here.coordinator), cast.here.coordinator
    held = Mandate.objects.get(person=someone)
    before = titles(url)
    mandates.end_mandate(mandate=held, by=None, at=AT - timedelta(minutes=1))
    after = titles(url)
    people.erase_person(person=someone, by=None, at=AT)

    assert (before, after) == (["Soirée d’information, Haren"], [])
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("words", ["x", "..", "' OR 1=1 --", "0" * 500])
def test_other_words_open_nothing(cast: Cast, words: str) -> None:
    address(cast.here.coordinator)

    assert Client().get(f"{HERE}{words}.ics").status_code == 404


def test_nobody_makes_one_for_somebody_else(cast: Cast, client: Client) -> None:
    answers = [client.get(HERE), client.post(HERE), client.post(f"{HERE}end/")]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Calendar.objects.count() == 0
