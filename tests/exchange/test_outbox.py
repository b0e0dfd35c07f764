"""Letters on their way: in order, for as long as the partner is down; the register tells what changed."""

from datetime import timedelta

import pytest

from plp.evaluation.queries.federal_register import masked_federal_entries
from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.models import OutgoingLetter, PartnerInstallation, RegisterEntry
from plp.exchange.outbox import PostOutcome
from plp.exchange.queries import foreign_register_entries, register_subscribers
from plp.exchange.states import LetterOutcome, PartnerState
from plp.mandates.grants import Role
from plp.places.models import Area
from tests.exchange.peer import Peer, connected
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db


def waiting(cast: Cast) -> tuple[Peer, PartnerInstallation]:
    """Two letters wait."""
    peer, partner = connected(cast)
    exchange.renew_own_keys_and_announce(by=None, at=NOW)
    exchange.renew_own_keys_and_announce(by=None, at=NOW)
    return peer, partner


def test_a_partner_that_is_down_for_a_week_gets_everything_in_order(cast: Cast) -> None:
    _peer, partner = waiting(cast)
    at, tries = NOW, 0

    while at < NOW + timedelta(days=7):
        leased = outbox.lease_partners_with_due_letters(at=at)
        tries += len(leased)
        outbox.record_post_outcomes(outcomes=[PostOutcome(one.pk, reason="TimeoutError") for one in leased], at=at)
        at += timedelta(minutes=30)
    partner.refresh_from_db()
    assert partner.reason == "TimeoutError"
    assert 100 < tries < 250
    leased = outbox.lease_partners_with_due_letters(at=at + timedelta(hours=2))
    numbers = tuple(partner.letters.filter(taken_at=None).values_list("number", flat=True))
    outbox.record_post_outcomes(outcomes=[PostOutcome(leased[0].pk, numbers)], at=at)

    partner.refresh_from_db()
    assert (numbers, partner.tries, partner.reason) == ((3, 4), 0, "")
    assert outbox.lease_partners_with_due_letters(at=at + timedelta(days=1)) == []


def test_two_workers_do_not_post_the_same_letters(cast: Cast) -> None:
    waiting(cast)

    first, second = outbox.lease_partners_with_due_letters(at=NOW), outbox.lease_partners_with_due_letters(at=NOW)

    assert (len(first), len(second)) == (1, 0)


def test_an_operator_lets_it_be_tried_now(cast: Cast) -> None:
    _peer, partner = waiting(cast)
    outbox.lease_partners_with_due_letters(at=NOW)
    outbox.record_post_outcomes(outcomes=[PostOutcome(partner.pk, reason="TimeoutError")], at=NOW)

    assert outbox.lease_partners_with_due_letters(at=NOW) == []
    assert outbox.retry_letters_now(at=NOW) == 1
    assert len(outbox.lease_partners_with_due_letters(at=NOW)) == 1


def test_who_takes_no_more_is_closed(cast: Cast) -> None:
    _peer, partner = waiting(cast)

    outbox.record_post_outcomes(outcomes=[PostOutcome(partner.pk, reason="ended", is_ended=True)], at=NOW)

    partner.refresh_from_db()
    assert partner.state == PartnerState.ENDED
    assert not partner.letters.filter(taken_at=None).exists()


def test_letters_that_arrived_go_after_their_time(cast: Cast) -> None:
    connected(cast)

    assert outbox.delete_old_letters(at=NOW) == 0
    assert outbox.delete_old_letters(at=NOW + timedelta(days=91)) == OutgoingLetter.objects.count() + 2


def reader(cast: Cast) -> tuple[Peer, PartnerInstallation]:
    """The ministry's reader subscribed to our zone."""
    peer = Peer()
    invitation = peer.invitation(purpose="register")
    partner = exchange.accept_invitation(invitation=invitation, area=cast.zone, by=cast.chief, at=NOW)
    exchange.confirm_partner(partner=partner, words_agree=True, by=cast.chief, at=NOW)
    peer.send("confirmed")
    partner.letters.update(taken_at=NOW)
    return peer, partner


def test_the_register_tells_each_partnership_of_the_zone_once_and_nobody(cast: Cast) -> None:
    peer, _partner = reader(cast)

    for day in range(3):
        at = NOW + timedelta(days=day)
        for partner in register_subscribers():
            exchange.queue_register_entries(
                partner=partner, entries=masked_federal_entries(partner.area, at=at), by=None, at=at
            )

    told = peer.inbox()
    assert [body["kind"] for body in told] == ["register"]
    assert told[0]["content"]["keys"] == ["haren", "laeken"]
    assert not any(one.name in str(told) for one in (cast.officer, cast.chief, cast.here.coordinator))


def test_a_reader_keeps_what_each_installation_tells(cast: Cast) -> None:
    country, ministry = Area.objects.get(path="be/"), person("Rita Lectrice")
    hold(ministry, Role.FEDERAL, country)
    peer = Peer()
    partner = exchange.accept_invitation(invitation=peer.invitation(), area=country, by=ministry, at=NOW)
    exchange.confirm_partner(partner=partner, words_agree=True, by=ministry, at=NOW)
    peer.send("confirmed")
    entries = [
        {"key": "haren", "state": "active", "members": 61, "years": {"2025": {"messages": 4, "members": None}}},
        {"key": "laeken", "state": "active", "members": None, "years": {}},
    ]
    keys = ["haren", "laeken"]

    assert peer.send("register", {"taken_on": "2026-11-25", "keys": keys, "entries": entries}) == LetterOutcome.TAKEN
    assert foreign_register_entries(ministry, at=NOW) == entries
    assert foreign_register_entries(cast.chief, at=NOW) == []
    peer.send("register", {"taken_on": "2026-11-26", "keys": keys[:1], "entries": []})
    assert RegisterEntry.objects.count() == 1


def test_a_zone_takes_no_register_and_a_reader_no_message(cast: Cast) -> None:
    peer, _partner = reader(cast)
    content = {"taken_on": "2026-11-25", "keys": [], "entries": []}

    assert peer.send("register", content) == LetterOutcome.NOT_UNDERSTOOD
    assert peer.send("offer", peer.offer()) == LetterOutcome.NOT_UNDERSTOOD
    other, _open = connected(cast)
    assert other.send("register", content) == LetterOutcome.NOT_UNDERSTOOD
