"""The tour of the demonstration: the journal ticks its stops, a hand the one it cannot know, and it begins anew."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from plp.journal.actions import note
from plp.mandates.grants import Role
from plp.ops.environment import PACKAGE
from plp.portal.subjects.demo import tour
from tests.factories.cast import Cast, area, hold, person
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.demo.urls")]
OFFICER = {"role": "officer", "quarter": "haren", "name": "Anne Exemple", "email": "a@plp.test", "password": "vijf"}


@pytest.fixture(autouse=True)
def _demonstration(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    """A demonstration that was built long ago, with one person who signs in."""
    stop_clock(monkeypatch)
    settings.HOME = tmp_path
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(PACKAGE / "portal" / "subjects" / "demo" / "templates")
    (tmp_path / "demo.json").write_text(json.dumps([OFFICER | {"totp_secret": "JBSWY3DPEHPK3PXP"}]))
    tour.save_tour_progress(tour.TourProgress(AT))


def done() -> list[str]:
    """The stops that are ticked."""
    return [card.stop.key for card in tour.tour_cards() if card.is_done]


def test_the_tour_shows_each_stop_and_who_signs_in(client: Client) -> None:
    page = client.get("/demo/tour/").content.decode()

    assert [stop.key for stop in tour.STOPS if str(stop.title) not in page] == []
    assert (page.count("Sign in as this person"), "<code>vijf</code>" in page) == (1, True)


def test_whoever_is_signed_in_as_another_is_led_to_no_page_that_is_not_theirs() -> None:
    cast = Cast()

    shown = [signed_in(one).get("/demo/tour/").text for one in (cast.officer, cast.here.coordinator)]

    assert ['href="/police/new/"' in page for page in shown] == [True, False]
    assert ['href="/m/"' in page for page in shown] == [True, True]


def test_what_the_journal_tells_ticks_its_stop(client: Client) -> None:
    note(verb="notice.released", by=None, at=AT)

    assert done() == ["release"]
    assert client.get("/demo/tour/").context["following"].stop.key == "write"


def test_a_stop_without_data_is_ticked_by_hand_and_no_other(client: Client) -> None:
    answers = [client.post(f"/demo/tour/{key}/").status_code for key in ("report", "write", "nothing")]

    assert (answers, done()) == ([302, 404, 404], ["report"])


def test_the_tour_begins_again(client: Client) -> None:
    client.post("/demo/tour/report/")

    client.post("/demo/tour/again/")

    assert (done(), tour.load_tour_progress()) == ([], tour.TourProgress(AT))


def test_a_tour_begins_when_the_demonstration_was_built(tmp_path: Path) -> None:
    (tmp_path / "tour.json").unlink()

    assert tour.load_tour_progress().since == datetime.fromtimestamp((tmp_path / "demo.json").stat().st_mtime, UTC)


def test_each_stop_opens_for_its_role(client: Client) -> None:
    cast = Cast()
    over = {"municipality": area("municipality", "be/z1/m21004/", ""), "committee": cast.here.area}
    browsers = {"": client}
    for role in {stop.role for stop in tour.STOPS} - {""}:
        someone = person(f"Eva {Role(role).name.title().replace('_', ' ')}")
        hold(someone, Role(role), over.get(role, cast.here.area if role == "coordinator" else cast.zone))
        browsers[role] = signed_in(someone)

    answers = {stop.key: browsers[stop.role].get(stop.url).status_code for stop in tour.STOPS}

    assert {key: status for key, status in answers.items() if status != 200} == {}
