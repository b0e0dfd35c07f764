"""A neighbourhood over a border: founded from an idea, drawn in two municipalities, named by both (R3, R4)."""

import pytest
from django.urls import reverse

from plp.charter.clause_values import clause_values
from plp.charter.models.deed import CIRCULAR_ON
from plp.launch.actions import ideas
from plp.launch.queries.register import register_entry_as_flat_values
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import may
from plp.ops.commands.appoint import area_given_or_typed
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Area, Street
from tests.factories.cast import NOW, area, hold, person
from tests.launch.ground import telling
from tests.places.build import doors, street, whole
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
FOUNDING = {
    "kind": "plp",
    "key": "frontiere",
    "languages": ["fr"],
    "name_fr": "La Frontière",
    "purpose_fr": "Mieux se connaître",
    "crosses": "on",
}


def municipality(nis: str, name: str) -> Area:
    """A real municipality of the zone z128."""
    made = area("municipality", f"be/z128/m{nis}/", name)
    made.nis = nis
    made.save()
    return made


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Area:
    """A zone of two municipalities, with a street and two doors in each."""
    stop_clock(monkeypatch)
    area("country", "be/", "Belgique")
    zone = area("zone", "be/z128/", "Stavelot-Malmedy")
    municipality("63049", "Malmedy")
    municipality("63080", "Waimes")
    doors(street("Rue du Pont", nis="63049", postcode="4960"), "1", "2")
    doors(street("Rue de la Vieille Borne", nis="63080", postcode="4950"), "3", "5")
    return zone


def officer(over: Area) -> Person:
    """A mandated officer over ``over``."""
    someone = person("Ann Agent")
    hold(someone, Role.OFFICER, over)
    return someone


def idea_of_malmedy() -> str:
    """The page on which an idea from Malmedy is taken up."""
    place = Area.objects.get(nis="63049")
    filed = ideas.file_idea_and_notify_zone_desk(telling=telling(place, postcode="4960"), by=None, at=NOW)
    return reverse("launch:groundwork:take_up", args=[filed.pk])


@pytest.mark.parametrize(("nis", "languages"), [("63080", ["fr"]), ("63023", ["de"]), ("21004", ["fr", "nl"])])
def test_a_quarter_begins_with_the_languages_of_its_municipality(zone: Area, nis: str, languages: list[str]) -> None:
    place = municipality(nis, "La Place")
    written_in_german = telling(place, postcode="4960", language="de")
    filed = ideas.file_idea_and_notify_zone_desk(telling=written_in_german, by=None, at=NOW)

    page = signed_in(officer(zone)).get(reverse("launch:groundwork:take_up", args=[filed.pk]))

    assert list(page.context["form"]["languages"].value()) == languages


def test_a_quarter_over_two_municipalities_is_founded_and_drawn(zone: Area) -> None:
    desk = signed_in(officer(zone))
    page = idea_of_malmedy()
    form = desk.get(page).content.decode()
    desk.post(page, FOUNDING)
    founded = Partnership.objects.get(key="frontiere")
    for name in ("Pont", "Vieille Borne"):
        search = desk.get(reverse("launch:groundwork:area_add", args=["frontiere"]), {"q": name}).content.decode()
        assert name in search

    assert "also has streets of another municipality" in form
    assert "For example: Waimes." in form
    assert (founded.area.path, founded.area.parent_path) == ("be/z128/q-frontiere/", zone.path)


def test_texts_and_register_name_both(zone: Area) -> None:
    signed_in(officer(zone)).post(idea_of_malmedy(), FOUNDING)
    founded = Partnership.objects.get(key="frontiere")
    places.draw_quarter_and_count_addresses(
        area=founded.area, selectors=[whole(one) for one in Street.objects.all()], by=None, at=NOW
    )

    assert (
        clause_values(founded, "fr", circular_on=CIRCULAR_ON)["municipality"] == "Ville de Malmedy – Commune de Waimes"
    )
    entry = register_entry_as_flat_values(founded, at=AT)
    assert (entry["municipality"], entry["municipality_nis"]) == ("Malmedy – Waimes", "63049,63080")
    assert entry["addresses"] == 4


def test_the_mayor_of_each_holds_a_role_over_it(zone: Area) -> None:
    signed_in(officer(zone)).post(idea_of_malmedy(), FOUNDING)
    quarter = area_given_or_typed(Role.MUNICIPALITY, "frontiere")
    mayors = [person("Maud Malmedy"), person("Willy Waimes")]
    for mayor in mayors:
        mandates.appoint(person=mayor, role=Role.MUNICIPALITY, area=quarter, decision="test", by=None, at=NOW)

    assert [may(mayor, Permission.CHARTER_SIGN, quarter, at=AT) for mayor in mayors] == [True, True]


def test_an_officer_of_one_municipality_founds_nothing_beyond_it(zone: Area) -> None:
    desk = signed_in(officer(Area.objects.get(nis="63049")))
    page = idea_of_malmedy()

    assert "another municipality" not in desk.get(page).content.decode()
    desk.post(page, FOUNDING)
    assert Partnership.objects.get(key="frontiere").area.path == "be/z128/m63049/q-frontiere/"
