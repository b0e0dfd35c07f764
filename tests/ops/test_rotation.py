"""A new field key: what was sealed opens before, amid and after; the old key opens nothing any more."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, transaction

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.charter.models import Deed, StoredFile
from plp.journal.actions import note
from plp.journal.queries import verify_journal
from plp.ops import key_rotation
from plp.ops.cli import Failed
from plp.ops.commands import rotate_keys
from plp.people import actions as people
from plp.people.models import ContactPoint, Household, Person
from plp.people.queries import contacts_at, house_digest
from plp.places.models import Street
from plp.toolbox import crypto, keyring
from tests.factories.cast import Cast
from tests.portal.staff import staff

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A key file of this test's own; the process looks at the usual one again afterwards."""
    usual = (settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD)
    settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD = tmp_path / "field_key", tmp_path / "old"
    key_rotation.write_key_file(settings.FIELD_KEY_FILE, usual[0].read_bytes())
    keyring.reload_keys()
    yield
    settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD = usual
    keyring.reload_keys()


def silent(_name: str, _done: int) -> None:
    """Nobody looks."""


def neighbour() -> Person:
    someone = people.register_person(name="Ada Exemple", language="fr", by=None, at=AT)
    people.add_contact(person=someone, channel="email", address="ada@example.be", by=None, at=AT)
    return someone


def test_everything_is_sealed_anew_and_found_again() -> None:
    someone = neighbour()
    key_rotation.replace_field_key_and_keep_old()
    amid = Person.objects.get(pk=someone.pk).name
    left = key_rotation.count_rows_under_old_keys()

    key_rotation.recompute_digests(silent)
    broken = key_rotation.reseal_and_count_broken(silent)

    assert (amid, broken, key_rotation.count_rows_under_old_keys()) == ("Ada Exemple", {}, {})
    assert left == {"people.Person.name": 1, "people.ContactPoint.address": 1, "people.Preference.paused_until": 1}
    key_rotation.retire_old_keys()
    assert [Person.objects.get(pk=someone.pk).name, *contacts_at("email", "ada@example.be").values_list("person")] == [
        "Ada Exemple",
        (someone.pk,),
    ]


def test_the_journal_is_proven_after_the_key_that_chained_it_went_out() -> None:
    note(verb="test.before", by=None, at=AT)
    key_rotation.replace_field_key_and_keep_old()
    note(verb="test.amid", by=None, at=AT)
    key_rotation.recompute_digests(silent)
    key_rotation.reseal_and_count_broken(silent)
    key_rotation.retire_old_keys()
    note(verb="test.after", by=None, at=AT)

    assert (verify_journal().entries, verify_journal().flaws) == (3, ())


def test_a_row_that_opens_with_no_key_is_counted_and_keeps_the_old_key() -> None:
    someone = neighbour()
    contact = someone.contacts.get()
    ContactPoint.objects.filter(pk=contact.pk).update(address=b"\x02" + bytes(40))
    key_rotation.replace_field_key_and_keep_old()

    broken = key_rotation.reseal_and_count_broken(silent)

    assert broken == {"people.ContactPoint.address": 1}
    with pytest.raises(Failed):
        rotate_keys._retire_old_keys_or_fail()


def test_links_and_codes_on_paper_hold_until_the_old_key_goes_out() -> None:
    link, code = crypto.sign("x", purpose="stop"), crypto.digest("12345678", purpose="survey.code")
    key_rotation.replace_field_key_and_keep_old()
    key_rotation.recompute_digests(silent)

    amid = (
        crypto.is_valid_signature("x", link, purpose="stop"),
        crypto.digest("12345678", purpose="survey.code") == code,
    )
    key_rotation.retire_old_keys()

    assert amid == (True, True)
    assert not crypto.is_valid_signature("x", link, purpose="stop")


def test_a_value_sealed_before_keys_had_names_opens_still() -> None:
    sealed = crypto.seal("Ada", context="here")
    unnamed = crypto.UNNAMED + sealed[1 + keyring.ID_BYTES :]
    key_rotation.replace_field_key_and_keep_old()

    assert crypto.unseal(unnamed, context="here") == "Ada"
    key_rotation.retire_old_keys()
    with pytest.raises(InvalidTag):
        crypto.unseal(unnamed, context="here")


def test_what_was_signed_gets_the_new_key_too_and_still_never_changes() -> None:
    deed = Deed.objects.create(partnership=Cast().here.partnership, kind="charter", version=1, drafted_at=AT)
    told = {"kind": "frozen", "media": "application/pdf", "size": 4, "sha256": "0" * 64, "stored_at": AT}
    file = StoredFile.objects.create(deed=deed, content="JVBE", **told)
    key_rotation.replace_field_key_and_keep_old()

    key_rotation.reseal_and_count_broken(silent)
    key_rotation.recompute_digests(silent)

    assert (key_rotation.count_rows_under_old_keys(), StoredFile.objects.get(pk=file.pk).content) == ({}, "JVBE")
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(size=5)


def test_doors_sign_ins_and_second_factors_get_the_new_key() -> None:
    ann = staff()
    street = Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    people.set_front_door(person=ann.person, street=street, house="12", by=None, at=AT)
    factor = Authenticator.objects.get(user=ann.account, type="totp")
    Authenticator.objects.create(user=ann.account, type="webauthn", data={"name": "Key", "credential": {}})
    sealed = factor.data["secret"]
    key_rotation.replace_field_key_and_keep_old()

    key_rotation.recompute_digests(silent)
    broken = key_rotation.reseal_and_count_broken(silent)
    key_rotation.retire_old_keys()

    factor.refresh_from_db()
    assert broken == {}
    assert factor.data["secret"] != sealed
    assert Authenticator.objects.get(type="webauthn").data == {"name": "Key", "credential": {}}
    assert Account.objects.get(username=username_digest_of_email(ann.email)) == ann.account
    assert (
        Household.objects.get(digest=house_digest(street, "12")).pk == Person.objects.get(pk=ann.person.pk).household_id
    )


def test_a_rotation_is_begun_once_and_ends_where_none_was() -> None:
    none = key_rotation.retire_old_keys()
    key_rotation.replace_field_key_and_keep_old()
    key = keyring.current_key().name
    key_rotation.replace_field_key_and_keep_old()

    assert (none, keyring.current_key().name, len(keyring.old_key_files())) == (0, key, 1)
