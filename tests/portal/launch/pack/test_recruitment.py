"""The page of recruiting: one touch from the menu, papers of a street with its own link."""

import io

import pytest
from pypdf import PdfReader

from plp.membership.street_recruits import street_code
from plp.places.models import Coverage, Street
from tests.factories.cast import Cast
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The stage, at its hour, with a street of the quarter and one elsewhere."""
    stop_clock(monkeypatch)
    stage = Cast()
    for place, name in ((stage.here, "Rue de Verdun"), (stage.next_door, "Rue Marie-Christine")):
        street = Street.objects.create(nis="21004", register_id=name, name_fr=name, folded=name.lower())
        Coverage.objects.create(area=place.area, street=street)
    return stage


def test_recruiting_is_one_touch_away_and_names_no_member(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)

    start = client.get("/").content.decode()
    page = client.get("/pack/", follow=True)

    assert 'href="/pack/"' in start
    assert page.redirect_chain == [("/pack/haren/recruit/", 302)]
    shown = page.content.decode()
    for words in (
        "Rue de Verdun",
        "Poster",
        "Letter to those who are not members yet",
        "/p/haren/join/",
        "1 street has no member yet",
    ):
        assert words in shown
    assert "Clara" not in shown.partition("<main")[2]
    assert signed_in(cast.next_door.coordinator).get("/pack/haren/recruit/").status_code == 404


def test_the_papers_of_a_street_bear_its_link(cast: Cast) -> None:
    here, elsewhere = Street.objects.order_by("pk")
    client, letter = signed_in(cast.here.coordinator), "/pack/haren/neighbour_letter/fr/a5.pdf"

    answer = client.get(letter, {"street": street_code(here)})

    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert f"/p/haren/s/{street_code(here)}/" in words
    assert client.get(letter, {"street": street_code(elsewhere)}).status_code == 404


def test_many_streets_come_page_by_page_and_are_found_by_name(cast: Cast) -> None:
    for number in range(1, 31):
        name = f"Allée {number:02}"
        street = Street.objects.create(nis="21004", register_id=name, name_fr=name, folded=name.lower())
        Coverage.objects.create(area=cast.here.area, street=street)
    client = signed_in(cast.here.coordinator)

    first, second = (client.get("/pack/haren/recruit/", {"page": page}).text for page in (1, 2))
    found = client.get("/pack/haren/recruit/", {"street": "verd"}).text
    none = client.get("/pack/haren/recruit/", {"street": "kerk"}).text

    assert [page.count('<details class="details part"') for page in (first, second, found, none)] == [20, 11, 1, 0]
    assert "Rue de Verdun" in found
    assert "No street of this name" in none
