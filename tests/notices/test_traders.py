"""Firms alone, residents alone; the screen of a shop, and who sees that it was seen."""

from datetime import timedelta

import pytest
from django.utils import translation

from plp.membership.firms import openings_of_closed_shops
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.copies import words_for_text_to_speech
from plp.notices.queries import contacts_of_notice_audience, hash_of_current_content, title_core_and_more_by_language
from plp.notices.queries.screens import running_notices_on_screen, shops_and_times_seen
from plp.notices.queries.targets import target_area_of_notice, target_in_words
from plp.notices.withdrawal_letters import withdrawal_copies
from plp.people.models import Person
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules.target_areas import FIRMS, RESIDENTS, TargetArea
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.firms import among_traders, trader
from tests.notices.test_notices import drafted
from tests.notices.test_targets import sent
from tests.portal.partnership.test_pages import covered

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    among_traders(cast.here.partnership)
    return cast


@pytest.mark.parametrize(
    ("language", "network"),
    [
        ("fr", "du partenariat local de prévention pour indépendants «\u00a0Haren"),
        ("nl", "van het buurtinformatienetwerk voor zelfstandige ondernemers “Haren"),
        ("de", "Hier ist die lokale Präventionspartnerschaft für Selbstständige „Haren"),
        ("en", "from the local prevention partnership for the self-employed “Haren"),
    ],
)
def test_a_call_says_that_it_is_of_the_self_employed(cast: Cast, language: str, network: str) -> None:
    numbers = help_numbers_in(cast.here.partnership.area, language)

    spoken = words_for_text_to_speech(drafted(cast), language, ("Vols", "Fermez la caisse.", ""), numbers)

    assert network in spoken


def test_the_call_that_takes_a_message_back_says_so_too(cast: Cast) -> None:
    notice = drafted(cast)
    sent(cast, notice)

    bodies = {copy.language: copy.body for copy in withdrawal_copies(notice, ["voice"])}

    assert 'le partenariat local de prévention pour indépendants "' in bodies["fr"]
    assert 'het buurtinformatienetwerk voor zelfstandige ondernemers "' in bodies["nl"]


def shopping_street(cast: Cast, firms: int = 10, homes: int = 10) -> list[Membership]:
    """So many traders, and so many residents, each reached by e-mail."""
    street = covered(cast)
    shops = [trader(cast.here.partnership, "Ann", street=street, house=str(number)) for number in range(1, 1 + firms)]
    for number, shop in enumerate(shops):
        contact(shop.person, "email", f"shop{number}@plp.test")
    for number in range(homes):
        home = trader(cast.here.partnership, "Dirk", street=street, house=str(101 + number), firm=None)
        Membership.objects.filter(pk=home.pk).update(firm=None)
        contact(home.person, "email", f"home{number}@plp.test")
    return shops


@pytest.mark.parametrize(("members", "reached"), [(FIRMS, "shop"), (RESIDENTS, "home")])
def test_a_message_goes_to_firms_alone_or_to_residents_alone(cast: Cast, members: str, reached: str) -> None:
    shopping_street(cast)
    notice = drafted(cast)

    notices.set_target_area_of_draft(notice=notice, area=TargetArea(members=members), by=cast.officer, at=NOW)

    kept = target_area_of_notice(notice)
    assert kept == TargetArea(members=members)
    assert sorted({row.address[:4] for row in contacts_of_notice_audience(notice)}) == [reached]
    with translation.override("en"):
        assert target_in_words(kept) == f"{members} alone"
    assert len(sent(cast, notice)) == 1  # ten of the same name


def test_never_to_fewer_than_ten_firms(cast: Cast) -> None:
    shopping_street(cast, firms=9)
    notice = drafted(cast)

    with pytest.raises(refusals.TooFewFirms):
        notices.set_target_area_of_draft(notice=notice, area=TargetArea(members=FIRMS), by=cast.officer, at=NOW)

    notice.refresh_from_db()
    assert notice.target_area is None


def test_where_no_firms_are_none_are_chosen(cast: Cast) -> None:
    cast.here.partnership.kind = "plp"
    cast.here.partnership.save()

    with pytest.raises(refusals.NoFirmsHere):
        notices.set_target_area_of_draft(notice=drafted(cast), area=TargetArea(members=FIRMS), by=cast.officer, at=NOW)


def test_the_choice_is_part_of_what_is_released(cast: Cast) -> None:
    shopping_street(cast)
    notice = drafted(cast)
    before = hash_of_current_content(notice, title_core_and_more_by_language(notice))

    notices.set_target_area_of_draft(notice=notice, area=TargetArea(members=FIRMS), by=cast.officer, at=NOW)

    assert hash_of_current_content(notice, title_core_and_more_by_language(notice)) != before


def relayed(cast: Cast, area: TargetArea | None = None) -> tuple[object, set[str]]:
    notice = drafted(cast)
    notices.set_target_area_of_draft(notice=notice, area=area, by=cast.officer, at=NOW)
    return notice, sent(cast, notice)


def test_the_screen_shows_what_runs_and_what_the_firm_got(cast: Cast) -> None:
    shops = shopping_street(cast)
    to_all, _names = relayed(cast)
    to_firms, _names = relayed(cast, TargetArea(members=FIRMS))
    relayed(cast, TargetArea(members=RESIDENTS))
    other = trader(cast.next_door.partnership, "Els")

    shown = list(running_notices_on_screen(shops[0].firm, at=NOW))

    assert {notice.pk for notice in shown} == {to_all.pk, to_firms.pk}
    assert list(running_notices_on_screen(shops[0].firm, at=NOW + timedelta(days=9))) == []
    assert list(running_notices_on_screen(other.firm, at=NOW)) == []


def test_seen_counts_once_and_tells_the_shop(cast: Cast) -> None:
    first = trader(cast.here.partnership, "Ann")
    contact(first.person, "email", "ann@plp.test")
    notice, _names = relayed(cast)

    for minutes in (5, 9):
        notices.record_seen_on_shop_screen(notice=notice, firm=first.firm, by=None, at=NOW + timedelta(minutes=minutes))

    assert shops_and_times_seen(notice) == [("Firm Ann", NOW + timedelta(minutes=5))]
    assert [shown.seen_at for shown in running_notices_on_screen(first.firm, at=NOW)] == [NOW + timedelta(minutes=5)]


def test_the_open_shop_gets_the_copy_and_the_closed_one_its_owner(cast: Cast) -> None:
    first = trader(cast.here.partnership, "Ann")
    member(cast.here.partnership, "Dirk")
    own, shop = contact(first.person, "email", "ann@plp.test"), contact(first.person, "email", "shop@plp.test")
    Person.objects.get(pk=first.person.pk).contacts.filter(pk=shop.pk).update(at_firm=True)

    def taken(hours: str) -> object:
        type(first.firm).objects.update(hours=[hours] * 7)
        notice, _names = relayed(cast)
        notice.refresh_from_db()
        return notice.relay.message.dispatches.get(person=first.person.pk).contact_id

    assert taken("09:00-18:00") == shop.pk
    assert taken("14:00-18:00") == own.pk


def test_a_closed_shop_is_rung_by_nobody_before_it_opens(cast: Cast) -> None:
    first = trader(cast.here.partnership, "Ann")
    shop = contact(first.person, "calls", "+3225551212")
    type(shop).objects.filter(pk=shop.pk).update(at_firm=True)
    local_noon = NOW.replace(hour=11, minute=0)
    hours = {"open": ["09:00-18:00"] * 7, "break": ["09:00-11:00 14:00-18:00"] * 7, "untold": []}

    told = {}
    for name, week in hours.items():
        type(first.firm).objects.update(hours=week)
        told[name] = openings_of_closed_shops(cast.here.partnership, at=local_noon)

    assert told == {"open": {}, "break": {shop.pk: local_noon.replace(hour=13)}, "untold": {}}
