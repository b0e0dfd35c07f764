"""Numbers in the words of the reader: sizes of files and telephone numbers."""

import pytest
from django.utils.translation import override

from plp.portal.shell.tags import breakable, file_size, phone


@pytest.mark.parametrize(
    ("count", "words"),
    [(12, "1 ko"), (89_612, "90 ko"), (999_400, "999 ko"), (1_440_000, "1,4 Mo"), (12_000_000, "12,0 Mo")],
)
def test_a_file_is_so_many_kilobytes_big(count: int, words: str) -> None:
    with override("fr"):
        assert file_size(count) == words


def test_a_number_is_not_broken_and_an_address_stays() -> None:
    assert phone("+3222150999") == "02\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}09\N{NO-BREAK SPACE}99"
    assert phone("Rue de l’Orme 12") == "Rue de l’Orme 12"


def test_an_address_breaks_behind_its_at_and_is_told_as_it_was_typed() -> None:
    assert breakable("ann@example.org") == "ann@<wbr>example.org"
    assert breakable("<b>@x") == "&lt;b&gt;@<wbr>x"
    assert breakable("02 215 09 99") == "02 215 09 99"
