"""Joining on one page, then the code. Nobody learns who is a member."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plp.delivery.models import Dispatch, Message, MessageText
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.firms import colleague_invitation_link
from plp.membership.models import Membership, StreetRecruits
from plp.membership.street_recruits import street_code
from plp.partnership.models import Partnership
from plp.people.models import Code, Consent, ContactPoint, Person
from plp.places.models import Coverage, Street
from plp.toolbox import clock
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import Cast, contact, member
from tests.factories.devices import Device
from tests.factories.firms import among_traders, trader
from tests.portal.partnership.test_pages import covered, words

pytestmark = pytest.mark.django_db
ACCEPTED = dict.fromkeys(["is_adult", "accepts_rules"], "on")
STEPS = "/p/haren/join/"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def street(cast: Cast) -> Street:
    return covered(cast)


def visitor() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def filled(street: Street, email: str = "mia@plp.test", **more: str) -> dict[str, str]:
    """The whole form of somebody who lives here, reached by e-mail unless told otherwise."""
    who = {"name": "Mia Voorbeeld", "message_language": "nl", "street": str(street.pk), "house": "12"}
    return who | ACCEPTED | ({"use_email": "on", "address_email": email} if email else {}) | more


def fill(client: Client, street: Street, email: str = "mia@plp.test", **more: str) -> object:
    """The form sent; the answer, followed."""
    return client.post(STEPS, filled(street, email, **more), follow=True)


def code_of() -> str:
    """The code in the newest letter."""
    return re.search(r"\b\d{8}\b", MessageText.objects.filter(channel="email").latest("pk").body)[0]


def test_an_address_without_its_tick_asks_for_the_tick(street: Street) -> None:
    client = visitor()

    typed = client.post(STEPS, filled(street, "", address_email="mia@plp.test"))
    beside = client.post(
        STEPS, filled(street, "", address_email="mia@plp.test", use_sms="on", address_sms="0470 12 34 56")
    )
    empty = client.post(STEPS, filled(street, ""))

    asked = {"use_email": ["You filled this in, so this box is ticked now. Send again, or empty the field below."]}
    assert typed.context["form"].errors == beside.context["form"].errors == asked
    assert typed.context["form"]["use_email"].value() is True
    assert 'value="mia@plp.test"' in beside.content.decode()
    assert empty.context["form"].errors == {"use_email": ["Tick at least one way to reach you."]}


def test_the_whole_way(cast: Cast, street: Street) -> None:
    client = visitor()

    page = fill(client, street, use_calls="on", address_calls="02 279 12 34", first="calls")

    assert page.redirect_chain[-1][0] == f"{STEPS}confirm/"
    membership = Membership.objects.get()
    assert membership.state == "pending"
    person = membership.person
    assert (person.name, person.language, person.household.house) == ("Mia Voorbeeld", "nl", "12")
    assert list(person.contacts.order_by("rank").values_list("channel", flat=True)) == ["calls", "email"]
    kinds = ["adult", "channel", "channel", "conduct", "internal_rules", "joining", "lives_or_works"]
    assert sorted(person.consents.values_list("kind", flat=True)) == kinds
    done = client.post(f"{STEPS}confirm/", {"place": "1", "code": code_of()}, follow=True)
    assert "Thank you." in words(done)
    assert "The answer comes within 10 working days" in words(done)
    assert f'action="{STEPS}push/" data-push' in done.content.decode()  # one touch
    assert 'href="/m/settings/devices/"' in done.content.decode()  # how, without JavaScript
    assert person.contacts.get(channel="email").confirmed_at is not None
    assert person.contacts.get(channel="calls").confirmed_at is None


def test_where_nobody_coordinates_yet_one_is_told_who_answers(cast: Cast, street: Street) -> None:
    client = visitor()
    Mandate.objects.filter(role=Role.COORDINATOR).delete()
    Partnership.objects.update(contact_phone="+3225550000")
    fill(client, street, use_calls="on", address_calls="02 279 12 34")

    done = client.post(f"{STEPS}confirm/", {"place": "0", "code": code_of()}, follow=True)

    told = "The partnership has no coordinator yet. Whoever becomes it answers your request."
    told += " Did the members choose you for a task? Then you are let in when the police appoint you."
    assert "Thank you. Your request is kept." in words(done)
    assert f"{told} Until then its police officer answers your questions: 02\u00a0555\u00a000\u00a000." in words(done)
    assert "with the coordinator" not in words(done)
    assert "Your coordinator" not in words(done)
    own = visitor()
    own.post("/m/", {"address": "mia@plp.test"})
    own.post("/m/code/", {"code": code_of()})
    assert told in words(own.get("/m/settings/"))


def test_notifications_are_turned_on_at_the_end_in_the_browser_of_the_code(cast: Cast, street: Street) -> None:
    client, other, device = visitor(), visitor(), {"subscription": Device().subscription}
    fill(client, street)
    too_early = client.post(f"{STEPS}push/", device).status_code
    client.post(f"{STEPS}confirm/", {"place": "0", "code": code_of()})

    elsewhere = other.post(f"{STEPS}push/", device).status_code
    page = client.post(f"{STEPS}push/", device, follow=True)

    assert (too_early, elsewhere) == (404, 404)
    assert "Notifications are on." in words(page)
    assert "data-push=" not in page.content.decode()
    contacts = Membership.objects.get().person.contacts.exclude(confirmed_at=None)
    assert sorted(contacts.values_list("channel", flat=True)) == ["email", "webpush"]


def test_whoever_works_here_names_no_door(cast: Cast, street: Street) -> None:
    at_work = {"works_here": "on", "street": "", "house": "", "police_sees_name": "on"}
    visitor().post(STEPS, filled(street) | at_work)

    person = Membership.objects.get().person
    assert person.household is None
    assert Consent.objects.filter(person=person, kind="police_sees_name").exists()


def test_the_steps_of_before_lead_to_the_form(cast: Cast, street: Street) -> None:
    client = visitor()

    asked = [client.get(f"{STEPS}{step}/").url for step in ("reach", "accept", "confirm")]

    assert asked == [STEPS] * 3


def test_a_letter_needs_no_address_twice(cast: Cast, street: Street) -> None:
    fill(visitor(), street, "", use_paper="on")

    assert ContactPoint.objects.get().address == "Verdunstraat 12, 1130 Brussel"


def test_a_switch_of_language_keeps_what_was_typed(cast: Cast, street: Street) -> None:
    client = visitor()
    half = filled(street, use_sms="on", address_sms="0470", message_language="", police_sees_name="on")
    half |= {"language": "de", "stands_on": STEPS}

    answer = client.post("/language/", half, headers={"referer": "http://testserver/"})
    page, again = client.get(answer.url), client.get(answer.url)

    assert answer.url == STEPS
    assert '<html lang="de">' in page.content.decode()

    for shown in ('value="Mia Voorbeeld"', 'value="12"', 'value="mia@plp.test"', 'value="0470"'):
        assert shown in words(page)
    assert page.content.decode().count(" checked") == 5
    assert "Voorbeeld" not in str(dict(client.session)) + words(again)


def test_the_door_that_was_looked_up_stands_in_the_form(cast: Cast, street: Street) -> None:
    client = visitor()
    door = {"street": "rue de verdun 12", "postcode": "1130"}

    covered_page = client.post("/street/", door)
    answer = client.post("/street/", {"street": "rue de verdun", "number": "12", "postcode": "1130", "join": "haren"})
    form = client.get(answer.url)

    assert re.search(r'<button [^>]*name="join" value="haren"', covered_page.content.decode())
    assert answer.url == STEPS
    assert f'<option value="{street.pk}" selected>' in form.content.decode()
    assert 'name="house" value="12"' in form.content.decode()
    assert client.post("/street/", door | {"join": "laeken"}).status_code == 404


def test_the_link_of_a_street_chooses_it_and_counts_whom_it_brought(cast: Cast, street: Street) -> None:
    client, other = visitor(), visitor()
    contact(member(cast.here.partnership, "Ann Elders", "fr"), "email", "ann@plp.test")

    answers = [
        browser.get(f"/p/haren/s/{code}/").url for browser, code in ((client, street_code(street)), (other, "zz"))
    ]
    chosen = [f'value="{street.pk}" selected' in browser.get(STEPS).content.decode() for browser in (client, other)]
    fill(client, street)
    fill(other, street, "ann@plp.test")

    assert answers == [STEPS, STEPS]
    assert chosen == [True, False]
    assert list(StreetRecruits.objects.values_list("street", "joined")) == [(street.pk, 1)]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "M1a"}, "with letters only"),
        ({"street": ""}, "Choose your street"),
        ({"message_language": "xx"}, "Select a valid choice"),
        ({"use_email": "", "address_email": ""}, "Tick at least one"),
        ({"address_email": "not-an-address"}, "field-wrong"),
        ({"is_adult": ""}, "Tick this to join."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(
    cast: Cast, street: Street, changed: dict[str, str], says: str
) -> None:
    page = visitor().post(STEPS, filled(street) | changed)

    assert page.status_code == 200
    assert says in words(page)
    assert 'value="Mia Voorbeeld"' in words(page) or "M1a" in words(page)
    assert not Membership.objects.exists()


def test_whoever_lives_on_the_other_side_is_told_who_looks_after_it(cast: Cast, street: Street) -> None:
    Coverage.objects.filter(street=street).update(side="even")
    Coverage.objects.create(area=cast.next_door.area, street=street, side="odd")

    odd = visitor().post(STEPS, filled(street, house="13"))
    shared = visitor().post(STEPS, filled(street, house="12"))
    chosen = visitor().get(f"/p/laeken/s/{street_code(street)}/", follow=True)

    assert odd.context["form"].errors == {"house": ["This door belongs to Laeken. Join there."]}
    assert f'href="/p/laeken/s/{street_code(street)}/"' in words(odd)
    assert shared.status_code == 302
    assert chosen.context["form"].initial["street"] == str(street.pk)


def test_a_known_address_gets_the_same_page_and_only_its_owner_learns_it(cast: Cast, street: Street) -> None:
    known = contact(member(cast.here.partnership, "Ann Elders", "fr"), "email", "ann@plp.test")
    people = Person.objects.count()
    stranger, newcomer = visitor(), visitor()

    page, other = fill(stranger, street, "ann@plp.test"), fill(newcomer, street, "new@plp.test")

    assert words(page).replace("ann@", "new@") == words(other)
    assert page.redirect_chain == other.redirect_chain
    assert Person.objects.count() == people + 1
    assert Message.objects.filter(purpose="partnership.known").count() == 1
    told = Dispatch.objects.get(message__purpose="partnership.known")
    assert (told.contact, told.language) == (known, "fr")
    assert not Code.objects.filter(contact=known).exists()
    wrong = [client.post(f"{STEPS}confirm/", {"place": "0", "code": "12345678"}) for client in (stranger, newcomer)]
    assert words(wrong[0]).replace("ann@", "new@") == words(wrong[1])
    assert "not right" in words(wrong[0])


def test_the_work_is_the_same_for_known_and_unknown(cast: Cast, street: Street) -> None:
    contact(member(cast.here.partnership, "Ann Elders", "fr"), "email", "ann@plp.test")
    fill(visitor(), street, "first@plp.test")
    counts = []
    for email in ("ann@plp.test", "new@plp.test"):
        client = visitor()
        with CaptureQueriesContext(connection) as caught:
            client.post(STEPS, filled(street, email))
        counts.append(len(caught))

    assert abs(counts[0] - counts[1]) <= 6, counts
    assert min(counts) > 60


def test_a_stranger_is_not_flooded(cast: Cast, street: Street) -> None:
    for network in range(8):
        client = Client(REMOTE_ADDR=f"10.0.{network}.1")
        fill(client, street, ["victim@plp.test", "VICTIM@plp.test", "victim+a@plp.test"][network % 3])

    assert Dispatch.objects.count() == 1
    assert ContactPoint.objects.filter(channel="email").count() == 1


def test_a_network_asks_ten_times_an_hour(cast: Cast, street: Street) -> None:
    answers = [fill(visitor(), street, f"m{number}@plp.test").status_code for number in range(11)]

    assert answers == [200] * 10 + [429]
    assert Membership.objects.count() == 10


def test_a_code_opens_only_in_the_browser_that_asked(cast: Cast, street: Street) -> None:
    client, other = visitor(), visitor()
    fill(client, street)
    code = code_of()
    other.get("/m/")

    assert other.post(f"{STEPS}confirm/", {"place": "0", "code": code}).url == STEPS
    for _try in range(5):
        assert "not right" in words(client.post(f"{STEPS}confirm/", {"place": "0", "code": "00000000"}))
    assert "not right" in words(client.post(f"{STEPS}confirm/", {"place": "0", "code": code}))
    assert ContactPoint.objects.get(channel="email").confirmed_at is None


def test_a_partnership_with_rules_of_its_own_has_them_accepted_by_version() -> None:
    stage, client = Stage(), visitor()
    street = covered(stage)
    staging.agreed(stage, "rules")

    page = client.get(STEPS).content.decode()
    unread = fill(client, street).content.decode()
    assert "milices privées" in page
    assert "have just changed" in unread
    fill(client, street, rules="rules-1")

    versions = dict(Consent.objects.values_list("kind", "version"))
    assert (versions["internal_rules"], versions["conduct"]) == ("rules-1", "2026-12")


def test_rules_in_another_language_than_the_page_say_in_which_and_why() -> None:
    stage, client = Stage(), visitor()
    covered(stage)
    staging.agreed(stage, "rules")
    sentence = "These rules are in French: the partnership agreed them in French and Dutch."

    page = client.get(STEPS).content.decode()
    client.cookies["language"] = "nl"
    own = client.get(STEPS).content.decode()

    assert sentence in page
    assert '<div lang="fr">' in page
    assert "Deze regels zijn in het" not in own


SHOP = {"has_firm": "on", "firm_name": "Chez Mia", "firm_number": "0123.456.749", "firm_sector": "food"}


def test_a_trader_tells_the_firm_on_the_same_page(cast: Cast, street: Street) -> None:
    among_traders(cast.here.partnership)
    client = visitor()

    wrong = client.post(STEPS, filled(street, **SHOP | {"firm_number": "0123.456.748"}))
    fill(client, street, **SHOP)

    firm = Membership.objects.get().firm
    assert list(wrong.context["form"].errors) == ["firm_number"]
    assert (firm.name, firm.number, firm.street, firm.house) == ("Chez Mia", "0123456749", street, "12")


def test_a_trader_is_asked_for_the_shop_first(cast: Cast, street: Street) -> None:
    among_traders(cast.here.partnership)

    form = visitor().get(STEPS).context["form"]

    assert list(form.fields)[:5] == ["has_firm", "firm_name", "firm_number", "firm_sector", "name"]
    assert form["has_firm"].value() is True


def test_a_resident_among_traders_and_a_neighbour_elsewhere_are_asked_for_no_firm(cast: Cast, street: Street) -> None:
    before = words(visitor().get(STEPS))
    among_traders(cast.here.partnership)
    untold = visitor().post(STEPS, filled(street, **SHOP | {"has_firm": ""}))
    fill(visitor(), street)

    assert "Enterprise number" not in before
    assert untold.context["form"].errors == {
        "has_firm": ["You filled in a firm. Tick this box, or empty the fields below."]
    }
    assert Membership.objects.get().firm is None


def test_a_colleague_joins_by_the_link_of_the_firm(cast: Cast, street: Street) -> None:
    among_traders(cast.here.partnership)
    first = trader(cast.here.partnership, "Ann", street=street, house="7")
    client = visitor()

    page = client.get(colleague_invitation_link(first, at=clock.now()), follow=True)
    fill(client, street, house="9", works_here="on")

    assert "You join as one of Firm Ann." in words(page)
    assert not {"street", "house", "works_here", "firm_number"} & page.context["form"].fields.keys()
    colleague = Membership.objects.get(state="pending")
    assert colleague.firm == first.firm
    assert (colleague.person.household.street, colleague.person.household.house) == (street, "7")


def test_a_colleague_of_a_firm_without_a_door_here_is_asked_for_one(cast: Cast, street: Street) -> None:
    among_traders(cast.here.partnership)
    client = visitor()

    client.get(colleague_invitation_link(trader(cast.here.partnership, "Ann"), at=clock.now()), follow=True)
    fill(client, street, house="9")

    assert Membership.objects.get(state="pending").person.household.house == "9"
