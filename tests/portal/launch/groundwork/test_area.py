"""The area on its map: streets ticked on it or in the list, a border drawn or written, and nothing for strangers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plp.launch.models import Idea
from plp.places.models import Area, Coverage, Street
from tests.launch.ground import NOW, Ground
from tests.places.build import doors, street, whole
from tests.places.test_maps import row, square
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
CORNERS = "\n".join(f"{y:.5f}, {x:.5f}" for x, y in square(0.01)["coordinates"][0][:-1])  # type: ignore[index]


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The stage, in Brussels, with a street whose doors have their places."""
    stop_clock(monkeypatch)
    made = Ground()
    Area.objects.filter(pk=made.municipality.pk).update(nis="21004")
    return made


@pytest.fixture
def lane(ground: Ground) -> Street:
    """A street that is not in the area."""
    made = street("Rue de la Carte")
    doors(made, *map(str, range(8)), points=row())
    return made


def url(view: str) -> str:
    return reverse(f"launch:groundwork:{view}", args=["haren"])


def test_a_street_on_the_map_leads_to_its_box(ground: Ground, lane: Street) -> None:
    page = signed_in(ground.officer).get(url("area_add"), {"q": "carte"}).content.decode()

    assert f'value="{lane.pk}" id="id_streets_0"' in page
    assert (
        page.count('<a href="#id_streets_0" tabindex="-1" data-box="id_streets_0"><title>Rue de la Carte</title>') == 1
    )


def test_a_search_shows_its_hits_and_folds_the_streets_nearby(ground: Ground, lane: Street) -> None:
    doors(street("Rue Voisine"), *map(str, range(8)), points=row())

    page = signed_in(ground.officer).get(url("area_add"), {"q": "carte"}).content.decode()

    hits, nearby = page.split("<fieldset><legend>")[1].split("<details", 1)
    assert ("Rue de la Carte" in hits, "Rue Voisine" in hits, "Rue Voisine" in nearby) == (True, False, True)


def test_the_street_of_the_idea_is_there_and_ticked(ground: Ground, lane: Street) -> None:
    client = signed_in(ground.officer)
    words = {"street": lane, "street_text": "Rue de la Carte", "words": "Des vols."}
    Idea.objects.create(
        municipality=ground.municipality,
        state="taken",
        partnership=ground.partnership,
        filed_at=NOW,
        answered_at=NOW,
        origin="resident",
        kind="plp",
        language="nl",
        **words,
    )
    with_streets = client.get(url("area_add")).content.decode()
    Coverage.objects.all().delete()

    page = client.get(url("area_add")).content.decode()

    ticked = f'value="{lane.pk}" id="id_streets_0" checked'
    assert (ticked in with_streets, ticked in page) == (False, True)


def test_without_a_place_the_list_stands_alone(ground: Ground) -> None:
    page = signed_in(ground.officer).get(url("area_add"), {"q": "hetre"}).content.decode()

    assert "Rue du Hêtre" in page
    assert '<svg class="map"' not in page
    assert "Search for one street first." in signed_in(ground.officer).get(url("area_add")).content.decode()


def test_without_the_register_the_page_says_how_it_comes(ground: Ground) -> None:
    Street.objects.update(nis="63049")
    Coverage.objects.all().delete()

    pages = [signed_in(ground.officer).get(url(view)).content.decode() for view in ("area", "area_add")]

    assert ["./plp import addresses openaddress-bebru.zip --municipality 21004" in page for page in pages] == [
        True,
        True,
    ]
    assert "Search for one street first" not in pages[1]


def test_a_border_is_written_kept_shown_and_taken_out(ground: Ground, lane: Street) -> None:
    client = signed_in(ground.officer)

    kept = client.post(url("area_draw"), {"corners": CORNERS}, follow=True).content.decode()

    ground.area.refresh_from_db()
    assert "Saved. The area now has 14 addresses." in kept
    assert kept.count('class="map-quarter map-about"') == 1
    ring = (ground.area.boundary or {})["coordinates"][0]
    assert ring[0] == ring[-1]
    assert CORNERS in client.get(url("area_draw")).content.decode()

    lines = [int(count) for count in re.findall(r'task-side small">(\d+) address', kept)]
    drawing = client.get(url("area_draw")).content.decode()
    assert (sum(lines), lines[-1], len(lines)) == (14, 8, 3)
    assert "Thick lines: streets that were chosen from the list." in drawing
    assert drawing.count('class="map-quarter map-about"') == 1
    out = re.findall(r'name="corners" value="" formaction="([^"]+)">Remove the boundary on the map</button>', kept)

    removed = client.post(out[0], {"corners": ""}, follow=True).content.decode()
    ground.area.refresh_from_db()
    assert "The boundary is removed. The area now has 6 addresses." in removed
    assert (ground.area.boundary, ground.area.covered.count()) == (None, 6)


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ("", "at least three corners"),
        ("50.88, 4.41\n50.89 4.42", "at least three corners"),
        ("50.88, 4.41\nhere\n50.89, 4.42", "Write each corner like"),
        ("50.0, 4.0\n51.0, 5.0\n50.0, 5.0\n51.0, 4.0", "that does not cross itself"),
    ],
)
def test_a_border_that_is_none_is_refused_in_words(ground: Ground, corners: str, words: str) -> None:
    page = signed_in(ground.officer).post(url("area_draw"), {"corners": corners}).content.decode()

    assert words in page
    assert corners.partition("\n")[0] in page
    assert ground.area.boundary is None


def test_the_border_is_closed_to_whoever_does_not_draw(ground: Ground) -> None:
    for person in (ground.coordinator, ground.stranger):
        client = signed_in(person)

        assert client.get(url("area_draw")).status_code == 404
        assert client.post(url("area_draw"), {"corners": CORNERS}).status_code == 404
    ground.area.refresh_from_db()
    assert ground.area.boundary is None


def test_the_map_asks_no_more_for_three_streets_than_for_one(ground: Ground, lane: Street) -> None:
    client = signed_in(ground.officer)

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(url("area_add"), {"q": "carte"})
        return len(found)

    counted()  # what a first visit asks once
    one = counted()
    for name in ("Rue A", "Rue B"):
        doors(street(name), *map(str, range(6)), points=row(count=6, north=60))

    assert counted() == one


def test_the_drawn_streets_are_those_of_the_area(ground: Ground, lane: Street) -> None:
    from plp.launch.actions.area import add_covered_streets_and_count_addresses  # noqa: PLC0415 - only here

    add_covered_streets_and_count_addresses(
        partnership=ground.partnership, parts=[whole(lane)], by=None, at=ground.partnership.founded_at
    )

    page = signed_in(ground.coordinator).get(url("area")).content.decode()

    assert "Map of Haren. The list below names the streets." in page
    assert page.count('class="map-street"') == 1
