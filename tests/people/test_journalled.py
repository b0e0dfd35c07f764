"""What the journal says of each act on a person and their contacts, word for word, and what is kept of it."""

from datetime import timedelta
from typing import Any

import pytest

from plp.accounts import actions as accounts
from plp.people import actions as people
from plp.people import codes
from plp.people.contact_failures import FAILURE_TEXTS, failure_text
from plp.people.models import Code, Consent, ContactPoint, Person, Preference
from plp.places.models import Street
from tests.factories.cast import NOW, contact, person
from tests.factories.journalled import journalled, line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Any) -> None:
    """What is erased is listed in a file of this test."""
    settings.ERASURES_FILE = tmp_path / "erasures"


@pytest.fixture
def street() -> Street:
    return Street.objects.create(nis="21004", register_id="1", name_fr="Rue de Verdun", name_nl="Verdunstraat")


def test_registering_renaming_and_moving(street: Street) -> None:
    clerk = person("Anne Exemple")

    with journalled() as lines:
        about = {"name": " Eva  Exemple ", "language": "nl", "street": street, "house": "12"}
        eva = people.register_person(**about, is_new=True, by=clerk, at=NOW)
        people.rename_person(person=eva, name="Eva Voorbeeld", by=clerk, at=LATER)
        people.set_language(person=eva, language="de", by=clerk, at=LATER)
        first = eva.household
        people.set_front_door(person=eva, street=street, house="14", by=clerk, at=LATER)

    assert lines == [
        line("person.registered", clerk, "", eva),
        line("person.renamed", clerk, "", eva),
        line("person.language_set", clerk, "", eva),
        line("person.moved", clerk, "", eva),
    ]
    kept = Person.objects.get(pk=eva.pk)
    assert kept.name == "Eva Voorbeeld"
    assert kept.language == "de"
    assert kept.created_at == NOW
    assert kept.is_new is True
    assert (kept.household.street, kept.household.house) == (street, "14")
    assert not type(first).objects.filter(pk=first.pk).exists()
    assert Preference.objects.filter(person=eva).exists()


def test_a_contact_from_its_beginning_to_its_end() -> None:
    eva = person("Eva Exemple")
    about = {"person": eva, "channel": "email", "address": "eva@example.org"}

    with journalled() as lines:
        point = people.add_contact(**about, by=eva, at=NOW)
        again = people.add_contact(**about, by=eva, at=LATER)
        for act in (people.confirm_contact_and_clear_failure, people.confirm_contact_and_clear_failure):
            act(contact=point, by=eva, at=NOW)
        news = [people.mark_contact_failing(contact=point, failure="gone", by=None, at=LATER) for _ in range(2)]
        for _ in range(2):
            people.stop_contact(contact=point, how="page", by=eva, at=LATER)
        for _ in range(2):
            people.resume_contact(contact=point, by=eva, at=LATER)
        people.set_contact_order(person=eva, order=[point], by=eva, at=LATER)
        kept = ContactPoint.objects.get()
        people.remove_contact(contact=point, by=eva, at=LATER)

    named = f"people.contactpoint:{kept.pk}"
    assert (again, news) == (kept, [True, False])
    assert lines == [
        line("contact.added", eva, "", named, channel="email"),
        line("contact.confirmed", eva, "", named),
        line("contact.failing", None, "", named, failure="gone"),
        line("contact.stopped", eva, "", named, how="page"),
        line("contact.resumed", eva, "", named),
        line("contact.ranked", eva, "", eva),
        line("contact.removed", eva, "", named),
    ]
    assert (kept.channel, kept.address, kept.rank, kept.created_at) == ("email", "eva@example.org", 1, NOW)
    assert (kept.confirmed_at, kept.failure, kept.failed_at, kept.stopped_at) == (NOW, "gone", LATER, None)
    assert not ContactPoint.objects.exists()


def test_a_failure_is_over_with_the_next_proof() -> None:
    point = contact(person("Eva Exemple"), "email", "eva@example.org")
    people.mark_contact_failing(contact=point, failure="gone", by=None, at=NOW)

    people.confirm_contact_and_clear_failure(contact=point, by=None, at=LATER)

    kept = ContactPoint.objects.get()
    assert (kept.confirmed_at, kept.failure, kept.failed_at) == (LATER, "", None)
    assert (point.confirmed_at, point.failure, point.failed_at) == (LATER, "", None)


def test_what_comes_back_is_said_to_its_owner_until_it_is_stopped() -> None:
    mia = person("Mia Voorbeeld")
    mail = contact(mia, "email", "mia@plp.test")
    said = [failure_text(mail)]
    for failure in FAILURE_TEXTS:
        people.mark_contact_failing(contact=mail, failure=failure, by=None, at=NOW)
        mail.refresh_from_db()
        said.append(failure_text(mail))
    people.stop_contact(contact=mail, how="page", by=mia, at=NOW)

    assert said == [None, *FAILURE_TEXTS.values()]
    assert set(FAILURE_TEXTS) == set(ContactPoint.Failure) - {ContactPoint.Failure.NONE}
    assert failure_text(mail) is None


def test_contacts_come_after_those_that_are_there_in_the_order_that_is_set() -> None:
    eva = person("Eva Exemple")
    points = [contact(eva, "email", f"eva{number}@example.org") for number in range(3)]
    before = [point.rank for point in points]

    people.set_contact_order(person=eva, order=[points[2], points[0], points[1]], by=eva, at=NOW)

    assert before == [1, 2, 3]
    assert [ContactPoint.objects.get(pk=point.pk).rank for point in points] == [2, 3, 1]


def test_a_code_is_noted_without_its_digits_and_spent_once() -> None:
    eva = person("Eva Exemple")
    point = contact(eva, "email", "eva@example.org", confirmed=False)

    with journalled() as lines:
        code = codes.issue_code(contact=point, browser="b1", by=eva, at=NOW)
        used = codes.confirm_contact_by_code(
            contact=point, code=f" {code} ", browser="b1", by=eva, at=NOW + timedelta(minutes=9)
        )

    assert used == point
    assert lines == [line("contact.code_issued", eva, "", point), line("contact.confirmed", eva, "", point)]
    kept = Code.objects.get()
    assert (kept.created_at, kept.expires_at) == (NOW, NOW + timedelta(minutes=10))
    assert (kept.used_at, kept.tries, kept.contact) == (NOW + timedelta(minutes=9), 1, point)
    with pytest.raises(codes.WrongCode):
        codes.confirm_contact_by_code(contact=point, code=code, browser="b1", by=eva, at=NOW + timedelta(minutes=9))


def test_consent_is_noted_once_given_and_withdrawn() -> None:
    eva, clerk = person("Eva Exemple"), person("Anne Exemple")
    about = {"person": eva, "kind": "data", "subject": "s1"}

    with journalled() as lines:
        given, again = (people.record_consent(**about, version=version, by=clerk, at=NOW) for version in ("1", "2"))
        people.withdraw_consent(person=eva, kind="data", subject="other", by=clerk, at=LATER)
        for _ in range(2):
            people.withdraw_consent(**about, by=clerk, at=LATER)

    assert given == again
    assert lines == [
        line("consent.given", clerk, "", given, kind="data", subject="s1", version="1"),
        line("consent.withdrawn", clerk, "", eva, kind="data", subject="s1"),
    ]
    kept = Consent.objects.get()
    assert (kept.person, kept.version, kept.given_at, kept.withdrawn_at) == (eva, "1", NOW, LATER)


def test_an_account_is_opened_once_for_a_person_and_an_address() -> None:
    eva, clerk = person("Eva Exemple"), person("Anne Exemple")

    with journalled() as lines:
        account = accounts.create_account(person=eva, email=" Eva@example.org ", password=None, by=clerk, at=NOW)

    assert lines == [line("account.opened", clerk, "", account)]
    assert (account.person, account.email, account.created_at) == (eva, "Eva@example.org", NOW)
    assert not account.has_usable_password()
    for someone, address in ((eva, "else@example.org"), (clerk, "eva@example.org")):
        with pytest.raises(accounts.AccountExists):
            accounts.create_account(person=someone, email=address, password=None, by=clerk, at=NOW)
