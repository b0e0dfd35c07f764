"""A row of a list, whole: which of its cells count, what is left out and what is wrong."""

import pytest

from plp.firms.rules import NoEnterpriseNumber
from plp.membership.lists.rows import (
    BAD_HOUSE,
    BAD_LANGUAGE,
    BAD_NAME,
    BAD_PHONE,
    NO_NAME,
    ListEntry,
    parse_list_row,
)
from tests.membership.lists.test_reading import GOOD, one

SMS = (("sms", "+32475123456"),)
PAPER = (("paper", "Rue Haute 3"),)


@pytest.mark.parametrize(
    ("cells", "entry"),
    [
        (
            {
                "first": "Ada",
                "last": "Exemple",
                "street": "Rue Haute",
                "address": "Rue Basse 9",
                "house": "3",
                "box": "2",
            }
            | {"postcode": "1130 Haren", "city": "Evere", "phone": "'0475123456", "email": "x", "language": "nl-BE"},
            ListEntry(1, "Ada Exemple", "nl", "Rue Haute", "3 box 2", "1130", "Evere", SMS),
        ),
        (
            {"last": "Exemple", "address": "Rue Haute 3, B-1130 Haren", "box": "A", "phone": "'+32475123456"},
            ListEntry(1, "Exemple", "fr", "Rue Haute", "3 A", "1130", "Haren", SMS),
        ),
        (
            {"name": "Ada", "address": "3, Rue Haute, 1130 Haren", "postcode": "1140", "city": "Evere", "phone": GOOD},
            ListEntry(1, "Ada", "fr", "Rue Haute", "3", "1140", "Evere", SMS),
        ),
        (
            {"name": "Jan + An Peeters", "first": "Jan", "language": "n", "street": "Rue Haute", "house": "3"},
            ListEntry(1, "Jan en An Peeters", "nl", "Rue Haute", "3", contacts=PAPER),
        ),
        (
            {"name": "Ada", "street": "Rue Haute", "house": "3", "postcode": "1130"},
            ListEntry(1, "Ada", "fr", "Rue Haute", "3", "1130", contacts=PAPER),
        ),
        (
            {"phone": GOOD, "house": "3"},
            ListEntry(1, contacts=SMS, language="fr", problems=(NO_NAME,)),
        ),
        (
            {"name": "Ada", "language": "?", "street": "Rue Haute", "house": "x", "city": "Haren"},
            ListEntry(1, "Ada", "fr", "Rue Haute", city="Haren", problems=(BAD_LANGUAGE, BAD_HOUSE)),
        ),
        (
            {"name": "Ada", "street": "Rue Haute", "house": "x", "phone": f"{GOOD}; {GOOD}\n12"},
            ListEntry(1, "Ada", "fr", contacts=SMS, left_out=((BAD_HOUSE, "Rue Haute x"), (BAD_PHONE, "12"))),
        ),
        (
            {"name": "'=Ada", "phone": GOOD, "firm": "Boulangerie"},
            ListEntry(
                1,
                "=Ada",
                "fr",
                contacts=SMS,
                problems=(BAD_NAME,),
                left_out=((NoEnterpriseNumber.sentence, "Boulangerie"),),
            ),
        ),
    ],
)
def test_a_row_is_read_whole(cells: dict[str, str], entry: ListEntry) -> None:
    assert one(**cells) == entry


def test_of_two_columns_the_first_one_filled_in_counts_and_ways_to_be_reached_add_up() -> None:
    columns = ["name", "name", "email", "email", "phone", "phone", ""]
    cells = [" ", "Ada ", "a@x.test", " b@x.test", "nvt", GOOD, "rest"]

    found = parse_list_row(7, cells, columns, language="de")

    mails = (("email", "a@x.test"), ("email", "b@x.test"))
    assert found == ListEntry(7, "Ada", "de", contacts=(*mails, *SMS))
