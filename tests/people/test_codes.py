"""Codes: how long one is, for how long it stands, and when somebody is told that they are guessed."""

from datetime import timedelta

import pytest

from plp.people import codes
from plp.people.models import Code, ContactPoint
from plp.people.rules import formatted_code
from tests.factories.cast import NOW, contact, person

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=3)


@pytest.fixture
def mail() -> ContactPoint:
    return contact(person("Mia Voorbeeld"), "email", "mia@plp.test", confirmed=False)


def waiting(mail: ContactPoint, number: int, **more: object) -> None:
    about = {"contact": mail, "browser": "x", "created_at": NOW, "expires_at": LATER} | more
    Code.objects.bulk_create(Code(digest=f"{number} {place}", **about) for place in range(number))


@pytest.mark.parametrize(("number", "digits"), [(149, 8), (150, 12)])
def test_where_many_wait_each_is_longer(mail: ContactPoint, number: int, digits: int) -> None:
    waiting(mail, number)
    waiting(mail, 9, used_at=NOW)
    waiting(mail, 9, created_at=NOW - timedelta(hours=1))

    code = codes.issue_code(contact=mail, browser="b", by=None, at=NOW)

    assert (len(code), code.isdecimal()) == (digits, True)


def test_one_that_stands_is_good_in_every_browser_whatever_others_tried(mail: ContactPoint) -> None:
    code = codes.issue_code(contact=mail, browser="b", by=None, at=NOW, until=LAST)
    Code.objects.update(tries=codes.MOST_TRIES)

    assert (len(code), Code.objects.get().expires_at) == (12, LAST)
    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=mail, code="wrong", browser="b", by=None, at=LATER)
    assert Code.objects.get().tries == codes.MOST_TRIES == 30_000
    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=mail, code=code, browser="other", by=None, at=LAST)
    assert codes.confirm_contact_by_code(contact=mail, code=code, browser="other", by=None, at=LATER) == mail


def test_the_next_one_ends_the_one_before_in_its_browser_alone(mail: ContactPoint) -> None:
    moment = NOW + timedelta(minutes=5)
    before, elsewhere = (codes.issue_code(contact=mail, browser=key, by=None, at=NOW) for key in "bc")
    codes.issue_code(contact=mail, browser="b", by=None, at=moment)

    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=mail, code=before, browser="b", by=None, at=moment)
    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=None, code=elsewhere, browser="c", by=None, at=moment)
    assert codes.confirm_contact_by_code(contact=mail, code=elsewhere, browser="c", by=None, at=moment) == mail


@pytest.mark.parametrize(("tries", "age", "is_told"), [(300, 59, True), (299, 59, False), (300, 60, False)])
def test_guessing_is_told_from_the_three_hundredth_try_in_an_hour(
    mail: ContactPoint, tries: int, age: int, is_told: bool
) -> None:
    assert not codes.are_many_codes_tried(NOW)
    waiting(mail, 2, tries=tries // 2, created_at=NOW - timedelta(minutes=age))
    waiting(mail, 1, tries=tries % 2, created_at=NOW - timedelta(minutes=age))

    assert codes.are_many_codes_tried(NOW) is is_told


def test_they_go_an_hour_after_their_end(mail: ContactPoint) -> None:
    waiting(mail, 2, expires_at=NOW - timedelta(hours=1, seconds=1))
    waiting(mail, 1, expires_at=NOW - timedelta(hours=1))

    assert (codes.delete_old_codes(at=NOW), Code.objects.count()) == (2, 1)


def test_one_is_written_as_it_is_read() -> None:
    assert [formatted_code(code) for code in ("12345678", "123456789012")] == ["12345678", "1234 5678 9012"]
