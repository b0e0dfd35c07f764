"""One's own firm: what it is, when it is open, its people, its screens."""

import pytest
from django.test import Client

from plp.firms.models import Firm, Screen
from plp.membership.models import Membership
from plp.people.models import Person
from tests.factories.cast import Cast
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
    return client.post(address(shop), FIRM | {"from_0": "09:00", "until_0": "18:00"} | more)


def test_a_member_tells_the_firm_and_its_hours(mia: Person, shop: Membership) -> None:
    client = opened()
    point = mia.contacts.get()

    answer = monday(client, shop, at_firm=point.pk.hex)

    firm = membership_of(mia).firm
    assert answer.url == address(shop)
    assert (firm.name, firm.number, firm.sector) == ("Boulangerie Mia & Co", "0123456749", "food")
    assert firm.hours == ["09:00-18:00"] + [""] * 6
    point.refresh_from_db()
    assert point.at_firm
    assert "0123.456.749" in client.get(address(shop)).content.decode()


def test_half_a_monday_is_not_copied_and_said_once(mia: Person, shop: Membership) -> None:
    page = monday(opened(), shop, copied="1", until_0="")

    assert sorted(page.context["form"].errors) == ["until_0"]


def test_monday_is_copied_to_every_day(mia: Person, shop: Membership) -> None:
    monday(opened(), shop, copied="1")

    assert membership_of(mia).firm.hours == ["09:00-18:00"] * 7


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(shop: Membership) -> None:
    page = monday(opened(), shop, firm_number="0123.456.748", until_1="18:00")

    assert sorted(page.context["form"].errors) == ["firm_number", "from_1"]
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
