"""What is asked before a report leaves the desk, and before a reporter takes their name away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plp.portal.subjects.sightings import forms
from plp.sightings.letters import signed_follow_up_path
from plp.sightings.models import Sighting
from tests.launch.ground import Ground
from tests.portal.sightings.test_views import WHAT, to_the_facts
from tests.portal.signing import signed_in, stop_clock
from tests.sightings.stage import REPORTER, sighting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The stage, at its hour; the municipality knows its code."""
    stop_clock(monkeypatch)
    made = Ground()
    made.municipality.nis = "21004"
    type(made.municipality).objects.filter(pk=made.municipality.pk).update(nis="21004")
    return made


def test_a_picture_that_is_too_large_is_named(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    to_the_facts(client, monkeypatch)
    monkeypatch.setattr(forms, "MOST_BYTES", 10)

    page = client.post(
        reverse("sightings:what"), {**WHAT, "pictures": SimpleUploadedFile("a.jpg", b"x" * 11, "image/jpeg")}
    )

    assert 'aria-invalid="true"' in page.content.decode()
    assert not Sighting.objects.exists()


@pytest.mark.parametrize("name", ["close", "hand_over"])
def test_the_desk_asks_before_a_report_leaves_it(ground: Ground, name: str) -> None:
    filed, officer = sighting(), signed_in(ground.officer)
    address, before = reverse(f"sightings:{name}", args=[filed.pk]), Sighting.objects.values().get()

    page = officer.get(address).content.decode()
    if name == "close":
        assert 'aria-invalid="true"' in officer.post(address, {"reason": "gossip"}).content.decode()

    assert "<form" in page
    assert Sighting.objects.values().get() == before


def test_a_reporter_is_asked_before_their_name_goes(ground: Ground, client: Client) -> None:
    filed = sighting(reporter=REPORTER)
    client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/", follow=True)

    page = client.get(reverse("sightings:withdraw"))

    filed.refresh_from_db()
    assert "<form" in page.content.decode()
    assert filed.reporter_name == REPORTER[0]
