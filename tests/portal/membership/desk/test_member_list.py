"""The list of members: searched, filtered, in the order of a walk; some of them ticked, to print or export."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from plp.firms.models import Firm
from plp.membership.models import ListExport, Membership
from plp.people.models import ContactPoint, Household, Person
from plp.people.queries import house_digest
from plp.places.models import Street
from plp.portal.subjects.membership.desk.member_list import (
    MemberFilter,
    active_members,
    match_and_order_members,
    member_lines,
    prefilter_members,
)
from tests.factories.cast import Cast, contact, member
from tests.factories.firms import among_traders, trader
from tests.portal.partnership.test_pages import words
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
LIST = "membership:desk:members"


def lives(cast: Cast, name: str, street: Street | None, house: str = "", **values: Any) -> Person:
    someone = member(cast.here.partnership, name)
    if street:
        someone.household = Household.objects.create(street=street, house=house, digest=house_digest(street, house))
    for field, value in values.items():
        setattr(someone, field, value)
    someone.save()
    return someone


@pytest.fixture
def quarter(cast: Cast) -> dict[str, Person]:
    """Four doors in two streets, and somebody who works here."""
    high, low = (
        Street.objects.create(nis="21004", postcode="1130", register_id=name, name_fr=name, folded=name.lower())
        for name in ("Rue Haute", "Rue Basse")
    )
    return {
        "ten": lives(cast, "Anna Tien", high, "10"),
        "two": lives(cast, "Zoe Deux", high, "2 b"),
        "nine": lives(cast, "Mia Neuf", high, "9", language="nl"),
        "low": lives(cast, "Ida Basse", low, "133"),
        "works": lives(cast, "Otto Winkel", None),
    }


def shown(cast: Cast, **chosen: Any) -> list[str]:
    everybody = active_members(cast.here.coordinator, at=AT)
    wanted = MemberFilter(**chosen)
    rows = match_and_order_members(prefilter_members(everybody, wanted), wanted)
    return [line.name.split()[0] for line in member_lines(rows[0:50], "fr")]


def test_doors_stand_as_a_person_counts(cast: Cast, quarter: dict[str, Person]) -> None:
    assert shown(cast) == ["Ida", "Zoe", "Mia", "Anna", "Otto"]


def test_a_page_begins_where_the_one_before_ended(cast: Cast, quarter: dict[str, Person]) -> None:
    rows = match_and_order_members(active_members(cast.here.coordinator, at=AT), MemberFilter())

    pages = [[line.name.split()[0] for line in member_lines(rows[first : first + 2], "fr")] for first in (0, 2, 4, 6)]

    assert (len(rows), pages) == (5, [["Ida", "Zoe"], ["Mia", "Anna"], ["Otto"], []])


def test_each_filter_and_order(cast: Cast, quarter: dict[str, Person]) -> None:
    contact(quarter["low"], "sms", "+32470123456")
    broken = contact(quarter["ten"], "email", "anna@plp.test")
    ContactPoint.objects.filter(pk=broken.pk).update(failure="full", failed_at=AT)
    contact(quarter["works"], "email", "otto@plp.test", confirmed=False)
    high = quarter["ten"].household.street.pk  # type: ignore[union-attr]

    assert shown(cast, street=high, side="even") == ["Zoe", "Anna"]
    assert shown(cast, street=high, side="odd") == ["Mia"]
    assert shown(cast, channel="sms") == ["Ida"]
    assert shown(cast, trouble="failing") == ["Anna"]
    assert shown(cast, trouble="unconfirmed") == ["Zoe", "Mia", "Otto"]
    assert shown(cast, order="name") == ["Anna", "Ida", "Mia", "Otto", "Zoe"]
    assert shown(cast, words="haute 9") == ["Mia"]
    assert shown(cast, words="zo", order="name") == ["Zoe"]


def test_the_newest_come_first(cast: Cast, quarter: dict[str, Person]) -> None:
    Membership.objects.filter(person=quarter["nine"]).update(joined_at=AT + timedelta(hours=1))

    assert shown(cast, order="newest")[0] == "Mia"
    assert shown(cast, order="newest", words="rue")[0] == "Mia"


def test_words_that_name_somebody_stand_in_no_address(cast: Cast, quarter: dict[str, Person]) -> None:
    client, url = signed_in(cast.here.coordinator), reverse(LIST)

    answer = client.post(url, {"q": "Mia"})
    page = client.get(url).content.decode()
    client.post(url)

    assert answer["Location"] == url
    assert "Mia Neuf" in page
    assert "Anna Tien" not in page
    assert "1 member found." in page
    assert "Anna Tien" in client.get(url).content.decode()


def test_a_filter_that_does_not_exist_shows_everybody(cast: Cast, quarter: dict[str, Person]) -> None:
    page = signed_in(cast.here.coordinator).get(reverse(LIST), {"street": "x", "trouble": "x", "columns": "x"})

    assert page.status_code == 200
    assert page.content.decode().count('name="member"') == 5


def test_the_list_says_what_is_wrong_and_shows_the_columns_asked_for(cast: Cast, quarter: dict[str, Person]) -> None:
    contact(quarter["ten"], "email", "anna@plp.test", confirmed=False)
    client = signed_in(cast.here.coordinator)

    usual = client.get(reverse(LIST)).content.decode()
    asked = client.get(reverse(LIST), {"columns": "since"}).content.decode()

    assert "5 without a confirmed contact" in usual
    assert "E-mail: not confirmed" in usual
    assert "Member since</th>" not in usual
    assert "Member since</th>" in asked
    assert "E-mail: not confirmed" not in asked


def chosen(client: Client, *people: Person, **more: str) -> Any:
    keys = [str(person.memberships.get().pk) for person in people]
    return client.post(reverse("membership:desk:select"), {"member": keys, **more})


def test_nobody_ticked_is_said(cast: Cast, quarter: dict[str, Person]) -> None:
    client = signed_in(cast.here.coordinator)

    answers = [chosen(client), chosen(client, member(cast.next_door.partnership, "Fred Next"))]

    assert [answer["Location"] for answer in answers] == [f"{reverse(LIST)}?"] * 2
    assert "Tick at least one member first." in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("form", ["phones", "labels"])
def test_those_ticked_leave_on_paper_with_a_reason(cast: Cast, quarter: dict[str, Person], form: str) -> None:
    contact(quarter["two"], "calls", "+3225551313")
    client = signed_in(cast.here.coordinator)
    url = chosen(client, quarter["two"], quarter["nine"])["Location"]
    assert "2 members, as ticked in the list." in client.get(url).content.decode()

    answer = client.post(url, {"form": form, "reason": "Calls about the meeting"})

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    taken = ListExport.objects.get()
    assert (taken.rows, taken.form) == (2, form)
    assert "Mia Neuf" in words
    assert "Anna Tien" not in words
    assert taken.code in words
    assert ("02 555 13 13" in words) is (form == "phones")
    assert ("1130 Bruxelles" in words) is (form == "labels")


def test_everybody_of_the_list_is_chosen_at_once(cast: Cast, quarter: dict[str, Person]) -> None:
    broken = contact(quarter["ten"], "email", "anna@plp.test")
    ContactPoint.objects.filter(pk=broken.pk).update(failure="full", failed_at=AT)
    client = signed_in(cast.here.coordinator)

    url = client.post(f"{reverse('membership:desk:select')}?trouble=failing&language=nl", {"all": "1"})["Location"]

    assert "1 member, as ticked in the list." in client.get(url).content.decode()


def test_a_trader_stands_with_the_shop_and_its_hours_and_is_found_by_its_name(cast: Cast) -> None:
    among_traders(cast.here.partnership)
    shop = trader(cast.here.partnership, "Els")
    member(cast.here.partnership, "Otto")
    Firm.objects.update(hours=["09:00-18:00"] * 6 + [""])

    page = words(signed_in(cast.here.coordinator).get(reverse(LIST)))

    assert shop.firm is not None
    assert "Firm Els" in page
    assert "Open: Mon\N{EN DASH}Sat 9:00\N{EN DASH}18:00" in page
    assert shown(cast, words="firm els") == ["Els"]
