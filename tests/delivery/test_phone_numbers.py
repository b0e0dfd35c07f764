"""Telephone numbers for the eye."""

import pytest

from plp.delivery.phone_numbers import format_phone_number


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("+3222150999", "02 215 09 99"),
        ("+32479050061", "0479 05 00 61"),
        ("02/215.09.99", "02 215 09 99"),
        ("+33123456789", "+33 1 23 45 67 89"),
        ("101", "101"),
        ("", ""),
        ("0479050061@plp.test", "0479050061@plp.test"),
        ("02 215 09 99, after six", "02 215 09 99, after six"),
    ],
)
def test_a_number_is_written_as_belgians_write_it(written: str, seen: str) -> None:
    assert format_phone_number(written) == seen
