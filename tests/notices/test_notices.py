"""A notice on its way: check, release by a second person, relay, retract, correct."""

import json
from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.delivery.texts import strip_slots
from plp.journal.queries import verify_journal
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, permitted_areas
from plp.notices import actions as notices
from plp.notices import queries, refusals
from plp.notices.exports import notice_as_json
from plp.notices.models import Notice, NoticeText, ReplyCode
from plp.notices.states import State
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.wording.length import count_segments
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.firms import among_traders
from tests.factories.notices import describe_notice, drafted_notice

pytestmark = pytest.mark.django_db
CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."
KERN = "Twee personen in donkere werkkledij bellen aan in de Verdunstraat rond 14.30 uur. Sluit uw deur."


def drafted(cast: Cast, kind: str = "alarm", **origin: Notice) -> Notice:
    """A draft in French and Dutch, ready to be submitted."""
    return drafted_notice(cast, {"fr": ("Vol par ruse", CORE), "nl": ("Diefstal met list", KERN)}, kind=kind, **origin)


def submitted(cast: Cast, kind: str = "alarm", **origin: Notice) -> Notice:
    """A notice that waits for its release."""
    notice = drafted(cast, kind, **origin)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    return notice


def let_go(notice: Notice, cast: Cast) -> Notice:
    """Release by the second officer, with fresh proof."""
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )
    notice.refresh_from_db()
    return notice


def test_the_whole_way_reaches_every_member_in_their_language(cast: Cast) -> None:
    for name, language, channel, address in (
        ("Ann Un", "fr", "email", "ann@example.org"),
        ("Bob Twee", "nl", "sms", "+32470000002"),
        ("Cem Drei", "de", "email", "cem@example.org"),
    ):
        contact(member(cast.here.partnership, name, language), channel, address)
    contact(member(cast.next_door.partnership, "Dora Next"), "email", "dora@example.org")

    notice = let_go(submitted(cast), cast)
    queued = notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    copies = Dispatch.objects.filter(message=notice.relay.message).order_by("language")
    assert (queued, [(copy.channel, copy.language) for copy in copies]) == (
        3,
        [("email", "de"), ("email", "fr"), ("sms", "nl")],
    )
    german = MessageText.objects.get(message=notice.relay.message, channel="email", language="de").body
    assert CORE in german
    assert "nicht auf Deutsch" in german
    assert verify_journal().flaws == ()


def test_a_short_text_says_who_speaks_and_whom_to_phone(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    short = MessageText.objects.get(message=notice.relay.message, channel="sms", language="fr").body

    assert short.startswith(f"Police, PLP Haren: {CORE.replace('ê', 'e')}")
    assert "101" in short


def test_an_sms_is_spelled_so_that_it_costs_one_alphabet_and_nothing_else_is(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    texts = dict(MessageText.objects.filter(message=notice.relay.message, language="fr").values_list("channel", "body"))

    assert count_segments(strip_slots(texts["sms"])).alphabet == "gsm7"
    assert "vêtements" in texts["email"]
    assert "vêtements" in texts["webpush"]


def test_only_the_police_of_the_zone_write(cast: Cast) -> None:
    for stranger in (cast.here.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            notices.create_notice_draft(
                partnership=cast.here.partnership, kind="alarm", reason="threat", by=stranger, at=NOW
            )


@pytest.mark.parametrize(
    ("core", "refusal"),
    [
        ("", refusals.NoText),
        ("x" * 321, refusals.TooLong),
        ("Suivez la camionnette et bloquez le chauffeur.", refusals.HasFindings),
        ("La plaque est 1-ABC-123.", refusals.HasFindings),
    ],
    ids=["nothing", "too long", "pursuit", "plate"],
)
def test_what_may_not_leave_is_not_submitted(cast: Cast, core: str, refusal: type[Exception]) -> None:
    notice = drafted(cast)
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vol", core=core, more="", by=cast.officer, at=NOW
    )

    with pytest.raises(refusal):
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)


@pytest.mark.parametrize("title", ["Cambriolage rue de la Gare", "Attention à Marc Dupont"])
def test_the_words_of_one_field_hide_no_name_in_another(cast: Cast, title: str) -> None:
    notice = drafted(cast)
    core = "Police locale : Marc Dupont est recherché." if "Dupont" not in title else "Police locale : restez prudents."
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title=title, core=core, more="", by=cast.officer, at=NOW
    )

    assert "Marc Dupont" in [
        one.finding.excerpt
        for one in queries.check_texts_in_every_language(notice, queries.title_core_and_more_by_language(notice))
    ]


def test_an_officer_lets_a_finding_pass_with_a_reason_bound_to_the_words(cast: Cast) -> None:
    notice = drafted(cast)
    core = "La plaque est 1-ABC-123."
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vol", core=core, more="", by=cast.officer, at=NOW
    )
    about = {"notice": notice, "language": "fr", "rule": "number_plate", "by": cast.officer, "at": NOW}
    found = next(
        one
        for one in queries.check_texts_in_every_language(notice, queries.title_core_and_more_by_language(notice))
        if one.finding.rule == "number_plate"
    )

    with pytest.raises(refusals.ReasonTooShort):
        notices.save_override_of_finding_with_reason(**about, excerpt=found.finding.excerpt, reason="ok")
    notices.save_override_of_finding_with_reason(
        **about, excerpt=found.finding.excerpt, reason="Demande écrite du parquet"
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    assert notice.state == State.SUBMITTED


def test_ethnic_profiling_has_no_override(cast: Cast) -> None:
    with pytest.raises(refusals.NoOverride):
        notices.save_override_of_finding_with_reason(
            notice=drafted(cast), language="fr", rule="ethnic_profiling", excerpt="x", reason="parce que je veux",
            by=cast.officer, at=NOW,
        )  # fmt: skip


def test_secrecy_reference_and_origin_are_asked_for(cast: Cast) -> None:
    secret = drafted(cast)
    describe_notice(secret, cast, keeps_secrecy=False)
    with pytest.raises(refusals.SecrecyNotConfirmed):
        notices.submit_notice_for_release(notice=secret, by=cast.officer, at=NOW)
    with pytest.raises(refusals.NeedsReference):
        notices.submit_notice_for_release(notice=drafted(cast, "missing_person"), by=cast.officer, at=NOW)
    with pytest.raises(refusals.NeedsOrigin):
        notices.submit_notice_for_release(notice=drafted(cast, "feedback"), by=cast.officer, at=NOW)


def test_the_author_cannot_release_nor_can_a_second_hand_in_the_text(cast: Cast) -> None:
    notice = drafted(cast)
    notices.write_text_and_drop_composition(
        notice=notice, language="nl", title="L", core=KERN, more="", by=cast.second_officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    for writer in (cast.officer, cast.second_officer):
        with pytest.raises(refusals.SamePerson):
            notices.release_text_as_second_person(
                notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=writer, at=NOW
            )
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.chief, at=NOW
    )

    assert Notice.objects.get().state == State.RELEASED


@pytest.mark.parametrize("age", [None, timedelta(minutes=6), timedelta(minutes=-1)], ids=["none", "old", "future"])
def test_a_release_needs_fresh_proof(cast: Cast, age: timedelta | None) -> None:
    notice = submitted(cast)
    proven = NOW - age if age is not None else None

    with pytest.raises(refusals.NotProven):
        notices.release_text_as_second_person(
            notice=notice, text_hash=notice.text_hash, proven_at=proven, by=cast.second_officer, at=NOW
        )


def test_another_text_than_the_one_read_cannot_be_released(cast: Cast) -> None:
    notice = submitted(cast)

    with pytest.raises(refusals.TextChanged):
        notices.release_text_as_second_person(
            notice=notice, text_hash="0" * 64, proven_at=NOW, by=cast.second_officer, at=NOW
        )


def test_a_text_changed_behind_the_release_cannot_leave(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)
    NoticeText.objects.filter(notice=notice, language="fr").update(core="Autre chose")

    with pytest.raises(refusals.TextChanged):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    assert Dispatch.objects.filter(message__purpose="notice.alarm").count() == 0


def test_nobody_else_relays_and_nobody_relays_twice(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)

    for stranger in (cast.next_door.coordinator, cast.here.deputy, cast.officer):
        with pytest.raises(NotAllowed):
            notices.relay_notice_to_members(notice=notice, by=stranger, at=NOW)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    with pytest.raises(WrongState):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)


def test_an_expired_notice_is_not_sent(cast: Cast) -> None:
    notice = drafted(cast)
    describe_notice(notice, cast, expires_at=NOW + timedelta(minutes=30))
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notice = let_go(notice, cast)
    late = NOW + timedelta(minutes=31)

    with pytest.raises(refusals.AlreadyExpired):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=late)
    ended = notices.expire_or_withdraw_notices(by=None, at=late)

    notice.refresh_from_db()
    assert (ended, notice.state) == (1, State.EXPIRED)


def test_the_end_of_an_alarm_counts_from_its_release_however_late_it_is_relayed(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    early, late = (let_go(submitted(cast), cast) for _ in range(2))
    ends = NOW + timedelta(hours=4)
    exported = [json.loads(notice_as_json(early, at=NOW + timedelta(minutes=m)))["expires_at"] for m in (0, 9)]

    notices.relay_notice_to_members(notice=early, by=cast.here.coordinator, at=ends - timedelta(minutes=1))
    with pytest.raises(refusals.AlreadyExpired):
        notices.relay_notice_to_members(notice=late, by=cast.here.coordinator, at=ends)

    early.refresh_from_db()
    assert [queries.time_notice_ends(one, at=ends) for one in (late, early)] == [ends, ends]
    assert exported == [local(ends).isoformat(timespec="seconds")] * 2
    assert set(ReplyCode.objects.filter(notice=late).values_list("expires_at", flat=True)) == {ends}


def test_an_alarm_that_has_ended_or_was_stopped_is_not_said_again(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    alarm, advice = (let_go(submitted(cast, kind), cast) for kind in ("alarm", "advice"))
    for notice in (alarm, advice):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    ends = NOW + timedelta(hours=4)
    drafts = [drafted(cast, kind) for kind in ("alarm", "advice")]

    running = queries.may_sent_notice_be_repeated(alarm, at=ends - timedelta(minutes=1))
    with pytest.raises(refusals.AlreadyExpired):
        notices.fill_draft_from_sent_notice(notice=drafts[0], origin=alarm, by=cast.officer, at=ends)
    notices.fill_draft_from_sent_notice(notice=drafts[1], origin=advice, by=cast.officer, at=ends)
    notices.retract_notice_everywhere(notice=alarm, by=cast.officer, at=NOW)

    assert (running, queries.may_sent_notice_be_repeated(alarm, at=NOW)) == (True, False)


def test_what_nobody_relayed_in_time_expires_by_itself(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)
    ends = NOW + timedelta(hours=4)

    ended = [notices.expire_or_withdraw_notices(by=None, at=at) for at in (ends - timedelta(seconds=1), ends, ends)]

    notice.refresh_from_db()
    assert (ended, notice.state) == ([0, 1, 0], State.EXPIRED)


def test_retracting_stops_what_has_not_left(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    stopped = notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)

    assert stopped == 1
    assert [copy.state for copy in notice.relay.message.dispatches.all()] == ["stopped"]


def test_a_correction_goes_to_exactly_those_reached(cast: Cast) -> None:
    reached = contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    contact(member(cast.here.partnership, "Bob Deux"), "email", "bob@example.org")
    first = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=first, by=cast.here.coordinator, at=NOW)
    Dispatch.objects.filter(message=first.relay.message, contact=reached).update(state="accepted")
    notices.retract_notice_everywhere(notice=first, by=cast.officer, at=NOW)

    correction = let_go(submitted(cast, corrects=first), cast)

    assert correction.state == State.RELAYED
    assert [copy.contact for copy in correction.relay.message.dispatches.all()] == [reached]


@pytest.mark.parametrize("first_words", ["", "Correction : ", "CORRECTION: "])
def test_a_correction_says_once_that_it_is_one(cast: Cast, first_words: str) -> None:
    reached = contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    first = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=first, by=cast.here.coordinator, at=NOW)
    Dispatch.objects.filter(message=first.relay.message, contact=reached).update(state="accepted")
    draft = drafted(cast, corrects=first)
    for written in NoticeText.objects.filter(notice=draft, language="fr"):
        NoticeText.objects.filter(pk=written.pk).update(core=f"{first_words}{written.core}")
    notices.submit_notice_for_release(notice=draft, by=cast.officer, at=NOW)

    correction = let_go(draft, cast)

    texts = MessageText.objects.filter(message=correction.relay.message, language="fr")
    counts = {row.channel: (row.body.lower().count("correction"), row.body.count("Rechtzetting")) for row in texts}
    assert counts == dict.fromkeys(counts, (1, 0))
    assert "email" in counts


def test_an_ended_partnership_releases_and_relays_nothing_no_correction_and_no_feedback(cast: Cast) -> None:
    reached = contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    first, waiting = let_go(submitted(cast), cast), let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=first, by=cast.here.coordinator, at=NOW)
    Dispatch.objects.filter(contact=reached).update(state="accepted")
    notices.retract_notice_everywhere(notice=first, by=cast.officer, at=NOW)
    offered, correction = submitted(cast), submitted(cast, corrects=first)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    offered, waiting, correction = (Notice.objects.get(pk=one.pk) for one in (offered, waiting, correction))

    cast.here.partnership.refresh_from_db()
    for origin in ({}, {"answers": first}, {"corrects": first}):
        with pytest.raises(PartnershipOver):
            drafted(cast, **origin)
    assert queries.kinds_of_notices_to_relay(cast.here.coordinator, at=NOW) == {}
    assert list(queries.notices_awaiting_release_by(cast.second_officer, at=NOW)) == []
    for one in (offered, correction):
        with pytest.raises(PartnershipOver):
            let_go(one, cast)
    with pytest.raises(PartnershipOver):
        notices.relay_notice_to_members(notice=waiting, by=cast.here.coordinator, at=NOW)

    states = Notice.objects.in_bulk([offered.pk, waiting.pk, correction.pk])
    found = [states[one.pk].state for one in (offered, waiting, correction)]
    assert found == [State.SUBMITTED, State.RELEASED, State.SUBMITTED]


def test_no_feedback_is_owed_after_an_end(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notices.relay_notice_to_members(notice=let_go(submitted(cast), cast), by=cast.here.coordinator, at=NOW)
    owed = len(queries.notices_owing_feedback_by_person(cast.officer, at=NOW))

    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    assert (owed, queries.notices_owing_feedback_by_person(cast.officer, at=NOW)) == (1, [])


def test_scopes_hide_what_is_foreign(cast: Cast) -> None:
    notice = let_go(submitted(cast), cast)

    for coordinator, received in ((cast.here.coordinator, [notice]), (cast.next_door.coordinator, [])):
        areas = permitted_areas(coordinator, Permission.NOTICE_RECEIVE, at=NOW)
        assert list(queries.notices_for_coordinators(areas)) == received
    assert list(queries.notices_person_writes_or_releases(cast.foreign_officer, at=NOW)) == []


def test_the_release_queue_leaves_out_ones_own(cast: Cast) -> None:
    notice = submitted(cast)

    assert list(queries.notices_awaiting_release_by(cast.officer, at=NOW)) == []
    assert list(queries.notices_awaiting_release_by(cast.second_officer, at=NOW)) == [notice]


def test_a_notice_is_sent_back_with_a_reason(cast: Cast) -> None:
    notice = submitted(cast)

    notices.return_submitted_notice_to_author(
        notice=notice, because="L'heure manque dans le texte", by=cast.second_officer, at=NOW
    )

    assert (notice.state, notice.returned_because) == (State.DRAFT, "L'heure manque dans le texte")


def test_a_mail_says_where_to_report_without_hurry(cast: Cast) -> None:
    cast.here.partnership.contact_phone = "+3281234567"
    cast.here.partnership.save()
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    bodies = dict(
        MessageText.objects.filter(message=notice.relay.message, channel="email").values_list("language", "body")
    )

    assert all("/report/" in body and "081 23 45 67" in body for body in bodies.values())


def test_messages_of_a_partnership_of_traders_bear_its_sign(cast: Cast) -> None:
    among_traders(cast.here.partnership)
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    bodies = dict(
        MessageText.objects.filter(message=notice.relay.message, language="nl").values_list("channel", "body")
    )

    assert bodies["sms"].startswith("Politie, BIN-Z ")
    assert "het BIN-Z Haren" in bodies["email"]
