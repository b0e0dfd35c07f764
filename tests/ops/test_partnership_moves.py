"""The machine moves a partnership: closed, packed, read in there once, forgotten here; refused whole or not at all."""

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plp.delivery.models import Dispatch, MessageChannel, MessageText
from plp.exchange.actions import get_or_create_own_key
from plp.exchange.models import MovedContact, MovedEntry, OutgoingLetter, PartnershipMove
from plp.exchange.rules import MEMBERS_KNOW
from plp.exchange.states import MoveState
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.models import Membership
from plp.ops.transfer.archive import (
    ArchiveUnreadable,
    PartnershipArchive,
    open_partnership_archive,
    seal_partnership_archive,
)
from plp.ops.transfer.arrival import ArchiveRefused, checked_importable_rows
from plp.ops.transfer.moves import advance_every_partnership_move
from plp.ops.transfer.scope import rows_that_move_with_partnership
from plp.partnership.models import Partnership
from plp.people.models import Buddy, ContactPoint, Person
from plp.people.queries import contacts_at
from plp.places.models import Area
from tests.exchange.peer import Peer
from tests.exchange.test_moves import agreed
from tests.factories.cast import NOW, Cast, contact, hold, member, person
from tests.ops.test_moving import swept

pytestmark = pytest.mark.django_db
DAY = NOW + MEMBERS_KNOW
PIECE = 1_000


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.ERASURES_FILE = tmp_path / "erasures"
    return Cast()


def sent(cast: Cast) -> tuple[Peer, PartnershipMove]:
    """On the day, with somebody who left before it: closed at one look, packed at the next."""
    peer, move = agreed(cast)
    gone = member(cast.here.partnership, "Bea Exemple")
    Membership.objects.filter(person=gone).update(state="left", left_at=NOW)
    assert advance_every_partnership_move(at=DAY - timedelta(days=1)) == 0
    assert [advance_every_partnership_move(at=DAY) for _look in range(3)] == [1, 1, 0]
    move.refresh_from_db()
    return peer, move


def archive_of(peer: Peer) -> PartnershipArchive:
    """What the other side unpacks."""
    pieces = [body["content"]["content"] for body in peer.inbox() if body["kind"] == "move_part"]
    return open_partnership_archive(b"".join(map(base64.b64decode, pieces)), [peer.keys.identity])


def test_members_and_who_serves_them_go_and_no_role_of_the_police(cast: Cast) -> None:
    hold(cast.officer, Role.OFFICER, cast.here.area)
    peer, move = sent(cast)

    archive = archive_of(peer)

    names = {row["name"] for row in archive.data["people.Person"]}
    assert move.state == MoveState.SENT
    assert "Ada Voorbeeld" in names
    assert not names & {"Bea Exemple", cast.officer.name, cast.chief.name}
    assert {row["role"] for row in archive.data["mandates.Mandate"]} == {"coordinator", "deputy"}
    assert archive.data["partnership.Partnership"][0]["state"] == "active"
    assert Partnership.objects.get(key="haren").state == "dormant"
    assert "Voorbeeld" not in str(list(OutgoingLetter.objects.values_list("content", flat=True)))


def test_who_receives_for_a_member_goes_along(cast: Cast) -> None:
    peer, move = agreed(cast)
    helper, helped = person("Hilde Hulp"), Person.objects.get(memberships__partnership=cast.here.partnership)
    contact(helper, "email", "hilde@example.be")
    Buddy.objects.create(person=helped, helper=helper, asked_at=NOW, agreed_at=NOW)

    advance_every_partnership_move(at=DAY)
    advance_every_partnership_move(at=DAY)
    archive = archive_of(peer)
    peer.send("moved", {"move": str(move.key), "members": 1}, at=DAY, sent_at=DAY)
    advance_every_partnership_move(at=DAY)

    assert "hilde@example.be" in {row["address"] for row in archive.data["people.ContactPoint"]}
    assert len(archive.data["people.Buddy"]) == 1
    assert not Person.objects.filter(pk=helper.pk).exists()


def test_only_the_reader_opens_an_archive(cast: Cast) -> None:
    peer, _move = sent(cast)
    pieces = [body["content"]["content"] for body in peer.inbox() if body["kind"] == "move_part"]

    with pytest.raises(ArchiveUnreadable):
        open_partnership_archive(
            b"".join(map(base64.b64decode, pieces)), [get_or_create_own_key(by=None, at=NOW).identity]
        )


def test_once_it_is_there_nobody_is_left_here(cast: Cast) -> None:
    peer, move = sent(cast)
    point = ContactPoint.objects.get(channel="email", person__memberships__partnership=cast.here.partnership)
    left = Membership.objects.filter(partnership=cast.here.partnership, state="active").get()
    Membership.objects.filter(pk=left.pk).update(state="left", left_at=DAY)

    peer.send("moved", {"move": str(move.key), "members": 1}, at=DAY, sent_at=DAY)
    assert advance_every_partnership_move(at=DAY) == 1
    assert advance_every_partnership_move(at=DAY) == 0

    names = {person.name for person in Person.objects.all()}
    assert not names & {"Ada Voorbeeld", "Bea Exemple", "Clara Haren", "Denis Haren"}
    assert {"Clara Laeken", cast.officer.name} <= names
    assert Partnership.objects.get(key="haren").state == "ended"
    assert not Membership.objects.filter(partnership=cast.here.partnership).exists()
    assert MovedContact.objects.get().pk == point.pk
    assert peer.inbox()[-1]["content"]["memberships"] == [str(left.pk)]


def arrived(cast: Cast, change: Callable[[dict[str, Any]], None] = lambda _data: None) -> tuple[Peer, PartnershipMove]:
    """The same partnership comes from elsewhere: its rows are gone, its archive is sealed to us, the chief said yes."""
    peer, move = agreed(cast)
    PartnershipMove.objects.all().delete()
    own = get_or_create_own_key(by=None, at=NOW)
    rows = rows_that_move_with_partnership(cast.here.partnership)
    sealed = seal_partnership_archive(cast.here.partnership, rows, recipient=own.recipient, at=NOW)
    Dispatch.objects.all().delete()
    MessageText.objects.all().delete()
    MessageChannel.objects.all().delete()
    swept(cast.here.partnership)
    Person.objects.filter(pk__in=list(rows[Person])).delete()
    Area.objects.filter(path=cast.here.area.path).delete()
    arrival = PartnershipMove.objects.create(
        partner=move.partner, is_ours=False, key=move.key, slug="haren", state=MoveState.AGREED, made_at=NOW
    )
    pieces = [sealed[start : start + PIECE] for start in range(0, len(sealed), PIECE)]
    for number, piece in enumerate(pieces, 1):
        content = {"move": str(move.key), "part": number, "parts": len(pieces)}
        peer.send("move_part", content | {"content": base64.b64encode(piece).decode()})
    arrival.refresh_from_db()
    assert arrival.state == MoveState.SENT
    return peer, arrival


def test_it_is_read_in_once_with_people_plan_and_history(cast: Cast) -> None:
    peer, arrival = arrived(cast)

    assert [advance_every_partnership_move(at=NOW) for _look in range(2)] == [1, 0]

    arrival.refresh_from_db()
    here = Partnership.objects.get(key="haren")
    assert (arrival.state, arrival.partnership, arrival.members, here.state) == (MoveState.MOVED, here, 1, "active")
    assert [it.person.name for it in contacts_at("email", "ada@example.be")] == ["Ada Voorbeeld"]
    assert set(Mandate.objects.filter(area=here.area).values_list("role", flat=True)) == {"coordinator", "deputy"}
    assert here.plans.count() == 1
    assert MovedEntry.objects.filter(verb="partnership.founded").count() == 1
    assert not arrival.received_parts.exists()
    assert peer.inbox()[-1]["content"]["members"] == 1


def test_what_cannot_be_read_in_is_refused_whole(cast: Cast) -> None:
    peer, arrival = arrived(cast)
    arrival.received_parts.filter(number=1).update(content=b"altered")
    before = Person.objects.count()

    advance_every_partnership_move(at=NOW)

    arrival.refresh_from_db()
    assert (arrival.state, Person.objects.count()) == (MoveState.REFUSED, before)
    assert peer.kinds()[-1] == "move_no"
    assert not Partnership.objects.filter(key="haren").exists()


def prepared(cast: Cast) -> tuple[PartnershipMove, PartnershipArchive]:
    """An archive that could be read in."""
    _peer, arrival = arrived(cast)
    own = get_or_create_own_key(by=None, at=NOW)
    pieces = arrival.received_parts.order_by("number").values_list("content", flat=True)
    return arrival, open_partnership_archive(b"".join(map(bytes, pieces)), [own.identity])


def test_no_role_of_the_police_and_no_row_of_a_zone_is_let_in(cast: Cast) -> None:
    arrival, archive = prepared(cast)
    mandate = archive.data["mandates.Mandate"][0]
    archive.data["mandates.Mandate"] += [{**mandate, "": str(cast.chief.pk), "role": "chief", "area": "be/z1/"}]
    archive.data["mandates.Mandate"] += [{**mandate, "": str(cast.officer.pk), "role": "coordinator", "area": "be/z1/"}]
    archive.data["launch.ZoneRule"] = [{"": "be/z1/", "zone": "be/z1/"}]

    data = checked_importable_rows(arrival, archive, "be/z1/q-haren/")

    assert {row["role"] for row in data["mandates.Mandate"]} == {"coordinator", "deputy"}
    assert {row["area"] for row in data["mandates.Mandate"]} == {"be/z1/q-haren/"}
    assert "launch.ZoneRule" not in data
    assert [row["path"] for row in data["places.Area"]] == ["be/z1/q-haren/"]


@pytest.mark.parametrize("table", ["people.Account", "exchange.OwnKey", "no.Such"])
def test_keys_and_sign_ins_never_come(cast: Cast, table: str) -> None:
    arrival, archive = prepared(cast)
    archive.data[table] = [{"": "1"}]

    try:
        data = checked_importable_rows(arrival, archive, "be/z1/q-haren/")
    except ArchiveRefused:
        return
    assert table not in data


def test_somebody_who_is_here_is_not_written_over(cast: Cast) -> None:
    arrival, archive = prepared(cast)
    archive.data["people.Person"].append({**archive.data["people.Person"][0], "": str(cast.chief.pk)})

    with pytest.raises(ArchiveRefused, match="archive-is-there"):
        checked_importable_rows(arrival, archive, "be/z1/q-haren/")
