"""A coordinator who is away cannot be told from one who is there, by anybody but themselves and their deputy (T14).

Every page, count and file that the other roles can reach is compared byte by byte, with and without the absence, while
a message of the police waits.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.membership.models import Membership
from plp.people.models import Person
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, hold, member, person
from tests.followup.stage import mandate_of, reachable, released
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LINK = re.compile(r'href="(/[^"#]*)"')
ONCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|"x-csrftoken": *"[^"]*"', re.IGNORECASE)
SLOW = (".pdf", ".docx", ".pptx", ".zip", "/static/", "/account/", "/poster/", "/language/")
MOST, FEWER = 26, 11  # pages of the officer and of each other role, the nearest to the first page


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    found = Cast()
    reachable(found)
    return found


def others(cast: Cast) -> dict[str, Person]:
    """Everybody with a role but the coordinator and the deputy."""
    town = Area.objects.get(path="be/z1/m21004/")
    made = {
        "supervisor": (Role.SUPERVISOR, cast.zone),
        "municipality": (Role.MUNICIPALITY, town),
        "committee": (Role.COMMITTEE, cast.here.area),
        "federal": (Role.FEDERAL, Area.objects.get(path="be/")),
    }
    found = {"officer": cast.officer, "chief": cast.chief, "next door": cast.next_door.coordinator}
    for name, (role, area) in made.items():
        found[name] = person(name.capitalize())
        hold(found[name], role, area)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)


def pages(client: Client, first: list[str], most: int) -> dict[str, bytes]:
    """What one sees from the first page on: each address with its status and bytes."""
    todo, seen = list(first), dict[str, bytes]()
    while todo and len(seen) < most:
        url = todo.pop(0)
        answer = client.get(url)
        content = ONCE.sub(b"", answer.getvalue())
        seen[url] = str(answer.status_code).encode() + content
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = LINK.findall(content.decode())
            todo += [link for link in links if link not in seen and link not in todo and not _is_slow(link)]
    return seen


def _is_slow(link: str) -> bool:
    return any(part in link for part in SLOW)


def test_nobody_else_can_tell_that_the_coordinator_is_away(cast: Cast) -> None:
    """Seconds: some hundred pages, twice."""
    notice = released(cast)
    for name in ("Eva Exemple", "Finn Exemple"):
        member(cast.here.partnership, name)
    Membership.objects.create(
        partnership=cast.here.partnership, person=person("Gina Exemple"), state="pending", asked_at=NOW
    )
    clients = {name: signed_in(someone) for name, someone in others(cast).items()}
    clients |= {"visitor": Client(), "coordinator": signed_in(cast.here.coordinator)}
    first = ["/", reverse("notices:desk:detail", args=[notice.pk]), reverse("launch:plan:where", args=["haren"])]
    first += [reverse("evaluation:trail", args=["haren"]), reverse("partnership:partnership", args=["haren"])]
    views, own = [], []
    for is_away in (False, True):
        with undone():
            if is_away:
                mandates.record_absence_and_ask_deputy(
                    mandate=mandate_of(cast.here.coordinator),
                    deputy=mandate_of(cast.here.deputy),
                    starts_at=NOW,
                    ends_at=NOW + timedelta(days=3),
                    by=cast.here.coordinator,
                    at=NOW,
                )
            remind_or_pass_on_due_matters(by=None, at=NOW)
            remind_or_pass_on_due_matters(by=None, at=AT - timedelta(minutes=50))
            own.append(pages(clients["coordinator"], [reverse("mandates:absences:absence")], 1))
            views.append(
                {
                    name: pages(client, first, MOST if name == "officer" else FEWER)
                    for name, client in clients.items()
                    if name != "coordinator"
                }
            )

    there, away = views
    assert [(name, url) for name in there for url in there[name] if there[name][url] != away[name].get(url)] == []
    assert {name: list(seen) for name, seen in there.items()} == {name: list(seen) for name, seen in away.items()}
    assert len(there["officer"]) == MOST
    assert sum(map(len, there.values())) > 80
    assert own[0] != own[1]
