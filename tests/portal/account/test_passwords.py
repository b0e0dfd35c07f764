"""Passwords of staff: any signs, any length, to the letter; not those that whoever guesses tries first."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from plp.accounts.passwords import LengthValidator, PasswordHasher
from plp.mandates.grants import Role
from plp.places.models import Area
from tests.portal.staff import PASSWORD, sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    "password",
    [
        "123456789987654321",  # on every list
        "Partenariat-Local-2026",
        "PolitieGemeente2025!",
        "BuurtinformatieNetwerk",
        "malmedy-malmedy-2024",
        "aaaaaaaaaaaaaaaaaaaa",
    ],
)
def test_common_words_of_the_field_and_of_the_country_are_refused(password: str) -> None:
    Area.objects.create(kind="municipality", path="be/z1/m63049/", name_fr="Malmedy", name_nl="Malmedy")

    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "  vier spaties vooraan en twee achteraan  ", "ключ 鍵 clé sleutel!", "x7" * 3 + "vbnmrtzplk" * 6],
)
def test_any_signs_any_length_to_the_letter(password: str) -> None:
    validate_password(password)

    kept = make_password(password)

    assert check_password(password, kept)
    assert not check_password(password.strip() + ".", kept)
    assert not check_password(password.swapcase(), kept)


def test_a_password_is_kept_by_a_slow_hash_and_a_session_by_a_long_key(client: Client) -> None:
    sign_in(client, staff(role=Role.CHIEF))

    key = client.session.session_key or ""
    assert make_password(PASSWORD).startswith("argon2$argon2id$")
    assert len(key) >= 26  # of 36 signs: more than 128 bits


def test_a_password_kept_by_other_figures_is_hashed_anew_when_it_is_used(client: Client) -> None:
    officer = staff(role=Role.CHIEF)
    account = officer.account
    account.password = Argon2PasswordHasher().encode(PASSWORD, "a" * 22)
    account.save(update_fields=["password"])

    sign_in(client, officer)

    account.refresh_from_db()
    assert f"m={PasswordHasher.memory_cost}," in account.password


def test_the_field_hides_takes_pasted_text_and_the_way_out_is_on_the_page(client: Client) -> None:
    page = client.get("/account/sign-in/").content.decode()
    sign_in(client, staff(role=Role.CHIEF))

    inside = client.get("/").content.decode()
    assert 'type="password"' in page
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
    assert "/account/sign-out/" in inside


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Prenez au moins 15 caractères."),
        ("nl", "Neem minstens 15 tekens."),
        ("de", "Nehmen Sie mindestens 15 Zeichen."),
        ("en", "Take at least 15 characters."),
    ],
)
def test_too_short_is_said_in_the_language_of_the_page(language: str, words: str) -> None:
    with override(language), pytest.raises(ValidationError) as refused:
        LengthValidator(15).validate("court")

    assert refused.value.messages[0].endswith(words)
