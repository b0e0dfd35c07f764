"""Tokens come back from every form in which they are shown; a look-alike does not count."""

import pytest

from plp.firms.rules import clean_enterprise_number
from proof.canaries.fields import FIELDLESS, personal_text_field_numbers
from proof.canaries.tokens import Token, find_tokens_in_text

ONE = Token(3, 123, 4)


@pytest.mark.parametrize(
    "text",
    [
        f"Anna {ONE.as_letters('x')} habite ici",
        ONE.as_letters("x").upper(),
        ONE.as_email("x"),
        f"<b>{ONE.as_letters('x').lower()}</b>",
    ],
)
def test_a_token_is_found_whatever_the_case(text: str) -> None:
    assert find_tokens_in_text(text, "x", FIELDLESS) == {ONE}


@pytest.mark.parametrize("text", ["+32470300123", "0470 30 01 23", "tel:%2B32470300123", "+32 470 30 01 23"])
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert find_tokens_in_text(text, "x", FIELDLESS) == {Token(3, 123, FIELDLESS["phone"])}


def test_a_house_number_is_found_and_chance_is_not() -> None:
    assert find_tokens_in_text(f"rue X {ONE.as_house_number()}", "x", FIELDLESS) == {Token(3, 123, FIELDLESS["house"])}
    assert (
        find_tokens_in_text(ONE.as_letters("another seed") + " 1470300123 a0470300123f zqxbbb", "x", FIELDLESS) == set()
    )


@pytest.mark.parametrize("form", ["{0}", "BE{0}", "{1}.{2}.{3}", "BE {1} {2} {3}"])
def test_the_number_of_a_firm_is_found_and_one_whose_last_digits_are_wrong_is_not(form: str) -> None:
    digits = ONE.as_enterprise_number()
    wrong = f"{int(digits) + 1}"

    assert clean_enterprise_number(digits) == digits
    assert find_tokens_in_text(form.format(digits, digits[:4], digits[4:7], digits[7:]), "x", FIELDLESS) == {
        Token(3, 123, FIELDLESS["enterprise"])
    }
    assert find_tokens_in_text(form.format(wrong, wrong[:4], wrong[4:7], wrong[7:]), "x", FIELDLESS) == set()


def test_every_number_stands_for_one_field_that_is_text() -> None:
    fields = personal_text_field_numbers()

    assert len(set(fields.values())) == len(fields) < min(FIELDLESS.values()) - 2
    assert {"people.Person.name", "people.ContactPoint.address", "sightings.Question.words"} <= set(fields)
    assert "journal.Entry.actor" not in fields
