"""A report that was written without a connection: taken once, or said why not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plp.places.models import Area
from plp.sightings.letters import report_code
from plp.sightings.models import Sighting
from plp.sightings.queries import sighting_behind_link
from plp.toolbox.clock import local
from tests.launch.ground import Ground
from tests.portal.signing import AT, stop_clock
from tests.sightings.stage import WORDS, YESTERDAY, picture

pytestmark = pytest.mark.django_db
KEPT = {
    "when": "earlier",
    "kind": "behaviour",
    "which": "day",
    "day": YESTERDAY.isoformat(),
    "clock": "22:15",
    "street": "Rue du Chêne",
    "postcode": "1130",
    "proposal": "elsewhere",
    "fact_behaviour": WORDS,
}


@pytest.fixture(autouse=True)
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The stage, at its hour; the municipality knows its code."""
    stop_clock(monkeypatch)
    stage = Ground()
    Area.objects.filter(pk=stage.municipality.pk).update(nis="21004")
    return stage


def sent(client: Client, **changes: object) -> dict:
    """What the site says to a report that comes from a device."""
    return client.post(reverse("sightings:kept"), KEPT | {"key": str(uuid4())} | changes).json()


def test_a_report_that_comes_twice_is_one_and_its_code_is_told(client: Client) -> None:
    key = str(uuid4())
    photo = SimpleUploadedFile("me.jpg", picture(), content_type="image/jpeg")

    first, second = sent(client, key=key, pictures=photo), sent(Client(), key=key)

    filed = Sighting.objects.get()
    assert (first["sent"], second["sent"]) == (True, True)
    assert report_code(filed) in first["words"]
    assert filed.photos.count() == 1
    assert report_code(filed) in client.get("/report/").content.decode()  # the next page says that it went


def test_two_that_come_at_the_same_moment_are_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    key = str(uuid4())
    sent(client, key=key)
    looks = iter([None])  # the first look comes before the other one has filed it
    look = "plp.portal.subjects.sightings.views.kept.sighting_behind_link"
    monkeypatch.setattr(look, lambda key: next(looks, sighting_behind_link(key)))

    assert sent(client, key=key)["sent"] is True
    assert Sighting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"when": "now"}, "phone 101"),
        ({"fact_behaviour": ""}, "Tell what you saw"),
        ({"street": "", "postcode": "1130"}, "Street:"),
        ({"postcode": "0000"}, "Postcode: Four digits"),
        ({"day": "2027-01-01"}, "still to come"),
        ({"kind": "gossip"}, "What is it about?:"),
        ({"key": "x"}, "Something is missing"),
        ({"fact_behaviour": "x" * 601}, "What did you see or hear?:"),
    ],
)
def test_why_it_was_not_taken_is_said_in_words(client: Client, changes: dict, words: str) -> None:
    told = sent(client, **changes)

    assert told["sent"] is False
    assert words in told["words"]
    assert not Sighting.objects.exists()
    assert "could not be sent" in client.get("/report/").content.decode()


def test_it_needs_the_token_that_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = strict.get(reverse("sightings:kept")).json()["token"]
    form = KEPT | {"key": str(uuid4())}

    assert strict.post(reverse("sightings:kept"), form).status_code == 403
    assert strict.post(reverse("sightings:kept"), form, headers={"x-csrftoken": token}).json()["sent"] is True


def test_a_fresh_moment_is_for_the_telephone_whatever_was_ticked(client: Client) -> None:
    moment = local(AT - timedelta(minutes=5))

    told = sent(client, day=moment.date().isoformat(), clock=f"{moment:%H:%M}")

    assert told["sent"] is False
    assert "phone 101" in told["words"]
