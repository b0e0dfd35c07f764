"""A message goes beyond the installation: offered once released, taken over the usual way, corrected, withdrawn."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch
from plp.exchange import actions as exchange
from plp.exchange import queries, refusals
from plp.exchange.models import SupralocalOffer
from plp.exchange.states import LetterOutcome
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.states import State
from plp.toolbox.moves import WrongState
from tests.exchange.peer import Peer, connected, met
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import describe_notice
from tests.notices.test_notices import drafted, let_go

pytestmark = pytest.mark.django_db


def offered(cast: Cast) -> tuple[Peer, Notice]:
    """A message of ours that was released and offered."""
    peer, partner = connected(cast)
    lead = drafted(cast, "alarm")
    assert exchange.set_offer_partners(notice=lead, partners=[partner], by=cast.officer, at=NOW) == 1
    assert exchange.update_offers_and_queue_letters(by=None, at=NOW) == 0
    notices.submit_notice_for_release(notice=lead, by=cast.officer, at=NOW)
    let_go(lead, cast)
    assert exchange.update_offers_and_queue_letters(by=None, at=NOW) == 1
    return peer, lead


def received(cast: Cast) -> tuple[Peer, SupralocalOffer]:
    """A message of theirs that waits here."""
    peer, _partner = connected(cast)
    assert peer.send("offer", peer.offer()) == LetterOutcome.TAKEN
    return peer, SupralocalOffer.objects.get()


def accepted(cast: Cast) -> tuple[Peer, SupralocalOffer, Notice]:
    """It became a draft here."""
    peer, offer = received(cast)
    notice = exchange.accept_offer_and_draft_notice(
        offer=offer, partnerships=[cast.here.partnership], by=cast.officer, at=NOW
    )
    return peer, offer, notice


def relayed(notice: Notice, cast: Cast) -> None:
    """Completed, offered, released by the second officer, passed on by the coordinator."""
    describe_notice(notice, cast, expires_at=notice.expires_at)
    for language in ("fr", "nl"):
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title="Vols", core="Fermez.", more="", by=cast.officer, at=NOW
        )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    let_go(notice, cast)
    notice.refresh_from_db()
    if notice.state == State.RELEASED:
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)


def test_a_released_message_is_offered_once_with_its_words_and_without_a_name(cast: Cast) -> None:
    peer, lead = offered(cast)

    again = exchange.update_offers_and_queue_letters(by=None, at=NOW)

    content = peer.inbox()[0]["content"]
    assert again == 0
    assert content["message_kind"] == "alarm"
    assert set(content["texts"]["fr"]) == {"title", "core", "more"}
    assert cast.officer.name not in str(peer.inbox())
    assert queries.offers_of(lead).get().state == "offered"


def test_only_connected_installations_are_chosen_by_who_writes(cast: Cast) -> None:
    _peer, partner = met(cast)
    lead = drafted(cast, "alarm")

    with pytest.raises(refusals.NotConnected):
        exchange.set_offer_partners(notice=lead, partners=[partner], by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        exchange.set_offer_partners(notice=lead, partners=[], by=cast.foreign_officer, at=NOW)


def test_answers_and_counts_come_back(cast: Cast) -> None:
    peer, lead = offered(cast)
    key = peer.inbox()[0]["content"]["offer"]

    peer.send("accepted", {"offer": key, "partnerships": 2})
    peer.send("outcome", {"offer": key, "partnerships": 2, "reached": 61})

    offer = queries.offers_of(lead).get()
    assert (offer.state, offer.partnerships, offer.reached) == ("accepted", 2, 61)
    assert peer.send("accepted", {"offer": key, "partnerships": 2}) == LetterOutcome.NOT_UNDERSTOOD


def test_a_refusal_comes_back_with_its_reason(cast: Cast) -> None:
    peer, lead = offered(cast)

    peer.send("refused", {"offer": peer.inbox()[0]["content"]["offer"], "because": "Rien de tel ici."})

    offer = queries.offers_of(lead).get()
    assert (offer.state, offer.because) == ("refused", "Rien de tel ici.")


def test_what_is_stopped_here_is_taken_back_there(cast: Cast) -> None:
    peer, lead = offered(cast)

    notices.retract_notice_everywhere(notice=lead, by=cast.officer, at=NOW)
    exchange.update_offers_and_queue_letters(by=None, at=NOW)

    assert peer.kinds() == ["offer", "withdrawn"]


def test_what_merely_ended_here_is_not_taken_back_there(cast: Cast) -> None:
    peer, lead = offered(cast)
    peer.send("accepted", {"offer": peer.inbox()[0]["content"]["offer"], "partnerships": 1})

    notices.expire_or_withdraw_notices(by=None, at=NOW + timedelta(hours=4))
    exchange.update_offers_and_queue_letters(by=None, at=NOW + timedelta(hours=4))

    lead.refresh_from_db()
    assert (lead.state, peer.kinds(), queries.offers_of(lead).get().state) == (State.EXPIRED, ["offer"], "accepted")


def test_a_correction_follows_its_message(cast: Cast) -> None:
    peer, lead = offered(cast)
    notices.relay_notice_to_members(notice=lead, by=cast.here.coordinator, at=NOW)
    lead.refresh_from_db()

    correction = drafted(cast, "alarm", corrects=lead)
    notices.submit_notice_for_release(notice=correction, by=cast.officer, at=NOW)
    let_go(correction, cast)
    exchange.update_offers_and_queue_letters(by=None, at=NOW)

    first, second = (body["content"] for body in peer.inbox())
    assert (first["corrects"], second["corrects"]) == (None, first["offer"])


def test_an_offer_waits_for_the_police_here_and_tells_them(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@example.org")
    _peer, offer = received(cast)

    assert list(queries.offers_to_answer(cast.officer, at=NOW)) == [offer]
    assert list(queries.offers_to_answer(cast.foreign_officer, at=NOW)) == []
    assert list(queries.offers_to_answer(cast.here.coordinator, at=NOW)) == []
    assert Dispatch.objects.filter(message__purpose="exchange.offered").count() == 1
    assert not Notice.objects.exists()


def test_an_accepted_offer_is_a_draft_of_ours_that_goes_the_usual_way(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    peer, offer, notice = accepted(cast)

    assert (notice.state, notice.author, notice.keeps_secrecy) == (State.DRAFT, cast.officer, False)
    assert notice.texts.get().more == "Merci.\n\nUn message de : Zone Elders."
    assert peer.kinds() == ["accepted"]
    relayed(notice, cast)
    exchange.update_offers_and_queue_letters(by=None, at=NOW)
    exchange.update_offers_and_queue_letters(by=None, at=NOW)
    assert peer.kinds() == ["accepted", "outcome"]
    assert peer.inbox()[1]["content"] == {"offer": str(offer.key), "partnerships": 1, "reached": None}


def test_who_accepted_cannot_release_it(cast: Cast) -> None:
    _peer, _offer, notice = accepted(cast)

    assert notice.writers.filter(person=cast.officer).exists()


def test_several_neighbourhoods_get_it_as_copies(cast: Cast) -> None:
    _peer, offer = received(cast)
    chosen = [cast.here.partnership, cast.next_door.partnership]

    notice = exchange.accept_offer_and_draft_notice(offer=offer, partnerships=chosen, by=cast.officer, at=NOW)

    assert [passing.partnership for passing in notice.forwardings.all()] == [cast.next_door.partnership]


def test_a_stranger_neither_accepts_nor_refuses(cast: Cast) -> None:
    _peer, offer = received(cast)

    with pytest.raises(NotAllowed):
        exchange.accept_offer_and_draft_notice(
            offer=offer, partnerships=[cast.here.partnership], by=cast.foreign_officer, at=NOW
        )
    with pytest.raises(NotAllowed):
        exchange.refuse_offer(offer=offer, because="Rien de tel ici.", by=cast.foreign_officer, at=NOW)
    with pytest.raises(refusals.NothingChosen):
        exchange.accept_offer_and_draft_notice(offer=offer, partnerships=[], by=cast.officer, at=NOW)
    offer.refresh_from_db()
    assert offer.state == "offered"


def test_a_refusal_has_a_reason_and_is_told(cast: Cast) -> None:
    peer, offer = received(cast)

    with pytest.raises(refusals.OfferReasonMissing):
        exchange.refuse_offer(offer=offer, because="non", by=cast.officer, at=NOW)
    exchange.refuse_offer(offer=offer, because="Rien\nde tel ici.", by=cast.officer, at=NOW)

    assert peer.inbox()[0]["content"] == {"offer": str(offer.key), "because": "Rien de tel ici."}
    with pytest.raises(WrongState):
        exchange.accept_offer_and_draft_notice(
            offer=offer, partnerships=[cast.here.partnership], by=cast.officer, at=NOW
        )


def test_a_draft_that_is_dropped_is_told_as_refused(cast: Cast) -> None:
    peer, _offer, notice = accepted(cast)

    notices.drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
    exchange.update_offers_and_queue_letters(by=None, at=NOW)

    assert peer.kinds() == ["accepted", "refused"]


def test_a_withdrawal_ends_an_offer_and_waits_for_a_human_where_it_is_used(cast: Cast) -> None:
    peer, offer, notice = accepted(cast)
    unread = peer.offer()
    peer.send("offer", unread)

    peer.send("withdrawn", {"offer": str(offer.key)})
    peer.send("withdrawn", {"offer": unread["offer"]})

    assert list(queries.withdrawn_offers_with_live_notice(cast.officer, at=NOW)) == [offer]
    assert list(queries.withdrawn_offers_with_live_notice(cast.foreign_officer, at=NOW)) == []
    assert list(queries.offers_to_answer(cast.officer, at=NOW)) == []
    notices.drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
    assert list(queries.withdrawn_offers_with_live_notice(cast.officer, at=NOW)) == []


def test_a_correction_of_theirs_corrects_what_was_relayed(cast: Cast) -> None:
    peer, offer, notice = accepted(cast)
    relayed(notice, cast)

    peer.send("offer", peer.offer(corrects=str(offer.key)))
    second = SupralocalOffer.objects.get(corrects=offer)
    correction = exchange.accept_offer_and_draft_notice(offer=second, partnerships=[], by=cast.officer, at=NOW)

    assert (correction.corrects, correction.partnership) == (notice, cast.here.partnership)


def test_a_correction_of_theirs_takes_the_place_of_what_did_not_leave(cast: Cast) -> None:
    peer, offer, notice = accepted(cast)

    peer.send("offer", peer.offer(corrects=str(offer.key)))
    second = SupralocalOffer.objects.get(corrects=offer)
    exchange.accept_offer_and_draft_notice(offer=second, partnerships=[cast.here.partnership], by=cast.officer, at=NOW)

    notice.refresh_from_db()
    assert notice.state == State.DROPPED


def test_a_correction_of_an_offer_that_nobody_read_stands_in_its_place(cast: Cast) -> None:
    peer, offer = received(cast)

    peer.send("offer", peer.offer(corrects=str(offer.key)))

    waiting = queries.offers_to_answer(cast.officer, at=NOW)
    assert [one.corrects for one in waiting] == [offer]


def test_what_nobody_answers_is_over_at_its_end_on_both_sides(cast: Cast) -> None:
    peer, offer = received(cast)
    later = NOW + timedelta(days=1)

    exchange.update_offers_and_queue_letters(by=None, at=later)
    peer.send("offer", peer.offer(), sent_at=later, at=later)

    offer.refresh_from_db()
    assert offer.state == "late"
    assert set(SupralocalOffer.objects.values_list("state", flat=True)) == {"late"}


def test_offers_of_another_meeting_are_not_theirs_to_change(cast: Cast) -> None:
    _peer, lead = offered(cast)
    other = Peer()
    stranger = exchange.accept_invitation(
        invitation=other.invitation(origin="https://plp.third.example"), area=cast.zone, by=cast.chief, at=NOW
    )
    exchange.confirm_partner(partner=stranger, words_agree=True, by=cast.chief, at=NOW)
    other.send("confirmed")

    key = queries.offers_of(lead).get().key
    assert other.send("refused", {"offer": str(key), "because": ""}) == LetterOutcome.NOT_UNDERSTOOD
    assert queries.offers_of(lead).get().state == "offered"
