"""Nobody but the person learns of a pause (T14, R116): whatever a human sees is the same to the byte, with and without.

Two worlds grow from the same moment: in one of them ten members pause. The outbox is worked off, lists are carried by
hand, receipts come, the message is taken back; every page and file that staff can open is kept and compared.
"""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse

from plp.channels.calls import Calls
from plp.channels.paper import Paper
from plp.delivery import actions as delivery
from plp.delivery.channel import Receipt
from plp.delivery.models import Dispatch, Message
from plp.delivery.references import reference_of
from plp.delivery.rules import QuietWishes, copy_held_until
from plp.delivery.states import State
from plp.mandates.grants import Permission, Role
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.routes import all_routes
from plp.people import preferences
from plp.people.models import Person
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, contact, hold, member, person
from tests.journeys.test_isolation import PLACE, TOKEN
from tests.notices.test_notices import let_go, submitted
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.long]
AWAY, THERE = 10, 2
REACHED = [
    ("calls", "+32255500{:02}"),
    ("paper", "Kerkstraat {}, 1130 Haren"),
    ("email", "m{}@plp.test"),
    ("sms", "+3247500{:04}"),
]
P = Permission
LOOKS = {
    "coordinator": {P.MEMBERS_MANAGE, P.NOTICE_RECEIVE, P.NOTICE_RELAY, P.NOTICE_STOP, P.EVALUATION_WRITE},
    "officer": {P.NOTICE_WRITE, P.NOTICE_RELEASE, P.NOTICE_STOP, P.FIGURES_SEE, P.TRAIL_READ},
}
OTHERS = {
    Role.CHIEF: "be/z1/",
    Role.SUPERVISOR: "be/z1/",
    Role.MUNICIPALITY: "be/z1/m21004/",
    Role.FEDERAL: "be/",
}
OF_A_MEMBER = re.compile("/(coordinator/members|enrolment)/")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def members(cast: Cast) -> list[Person]:
    """Twelve members, a quarter of them by each channel."""
    found = []
    for number in range(AWAY + THERE):
        someone = member(cast.here.partnership, f"Mia Voorbeeld{'abcdefghijklm'[number]}", "nl")
        channel, address = REACHED[number % len(REACHED)]
        contact(someone, channel, address.format(number + 1))
        found.append(someone)
    return found


def work_off(notice: Notice) -> None:
    """What a worker would do: hold what is to be held, send the rest, bring the receipts of text messages."""
    rows = notice.relay.message.dispatches.filter(state=State.QUEUED, channel__in=["email", "sms"])
    for row in rows.select_related("contact__person__preference"):
        wish = row.contact.person.preference
        asked = QuietWishes(
            wish.quiet_from, wish.quiet_until, wish.alarm_breaks_quiet, partial(getattr, wish, "paused_until")
        )
        until = copy_held_until(AT, asked, urgent=row.urgent, asked_for=False)
        state = {"state": State.HELD, "due_at": until} if until else {"state": State.ACCEPTED, "settled_at": AT}
        Dispatch.objects.filter(pk=row.pk).update(**state)
    for row in notice.relay.message.dispatches.filter(state=State.ACCEPTED, channel="sms"):
        came = Receipt(reference_of(row.pk, row.message_id), "delivered", f"e{row.pk}")
        delivery.record_receipt_and_move_dispatch(channel="sms", receipt=came, at=AT)


def paths(permissions: set[Permission], notice: Notice, away: Person) -> list[str]:
    """The addresses of what one looks at: of the message, of a member who is away, of the partnership."""
    found = ["/"]
    for one in all_routes():
        if one.permission in permissions:
            row = away.memberships.get() if OF_A_MEMBER.match(one.route) else notice
            key = notice.partnership.key
            chosen = {"uuid": str(row.pk), "slug": key, "str": key}
            found.append(PLACE.sub(lambda place, chosen=chosen: chosen.get(place[1] or "str", "0"), one.route))
    return found


def onlookers(cast: Cast) -> dict[str, Person]:
    """Somebody for every other office around the quarter."""
    found = {"committee": person("Committee")}
    hold(found["committee"], Role.COMMITTEE, cast.here.area)
    for role, path in OTHERS.items():
        found[role.value] = person(role.value.capitalize())
        hold(found[role.value], role, Area.objects.get(path=path))
    return found


def seen(cast: Cast, notice: Notice, away: Person, others: dict[str, Person], *, about: str = "") -> dict[str, bytes]:
    """Every page and file (``about`` one thing), by who looks and its address; what is only a button is left out."""
    found = {}
    people = {"coordinator": cast.here.coordinator, "officer": cast.officer, **others}
    for name, someone in people.items():
        client, permissions = signed_in(someone), LOOKS.get(name, LOOKS["coordinator"] | LOOKS["officer"])
        for path in (one for one in paths(permissions, notice, away) if about in one):
            answer = client.get(path)
            if answer.status_code == 200:
                found[f"{name} {path}"] = TOKEN.sub(b"", b"".join(answer) if answer.streaming else answer.content)
    return found


def exported(cast: Cast) -> list[list[str]]:
    """The rows of the list of members, taken out as a file; without the code that every copy has for itself."""
    page = reverse("membership:enrolment:export", args=[cast.here.partnership.key])
    given = signed_in(cast.here.coordinator).post(page, {"reason": "Printing the address labels", "form": "csv"})
    lines = given.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + AWAY + THERE
    return [line.split(";")[:-1] for line in lines]


def world(cast: Cast, notice: Notice, people: list[Person], others: dict[str, Person], *, away: int) -> list[object]:
    """What everybody sees at each stage, with the first ``away`` pausing; then it never happened."""
    stages: list[object] = []
    with transaction.atomic():
        for someone in people[:away]:
            preferences.set_pause(person=someone, until=AT + timedelta(days=9), by=someone, at=AT)
        work_off(notice)
        for channel in (Calls.key, Paper.key):
            delivery.mark_handed_out(message=notice.relay.message, channel=channel, by=cast.here.coordinator, at=AT)
        stages += [seen(cast, notice, people[0], others), exported(cast)]
        stopped = notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=AT, tell=True)
        told = Message.objects.get(purpose="notice.withdrawal").audience
        stages += [stopped, told, seen(cast, notice, people[0], others, about=str(notice.pk))]
        transaction.set_rollback(True)
    notice.refresh_from_db()
    return stages


def test_ten_pauses_leave_no_trace(cast: Cast) -> None:
    people, others = members(cast), onlookers(cast)
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    without, with_them = (world(cast, notice, people, others, away=number) for number in (0, AWAY))

    for one, other in zip(without, with_them, strict=True):
        if isinstance(one, dict):
            assert one.keys() == other.keys()
            assert [path for path in one if one[path] != other[path]] == []
        else:
            assert one == other
    looked = {path.split()[0] for path in without[0]}
    assert looked == {"coordinator", "officer", *others}
    assert len(without[0]) > 30
