"""The quarter as a small drawing for its papers: in its colours, without a name."""

import re

import pytest

from plp.documents.colours import HOUSE
from plp.launch.documents.area_map import quarter_map_as_svg
from plp.places import actions
from tests.places.build import AT, doors, quarter, street, whole
from tests.places.test_maps import row, square

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NUMBERS = [str(number) for number in range(1, 15)]


def drawn_quarter():
    """A quarter of three streets with a boundary, and one street beside it."""
    streets = []
    for place in range(4):
        here = street(f"Rue {place}")
        doors(here, *NUMBERS, points=row(-350, count=14, north=(-150, 0, 150, 600)[place]))
        streets.append(here)
    area = quarter()
    actions.draw_quarter_and_count_addresses(
        area=area, selectors=[whole(one) for one in streets[:3]], boundary=square(0.003), by=None, at=AT
    )
    return area


def test_a_quarter_without_a_place_has_no_map():
    assert quarter_map_as_svg(quarter(), "fr", HOUSE) == ""


def test_own_streets_alone_stand_out_and_no_outline_takes_in_others():
    drawing = quarter_map_as_svg(drawn_quarter(), "fr", HOUSE)

    assert len(re.findall(f'stroke="{HOUSE.main}" stroke-width="28"', drawing)) == 3
    assert len(re.findall(f'stroke="{HOUSE.accent}" stroke-width="18"', drawing)) == 3
    assert len(re.findall(f'stroke="{HOUSE.paper}" stroke-width="9"', drawing)) == 4
    assert HOUSE.accent not in re.findall(r'fill="([^"]*)"', drawing)
    assert "Rue" not in drawing


def test_a_map_asks_a_fixed_number_of_questions(django_assert_max_num_queries):
    area = drawn_quarter()

    with django_assert_max_num_queries(8):
        quarter_map_as_svg(area, "fr", HOUSE)
