"""One's own firm: what it is, when it is open, its people, its screens."""

import pytest
from django.test import Client

from plp.firms.models import Firm, Screen
from plp.membership.models import Membership
from plp.people.models import Person
from plp.portal.subjects.membership.self_service.offers import own_contact_first_steps
from tests.factories.cast import NOW, Cast
from tests.factories.firms import among_traders, membership_of, trader
from tests.portal.membership.self_service.test_members import opened
from tests.portal.partnership.test_pages import words

pytestmark = pytest.mark.django_db
FIRM = {"firm_name": "Boulangerie Mia & Co", "firm_number": "be 0123 456 749", "firm_sector": "food"}


@pytest.fixture
def shop(cast: Cast, mia: Person) -> Membership:
    among_traders(cast.here.partnership)
    return membership_of(mia)


def address(shop: Membership, more: str = "") -> str:
    return f"/m/firm/{shop.pk}/{more}"


def monday(client: Client, shop: Membership, **more: str) -> object:
    return client.post(address(shop), FIRM | {"hours_0": "9-12 13:30-18"} | more)


def test_a_member_tells_the_firm_and_its_hours(mia: Person, shop: Membership) -> None:
    client = opened()
    point = mia.contacts.get()

    answer = monday(client, shop, at_firm=point.pk.hex)

    firm = membership_of(mia).firm
    assert answer.url == address(shop)
    assert (firm.name, firm.number, firm.sector) == ("Boulangerie Mia & Co", "0123456749", "food")
    assert firm.hours == ["09:00-12:00 13:30-18:00"] + [""] * 6
    point.refresh_from_db()
    assert point.at_firm
    assert "0123.456.749" in client.get(address(shop)).content.decode()


def test_tuesday_to_saturday_follow_monday_and_sunday_follows_nobody(mia: Person, shop: Membership) -> None:
    client = opened()

    monday(client, shop, same_hours="on", hours_2="left from before")

    assert membership_of(mia).firm.hours == ["09:00-12:00 13:30-18:00"] * 6 + [""]
    assert client.get(address(shop)).context["form"]["same_hours"].value() is True


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(shop: Membership) -> None:
    page = monday(opened(), shop, firm_number="0123.456.748", hours_1="from 9")

    assert sorted(page.context["form"].errors) == ["firm_number", "hours_1"]
    assert 'value="0123.456.748"' in page.content.decode()
    assert Firm.objects.count() == 0


def test_a_code_pairs_a_screen_that_anybody_of_the_firm_takes_off(cast: Cast, shop: Membership) -> None:
    client = opened()
    monday(client, shop)
    page = client.post(address(shop, "screen/"))
    tablet = Client()
    tablet.post("/screen/", {"code": page.context["code"]})
    screen = Screen.objects.exclude(paired_at=None).get()

    client.post(address(shop, f"screen/{screen.pk}/remove/"))

    assert Screen.objects.count() == 0


def test_nobody_sees_the_firm_of_another(cast: Cast, shop: Membership) -> None:
    other = trader(cast.here.partnership, "Bob")

    assert opened().get(address(other)).status_code == 404


def test_where_no_firms_are_nothing_speaks_of_them(cast: Cast, mia: Person) -> None:
    client = opened()

    assert "My firm" not in words(client.get("/m/settings/"))
    assert client.get(address(membership_of(mia))).status_code == 404


def test_opening_hours_are_reached_from_quiet_hours_and_asked_among_the_first_steps(
    mia: Person, shop: Membership
) -> None:
    client = opened()
    monday(client, shop)
    link = f"{address(shop)}#hours"
    Firm.objects.update(hours=[])

    untold = own_contact_first_steps(mia, NOW)[-1]
    Firm.objects.update(hours=["09:00-18:00"] * 7)
    told = own_contact_first_steps(mia, NOW)[-1]

    assert f'href="{address(shop)}"' in client.get("/m/settings/").text
    assert f'href="{link}"' in client.get("/m/settings/quiet/").text
    assert (untold.url, untold.done, told.done) == (link, False, True)
