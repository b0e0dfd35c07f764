"""The first pages of those who answer for more than a quarter say for four weeks that a partnership ended."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from plp.launch.actions.life import end_partnership_and_notify, record_day_interior_was_told
from plp.mandates.grants import Role
from plp.people.models import Person
from plp.portal.subjects.launch.plan.offers import launch_plan_tasks
from tests.factories.cast import NOW, Cast, area, hold, person
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
ENDED = "The partnership Haren has ended"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def municipality_of(path: str) -> Person:
    """Somebody of the municipality at ``path``."""
    clerk = person("Clara Exemple")
    hold(clerk, Role.MUNICIPALITY, area("municipality", path, ""))
    return clerk


def test_municipality_chief_and_supervisor_read_of_an_end_and_find_its_page(cast: Cast) -> None:
    supervisor, strangers = person("Sofie Toezicht", "nl"), municipality_of("be/z10/m63049/")
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    readers = (municipality_of("be/z1/m21004/"), cast.chief, supervisor)
    others = (cast.here.coordinator, strangers, cast.foreign_officer)
    before = [ENDED in signed_in(who).get("/").content.decode() for who in readers]
    act = end_partnership_and_notify(partnership=cast.here.partnership, reason="Vote", by=cast.officer, at=NOW)
    record_day_interior_was_told(life_act=act, told_on=NOW.date(), by=cast.officer, at=NOW)

    pages = [signed_in(who).get("/").content.decode() for who in readers]

    assert before == [False] * 3
    assert [page.count(ENDED) for page in pages] == [1] * 3
    assert all(reverse("launch:plan:where", args=["haren"]) in page for page in pages)
    assert not any(ENDED in signed_in(who).get("/").content.decode() for who in others)


def test_the_end_is_told_for_four_weeks(cast: Cast) -> None:
    clerk = municipality_of("be/z1/m21004/")
    end_partnership_and_notify(partnership=cast.here.partnership, reason="Vote", by=cast.officer, at=NOW)

    with override("en"):
        told = [
            [task.url for task in launch_plan_tasks(clerk, NOW + timedelta(days=days)) if task.title == ENDED]
            for days in (27, 28)
        ]

    assert told == [[reverse("launch:plan:where", args=["haren"])], []]
