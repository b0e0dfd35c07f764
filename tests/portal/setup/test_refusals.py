"""What cannot be set up, and how it is said."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.people.models import ContactPoint
from plp.places.models import Area
from plp.portal.shell import limits
from tests.portal.setup.test_views import administrator, country
from tests.portal.staff import sign_in

pytestmark = pytest.mark.django_db
__all__ = ["country"]
GIVEN = {"place": "etterbeek", "name": "Jeanne Lambert", "email": "chief@plp.test", "language": "fr"}


@pytest.fixture
def desk(client: Client, country: Area) -> Client:
    """The browser of whoever runs the machine."""
    sign_in(client, administrator(country))
    return client


def test_a_municipality_is_named_by_itself_and_a_chief_by_its_zone(desk: Client) -> None:
    pages = {role: desk.get(reverse("setup:name", args=[role])).content.decode() for role in ("chief", "municipality")}

    assert {role: "The police zone is found by it." in page for role, page in pages.items()} == {
        "chief": True,
        "municipality": False,
    }


def test_two_municipalities_of_one_name_are_told_apart_by_their_code(desk: Client) -> None:
    twin = {"kind": "municipality", "path": "be/5343/99999/", "nis": "99999"}
    Area.objects.create(name_fr="Etterbeek", name_nl="Etterbeek", **twin)

    page = desk.post(reverse("setup:name", args=["chief"]), GIVEN).content.decode()

    assert "Two municipalities have this name: give the NIS code instead." in page
    assert not Mandate.objects.filter(role=Role.CHIEF).exists()


def test_a_test_goes_by_a_channel_that_sends(desk: Client) -> None:
    assert desk.get(reverse("setup:test", args=["pigeon"])).status_code == 404


def test_a_test_goes_to_an_address_that_can_be(desk: Client) -> None:
    url, before = reverse("setup:test", args=["email"]), ContactPoint.objects.count()

    form, bad = desk.get(url).content.decode(), desk.post(url, {"address": "nowhere"}).content.decode()

    assert 'value="ann.peeters@plp.test"' in form
    assert 'aria-invalid="true"' in bad
    assert ContactPoint.objects.count() == before


def test_whoever_tests_too_often_waits(monkeypatch: pytest.MonkeyPatch, desk: Client) -> None:
    monkeypatch.setitem(limits.LIMITS, "test.person", limits.Limit(0, 60))
    before = ContactPoint.objects.count()

    answer = desk.post(reverse("setup:test", args=["email"]), {"address": "ann@plp.test"})

    assert answer.status_code == 409
    assert ContactPoint.objects.count() == before
