"""The tablet at the till: paired by a code, shows messages, is touched by whoever is there, and opens nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.firms import screens
from plp.firms.models import Screen
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice, ScreenAcknowledgement
from tests.factories.cast import Cast, contact
from tests.factories.firms import among_traders, trader
from tests.portal.notices.relay.stage import released
from tests.portal.partnership.test_pages import words
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    among_traders(cast.here.partnership)
    return cast


@pytest.fixture
def shop(cast: Cast) -> Membership:
    membership = trader(cast.here.partnership, "Ann Voorbeeld")
    contact(membership.person, "email", "ann@plp.test")
    return membership


@pytest.fixture
def notice(cast: Cast, shop: Membership) -> Notice:
    notice = released(cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return notice


def tablet(code: str = "", language: str = "fr") -> Client:
    client = Client()
    client.cookies["language"] = language
    if code:
        client.post("/screen/", {"code": code})
    return client


def code_for(shop: Membership) -> str:
    return screens.create_screen_pairing_code(firm=shop.firm, by=shop.person, at=AT)


def test_a_screen_is_paired_shows_and_is_touched(shop: Membership, notice: Notice) -> None:
    code = code_for(shop)
    client = tablet(f"{code[:4]} {code[4:]}")

    before = client.get("/screen/")
    client.post(f"/screen/{notice.pk}/seen/")
    after = client.get("/screen/")

    assert "Vol par ruse" in words(before)
    assert "Vu à" not in words(before)
    assert "Vu à" in words(after)
    assert "Ann" not in words(before)
    assert "ann@plp.test" not in before.content.decode()
    assert ScreenAcknowledgement.objects.get().firm == shop.firm


def test_a_screen_bears_the_name_of_its_partnership_in_its_language_and_nothing_of_the_site(
    cast: Cast, shop: Membership
) -> None:
    cast.here.partnership.languages = ["nl", "fr"]
    cast.here.partnership.save()
    names = {}
    for language in ("de", "fr"):
        page = tablet(code_for(shop), language).get("/screen/")
        names[language] = page.content.decode()
        assert 'class="foot"' not in names[language]
        assert 'class="languages"' not in names[language]

    assert "<h1>BIN-Z " in names["de"]  # nobody speaks German here
    assert "<h1>PLP-I " in names["fr"]


def test_a_code_is_good_once_and_for_ten_minutes(shop: Membership) -> None:
    code = code_for(shop)
    first, second = tablet(code), tablet(language="en")

    again = second.post("/screen/", {"code": code})

    assert first.cookies["screen"].value != ""
    assert first.cookies["screen"]["httponly"]
    assert "This code is not right any more." in words(again)
    assert Screen.objects.exclude(paired_at=None).count() == 1
    with pytest.raises(screens.WrongScreenCode):
        screens.pair_screen(code=code_for(shop), at=AT + screens.CODE_LIVES)


def test_a_stranger_sees_the_field_and_touches_nothing(notice: Notice) -> None:
    stranger = tablet()

    page = stranger.get("/screen/")
    stranger.post(f"/screen/{notice.pk}/seen/")

    assert "Vol par ruse" not in words(page)
    assert 'name="code"' in page.content.decode()
    assert ScreenAcknowledgement.objects.count() == 0


def test_a_screen_that_was_taken_off_shows_nothing(shop: Membership, notice: Notice) -> None:
    client = tablet(code_for(shop))
    screens.remove_screen(screen=Screen.objects.get(), by=shop.person, at=AT)

    page = client.get("/screen/")

    assert "Vol par ruse" not in words(page)
    assert 'name="code"' in page.content.decode()


def test_the_part_that_is_asked_for_again_is_the_messages_alone(shop: Membership, notice: Notice) -> None:
    page = tablet(code_for(shop)).get("/screen/", headers={"HX-Request": "true"})

    assert page.content.decode().startswith('<div id="running"')


def test_at_most_five_screens(shop: Membership) -> None:
    for _number in range(screens.MOST_SCREENS):
        tablet(code_for(shop))

    with pytest.raises(screens.TooManyScreens):
        code_for(shop)


def test_the_coordinator_sees_which_shop_has_seen_it_and_next_door_nothing(
    cast: Cast, shop: Membership, notice: Notice
) -> None:
    notices.record_seen_on_shop_screen(notice=notice, firm=shop.firm, by=None, at=AT)

    mine = signed_in(cast.here.coordinator).get(reverse("notices:relay:detail", args=[notice.pk]))
    hers = signed_in(cast.next_door.coordinator).get(reverse("notices:relay:detail", args=[notice.pk]))

    assert "Seen in the shop: Firm Ann Voorbeeld" in words(mine)
    assert hers.status_code == 404
