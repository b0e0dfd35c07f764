"""A partnership moves: offered, taken, told to its members, asked back; it comes in parts; a STOP goes after it."""

import base64
from typing import Any
from uuid import uuid4

import pytest

from plp.delivery.links import stop_link
from plp.delivery.models import Dispatch
from plp.exchange import actions as exchange
from plp.exchange import refusals
from plp.exchange.actions.moved_contacts import delete_old_moved_contacts
from plp.exchange.models import MovedContact, MovePart, PartnershipMove
from plp.exchange.move_queries import moved_contact_by_stop_link
from plp.exchange.rules import LINKS_LEAD_ON
from plp.exchange.states import LetterOutcome, MoveState
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.people.models import ContactPoint
from plp.places.models import Coverage, Street
from plp.toolbox.moves import WrongState
from tests.exchange.peer import Peer, connected
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
STREET = "21004|BS/1"


def move_content(**changes: Any) -> dict[str, Any]:
    """What a letter says that offers a partnership."""
    content = {
        "move": str(uuid4()),
        "partnership": "elders",
        "names": {"fr": "Ailleurs"},
        "members": 3,
        "streets": [STREET],
    }
    return content | changes


def offered(cast: Cast) -> tuple[Peer, PartnershipMove]:
    """A partnership of ours that is offered, with a member who can be reached."""
    peer, partner = connected(cast)
    street = Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    Coverage.objects.create(area=cast.here.area, street=street)
    contact(member(cast.here.partnership, "Ada Voorbeeld"), "email", "ada@example.be")
    return peer, exchange.offer_move(partnership=cast.here.partnership, partner=partner, by=cast.chief, at=NOW)


def agreed(cast: Cast) -> tuple[Peer, PartnershipMove]:
    """The chief there said yes."""
    peer, move = offered(cast)
    assert peer.send("move_yes", {"move": str(move.key)}) == LetterOutcome.TAKEN
    move.refresh_from_db()
    return peer, move


def arriving(cast: Cast) -> tuple[Peer, PartnershipMove]:
    """A partnership of theirs that waits for the chief here."""
    peer, _partner = connected(cast)
    peer.send("move", move_content())
    return peer, PartnershipMove.objects.select_related("partner__area").get()


def test_an_offer_counts_and_names_streets_and_nobody(cast: Cast) -> None:
    peer, move = offered(cast)

    content = peer.inbox()[0]["content"]

    assert (content["partnership"], content["members"], content["streets"]) == ("haren", 1, [STREET])
    assert "Voorbeeld" not in str(peer.inbox())
    assert move.state == MoveState.OFFERED


def test_only_the_chief_offers_and_each_partnership_once(cast: Cast) -> None:
    _peer, move = offered(cast)

    with pytest.raises(NotAllowed):
        exchange.offer_move(partnership=cast.here.partnership, partner=move.partner, by=cast.officer, at=NOW)
    with pytest.raises(refusals.CannotMove):
        exchange.offer_move(partnership=cast.here.partnership, partner=move.partner, by=cast.chief, at=NOW)
    with pytest.raises(refusals.MoveIsUnderWay):
        exchange.end_partner(partner=move.partner, by=cast.chief, at=NOW)


def test_members_are_told_three_weeks_before(cast: Cast) -> None:
    _peer, move = agreed(cast)

    assert (move.state, move.letter_count, str(move.day)) == (MoveState.AGREED, 1, "2026-12-16")
    assert Dispatch.objects.filter(message__purpose="exchange.moves").count() == 1


@pytest.mark.parametrize("kind", ["move_no", "recall"])
def test_what_does_not_move_stays_and_members_who_were_told_are_told(cast: Cast, kind: str) -> None:
    peer, move = agreed(cast)

    if kind == "recall":
        exchange.recall_move(offer=move, by=cast.chief, at=NOW)
    else:
        peer.send("move_no", {"move": str(move.key), "because": "Nous n'avons personne."})

    move.refresh_from_db()
    cast.here.partnership.refresh_from_db()
    assert move.state == (MoveState.RETURNED if kind == "recall" else MoveState.REFUSED)
    assert cast.here.partnership.state == "active"
    assert Dispatch.objects.filter(message__purpose="exchange.stays").count() == 1


def test_once_it_left_the_other_side_says_where_it_is(cast: Cast) -> None:
    peer, move = agreed(cast)
    PartnershipMove.objects.update(state=MoveState.SENT, closed_at=NOW, was_state="active")
    move.refresh_from_db()

    exchange.recall_move(offer=move, by=cast.chief, at=NOW)
    peer.send("moved", {"move": str(move.key), "members": 1})

    move.refresh_from_db()
    assert peer.kinds()[-1] == "move_back"
    assert move.state == MoveState.MOVED
    assert peer.send("move_no", {"move": str(move.key), "because": ""}) == LetterOutcome.NOT_UNDERSTOOD


def test_streets_that_lack_and_a_key_that_is_taken_are_said_before(cast: Cast) -> None:
    peer, move = arriving(cast)
    peer.send("move", move_content(partnership="haren", streets=[]))
    twice = PartnershipMove.objects.exclude(pk=move.pk).get()

    with pytest.raises(refusals.StreetsUnknown):
        exchange.accept_move(offer=move, by=cast.chief, at=NOW)
    with pytest.raises(refusals.KeyIsTaken):
        exchange.accept_move(offer=twice, by=cast.chief, at=NOW)
    with pytest.raises(refusals.OfferReasonMissing):
        exchange.refuse_move(offer=move, because="Non.", by=cast.chief, at=NOW)
    exchange.refuse_move(offer=move, because="Pas de place ici.", by=cast.chief, at=NOW)

    assert peer.inbox()[-1]["content"] == {"move": str(move.key), "because": "Pas de place ici."}


def accepted(cast: Cast) -> tuple[Peer, PartnershipMove]:
    """It is taken by the chief here; no part came."""
    peer, move = arriving(cast)
    Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    exchange.accept_move(offer=move, by=cast.chief, at=NOW)
    return peer, move


def part(move: PartnershipMove, number: int, parts: int = 2) -> dict[str, Any]:
    """What a letter holds that brings a piece."""
    content = base64.b64encode(b"piece").decode()
    return {"move": str(move.key), "part": number, "parts": parts, "content": content}


def test_parts_are_kept_once_and_whole(cast: Cast) -> None:
    peer, move = accepted(cast)

    first = peer.send("move_part", part(move, 1))
    again = peer.send("move_part", part(move, 1), number=peer.number)
    move.refresh_from_db()
    halfway = move.state
    peer.send("move_part", part(move, 2))
    late = peer.send("move_part", part(move, 2))

    move.refresh_from_db()
    assert (first, again, late) == (LetterOutcome.TAKEN, LetterOutcome.REPEATED, LetterOutcome.NOT_UNDERSTOOD)
    assert (halfway, move.state, move.parts) == (MoveState.AGREED, MoveState.SENT, 2)
    assert MovePart.objects.count() == 2


def test_a_part_before_a_yes_or_out_of_its_number_is_not_taken(cast: Cast) -> None:
    peer, move = arriving(cast)

    assert peer.send("move_part", part(move, 1)) == LetterOutcome.NOT_UNDERSTOOD
    assert peer.send("move_part", part(move, 3)) == LetterOutcome.NOT_UNDERSTOOD
    assert not MovePart.objects.exists()


def test_what_is_asked_back_before_it_is_here_does_not_come(cast: Cast) -> None:
    peer, move = accepted(cast)
    peer.send("move_part", part(move, 1))

    peer.send("move_back", {"move": str(move.key)})

    move.refresh_from_db()
    assert move.state == MoveState.RETURNED
    assert not MovePart.objects.exists()
    assert peer.kinds()[-1] == "move_no"
    with pytest.raises(WrongState):
        exchange.accept_move(offer=move, by=cast.chief, at=NOW)


def moved_away(cast: Cast) -> tuple[Peer, ContactPoint]:
    """Somebody moved; of the address a digest is left."""
    peer, move = agreed(cast)
    point = ContactPoint.objects.get(person__memberships__partnership=cast.here.partnership, channel="email")
    PartnershipMove.objects.update(state=MoveState.MOVED, answered_at=NOW)
    MovedContact.objects.create(id=point.pk, move=move, digest=point.digest)
    ContactPoint.objects.filter(pk=point.pk).delete()
    return peer, point


def test_a_stop_of_an_old_mail_goes_on_once(cast: Cast) -> None:
    peer, point = moved_away(cast)
    key, signature = stop_link(point.pk).rsplit("/", 2)[1:]
    kept = moved_contact_by_stop_link(key, signature)
    assert kept is not None

    exchange.forward_stop_to_partner(contact=kept, how="mail", by=None, at=NOW)
    again = exchange.forward_stop_of_address(channel="email", address="ada@example.be", how="mail", by=None, at=NOW)

    assert moved_contact_by_stop_link(key, "0" * 32) is None
    assert again == 0
    assert peer.kinds().count("move_stop") == 1
    assert peer.inbox()[-1]["content"]["contacts"] == [str(point.pk)]


def test_what_is_left_of_them_is_forgotten_after_a_year(cast: Cast) -> None:
    moved_away(cast)

    assert delete_old_moved_contacts(at=NOW + LINKS_LEAD_ON / 2) == 0
    assert delete_old_moved_contacts(at=NOW + LINKS_LEAD_ON) == 1


def test_a_stop_that_comes_after_is_done_for_those_who_came_and_nobody_else(cast: Cast) -> None:
    peer, move = accepted(cast)
    PartnershipMove.objects.update(state=MoveState.MOVED, partnership=cast.here.partnership)
    came, other = member(cast.here.partnership, "Ada Voorbeeld"), member(cast.next_door.partnership, "Bea Exemple")
    points = [contact(owner, "email", f"{owner.pk}@example.be") for owner in (came, other)]
    left = Membership.objects.get(person=came)

    outcome = peer.send(
        "move_stop",
        {"move": str(move.key), "contacts": [str(it.pk) for it in points], "memberships": [str(left.pk)]},
    )

    left.refresh_from_db()
    stopped = [ContactPoint.objects.get(pk=it.pk).stopped_at is not None for it in points]
    assert (outcome, stopped, left.state) == (LetterOutcome.TAKEN, [True, False], "left")
