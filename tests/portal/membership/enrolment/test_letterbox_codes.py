"""A code in the letterbox proves an address: nobody rings at the door (R24, R65)."""

import pytest
from django.test import Client

from plp.membership.models import LetterboxCode, Membership
from plp.people.actions import set_front_door
from plp.places.models import Street
from plp.portal.shell import limits
from plp.portal.shell.limits import Limit
from plp.toolbox.ids import grouped_code
from tests.factories.cast import Cast, contact, person
from tests.membership.lists.stage import streets
from tests.membership.test_refusals import text_of
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The quarter and its streets, at the hour of the tests."""
    stop_clock(monkeypatch)
    stage = Cast()
    streets(stage)
    return stage


def applicant(cast: Cast, name: str = "Gina Exemple") -> Membership:
    """A neighbour who asks to join, and wants letters."""
    someone = person(name)
    set_front_door(person=someone, street=Street.objects.get(name_fr="Rue de Verdun"), house="12", by=None, at=AT)
    contact(someone, "paper", "Rue de Verdun 12, 1130 Haren", confirmed=False)
    return Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=AT)


def printed_code(cast: Cast) -> str:
    """The coordinator prints the letters; the code of the only one."""
    answer = signed_in(cast.here.coordinator).post("/coordinator/members/waiting/letters.pdf")
    words = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Gina Exemple Rue de Verdun 12" in words
    return words.partition("habitez ou travaillez à cette adresse. ")[2][:11].replace(" ", "")


def test_whoever_types_the_code_of_the_letter_lives_there(cast: Cast) -> None:
    membership, browser = applicant(cast), Client(headers={"accept-language": "en"})
    code = printed_code(cast)

    entry = browser.post("/enrolment/code/", {"code": grouped_code(code)})
    asked = browser.get(entry.url).content.decode()
    done = browser.post(entry.url, {"answer": "yes"}).content.decode()
    waiting = signed_in(cast.here.coordinator).get("/coordinator/members/waiting/").content.decode()

    assert "Do you live or work there?" in asked
    assert "Your address is confirmed" in done
    assert membership.person.contacts.get().confirmed_at == AT
    assert "The code of the letter was typed: they live or work there." in waiting
    assert Membership.objects.get().state == "pending"  # the coordinator decides


def test_a_letter_that_is_printed_again_has_the_same_code(cast: Cast) -> None:
    applicant(cast)

    assert printed_code(cast) == printed_code(cast)
    assert LetterboxCode.objects.count() == 1


def test_wrong_codes_open_nothing_and_make_one_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    applicant(cast)
    printed_code(cast)
    monkeypatch.setitem(limits.LIMITS, "letterbox-code.network", Limit(2, 3600))
    browser = Client(headers={"accept-language": "en"})

    tries = [browser.post("/enrolment/code/", {"code": "222 222 222"}) for _time in range(3)]

    assert [answer.status_code for answer in tries] == [200, 200, 429]
    assert "We do not know this code" in tries[0].content.decode()
    assert browser.get("/enrolment/code/222222222/").status_code == 404
    assert LetterboxCode.objects.get().proven_at is None


def test_the_coordinator_next_door_prints_no_letter_of_ours(cast: Cast) -> None:
    applicant(cast)

    answer = signed_in(cast.next_door.coordinator).post("/coordinator/members/waiting/letters.pdf")

    assert answer.url == "/coordinator/members/waiting/"
    assert LetterboxCode.objects.count() == 0
