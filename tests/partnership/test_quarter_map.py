"""The map of a quarter on papers: as high as the paper wants it."""

import pytest

from plp.documents.colours import HOUSE
from plp.partnership.quarter_map import quarter_map_svg
from tests.factories.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SQUARE = {
    "type": "MultiPolygon",
    "coordinates": [[[[6.02, 50.42], [6.03, 50.42], [6.03, 50.43], [6.02, 50.43], [6.02, 50.42]]]],
}


def test_a_quarter_with_an_outline_is_drawn_and_one_without_is_not():
    area = Cast().here.partnership.area

    before = quarter_map_svg(area)
    area.outline = SQUARE
    area.save()
    drawn = quarter_map_svg(area, height_ratio=1.5)

    assert before == ""
    width, height = drawn.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    assert round(float(height) / float(width), 2) == 1.5
    assert f'fill="{HOUSE.light}"' in drawn
