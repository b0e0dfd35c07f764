"""The five tasks of every day on the narrowest telephone, and what each takes (proof ``tasks``).

The proof walks them in four languages, with and without JavaScript; here they are walked once.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plp.mandates.models import Absence
from plp.membership.models import Membership
from plp.notices.models import Notice
from plp.people.models import ContactPoint, Person
from tests.browser import everyday
from tests.browser.conftest import Opened, overflow
from tests.browser.everyday import Finger, TaskCount
from tests.browser.test_exchange import enter
from tests.factories.cast import Cast, contact, member
from tests.followup.stage import reachable, released
from tests.membership.lists.stage import streets
from tests.portal.signing import stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = os.environ.get("TASKS", "")  # where the counts are kept, if somebody wants to know
WAYS = [(language, script) for language in ("fr", "nl", "de", "en") for script in (True, False)]
MOST = {  # two thirds of what version 0.2.0 took, at most
    "join": TaskCount(14, 5),
    "read_and_stop": TaskCount(5, 3),
    "relay": TaskCount(2, 2),
    "add_neighbour": TaskCount(6, 2),
    "cover_absence": TaskCount(4, 1),
}


def test_going_back_shows_our_page_and_escape_folds_what_is_open(open_page: Opened) -> None:
    page = open_page()
    page.goto("/m/code/")
    page.locator("main [name=code]").fill("12345678")
    page.locator("main form[method=post] button").click()
    page.locator("main .field-wrong").wait_for()
    page.locator("footer a").first.click()
    page.go_back()
    page.locator("main details summary").first.click()
    page.keyboard.press("Escape")

    assert page.url.endswith("/m/code/")
    assert page.locator("main [name=code]").is_visible()
    assert page.locator("main details[open]").count() == 0


@pytest.mark.parametrize(("language", "script"), WAYS if FOLDER else [("nl", False)])
def test_the_tasks_of_every_day_take_few_touches(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch, language: str, script: bool
) -> None:
    """One of the slowest: each task by a browser of its own."""
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    streets(cast)
    mia = contact(member(cast.here.partnership, "Mia Voorbeeld", language), "email", "mia@plp.test")
    released(cast)
    counts, wider, heard = {}, {}, []

    def walk(task: Callable[[Finger], None], someone: Person | None = None) -> None:
        page = open_page(script=script, language=language)
        if someone:
            enter(page, someone, language)
        finger = Finger(page)
        task(finger)
        counts[task.__name__] = TaskCount(finger.touches, finger.pages)
        wider[task.__name__] = overflow(page)
        heard.append(f"# {task.__name__}\n\n{finger.heard}")

    for task in (everyday.relay, everyday.add_neighbour, everyday.cover_absence):
        walk(task, cast.here.coordinator)
    walk(everyday.read_and_stop)
    walk(everyday.join)

    if FOLDER:
        kept = {name: count.as_json() for name, count in counts.items()}
        way = Path(FOLDER, f"{language}-{'script' if script else 'plain'}")
        way.with_suffix(".json").write_text(json.dumps(kept))
        way.with_suffix(".txt").write_text("\n\n".join(heard))
    assert Notice.objects.get().state == "relayed"
    assert "Ada Exemple" in [membership.person.name for membership in Membership.objects.filter(state="active")]
    assert "Bea Exemple" in [membership.person.name for membership in Membership.objects.filter(state="pending")]
    assert Absence.objects.get().deputy.person == cast.here.deputy
    assert ContactPoint.objects.get(pk=mia.pk).stopped_at is not None
    assert set(wider.values()) == {0}
    assert {name: count for name, count in counts.items() if count != MOST[name]} == {}
