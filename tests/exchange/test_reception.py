"""Letters that come in: forged, repeated, out of order, from another time, in no shape; each is taken in once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from plp.exchange import actions as exchange
from plp.exchange import outbox, refusals
from plp.exchange.letter_format import letter_file, new_key_pair, sealed_letter
from plp.exchange.models import HeldLetter, OwnKey, SupralocalOffer
from plp.exchange.states import LetterOutcome
from plp.journal.models import Entry
from tests.exchange.peer import Peer, connected, met
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_a_letter_that_comes_again_does_nothing_again(cast: Cast) -> None:
    peer, _partner = connected(cast)
    letter = peer.letter("offer", peer.offer())

    outcomes = [exchange.receive_partner_letter(content=letter, by=None, at=NOW) for _again in range(3)]

    assert outcomes == [LetterOutcome.TAKEN, LetterOutcome.REPEATED, LetterOutcome.REPEATED]
    assert SupralocalOffer.objects.count() == 1


def test_letters_in_the_wrong_order_wait_and_are_done_in_the_right_one(cast: Cast) -> None:
    peer, partner = connected(cast)
    first = peer.offer()
    letters = [peer.letter("offer", first), peer.letter("withdrawn", {"offer": first["offer"]})]

    outcomes = [exchange.receive_partner_letter(content=letter, by=None, at=NOW) for letter in reversed(letters)]

    partner.refresh_from_db()
    assert outcomes == [LetterOutcome.HELD, LetterOutcome.TAKEN]
    assert (partner.received, HeldLetter.objects.count()) == (peer.number, 0)
    assert SupralocalOffer.objects.get().state == "withdrawn"


def test_a_letter_far_ahead_is_not_kept(cast: Cast) -> None:
    peer, _partner = connected(cast)

    with pytest.raises(refusals.TooFarAhead):
        peer.send("offer", peer.offer(), number=peer.number + 300)

    assert not HeldLetter.objects.exists()


def test_forgeries_change_nothing(cast: Cast) -> None:
    peer, partner = connected(cast)
    genuine = peer.letter("offer", peer.offer())
    stranger = Peer(pairing=uuid4())
    to_others = sealed_letter(
        peer.pairing, {}, signing_secret=peer.keys.signing_secret, recipient=new_key_pair().recipient
    )
    own = OwnKey.objects.get()
    reflected = sealed_letter(peer.pairing, {}, signing_secret=own.signing_secret, recipient=own.recipient)
    forgeries = [
        (stranger.letter("offer", peer.offer()), refusals.LetterForged),
        (peer.letter("offer", peer.offer(), signing_secret=stranger.keys.signing_secret), refusals.LetterForged),
        (reflected, refusals.LetterForged),
        (to_others, refusals.LetterUnreadable),
        (genuine[:-1] + bytes([genuine[-1] ^ 1]), refusals.LetterUnreadable),
        (genuine[: len(genuine) // 2], refusals.LetterUnreadable),
        (b"", refusals.LetterUnreadable),
        (b"age-encryption.org/v1\n" + b"\0" * 200, refusals.LetterUnreadable),
        (b"x" * 600_000, refusals.LetterTooLong),
    ]

    for content, refusal in forgeries:
        with pytest.raises(refusal):
            exchange.receive_partner_letter(content=content, by=None, at=NOW)
    partner.refresh_from_db()
    assert (partner.received, SupralocalOffer.objects.count()) == (1, 0)


@pytest.mark.parametrize("minutes", [-60 * 24, -11, 11, 60 * 24])
def test_a_clock_that_is_wrong_is_told_and_the_letter_comes_again(cast: Cast, minutes: int) -> None:
    peer, _partner = connected(cast)

    with pytest.raises(refusals.ClocksDiffer):
        peer.send("offer", peer.offer(), sent_at=NOW + timedelta(minutes=minutes))
    assert peer.send("offer", peer.offer(), number=peer.number) == LetterOutcome.TAKEN


def test_a_file_may_be_old_and_not_from_tomorrow(cast: Cast) -> None:
    peer, _partner = connected(cast)
    old = peer.letter("offer", peer.offer(), sent_at=NOW - timedelta(days=7))
    future = peer.letter("offer", peer.offer(), sent_at=NOW + timedelta(days=1))

    assert exchange.receive_partner_letter(content=old, by=None, at=NOW, is_live=False) == LetterOutcome.TAKEN
    with pytest.raises(refusals.ClocksDiffer):
        exchange.receive_partner_letter(content=future, by=None, at=NOW, is_live=False)


@pytest.mark.parametrize(
    "changes",
    [
        {"message_kind": "gossip"},
        {"message_kind": None},
        {"reason": "because"},
        {"offer": "x"},
        {"texts": {}},
        {"texts": {"xx": {"title": "", "core": "", "more": ""}}},
        {"texts": {"fr": {"title": "t", "core": "c" * 5000, "more": ""}}},
        {"texts": {"fr": {"title": "t", "core": "c", "more": "", "from": "Jean"}}},
        {"expires_at": "tomorrow"},
        {"expires_at": "2026-11-26T09:00:00"},
        {"official_reference": "x" * 61},
    ],
)
def test_a_genuine_letter_in_no_shape_is_counted_and_stops_nothing(cast: Cast, changes: dict[str, Any]) -> None:
    peer, partner = connected(cast)

    assert peer.send("offer", peer.offer(**changes)) == LetterOutcome.NOT_UNDERSTOOD
    assert peer.send("offer", peer.offer()) == LetterOutcome.TAKEN

    partner.refresh_from_db()
    assert (partner.received, SupralocalOffer.objects.count()) == (3, 1)
    assert Entry.objects.filter(verb="exchange.letter_refused").count() == 1


def test_kinds_of_a_later_version_are_passed_over(cast: Cast) -> None:
    peer, _partner = connected(cast)

    assert peer.send("tomorrow", {"x": 1}) == LetterOutcome.NOT_UNDERSTOOD
    with pytest.raises(refusals.LetterUnreadable):
        peer.send("offer", peer.offer(), version=2)


def test_a_body_that_is_deep_or_no_json_is_read_in_the_sandbox_and_refused(cast: Cast) -> None:
    peer, _partner = connected(cast)
    deep: dict[str, Any] = {}
    for _level in range(50):
        deep = {"d": deep}

    with pytest.raises(refusals.LetterUnreadable):
        peer.send("offer", deep)


def test_a_flood_of_a_partner_waits_for_the_next_minute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.exchange.actions.reception.A_MINUTE", 3)
    peer, _partner = connected(cast)
    peer.send("offer", peer.offer())
    peer.send("offer", peer.offer())

    with pytest.raises(refusals.TooManyLetters):
        peer.send("offer", peer.offer())
    later = NOW + timedelta(minutes=1)
    assert peer.send("offer", peer.offer(), number=peer.number, sent_at=later, at=later) == LetterOutcome.TAKEN


def test_what_they_have_seen_is_sent_no_more(cast: Cast) -> None:
    peer, partner = connected(cast)
    partner.letters.update(taken_at=None)

    peer.read = 1
    peer.send("offer", peer.offer())
    assert peer.kinds() == ["confirmed"]
    peer.read = 99  # they cannot have seen more than we sent
    peer.send("offer", peer.offer())
    assert peer.kinds() == []


def test_before_both_chiefs_confirmed_no_message_passes(cast: Cast) -> None:
    peer, _partner = met(cast)

    assert peer.send("offer", peer.offer()) == LetterOutcome.NOT_UNDERSTOOD
    assert not SupralocalOffer.objects.exists()


def test_a_file_on_a_stick_brings_everything_and_may_be_brought_twice(cast: Cast) -> None:
    peer, partner = connected(cast)
    file = letter_file([peer.letter("offer", peer.offer()), b"no letter", peer.letter("offer", peer.offer())])

    first = exchange.receive_letters_of_file(content=file, by=cast.chief, at=NOW)
    second = exchange.receive_letters_of_file(content=file, by=cast.chief, at=NOW)

    assert (first["taken"], first["refused"]) == (2, 1)
    assert (second["repeated"], second["refused"]) == (2, 1)
    with pytest.raises(refusals.LetterUnreadable):
        exchange.receive_letters_of_file(content=b"PK\x03\x04", by=cast.chief, at=NOW)
    exchange.renew_own_keys_and_announce(by=None, at=NOW)
    assert outbox.export_letters(partner=partner, by=cast.chief, at=NOW).count(b"\n") == 2
