"""The public page of a partnership names its authorities and shows the logos that they gave."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from plp.launch.actions.paper_looks import set_paper_logo
from plp.partnership.models import Partnership
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def picture(width: int = 600, height: int = 300) -> bytes:
    """A PNG of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), "#17406d").save(file, "PNG")
    return file.getvalue()


def test_the_page_names_the_police_zone_and_shows_its_logo_once_given(cast: Cast) -> None:
    client = Client(headers={"Accept-Language": "fr"})
    page = reverse("partnership:partnership", args=["haren"])
    address = reverse("partnership:logo", args=["haren", cast.zone.pk])
    before, absent = client.get(page).text, client.get(address).status_code

    set_paper_logo(area=cast.zone, content=picture(), by=cast.chief, at=NOW)
    after, logo = client.get(page).text, client.get(address)

    assert [f"Zone de police {cast.zone.name('fr')}" in text for text in (before, after)] == [True, True]
    assert [f'src="{address}"' in text for text in (before, after)] == [False, True]
    assert (absent, logo.status_code, logo.headers["Content-Type"]) == (404, 200, "image/jpeg")
    assert logo.headers["Cache-Control"] == "public, max-age=3600"
    assert Image.open(BytesIO(logo.content)).size == (240, 120)


def test_a_logo_is_that_of_an_authority_of_a_public_partnership(cast: Cast) -> None:
    set_paper_logo(area=cast.zone, content=picture(), by=cast.chief, at=NOW)
    client = Client()
    addresses = [
        reverse("partnership:logo", args=["haren", cast.here.area.pk]),
        reverse("partnership:logo", args=["nowhere", cast.zone.pk]),
    ]
    foreign = [client.get(address).status_code for address in addresses]
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    ended = client.get(reverse("partnership:logo", args=["haren", cast.zone.pk])).status_code

    assert (foreign, ended) == ([404, 404], 404)
