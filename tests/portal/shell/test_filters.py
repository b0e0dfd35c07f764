"""Numbers in the words of the reader: sizes of files and telephone numbers."""

import pytest
from django.utils.translation import override

from plp.portal.shell.tags import phone, size


@pytest.mark.parametrize(
    ("count", "words"),
    [(12, "1 ko"), (89_612, "90 ko"), (999_400, "999 ko"), (1_440_000, "1,4 Mo"), (12_000_000, "12,0 Mo")],
)
def test_a_file_is_so_many_kilobytes_big(count: int, words: str) -> None:
    with override("fr"):
        assert size(count) == words


def test_a_number_is_not_broken_and_an_address_stays() -> None:
    assert phone("+3222150999") == "02\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}09\N{NO-BREAK SPACE}99"
    assert phone("Rue de l’Orme 12") == "Rue de l’Orme 12"
