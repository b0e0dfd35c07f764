"""One text for several partnerships: at once in the own zone, by consent in another (R55, R120)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plp.charter.models import CommunicationPlan
from plp.charter.queries import required_plan_rule
from plp.charter.queries.plan import NoPlan
from plp.delivery.installed import channels
from plp.delivery.models import Dispatch
from plp.delivery.texts import strip_slots
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.copies import message_texts_by_channel_and_language
from plp.notices.models import Forwarding, Notice
from plp.notices.queries import notices_owing_feedback_by_person, reach, title_core_and_more_by_language
from plp.notices.states import ForwardingState, State
from plp.places.models import Area
from plp.toolbox.moves import WrongState
from plp.wording.length import count_segments
from tests.factories.cast import NOW, Cast, contact, hold, member
from tests.factories.notices import describe_notice
from tests.notices.test_notices import drafted, let_go

pytestmark = pytest.mark.django_db


def spread(cast: Cast, **origin: Notice) -> Notice:
    """Written here, chosen for next door and abroad, released by the second officer."""
    lead = drafted(cast, "feedback" if "answers" in origin else "alarm", **origin)
    if not origin:
        others = [cast.next_door.partnership, cast.abroad.partnership]
        assert notices.set_other_partnerships_of_draft(notice=lead, partnerships=others, by=cast.officer, at=NOW) == 2
    notices.submit_notice_for_release(notice=lead, by=cast.officer, at=NOW)
    return let_go(lead, cast)


def passing(lead: Notice, cast: Cast) -> Forwarding:
    return lead.forwardings.get(partnership=cast.abroad.partnership)


def accept(lead: Notice, cast: Cast, **changes: object) -> Notice:
    given = {"text_hash": lead.text_hash, "proven_at": NOW, "by": cast.foreign_officer, "at": NOW, **changes}
    return notices.accept_takeover_and_release_copy(forwarding=passing(lead, cast), **given)


def test_own_quarters_get_it_at_once_another_zone_is_asked(cast: Cast) -> None:
    contact(cast.foreign_officer, "email", "dirk@example.org")

    lead = spread(cast)

    copy = lead.copies.get()
    assert (copy.partnership, copy.state, copy.text_hash) == (
        cast.next_door.partnership,
        State.RELEASED,
        lead.text_hash,
    )
    assert copy.release.by == cast.second_officer
    assert passing(lead, cast).state == ForwardingState.ASKED
    assert [one.lead for one in reach.takeovers_to_answer(cast.foreign_officer, at=NOW)] == [lead]
    assert list(reach.takeovers_to_answer(cast.officer, at=NOW)) == []
    assert Dispatch.objects.filter(message__purpose="notices.to_accept").count() == 1


def test_each_coordinator_relays_to_their_own_members(cast: Cast) -> None:
    people = [
        contact(member(place.partnership, name), "email", f"{name[:3]}@example.org")
        for place, name in ((cast.here, "Ann Un"), (cast.next_door, "Bob Deux"), (cast.abroad, "Cem Trois"))
    ]
    lead = spread(cast)
    taken = accept(lead, cast)

    for notice, place in ((lead, cast.here), (lead.copies.get(partnership=cast.next_door.partnership), cast.next_door)):
        with pytest.raises(NotAllowed):
            notices.relay_notice_to_members(notice=notice, by=cast.abroad.coordinator, at=NOW)
        notices.relay_notice_to_members(notice=notice, by=place.coordinator, at=NOW)
    notices.relay_notice_to_members(notice=taken, by=cast.abroad.coordinator, at=NOW)

    sent = Dispatch.objects.filter(message__purpose="notice.alarm")
    assert sorted(row.contact_id for row in sent) == sorted(one.pk for one in people)


def test_every_copy_of_a_message_of_another_zone_says_which_quarter_it_is_about(cast: Cast) -> None:
    taken = accept(spread(cast), cast)
    rule = replace(required_plan_rule(taken.partnership, "alarm", at=NOW), channels=tuple(channels()))
    words = title_core_and_more_by_language(taken) | {
        "fr": ("Vol", "Mot. " * 38, "")
    }  # 190 letters: what a composed text takes at most

    copies = [
        copy for copy in message_texts_by_channel_and_language(taken, rule, words, at=NOW) if copy.language == "fr"
    ]

    short = {key for key, channel in channels().items() if channel.abilities.max_length is not None}
    said = {copy.channel: " ".join(strip_slots(copy.body).split()) for copy in copies}
    assert {key for key in short if not said[key].startswith("Police, PLP Malmedy (concerne Haren): ")} == set()
    assert count_segments(said["sms"]).segments == 2
    whole = "Ce message vient de la police de Zone Un et concerne Haren."
    assert {key for key in said.keys() - short if whole not in said[key]} == set()


def test_the_receiving_officer_needs_the_right_the_proof_and_the_text_that_was_read(cast: Cast) -> None:
    lead = spread(cast)

    with pytest.raises(NotAllowed):
        accept(lead, cast, by=cast.officer)
    with pytest.raises(refusals.NotProven):
        accept(lead, cast, proven_at=NOW - timedelta(minutes=6))
    with pytest.raises(refusals.TextChanged):
        accept(lead, cast, text_hash="0" * 64)
    accept(lead, cast)
    with pytest.raises(WrongState):
        accept(lead, cast)
    assert lead.copies.count() == 2


def test_whoever_wrote_it_does_not_take_it_over_for_another_zone(cast: Cast) -> None:
    lead = spread(cast)
    hold(cast.officer, Role.OFFICER, Area.objects.get(path="be/z10/"))

    with pytest.raises(refusals.SamePerson):
        accept(lead, cast, by=cast.officer)

    assert passing(lead, cast).state == ForwardingState.ASKED


def test_a_refusal_has_a_reason_that_the_author_reads(cast: Cast) -> None:
    lead = spread(cast)
    about = {"forwarding": passing(lead, cast), "at": NOW}

    with pytest.raises(NotAllowed):
        notices.decline_takeover_with_reason(because="Hier wurde nichts gemeldet", by=cast.officer, **about)
    with pytest.raises(refusals.ReasonTooShort):
        notices.decline_takeover_with_reason(because="nein", by=cast.foreign_officer, **about)
    notices.decline_takeover_with_reason(because="Hier wurde nichts gemeldet", by=cast.foreign_officer, **about)

    found = reach.declined_takeovers_of_author(cast.officer, at=NOW, since=NOW - timedelta(days=1))
    assert [one.because for one in found] == ["Hier wurde nichts gemeldet"]
    with pytest.raises(WrongState):
        accept(lead, cast)


def test_stopping_stops_every_copy_and_closes_what_was_asked(cast: Cast) -> None:
    contact(member(cast.next_door.partnership, "Bob Deux"), "email", "bob@example.org")
    lead = spread(cast)
    copy = lead.copies.get()
    notices.relay_notice_to_members(notice=copy, by=cast.next_door.coordinator, at=NOW)

    assert notices.retract_notice_everywhere(notice=lead, by=cast.officer, at=NOW) == 1

    copy.refresh_from_db()
    assert (copy.state, passing(lead, cast).state) == (State.RETRACTED, ForwardingState.WITHDRAWN)
    with pytest.raises(WrongState):
        accept(lead, cast)


def test_a_correction_follows_every_copy_to_those_it_reached(cast: Cast) -> None:
    reached = contact(member(cast.abroad.partnership, "Cem Trois"), "email", "cem@example.org")
    lead = spread(cast)
    taken = accept(lead, cast)
    notices.relay_notice_to_members(notice=lead, by=cast.here.coordinator, at=NOW)
    notices.relay_notice_to_members(notice=taken, by=cast.abroad.coordinator, at=NOW)
    Dispatch.objects.filter(contact=reached).update(state="accepted")

    correction = spread(cast, corrects=lead)

    there = correction.copies.get()
    assert (there.partnership, there.state, there.corrects) == (cast.abroad.partnership, State.RELAYED, taken)
    assert [copy.contact for copy in there.relay.message.dispatches.all()] == [reached]


def test_feedback_is_asked_for_in_another_zone_as_its_message_was(cast: Cast) -> None:
    lead = spread(cast)
    taken = accept(lead, cast)
    for notice, place in ((lead, cast.here), (taken, cast.abroad)):
        notices.relay_notice_to_members(notice=notice, by=place.coordinator, at=NOW)

    notices.relay_notice_to_members(
        notice=lead.copies.get(partnership=cast.next_door.partnership), by=cast.next_door.coordinator, at=NOW
    )
    assert [notice for notice, _at in notices_owing_feedback_by_person(cast.officer, at=NOW)] == [lead]

    feedback = spread(cast, answers=lead)

    asked = feedback.forwardings.get(partnership=cast.abroad.partnership)
    assert (asked.partnership, asked.state, asked.origin) == (cast.abroad.partnership, ForwardingState.ASKED, taken)
    copy = notices.accept_takeover_and_release_copy(
        forwarding=asked, text_hash=feedback.text_hash, proven_at=NOW, by=cast.foreign_officer, at=NOW
    )
    assert copy.answers == taken


def test_only_drafts_and_quarters_at_work_with_a_plan_can_be_chosen(cast: Cast) -> None:
    lead = spread(cast)
    about = {"by": cast.officer, "at": NOW}

    with pytest.raises(WrongState):
        notices.set_other_partnerships_of_draft(notice=lead, partnerships=[], **about)
    other = drafted(cast)
    with pytest.raises(NotAllowed):
        notices.set_other_partnerships_of_draft(
            notice=other, partnerships=[cast.next_door.partnership], by=cast.foreign_officer, at=NOW
        )
    CommunicationPlan.objects.filter(partnership=cast.abroad.partnership).update(state="superseded", in_force_until=NOW)
    with pytest.raises(NoPlan):
        notices.set_other_partnerships_of_draft(notice=other, partnerships=[cast.abroad.partnership], **about)
    assert list(reach.quarters_taking_outside_messages(cast.abroad.area)) == []
    cast.next_door.partnership.state = "resting"
    with pytest.raises(refusals.NotAtWork):
        notices.set_other_partnerships_of_draft(notice=other, partnerships=[cast.next_door.partnership], **about)


def test_a_message_with_a_gap_does_not_leave(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="prevention", by=cast.officer, at=NOW
    )
    describe_notice(notice, cast)
    notices.fill_empty_languages_from_catalogue(notice=notice, subject="burglary", by=cast.officer, at=NOW)

    with pytest.raises(refusals.HasGap) as refused:
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    assert "[jour]" in refused.value.in_words()
    assert sorted(row.language for row in notice.texts.all()) == ["fr", "nl"]


def test_quarters_beside_are_those_within_a_mile_or_of_the_same_municipality(cast: Cast) -> None:
    here, others = cast.here.partnership, [cast.next_door.partnership, cast.abroad.partnership]
    assert reach.neighbouring_quarters(here, others) == [cast.next_door.partnership]

    for place, west in ((here, 4.40), (others[0], 4.50), (others[1], 4.42)):
        ring = [[west, 50.88], [west + 0.01, 50.88], [west + 0.01, 50.89], [west, 50.88]]
        place.area.boundary = {"type": "Polygon", "coordinates": [ring]}

    assert reach.neighbouring_quarters(here, others) == [cast.abroad.partnership]


def test_what_is_not_answered_in_time_can_no_longer_be_taken_over(cast: Cast) -> None:
    lead = spread(cast)
    late = NOW + timedelta(hours=4)  # the longest life of an alarm

    assert list(reach.takeovers_to_answer(cast.foreign_officer, at=late)) == []
    with pytest.raises(refusals.AlreadyExpired):
        accept(lead, cast, at=late, proven_at=late)
    assert notices.close_expired_takeover_requests(by=None, at=late - timedelta(seconds=1)) == 0
    assert (
        notices.close_expired_takeover_requests(by=None, at=late),
        notices.close_expired_takeover_requests(by=None, at=late),
    ) == (
        1,
        0,
    )
    assert passing(lead, cast).state == ForwardingState.LATE


def test_a_letter_in_another_zone_says_whose_message_it_is_and_what_it_is_about(cast: Cast) -> None:
    contact(member(cast.abroad.partnership, "Eva Elders", "nl"), "paper", "Dorp 1, 1502 Lembeek")
    contact(member(cast.next_door.partnership, "Dora Next", "nl"), "paper", "Rue 1, 1130 Bruxelles")
    lead = spread(cast)
    copy = accept(lead, cast)
    notices.relay_notice_to_members(notice=copy, by=cast.abroad.coordinator, at=NOW)
    near = lead.copies.get(partnership=cast.next_door.partnership)
    notices.relay_notice_to_members(notice=near, by=cast.next_door.coordinator, at=NOW)

    letters = [one.relay.message.texts.get(channel="paper", language="nl").body for one in (copy, near)]

    quarter = cast.here.partnership.name("nl")
    assert [f"en gaat over {quarter}." in letter for letter in letters] == [True, False]
    assert letters[0].startswith("Dit bericht komt van de politie van ")


def test_an_expired_message_asks_nobody_any_more_and_its_living_copies_can_be_stopped(cast: Cast) -> None:
    lead = spread(cast)
    copy = lead.copies.get()
    notices.relay_notice_to_members(notice=copy, by=cast.next_door.coordinator, at=NOW)
    late = NOW + timedelta(hours=4)

    notices.expire_or_withdraw_notices(by=None, at=late)
    asked = passing(lead, cast).state
    notices.retract_notice_everywhere(notice=lead, by=cast.officer, at=late)

    copy.refresh_from_db()
    assert (asked, copy.state, lead.state) == (ForwardingState.WITHDRAWN, State.RETRACTED, State.RETRACTED)


def test_an_expired_message_without_living_copies_is_not_stopped(cast: Cast) -> None:
    lead = spread(cast)
    late = NOW + timedelta(hours=4)
    notices.expire_or_withdraw_notices(by=None, at=late)

    with pytest.raises(WrongState):
        notices.retract_notice_everywhere(notice=lead, by=cast.officer, at=late)
