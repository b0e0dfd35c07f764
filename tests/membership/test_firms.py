"""Firms and their people: several to one firm, and it goes with the last of them."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from plp.firms.models import Firm, Screen
from plp.mandates.queries import NotAllowed
from plp.membership import erasure
from plp.membership.actions import accept_and_welcome_member, leave_partnership_with_receipt
from plp.membership.firms import (
    FirmEntry,
    active_trader_memberships,
    colleague_invitation_link,
    colleague_names_of,
    contact_order_by_opening_hours,
    delete_deserted_firms,
    enter_firm_of_member,
    invited_firm,
    set_firm_and_delete_deserted,
)
from plp.membership.letters import membership_letter_values
from plp.membership.models import Membership
from plp.membership.paper_letters import welcome_pdf
from plp.membership.privacy import export
from plp.people import actions as people
from plp.people.actions import set_contacts_at_firm
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.firms import NUMBER, among_traders, membership_of, paired_token, trader
from tests.portal.partnership.test_pages import covered

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    among_traders(cast.here.partnership)
    return cast


def test_a_firm_stays_while_one_of_its_people_remains(cast: Cast) -> None:
    first = trader(cast.here.partnership, "Ann")
    other = trader(cast.here.partnership, "Bob", firm=first.firm)
    paired_token(first)

    leave_partnership_with_receipt(membership=first, by=first.person, at=NOW)
    left = Firm.objects.count(), Screen.objects.count(), first.firm
    erasure.leave_and_erase(person=other.person, by=other.person, at=NOW)

    assert left == (1, 1, None)
    assert (Firm.objects.count(), Screen.objects.count()) == (0, 0)


def test_a_firm_without_people_goes_within_a_day(cast: Cast) -> None:
    alone = trader(cast.here.partnership, "Ann")
    kept = trader(cast.here.partnership, "Bob", number="0876543270")
    alone.person.delete()

    gone = delete_deserted_firms(by=None, at=NOW)

    assert gone == 1
    assert list(Firm.objects.values_list("pk", flat=True)) == [kept.firm.pk]


def test_the_same_number_at_the_same_door_is_one_firm_and_at_another_door_two(cast: Cast) -> None:
    street = covered(cast)
    first = trader(cast.here.partnership, "Ann", street=street, house="12 B")
    same = trader(cast.here.partnership, "Bob", street=street, house="12b")
    other = trader(cast.here.partnership, "Cis", street=street, house="14")

    assert same.firm == first.firm != other.firm
    assert Firm.objects.count() == 2


def test_whoever_is_let_in_joins_the_firm_that_is_there(cast: Cast) -> None:
    street = covered(cast)
    first = trader(cast.here.partnership, "Ann", street=street, house="12")
    asking = trader(cast.here.partnership, "Bob", street=street, house="14")
    Firm.objects.filter(pk=asking.firm.pk).update(street=street)
    asking.firm.house = "12"
    asking.firm.save()
    Membership.objects.filter(pk=asking.pk).update(state="pending")
    asking = membership_of(asking.person)

    accept_and_welcome_member(membership=asking, by=cast.here.coordinator, at=NOW)

    assert membership_of(asking.person).firm == first.firm
    assert Firm.objects.count() == 1


def test_a_colleague_is_invited_for_a_week(cast: Cast) -> None:
    mine = trader(cast.here.partnership, "Ann")
    key, signature = colleague_invitation_link(mine, at=NOW).rstrip("/").rsplit("/", 2)[1:]

    def opened(at: datetime, *, with_signature: str = signature, where=cast.here) -> Firm | None:
        return invited_firm(where.partnership, key, with_signature, at=at)

    assert opened(NOW + timedelta(days=7)) == mine.firm
    assert opened(NOW + timedelta(days=8)) is None
    assert opened(NOW, with_signature=signature[::-1]) is None
    assert opened(NOW, where=cast.next_door) is None


def test_one_of_the_firm_sees_who_else_is_and_others_nothing(cast: Cast) -> None:
    first = trader(cast.here.partnership, "Ann")
    other = trader(cast.here.partnership, "Bob", firm=first.firm)
    resident = member(cast.here.partnership, "Dirk")
    elsewhere = member(cast.next_door.partnership, "Els")

    assert colleague_names_of(first) == ["Bob"]
    assert list(active_trader_memberships(other.person)) == [other]
    assert [own.firm for own in active_trader_memberships(resident)] == [None]
    assert list(active_trader_memberships(elsewhere)) == []


def test_what_is_kept_of_a_firm_is_given_to_its_people(cast: Cast) -> None:
    mine = trader(cast.here.partnership, "Ann", street=covered(cast), house="12")

    told = export(mine.person)["memberships"][0]["firm"]

    assert (told["name"], told["number"], told["sector"], told["screens"]) == ("Firm Ann", "0123.456.749", "retail", 0)
    assert told["door"].endswith(" 12")


def test_the_shop_comes_first_while_it_is_open_and_last_when_it_is_not(cast: Cast) -> None:
    mine = trader(cast.here.partnership, "Ann")
    own, shop = contact(mine.person, "email", "ann@plp.test"), contact(mine.person, "email", "shop@plp.test")
    before = contact_order_by_opening_hours(cast.here.partnership, at=NOW)
    set_contacts_at_firm(person=mine.person, keys=[shop.pk], by=mine.person, at=NOW)
    Firm.objects.update(hours=["09:00-18:00"] * 7)

    def order(at: datetime) -> list[object]:
        places = contact_order_by_opening_hours(cast.here.partnership, at=at)
        return list(people.ContactPoint.objects.order_by(places, "rank").values_list("pk", flat=True))

    assert before is None
    assert order(NOW) == [shop.pk, own.pk]
    assert order(NOW + timedelta(hours=12)) == [own.pk, shop.pk]
    assert contact_order_by_opening_hours(cast.next_door.partnership, at=NOW) is None


def test_a_coordinator_tells_the_firm_of_a_member_and_next_door_may_not(cast: Cast) -> None:
    resident = membership_of(member(cast.here.partnership, "Dirk"))
    entry = FirmEntry("Chez Dirk", NUMBER, "food")

    with pytest.raises(NotAllowed):
        enter_firm_of_member(membership=resident, entry=entry, by=cast.next_door.coordinator, at=NOW)
    firm = enter_firm_of_member(membership=resident, entry=entry, by=cast.here.coordinator, at=NOW)
    set_firm_and_delete_deserted(resident, None, by=cast.here.coordinator, at=NOW)

    assert firm.name == "Chez Dirk"
    assert Firm.objects.count() == 0


def test_the_welcome_of_a_trader_says_where_hours_colleagues_and_screens_are(cast: Cast) -> None:
    shop = trader(cast.here.partnership, "Ann")
    resident = membership_of(member(cast.here.partnership, "Dirk"))

    told = [membership_letter_values(one)["firm"] for one in (shop, resident)]
    paper = " ".join(PdfReader(BytesIO(welcome_pdf(shop, at=NOW))).pages[0].extract_text().split())

    assert told[0].startswith("\n\n")
    assert told[1] == ""
    assert told[0].strip() in paper


def test_the_welcome_says_whom_to_write_to_and_whom_to_call(cast: Cast) -> None:
    resident = membership_of(member(cast.here.partnership, "Dirk"))
    partnership = resident.partnership
    partnership.contact_email, partnership.contact_phone = "coordinator@plp.test", "+3225550123"

    with_number = membership_letter_values(resident)["contacts"]
    partnership.contact_phone = ""

    assert with_number == "coordinator@plp.test\n02 555 01 23 (police locale)"
    assert membership_letter_values(resident)["contacts"] == "coordinator@plp.test"
