"""Persons: sealed names, codes with few tries, consents, STOP, pause, forgetting."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from plp.accounts import actions as accounts
from plp.accounts import setup_links
from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.journal.models import Entry
from plp.people import actions as people
from plp.people import codes, preferences
from plp.people.models import Consent, ContactPoint, Household, Person
from plp.people.privacy import export
from plp.people.queries import contacts_at, paused_until
from plp.people.rules import BadHouse, BadName, clean_house_number, clean_name
from plp.places.models import Street
from tests.factories.cast import NOW, contact, person

pytestmark = pytest.mark.django_db


def test_a_stolen_table_names_nobody() -> None:
    someone = person("Zoë Voorbeeld")
    contact(someone, "email", "zoe@voorbeeld.example")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        cells = b"".join(
            bytes(cell) for row in cursor.fetchall() for cell in row if isinstance(cell, bytes | memoryview)
        )

    assert b"Voorbeeld" not in cells
    assert Person.objects.get(pk=someone.pk).name == "Zoë Voorbeeld"


def test_a_contact_is_found_by_its_digest() -> None:
    own = contact(person("Ann Ex"), "email", "Ann@Example.org")

    assert list(contacts_at("email", "ann@example.org")) == [own]


def test_a_code_confirms_its_contact_once() -> None:
    own = contact(person("Ann Ex"), "email", "ann@example.org", confirmed=False)
    code = codes.issue_code(contact=own, browser="b", by=None, at=NOW)

    codes.confirm_contact_by_code(contact=own, code=code, browser="b", by=None, at=NOW)

    assert ContactPoint.objects.get().confirmed_at == NOW
    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=own, code=code, browser="b", by=None, at=NOW)


@pytest.mark.parametrize(("browser", "later"), [("other", 0), ("b", 11)], ids=["other browser", "too late"])
def test_a_code_is_bound_to_browser_and_time(browser: str, later: int) -> None:
    own = contact(person("Ann Ex"), "email", "ann@example.org", confirmed=False)
    code = codes.issue_code(contact=own, browser="b", by=None, at=NOW)

    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(
            contact=own, code=code, browser=browser, by=None, at=NOW + timedelta(minutes=later)
        )


def test_a_code_dies_after_five_wrong_tries() -> None:
    own = contact(person("Ann Ex"), "email", "ann@example.org", confirmed=False)
    code = codes.issue_code(contact=own, browser="b", by=None, at=NOW)
    for _try in range(5):
        with pytest.raises(codes.WrongCode):
            codes.confirm_contact_by_code(contact=own, code="x", browser="b", by=None, at=NOW)

    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=own, code=code, browser="b", by=None, at=NOW)


def test_stop_and_resume() -> None:
    someone = person("Ann Ex")
    own = contact(someone, "sms", "+32470000000")

    people.stop_contact(contact=own, how="sms", by=None, at=NOW)
    stopped = ContactPoint.objects.get(pk=own.pk).stopped_at
    people.resume_contact(contact=own, by=someone, at=NOW)

    assert (stopped, ContactPoint.objects.get(pk=own.pk).stopped_at) == (NOW, None)


def test_a_pause_is_for_the_person_alone_and_leaves_no_note() -> None:
    someone, other = person("Ann Ex"), person("Bob Ex")
    noted = Entry.objects.count()

    preferences.set_pause(person=someone, until=NOW + timedelta(days=3), by=someone, at=NOW)

    assert paused_until(Person.objects.get(pk=someone.pk)) == NOW + timedelta(days=3)
    assert Entry.objects.count() == noted
    with pytest.raises(people.NotYours):
        preferences.set_pause(person=someone, until=None, by=other, at=NOW)


def test_consents_are_dated_separate_and_withdrawable() -> None:
    someone = person("Ann Ex")
    people.record_consent(person=someone, kind=Consent.Kind.CHANNEL, subject="sms", version="1", by=someone, at=NOW)
    people.record_consent(person=someone, kind=Consent.Kind.CHANNEL, subject="sms", version="1", by=someone, at=NOW)

    people.withdraw_consent(person=someone, kind=Consent.Kind.CHANNEL, subject="sms", by=someone, at=NOW)

    given = Consent.objects.get()
    assert (given.given_at, given.withdrawn_at) == (NOW, NOW)


def test_an_account_is_found_by_its_mail_and_opened_once() -> None:
    someone = person("Ann Ex")

    account = accounts.create_account(person=someone, email="Ann@Zone.example", password="x" * 20, by=None, at=NOW)

    assert Account.objects.get(username=username_digest_of_email("ann@zone.example")) == account
    assert Account.objects.get().email == "Ann@Zone.example"
    with pytest.raises(accounts.AccountExists):
        accounts.create_account(person=person("B"), email="ann@zone.example", password="y" * 20, by=None, at=NOW)


def test_forgetting_takes_everything_but_the_neighbours() -> None:
    street = Street.objects.create(nis="21004", register_id="S1", name_fr="Rue de Verdun")
    leaving = people.register_person(name="Ann Ex", language="fr", street=street, house="12", by=None, at=NOW)
    people.register_person(name="Bob Ex", language="fr", street=street, house="12", by=None, at=NOW)
    contact(leaving, "email", "ann@example.org")

    people.erase_person(person=leaving, by=None, at=NOW)

    assert [someone.name for someone in Person.objects.all()] == ["Bob Ex"]
    assert (ContactPoint.objects.count(), Household.objects.count()) == (0, 1)


def test_an_export_holds_what_is_known() -> None:
    street = Street.objects.create(nis="21004", register_id="S1", name_fr="Rue de Verdun", name_nl="Verdunstraat")
    someone = people.register_person(name="Ann Ex", language="nl", street=street, house="12 bus 3", by=None, at=NOW)
    contact(someone, "sms", "+32470000000")

    known = export(someone)

    assert (known["name"], known["street"], known["house"]) == ("Ann Ex", "Verdunstraat", "12 bus 3")
    assert [point["address"] for point in known["contacts"]] == ["+32470000000"]


@pytest.mark.parametrize(
    "name",
    ["Łukasz Nowak", "王 芳", "Jean-François d’Hôte", "O'Neill, Aoife", "Ünal Çelik", "Justice de paix 2ième canton"],
)
def test_honest_names_pass(name: str) -> None:
    assert clean_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "  ", "Pоlice", "a\u202eb", "x" * 121, "<b>", "12"])
def test_other_names_do_not(name: str) -> None:
    with pytest.raises(BadName):
        clean_name(name)


@pytest.mark.parametrize(
    "house", ["12", "12A", "89 A", "12 b003", "12 bte 3", "12 bus 2.1", "12-14", "7/3", "12-14bis", "12 boîte 3"]
)
def test_honest_doors_pass(house: str) -> None:
    assert clean_house_number(house) == house


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("n° 12", "12"),
        ("nr. 12 bus 3", "12 bus 3"),
        ("12 , bte 3", "12 bte 3"),
        ("12 - 14", "12-14"),
        ("12-14 / 3", "12-14/3"),
        ("12bte3", "12bte3"),
        ("12B/301", "12B/301"),
        ("12A .", "12A"),
    ],
)
def test_a_door_is_taken_as_people_type_it(typed: str, kept: str) -> None:
    assert clean_house_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "Jan", "12345", "12 Kerkstraat", "12½", "0476 12 34 56", "12 2ème étage"])
def test_what_is_no_door_is_refused(typed: str) -> None:
    with pytest.raises(BadHouse):
        clean_house_number(typed)


@given(st.text(max_size=30))
def test_a_door_is_cleaned_or_refused(house: str) -> None:
    with suppress(BadHouse):
        assert clean_house_number(clean_house_number(house)) == clean_house_number(house)


@pytest.mark.parametrize(("digest", "hour", "weekday"), [("monthly", 8, 0), ("daily", 24, 0), ("weekly", 8, 7)])
def test_an_hour_that_no_clock_has_is_no_wish(digest: str, hour: int, weekday: int) -> None:
    someone = person("Ann Ex")

    with pytest.raises(preferences.BadHour):
        preferences.set_digest_schedule(person=someone, digest=digest, hour=hour, weekday=weekday, by=None, at=NOW)

    assert Person.objects.get().preference.digest == ""


def test_a_word_for_callers_is_chosen_not_written() -> None:
    someone = person("Ann Ex")
    given = {"large_print": True, "easy_to_read": True, "call_note": "La camionnette grise 1-KAN-777"}

    with pytest.raises(ValueError, match="KAN"):
        preferences.set_reading_aids(person=someone, **given, by=None, at=NOW)

    assert not Person.objects.get().preference.large_print


def test_choosing_a_password_proves_the_address_of_the_sign_in_and_no_other() -> None:
    someone = person("Ann Ex")
    for address in ("ann@zone.example", "ann@home.example"):
        contact(someone, "email", address, confirmed=False)
    account = accounts.create_account(person=someone, email="ann@zone.example", password=None, by=None, at=NOW)

    setup_links.set_password_and_confirm_email(key=setup_links.setup_key(account), password="x" * 20, at=NOW)

    assert [one.address for one in someone.contacts.exclude(confirmed_at=None)] == ["ann@zone.example"]
