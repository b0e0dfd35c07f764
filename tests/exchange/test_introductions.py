"""Two installations meet: an invitation, an answer, words read aloud by both chiefs, new keys, an end."""

from datetime import timedelta

import pytest

from plp.exchange import actions as exchange
from plp.exchange import outbox, refusals
from plp.exchange.letter_format import new_key_pair
from plp.exchange.models import OwnKey, PartnerInstallation
from plp.exchange.queries import invitation_text_of, partners_in_scope, verification_words_of
from plp.exchange.rules import verification_words
from plp.exchange.states import LetterOutcome, PartnerState
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.places.models import Area
from plp.toolbox.moves import WrongState
from tests.exchange.peer import Peer, connected, fields_of, met
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db


def invited(cast: Cast) -> tuple[Peer, PartnerInstallation]:
    """We invited; they have read the invitation."""
    partner = exchange.create_invitation(area=cast.zone, by=cast.chief, at=NOW)
    assert fields_of(invitation_text_of(partner))["meeting"] == str(partner.pk)
    return Peer(pairing=partner.pk), partner


def test_an_invitation_is_answered_and_both_chiefs_confirm_the_same_words(cast: Cast) -> None:
    peer, partner = invited(cast)

    assert verification_words_of(partner) == []
    peer.send("hello", peer.hello())
    partner.refresh_from_db()
    ours = partner.own_key.signing_key + partner.own_key.recipient
    theirs = peer.keys.signing_key + peer.keys.recipient

    assert (partner.state, partner.name) == (PartnerState.MET, "Zone Elders")
    assert verification_words_of(partner) == verification_words(peer.pairing, theirs, ours)
    exchange.confirm_partner(partner=partner, words_agree=True, by=cast.chief, at=NOW)
    assert partner.state == PartnerState.MET
    peer.send("confirmed")
    partner.refresh_from_db()
    assert partner.state == PartnerState.OPEN
    assert peer.kinds() == ["confirmed"]


def test_somebody_in_between_has_other_words(cast: Cast) -> None:
    _peer, partner = met(cast)
    honest = verification_words_of(partner)

    between = new_key_pair()
    partner.signing_key, partner.recipient = between.signing_key, between.recipient

    assert len(honest) == 16
    assert verification_words_of(partner) != honest


def test_who_answers_says_hello_first(cast: Cast) -> None:
    peer, partner = met(cast)

    assert peer.kinds() == ["hello"]
    assert peer.inbox()[0]["content"]["signing_key"] == partner.own_key.signing_key


def test_only_a_chief_of_the_zone_meets_confirms_and_ends(cast: Cast) -> None:
    _peer, partner = met(cast)

    for stranger in (cast.officer, cast.foreign_officer, cast.here.coordinator):
        with pytest.raises(NotAllowed):
            exchange.create_invitation(area=cast.zone, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            exchange.accept_invitation(invitation=Peer().invitation(), area=cast.zone, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            exchange.confirm_partner(partner=partner, words_agree=True, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            exchange.end_partner(partner=partner, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            outbox.export_letters(partner=partner, by=stranger, at=NOW)
        assert list(partners_in_scope(stranger, at=NOW)) == []
    assert list(partners_in_scope(cast.chief, at=NOW)) == [partner]


def test_words_that_nobody_compared_confirm_nothing(cast: Cast) -> None:
    _peer, partner = met(cast)

    with pytest.raises(refusals.WordsDiffer):
        exchange.confirm_partner(partner=partner, words_agree=False, by=cast.chief, at=NOW)
    exchange.confirm_partner(partner=partner, words_agree=True, by=cast.chief, at=NOW)
    with pytest.raises(WrongState):
        exchange.confirm_partner(partner=partner, words_agree=True, by=cast.chief, at=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_at": "2026-11-25T09:00:00+00:00"}, refusals.InvitationOver),
        ({"origin": "http://plp.elders.example"}, refusals.OriginRefused),
        ({"origin": "https://user@elders.example"}, refusals.OriginRefused),
        ({"origin": "https://elders.example:8443"}, refusals.OriginRefused),
        ({"origin": "https://10.0.0.1"}, refusals.OriginRefused),
        ({"version": "2"}, refusals.BadInvitation),
        ({"signing_key": "x"}, refusals.BadInvitation),
        ({"meeting": "no"}, refusals.BadInvitation),
        ({"name": "x" * 121}, refusals.BadInvitation),
        ({"name": "Zone\nBcc: everybody"}, refusals.BadInvitation),
    ],
)
def test_an_invitation_that_is_over_or_leads_elsewhere_is_refused(
    cast: Cast, changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        exchange.accept_invitation(invitation=Peer().invitation(**changes), area=cast.zone, by=cast.chief, at=NOW)

    assert not PartnerInstallation.objects.exists()


def test_an_invitation_is_used_once_and_never_by_whoever_wrote_it(cast: Cast) -> None:
    peer, _partner = met(cast)
    own = exchange.create_invitation(area=cast.zone, by=cast.chief, at=NOW)

    for text in (peer.invitation(), invitation_text_of(own)):
        with pytest.raises(refusals.InvitationOver):
            exchange.accept_invitation(invitation=text, area=cast.zone, by=cast.chief, at=NOW)


def test_an_answer_that_comes_after_a_week_or_from_another_key_is_refused(cast: Cast) -> None:
    peer, partner = invited(cast)
    late = NOW + timedelta(days=7)

    with pytest.raises(refusals.LetterForged):
        peer.send("hello", peer.hello(), sent_at=late, at=late, number=1)
    with pytest.raises(refusals.LetterForged):
        peer.send("hello", peer.hello(signing_key=new_key_pair().signing_key), number=1)
    with pytest.raises(refusals.LetterForged):
        peer.send("confirmed", number=1)
    partner.refresh_from_db()
    assert partner.state == PartnerState.INVITED


def test_a_second_answer_to_one_invitation_changes_nothing(cast: Cast) -> None:
    peer, partner = invited(cast)
    peer.send("hello", peer.hello())
    thief = Peer(pairing=peer.pairing)

    with pytest.raises(refusals.LetterForged):
        thief.send("hello", thief.hello())
    partner.refresh_from_db()
    assert partner.signing_key == peer.keys.signing_key


def test_new_keys_of_theirs_hold_once_the_old_key_signed_them(cast: Cast) -> None:
    peer, partner = connected(cast)
    old = peer.keys.signing_secret
    announcement = peer.new_keys()

    assert peer.send("keys", announcement, signing_secret=old) == LetterOutcome.TAKEN
    partner.refresh_from_db()
    assert (partner.signing_key, partner.recipient) == (peer.keys.signing_key, peer.keys.recipient)
    assert peer.send("offer", peer.offer()) == LetterOutcome.TAKEN
    with pytest.raises(refusals.LetterForged):
        peer.send("offer", peer.offer(), signing_secret=old)


def test_new_keys_without_the_old_one_or_without_proof_are_refused(cast: Cast) -> None:
    peer, partner = connected(cast)
    old, known = peer.keys.signing_secret, partner.signing_key
    announcement = peer.new_keys()

    with pytest.raises(refusals.LetterForged):
        peer.send("keys", announcement, number=peer.number + 1)
    stolen = announcement | {"signing_key": new_key_pair().signing_key}
    assert peer.send("keys", stolen, signing_secret=old) == LetterOutcome.NOT_UNDERSTOOD
    partner.refresh_from_db()
    assert partner.signing_key == known


def test_our_new_keys_are_told_under_the_old_one_and_letters_to_the_old_one_still_open(cast: Cast) -> None:
    peer, partner = connected(cast)
    before = OwnKey.objects.get()
    to_the_old = peer.letter("offer", peer.offer())

    after = exchange.renew_own_keys_and_announce(by=None, at=NOW)
    partner.refresh_from_db()
    letter = partner.letters.get(kind="keys")

    assert (letter.own_key, partner.own_key) == (before, after)
    assert peer.inbox()[0]["content"]["signing_key"] == after.signing_key
    assert exchange.receive_partner_letter(content=to_the_old, by=None, at=NOW) == LetterOutcome.TAKEN
    assert outbox.delete_retired_keys(at=NOW + timedelta(days=31)) == 0
    partner.letters.all().delete()
    assert outbox.delete_retired_keys(at=NOW + timedelta(days=31)) == 1


def test_who_lost_a_key_meets_anew_and_the_first_meeting_is_over(cast: Cast) -> None:
    _peer, first = connected(cast)
    _other, second = connected(cast)

    first.refresh_from_db()
    assert (first.state, second.state) == (PartnerState.ENDED, PartnerState.OPEN)


def test_an_end_is_told_and_nothing_more_is_taken(cast: Cast) -> None:
    peer, partner = connected(cast)

    exchange.end_partner(partner=partner, by=cast.chief, at=NOW)

    assert peer.kinds() == ["ended"]
    with pytest.raises(refusals.PartnerEnded):
        peer.send("offer", peer.offer())


def test_their_end_ends_it_here(cast: Cast) -> None:
    peer, partner = connected(cast)

    peer.send("ended")

    partner.refresh_from_db()
    assert partner.state == PartnerState.ENDED
    assert peer.kinds() == []


def test_the_reader_of_the_register_meets_for_the_register_whoever_invites(cast: Cast) -> None:
    reader, country = person("Rita Lectrice"), Area.objects.get(path="be/")
    hold(reader, Role.FEDERAL, country)

    asked = exchange.accept_invitation(invitation=Peer().invitation(), area=country, by=reader, at=NOW)
    asking = Peer().invitation(purpose="register")
    answered = exchange.accept_invitation(invitation=asking, area=cast.zone, by=cast.chief, at=NOW)

    assert (asked.purpose, answered.purpose) == ("register", "register")
    with pytest.raises(refusals.BadInvitation):
        exchange.accept_invitation(invitation=Peer().invitation(purpose="register"), area=country, by=reader, at=NOW)
