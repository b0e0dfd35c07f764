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
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.routes import all_routes
from plp.partnership.models import Membership
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, contact, member
from tests.notices.test_notices import let_go, submitted
from tests.portal.signing import signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.long]
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
RANDOM = {"uuid": str(uuid4()), "int": str(10**9), "str": "nothing-of-this-name", "slug": "nothing-of-this-name"}
STRANGE = {"meeting", "measure", "service", "candidate", "policy", "rating", "activity", "question"}  # none here
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def own_ids(cast: Cast) -> dict[str, list[str]]:
    """An id of each kind of thing that belongs to the quarter ``here``, by the kind of place it fits."""
    someone = member(cast.here.partnership, "Ann Un")
    point = contact(someone, "email", "ann@example.org")
    waiting, sent = submitted(cast), let_go(submitted(cast), cast)
    notices.relay(notice=sent, by=cast.here.coordinator, at=NOW)
    rows = [
        cast.here.partnership,
        cast.here.plan,
        cast.here.area,
        someone,
        point,
        waiting,
        sent,
        sent.relay.message,
        Membership.objects.get(person=someone),
        Mandate.objects.get(person=cast.here.coordinator),
    ]
    uuids = [str(row.pk) for row in rows]
    copies = [str(pk) for pk in Dispatch.objects.filter(message=sent.relay.message).values_list("pk", flat=True)]
    return {"uuid": uuids, "int": copies, "str": uuids[:1], "slug": [cast.here.partnership.key]}


def guarded_routes() -> list[str]:
    """The routes with an id that are not for everybody."""
    return [
        one.route for one in all_routes() if PLACE.search(one.route) and one.permission not in {"public", "own_data"}
    ]


def filled(route: str, kind_to_id: dict[str, str]) -> str:
    """The route with one id per place."""
    return PLACE.sub(lambda found: kind_to_id.get(found[1] or "str", RANDOM["str"]), route)


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

    checked = 0
    for route in guarded_routes():
        kinds = {found[0] or "str" for found in PLACE.findall(route)}
        nothing = answer(client, method, filled(route, RANDOM))
        refused = nothing[0] == HTTPStatus.METHOD_NOT_ALLOWED  # before any look at the id
        single = refused or STRANGE.intersection(name for _kind, name in PLACE.findall(route))
        for number in range(1 if single else max(len(ids.get(kind, [])) for kind in kinds)):
            chosen = {kind: ids[kind][number % len(ids[kind])] for kind in kinds if ids.get(kind)}
            assert answer(client, method, filled(route, RANDOM | chosen)) == nothing, route
            checked += 1
        assert refused or nothing[0] == HTTPStatus.NOT_FOUND, route

    assert checked > 0
    assert {row.pk: row.state for row in Notice.objects.all()} == before
