"""What everybody may open: partnership, list, street, check code, stop."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from plp.delivery.actions import create_message, enqueue_copy_for_each_person, stop_message
from plp.delivery.links import stop_link
from plp.delivery.models import Dispatch, Message
from plp.delivery.texts import Text
from plp.membership.queries import member_contacts
from plp.partnership.models import Partnership
from plp.partnership.presentation import set_public_presentation
from plp.people.models import ContactPoint, Household, Person
from plp.places.actions.emergency import set_help_numbers
from plp.places.models import Area, Coverage, Street
from plp.portal.shell.maps import public_streets_map
from plp.portal.subjects.partnership.forms import StreetAndHouseForm
from plp.portal.subjects.partnership.views import pages
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def browser() -> Client:
    """A visitor who reads English."""
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def street(cast: Cast) -> Street:
    """A covered street of the quarter."""
    return covered(cast)


def covered(cast: Cast) -> Street:
    street = Street.objects.create(
        nis="21004", postcode="1130", register_id="s1", name_fr="Rue de Verdun", name_nl="Verdunstraat",
        folded="rue de verdun|verdunstraat",
    )  # fmt: skip
    Coverage.objects.create(area=cast.here.area, street=street)
    return street


def words(answer: object) -> str:
    """The page without its token, which differs each time."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def sent(cast: Cast, someone: ContactPoint) -> Message:
    """A message on its way to the members of the quarter."""
    message = create_message(
        purpose="notice.alarm", texts=[Text("email", "fr", "Alarme", "Fermez à clé.")], channels=["email"],
        area=cast.here.area.path, by=None, at=NOW,
    )  # fmt: skip
    enqueue_copy_for_each_person(message=message, contacts=member_contacts(cast.here.partnership), at=NOW)
    return message


def test_the_page_of_a_partnership_names_nobody_and_counts_nothing(
    cast: Cast, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast.here.partnership.contact_email = "haren@plp.test"
    cast.here.partnership.contact_phone = "+3222791234"
    cast.here.partnership.save()
    before = words(browser.get("/p/haren/"))
    contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test")

    with django_assert_max_num_queries(4):
        page = browser.get("/p/haren/")
    assert "<dt>E-mail</dt>" in page.text, "an address makes nobody a coordinator"

    assert words(page) == before
    for shown in (
        "Haren",
        "Live in peace",
        "haren@plp.test",
        "tel:+3222791234",
        "02\N{NO-BREAK SPACE}279\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34",
        "What it is not",
        "/p/haren/join/",
        "Bruxelles / Brussel",
    ):
        assert shown in words(page)
    assert "Mia" not in words(page)
    assert "Clara" not in words(page)
    browser.cookies["language"] = "nl"
    assert '<p class="small">Brussel</p>' in words(browser.get("/p/haren/"))


def test_a_partnership_that_bears_the_name_of_its_municipality_says_it_once(cast: Cast, browser: Client) -> None:
    Area.objects.filter(pk=cast.here.area.pk).update(name_nl="Brussel")
    browser.cookies["language"] = "nl"

    page = words(browser.get("/p/haren/"))

    assert "<h1>Brussel</h1>" in page
    assert '<p class="small">Brussel</p>' not in page


def test_the_wall_of_streets_tells_no_small_number(cast: Cast, browser: Client, street: Street) -> None:
    before = words(browser.get("/p/haren/streets/"))
    for number in range(4):
        household = Household.objects.create(street=street, house=str(number), digest=str(number))
        Person.objects.filter(pk=member(cast.here.partnership, "Mia Voorbeeld").pk).update(household=household)

    page = words(browser.get("/p/haren/streets/"))

    assert page == before
    assert "Rue de Verdun" in page
    assert "There is room for you" in page
    assert f'data-share="{settings.ORIGIN}/p/haren/"' in words(browser.get("/p/haren/"))


def test_the_streets_are_drawn_once_until_the_quarter_changes(cast: Cast, street: Street) -> None:
    area = cast.here.area
    area.boundary = square(4.40, 50.88)
    first = public_streets_map(area, [street], "fr")

    with CaptureQueriesContext(connection) as queries:
        again = public_streets_map(area, [street], "fr")

    assert first is not None
    assert again == first
    assert [query["sql"] for query in queries if "places_" in query["sql"]] == []
    area.boundary = square(4.41, 50.88)
    assert public_streets_map(area, [street], "fr") != first


def test_the_question_form_of_a_closed_partnership_says_so_and_whom_to_ask(cast: Cast, browser: Client) -> None:
    closed, address = cast.next_door.partnership, "/questions/ask/laeken/"
    set_help_numbers(area=cast.zone, police="101", help_="112", desk={"fr": "02 279 79 79"}, by=None, at=NOW)
    pages_shown = []
    for state in ("dormant", "ended"):
        closed.state = state
        closed.save()
        pages_shown.append(words(browser.get(address)))

    resting, ended = pages_shown
    assert ("This partnership rests." in resting, "This partnership has ended." in ended) == (True, True)
    for page in pages_shown:
        assert "Do you have a question? Phone the police:" in page
        assert 'href="tel:' in page
    assert browser.get("/questions/ask/nowhere/").status_code == 404


def test_only_active_partnerships_are_shown(cast: Cast, browser: Client) -> None:
    cast.next_door.partnership.state = "dormant"
    cast.next_door.partnership.save()

    page = words(browser.get("/p/"))

    assert "/p/haren/" in page
    assert "/p/laeken/" not in page
    assert "This partnership rests." in words(browser.get("/p/laeken/"))
    assert browser.get("/p/nowhere/").status_code == 404


def square(west: float, south: float, size: float = 0.01) -> dict[str, object]:
    """A boundary."""
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def test_the_map_of_all_leads_to_each_that_wishes_to_be_on_it(cast: Cast, browser: Client) -> None:
    here, beside = cast.here.partnership, cast.next_door.partnership
    Area.objects.filter(pk=here.area_id).update(boundary=square(4.40, 50.88))
    Area.objects.filter(pk=beside.area_id).update(boundary=square(4.35, 50.87))

    both = words(browser.get("/p/"))
    set_public_presentation(
        partnership=beside, purpose={}, contact_email="", contact_phone="", is_on_map=False, by=None, at=NOW
    )
    without = words(browser.get("/p/"))

    assert both.count('class="map-quarter"') == 2
    assert '<a href="/p/laeken/" tabindex="-1">' in both
    assert without.count('class="map-quarter"') == 1
    assert '<a class="task-link" href="/p/laeken/">' in without  # in the list it stays


def test_a_long_list_has_pages_and_the_map_shows_all_of_it(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    Area.objects.filter(pk=cast.here.partnership.area_id).update(boundary=square(4.40, 50.88))
    Area.objects.filter(pk=cast.next_door.partnership.area_id).update(boundary=square(4.35, 50.87))
    row = 'class="task-link" href="/p/{}/"'

    first, second = (words(browser.get(f"/p/?page={number}")) for number in (1, 2))

    assert [row.format(key) in first for key in ("haren", "laeken")] == [True, False]
    assert [row.format(key) in second for key in ("haren", "laeken")] == [False, True]
    assert [page.count('class="map-quarter"') for page in (first, second)] == [2, 2]
    assert ['rel="prev"' in first, 'rel="next"' in first] == [False, True]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("url", ["/p/", "/p/haren/", "/street/", "/check/", "/privacy/", "/p/haren/join/", "/m/"])
def test_every_page_opens_in_every_language(cast: Cast, url: str, language: str) -> None:
    client = Client()
    client.cookies["language"] = language

    page = client.get(url)

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()


def test_a_street_is_covered_or_not_and_nothing_of_members_is_told(cast: Cast, browser: Client, street: Street) -> None:
    yes = browser.post("/street/", {"street": "verdunstraat", "postcode": "1130"})
    no = browser.post("/street/", {"street": "Rue Inconnue", "postcode": "1130"})
    contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test")
    again = browser.post("/street/", {"street": "verdunstraat", "postcode": "1130"})

    assert "A partnership covers this street." in words(yes)
    assert 'href="/p/haren/">Haren</a>' in yes.content.decode()
    assert "No partnership covers this street." in words(no)
    assert words(again) == words(yes)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    ended = words(browser.post("/street/", {"street": "verdunstraat", "postcode": "1130"}))
    assert "No partnership covers this street." in ended
    assert "Four digits" in words(browser.post("/street/", {"street": "x", "postcode": "11"}))


def test_a_slip_of_the_hand_in_a_street_is_no_refusal(cast: Cast, browser: Client, street: Street) -> None:
    slip = browser.post("/street/", {"street": "Rue de Verdum", "postcode": "1130"})
    with_number = browser.post("/street/", {"street": "rue de verdun 12", "postcode": "1130"})
    named = StreetAndHouseForm({"street": "Avenue Albert 1er", "postcode": "1130"})

    assert "Did you mean:" in words(slip)
    assert 'name="street" value="Rue de Verdun"' in slip.content.decode()
    assert "No partnership covers" not in words(slip)
    assert "A partnership covers this street." in words(with_number)
    assert (named.is_valid(), named.cleaned_data["street"]) == (True, "Avenue Albert 1er")


@pytest.mark.parametrize(("code", "is_told"), [("ABC", True), ("abc-def-ghj", False)])
def test_who_typed_another_number_of_signs_is_told_so(browser: Client, code: str, *, is_told: bool) -> None:
    page = words(browser.post("/check/", {"code": code}))

    assert "Not ours" in page
    assert ("you typed another number" in page) == is_told


def test_a_check_code_tells_when_and_from_where(cast: Cast, browser: Client) -> None:
    message = sent(cast, contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test"))
    typed = f" {message.check_code[:3].upper()}-{message.check_code[3:]} "

    page = words(browser.post("/check/", {"code": typed}))

    assert "Genuine" in page
    assert "By the partnership of Haren." in page
    assert "Fermez" not in page
    assert "withdrawn" not in page
    stop_message(message=message, by=None, at=NOW)
    assert "It was withdrawn since." in words(browser.post("/check/", {"code": message.check_code}))


@pytest.mark.parametrize("code", ["zzzzzzzzz", "<script>", "0", "ééééé"])
def test_an_unknown_code_is_not_ours(cast: Cast, browser: Client, code: str) -> None:
    page = words(browser.post("/check/", {"code": code}))

    assert "Not ours" in page
    assert "phone 101" in page


def test_the_key_of_a_message_is_no_check_code(cast: Cast, browser: Client) -> None:
    message = sent(cast, contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test"))

    assert "Genuine" not in words(browser.post("/check/", {"code": message.pk.hex}))


class TestStop:
    """The stop page."""

    def link(self, point: ContactPoint) -> str:
        return "/" + stop_link(point.pk).split("/", 3)[3]

    def test_looking_changes_nothing(self, cast: Cast, browser: Client) -> None:
        point = contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test")

        for _visit in range(5):
            assert browser.get(self.link(point)).status_code == 200
            assert browser.head(self.link(point)).status_code == 200

        point.refresh_from_db()
        assert point.stopped_at is None

    def test_one_click_of_a_mail_program_stops_what_waits(self, cast: Cast) -> None:
        point = contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test")
        sent(cast, point)
        program = Client(enforce_csrf_checks=True)

        answer = program.post(self.link(point), {"List-Unsubscribe": "One-Click"})

        point.refresh_from_db()
        assert answer.status_code == 200
        assert point.stopped_at is not None
        assert Dispatch.objects.get(contact=point).state == "stopped"

    def test_a_stop_is_undone_and_touches_no_other_contact(self, cast: Cast, browser: Client) -> None:
        someone = member(cast.here.partnership, "Mia Voorbeeld")
        point, other = contact(someone, "email", "mia@plp.test"), contact(someone, "calls", "+3222791234")

        page = browser.post(self.link(point), follow=True)
        assert "Stopped." in words(page)
        other.refresh_from_db()
        assert other.stopped_at is None
        browser.post(f"{self.link(point)}/undo")

        point.refresh_from_db()
        assert point.stopped_at is None

    def test_a_foreign_signature_opens_nothing(self, cast: Cast, browser: Client) -> None:
        someone = member(cast.here.partnership, "Mia Voorbeeld")
        point, other = contact(someone, "email", "mia@plp.test"), contact(someone, "calls", "+3222791234")
        mixed = f"/stop/{point.pk.hex}/{self.link(other).rsplit('/', 1)[1]}"

        assert browser.get(mixed).status_code == 404
        assert browser.post(mixed).status_code == 404
        assert browser.post(f"{mixed}/undo").status_code == 404
        point.refresh_from_db()
        assert point.stopped_at is None
        assert datetime.now(UTC) > point.created_at
