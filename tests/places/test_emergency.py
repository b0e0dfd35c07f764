"""The numbers to phone: of the municipality, else of the zone, else of the country (R124)."""

import pytest

from plp.places.actions.emergency import set_help_numbers
from plp.places.models import Area
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules.emergency import BadNumber, HelpNumbers, clean_desk_telephone, clean_emergency_number
from tests.factories.cast import NOW, area


@pytest.mark.parametrize(("typed", "clean"), [("101", "101"), (" 1 722 ", "1722")])
def test_a_number_of_help_is_short(typed: str, clean: str) -> None:
    assert clean_emergency_number(typed) == clean


@pytest.mark.parametrize("typed", ["", "11", "0112", "10112", "1o1", "١٠١"])
def test_what_is_no_number_of_help_is_refused(typed: str) -> None:
    with pytest.raises(BadNumber):
        clean_emergency_number(typed)


@pytest.mark.parametrize("typed", ["", "101", "+33 1 44 55 66 77", "02 555", "tel", "02 279 79 79;ext=3"])
def test_a_station_has_a_belgian_number(typed: str) -> None:
    assert clean_desk_telephone("+3222797979") == "02 279 79 79"
    with pytest.raises(BadNumber):
        clean_desk_telephone(typed)


@pytest.mark.django_db
def test_the_nearest_numbers_hold_and_each_language_has_its_station() -> None:
    zone, other = area("zone", "be/z1/", "Zone Un"), area("zone", "be/z10/", "Zone Dix")
    town, quarter = area("municipality", "be/z1/m63049/", "Malmedy"), area("quarter", "be/z1/m63049/q-m/", "Q")

    set_help_numbers(area=zone, police="101", help_="112", desk={"fr": "02 279 79 79", "nl": ""}, by=None, at=NOW)
    set_help_numbers(
        area=town, police="101", help_="112", desk={"fr": "080332211", "de": "080 33 22 12"}, by=None, at=NOW
    )

    assert help_numbers_in(Area.objects.get(pk=quarter.pk), "de").desk == "080 33 22 12"
    assert help_numbers_in(quarter, "nl").desk == "080 33 22 11"
    assert help_numbers_in(zone, "nl") == HelpNumbers("101", "112", "02 279 79 79")
    assert help_numbers_in(other, "fr") == HelpNumbers()
