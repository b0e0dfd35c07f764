"""Every route with an id answers a stranger as it answers a random id (T10): the coordinator of the next quarter, the
officer of another zone. The test walks the routes, so a new page is in it the day it is written.
"""

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from plp.delivery.models import Dispatch
from plp.mandates.models import Mandate
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.routes import all_routes
from plp.people.models import Person
from proof.probes import access_table
from tests.factories.cast import NOW, Cast, contact, member
from tests.notices.test_notices import let_go, submitted
from tests.portal.signing import signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.long]
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
RANDOM = {"uuid": str(uuid4()), "int": str(10**9), "str": "nothing-of-this-name", "slug": "nothing-of-this-name"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def own_ids(cast: Cast) -> dict[str, list[str]]:
    """Ids of things that belong to the quarter ``here``, by the kind that the table of access names (else of place)."""
    someone = member(cast.here.partnership, "Ann Un")
    point = contact(someone, "email", "ann@example.org")
    waiting, sent = submitted(cast), let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=sent, by=cast.here.coordinator, at=NOW)
    rows = [
        cast.here.partnership,
        cast.here.area,
        point,
        waiting,
        sent,
        Membership.objects.get(person=someone),
        Mandate.objects.get(person=cast.here.coordinator),
    ]
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row._meta.label, []).append(str(row.pk))
    copy = Dispatch.objects.filter(message=sent.relay.message).values_list("pk", flat=True)[0]
    stand_ins = {"uuid": [str(sent.pk)], "int": [str(copy)], "str": [str(someone.pk)]}
    return found | stand_ins | {"partnership": [cast.here.partnership.key], "zone": found["places.Area"]}


def guarded_routes() -> list[str]:
    """The routes with an id that are not for everybody."""
    return [
        one.route for one in all_routes() if PLACE.search(one.route) and one.permission not in {"public", "own_data"}
    ]


def filled(route: str, names: dict[str, str]) -> str:
    """The route with one id per place, by the name of the place, else one that nothing has."""
    return PLACE.sub(lambda found: names.get(found[2]) or RANDOM[found[1] or "str"], route)


def choices(row: access_table.AccessRow, ids: dict[str, list[str]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What the places of a route are filled with: where nothing is of that name, and where ids of the quarter are.

    The table of access names the kind of thing of each place, or after ``=`` the word that is the same for everybody.
    """
    kinds, fixed, lists = row.ids, {}, {}
    for kind, name in PLACE.findall(row.route):
        if kinds[name].startswith("=") and kind != "int":
            fixed[name] = kinds[name][1:]
        else:
            lists[name] = ids.get(kinds[name].partition("?")[0]) or ids[kind or "str"]
    most = max(map(len, lists.values()), default=0)
    owned = [fixed | {name: found[number % len(found)] for name, found in lists.items()} for number in range(most)]
    return (fixed, owned) if owned else ({}, [])


def answer(client: Client, method: str, path: str) -> tuple[int, bytes]:
    """Status and body, without what differs by chance."""
    given = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    return given.status_code, TOKEN.sub(b"", given.content).replace(path.encode(), b"")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", ["next door", "other zone"])
def test_a_stranger_gets_the_answer_of_a_random_id(cast: Cast, who: str, method: str) -> None:
    ids = own_ids(cast)
    people: dict[str, Person] = {"next door": cast.next_door.coordinator, "other zone": cast.foreign_officer}
    client = signed_in(people[who])
    before = {row.pk: row.state for row in Notice.objects.all()}

    checked, rows = set(), access_table.read_access_rows()
    for route in guarded_routes():
        fixed, owned = choices(rows[route], ids)
        nothing = answer(client, method, filled(route, fixed))
        refused = nothing[0] == HTTPStatus.METHOD_NOT_ALLOWED  # before any look at the id
        for names in owned[: 1 if refused else None]:
            assert answer(client, method, filled(route, names)) == nothing, route
            checked.add(route)
        assert refused or nothing[0] == HTTPStatus.NOT_FOUND, route

    assert len(checked) > 150
    assert {row.pk: row.state for row in Notice.objects.all()} == before
