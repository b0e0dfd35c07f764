"""A member asks by answering: STOP is done for that address alone, with a receipt; the rest is shown the way (R79)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.membership import replies
from plp.people.models import ContactPoint, Person
from plp.wording.wishes import Wish
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
MAIL = "mia@plp.test"


@pytest.fixture
def mia(cast: Cast) -> Person:
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "email", MAIL)
    contact(someone, "sms", "+32475123456")
    return someone


def heed(wish: Wish | None, address: str = MAIL, **more: bool) -> str:
    return replies.carry_out_wish_and_return_receipt(
        channel="email", address=address, wish=wish, how="mail", at=NOW, **more
    )


def copies() -> list[tuple[str, str, str]]:
    rows = Dispatch.objects.order_by("pk")
    return list(rows.values_list("message__purpose", "channel", "state"))


def test_a_proven_stop_by_mail_is_done_and_its_receipt_is_the_last_word(mia: Person) -> None:
    heed(Wish.STOP, is_proven=True)
    heed(Wish.STOP, is_proven=True)

    assert list(ContactPoint.objects.filter(stopped_at=None).values_list("channel", flat=True)) == ["sms"]
    assert copies() == [("people.stop", "email", "queued")]
    assert MessageText.objects.get(channel="email").subject == "U krijgt geen e-mails meer van Haren"


@pytest.mark.parametrize(("wish", "proven"), [(Wish.STOP, False), (Wish.ERASE, True), (Wish.LEAVE, False)])
def test_an_unproven_stop_and_other_wishes_change_nothing_and_show_the_way(
    mia: Person, wish: Wish, proven: bool
) -> None:
    heed(wish, is_proven=proven)
    heed(wish, is_proven=proven)

    assert not ContactPoint.objects.exclude(stopped_at=None).exists()
    assert copies() == [("people.way", "email", "queued")]


def test_the_way_is_shown_again_another_day(mia: Person) -> None:
    point = mia.contacts.get(channel="email")
    days = [NOW, NOW + timedelta(hours=23), NOW + timedelta(hours=25)]

    assert [
        replies.send_settings_letter_once_a_day(contact=point, wish="data", how="mail", at=day) for day in days
    ] == [
        True,
        False,
        True,
    ]


def test_strangers_the_unproven_and_idle_words_get_nothing(mia: Person) -> None:
    contact(mia, "email", "new@plp.test", confirmed=False)

    said = [heed(Wish.STOP, "nobody@plp.test"), heed(Wish.DATA, "new@plp.test"), heed(None)]

    assert (said, copies()) == (["", "", ""], [])
    assert not ContactPoint.objects.exclude(stopped_at=None).exists()


def test_somebody_who_got_our_mail_by_mistake_is_stopped_without_another_mail(mia: Person) -> None:
    contact(mia, "email", "wrong@plp.test", confirmed=False)

    heed(Wish.STOP, "wrong@plp.test")

    assert ContactPoint.objects.exclude(stopped_at=None).get().confirmed_at is None
    assert copies() == []
