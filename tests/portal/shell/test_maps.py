"""Maps for more than one subject."""

import re

from django.conf import LazySettings
from django.template import engines

from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.portal.shell.maps import quarter_map, quarters_map

SHAPE = {"type": "Polygon", "coordinates": [[[4.41, 50.88], [4.42, 50.88], [4.42, 50.89], [4.41, 50.88]]]}


def test_a_quarter_stands_among_its_municipalities() -> None:
    drawn = quarter_map(Area(path="be/z1/m21004/q-haren/", name_fr="Haren", boundary=SHAPE), "nl")

    assert drawn is not None
    assert [(one.key, one.name) for one in drawn.quarters] == [("be/z1/m21004/q-haren/", "Haren")]
    assert ["Bruxelles", "Brussel"] in [one.name_split_by_language for one in drawn.municipalities]


def test_without_a_shape_nothing_is_drawn() -> None:
    """A quarter may have a list of streets only."""
    assert quarter_map(Area(path="be/"), "fr") is None


def test_one_quarter_is_no_choice() -> None:
    here, there = (Partnership(area=Area(boundary=SHAPE, name_fr=name)) for name in ("A", "B"))

    assert quarters_map([here], "fr") is None
    chosen = quarters_map([here, there], "fr")
    assert chosen is not None
    assert sorted(one.key for one in chosen.quarters) == sorted([str(here.pk), str(there.pk)])


def drawn_page() -> str:
    """A map as a template draws it."""
    drawn = quarter_map(Area(path="be/", boundary=SHAPE), "fr")
    return engines["django"].from_string("{% map drawn label='Haren' %}").render({"drawn": drawn})


def test_each_name_of_a_town_has_a_line() -> None:
    x_and_words = r'<tspan x="(\d+)" dy="-0.55em">Bruxelles</tspan><tspan x="(\d+)" dy="1.1em">Brussel</tspan></text>'

    (found,) = re.findall(x_and_words, drawn_page())

    assert found[0] == found[1]


def test_the_borders_of_towns_lie_above_all_grounds() -> None:
    page = drawn_page()

    (land,) = re.findall(r'<g id="(towns-[^"]+)">', page)

    assert page.count(f'<use class="map-edges" href="#{land}"/>') == 1
    assert page.index('class="map-quarter') < page.index("<use") < page.index("<text")


def test_no_other_host_is_asked() -> None:
    page = drawn_page()

    assert "<image" not in page
    assert "http" not in page


def test_tiles_of_one_host_lie_below_with_its_name(settings: LazySettings) -> None:
    settings.MAP_TILES, settings.MAP_TILES_BY = "https://tiles.example.be/{z}/{x}/{y}.png", "© Somebody"

    page = drawn_page()

    assert page.count("<image") == page.count('href="https://tiles.example.be/16/335') > 3
    assert page.index("<image") < page.index("<path")
    assert "© Somebody." in page
