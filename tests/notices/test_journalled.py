"""What the journal says of each act on a message: the verb, who, where, what, word for word."""

from datetime import timedelta

import pytest

from plp.mandates.grants import Role
from plp.notices import actions as notices
from plp.notices.models import Forwarding, Notice, ReplyCode, ZoneText
from plp.notices.rules.decision_model import DEFAULTS
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, hold, member, person
from tests.factories.journalled import Line, journalled, line
from tests.factories.notices import describe_notice
from tests.notices.test_notices import CORE, drafted, let_go, submitted

pytestmark = pytest.mark.django_db
HERE = "be/z1/m21004/q-haren/"
NEXT_DOOR = "be/z1/m21004/q-laeken/"
ABROAD = "be/z10/m63049/q-malmedy/"


def of(lines: list[Line], verbs: str) -> list[Line]:
    """Those of this room: letters on the way are noted by theirs."""
    return [one for one in lines if one[0].startswith(verbs)]


def test_the_whole_way(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    clara = cast.here.coordinator

    with journalled() as lines:
        notice = let_go(submitted(cast), cast)
        notices.record_notice_opened_by_coordinator(notice=notice, by=clara, at=NOW)
        notices.record_notice_opened_by_coordinator(notice=notice, by=clara, at=NOW)
        notices.record_notice_opened_by_coordinator(notice=notice, by=clara, at=NOW, acknowledge=True)
        notices.relay_notice_to_members(notice=notice, by=clara, at=NOW)
        notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW, tell=True)

    anne, bart, words = cast.officer, cast.second_officer, notice.text_hash
    assert of(lines, "notice.") == [
        line("notice.drafted", anne, HERE, notice, kind="alarm"),
        line("notice.described", anne, HERE, notice),
        line("notice.written", anne, HERE, notice, language="fr"),
        line("notice.written", anne, HERE, notice, language="nl"),
        line("notice.submitted", anne, HERE, notice, text_hash=words),
        line("notice.released", bart, HERE, notice, text_hash=words),
        line("notice.seen", clara, HERE, notice),
        line("notice.acknowledged", clara, HERE, notice),
        line("notice.relayed", clara, HERE, notice, recipients=1),
        line("notice.retracted", anne, HERE, notice, stopped=1, told=0),
    ]


def test_to_and_fro(cast: Cast) -> None:
    notice = submitted(cast)

    with journalled() as lines:
        notices.return_submitted_notice_to_author(
            notice=notice, because="Le lieu manque.", by=cast.second_officer, at=NOW
        )
        about = {"language": "fr", "rule": "number_plate", "excerpt": "1-ABC-123", "reason": "Demande du parquet"}
        notices.save_override_of_finding_with_reason(notice=notice, **about, by=cast.officer, at=NOW)
        notices.drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
        notices.restore_dropped_draft(notice=notice, by=cast.second_officer, at=NOW)

    assert lines == [
        line("notice.sent_back", cast.second_officer, HERE, notice),
        line("notice.overridden", cast.officer, HERE, notice, rule="number_plate"),
        line("notice.dropped", cast.officer, HERE, notice),
        line("notice.taken_up", cast.second_officer, HERE, notice),
    ]


def test_the_digest(cast: Cast) -> None:
    notice, officer = drafted(cast, "advice"), cast.officer

    with journalled() as lines:
        notices.hold_draft_for_next_infoflash(notice=notice, by=officer, at=NOW)
        notices.return_gathered_notice_to_draft(notice=notice, by=officer, at=NOW)
        notices.hold_draft_for_next_infoflash(notice=notice, by=officer, at=NOW)
        notices.draft_infoflash_now(by=officer, at=NOW)

    digest = Notice.objects.get(kind="infoflash")
    assert lines == [
        line("notice.gathered", officer, HERE, notice),
        line("notice.taken_out", officer, HERE, notice),
        line("notice.gathered", officer, HERE, notice),
        line("notice.drafted", officer, HERE, digest, kind="infoflash"),
        line("notice.written", officer, HERE, digest, language="fr"),
        line("notice.written", officer, HERE, digest, language="nl"),
        line("notice.reach_chosen", officer, HERE, digest, partnerships=0),
        line("notice.bundled", officer, HERE, notice),
    ]


def test_what_the_clock_bundles_is_done_by_nobody(cast: Cast) -> None:
    notices.hold_draft_for_next_infoflash(notice=drafted(cast, "advice"), by=cast.officer, at=NOW)

    with journalled() as lines:
        notices.draft_due_infoflashes(by=None, at=NOW + timedelta(days=8))

    assert [(verb, actor) for verb, actor, *_rest in lines] == [
        ("notice.drafted", ""),
        ("notice.written", ""),
        ("notice.written", ""),
        ("notice.reach_chosen", ""),
        ("notice.bundled", ""),
    ]


def asked_abroad(cast: Cast) -> tuple[Notice, Forwarding, list[Line]]:
    """A message that went next door at once, and that the police abroad are asked about."""
    notice = drafted(cast)
    describe_notice(notice, cast, expires_at=NOW + timedelta(hours=2))
    places = [cast.next_door.partnership, cast.abroad.partnership]
    with journalled() as lines:
        notices.set_other_partnerships_of_draft(notice=notice, partnerships=places, by=cast.officer, at=NOW)
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
        let_go(notice, cast)
    return notice, Forwarding.objects.get(partnership=cast.abroad.partnership), of(lines, "notice.")


def test_several_partnerships(cast: Cast) -> None:
    notice, passing, lines = asked_abroad(cast)

    with journalled() as answered:
        about = {"forwarding": passing, "text_hash": notice.text_hash, "proven_at": NOW}
        copy = notices.accept_takeover_and_release_copy(**about, by=cast.foreign_officer, at=NOW)

    beside, words = notice.copies.get(partnership=cast.next_door.partnership), notice.text_hash
    assert lines == [
        line("notice.reach_chosen", cast.officer, HERE, notice, partnerships=2),
        line("notice.submitted", cast.officer, HERE, notice, text_hash=words),
        line("notice.released", cast.second_officer, HERE, notice, text_hash=words),
        line("notice.released", cast.second_officer, NEXT_DOOR, beside, text_hash=words),
        line("notice.forwarding_asked", cast.second_officer, ABROAD, notice),
    ]
    assert of(answered, "notice.") == [
        line("notice.forwarding_accepted", cast.foreign_officer, ABROAD, notice),
        line("notice.released", cast.foreign_officer, ABROAD, copy, text_hash=words),
    ]


def test_a_refusal_and_no_answer_at_all(cast: Cast) -> None:
    (first, refused, _lines), (second, _passing, _more) = asked_abroad(cast), asked_abroad_again(cast)

    with journalled() as lines:
        notices.decline_takeover_with_reason(
            forwarding=refused, because="Pas chez nous, merci.", by=cast.foreign_officer, at=NOW
        )
        notices.close_expired_takeover_requests(by=None, at=NOW + timedelta(hours=3))

    assert lines == [
        line("notice.forwarding_refused", cast.foreign_officer, ABROAD, first),
        line("notice.forwarding_late", None, ABROAD, second),
    ]


def asked_abroad_again(cast: Cast) -> tuple[Notice, Forwarding, list[Line]]:
    """One more, while the first waits: its forwarding is another."""
    first = Forwarding.objects.get(partnership=cast.abroad.partnership)
    Forwarding.objects.filter(pk=first.pk).update(partnership=cast.here.partnership)
    found = asked_abroad(cast)
    Forwarding.objects.filter(pk=first.pk).update(partnership=cast.abroad.partnership)
    return found


def test_what_ends_before_it_left(cast: Cast) -> None:
    first, second = drafted(cast), drafted(cast, "missing_person")
    for notice, about in ((first, {}), (second, {"official_reference": "2026/1"})):
        describe_notice(notice, cast, expires_at=NOW + timedelta(hours=1), **about)
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
        let_go(notice, cast)

    with journalled() as lines:
        notices.expire_or_withdraw_notices(by=None, at=NOW + timedelta(hours=1))

    ended = sorted((first, second), key=lambda notice: notice.pk)
    assert lines == [line("notice.expired", None, HERE, notice) for notice in ended]


def test_an_answer_passes_it_on_and_old_codes_are_forgotten(cast: Cast) -> None:
    clara = cast.here.coordinator
    number = contact(clara, "sms", "+32470000001")
    notice = let_go(submitted(cast), cast)
    code = ReplyCode.objects.get(person=clara)

    with journalled() as lines:
        notices.relay_by_code_reply_and_answer(
            contacts=[number], text=f"OK {code.code}", event="1", is_proven=True, at=NOW
        )
    with journalled() as later:
        notices.delete_old_reply_codes_and_events(by=None, at=NOW + timedelta(days=60))

    assert of(lines, "notice.") == [
        line("notice.relayed", clara, HERE, notice, recipients=0),
        line("notice.relayed_by_answer", clara, HERE, notice, way="sms"),
    ]
    assert later == [line("notice.codes_forgotten", None, "", "", codes=1, answers=1)]


@pytest.fixture
def boss(cast: Cast) -> Person:
    """Who sets how the zone decides."""
    someone = person("Eva Exemple")
    hold(someone, Role.SUPERVISOR, cast.zone)
    return someone


def test_texts_of_a_zone(cast: Cast) -> None:
    anne, bart, dirk, zone = cast.officer, cast.second_officer, cast.foreign_officer, "be/z1/"
    abroad = Area.objects.get(path="be/z10/")
    words = {"fr": "Le marché ferme {place} à {hour}.", "nl": "De markt sluit {place} om {hour}."}
    about = {"situation": "road_closed", "texts": {**words, "de": " "}, "core": True}
    moments = [NOW + timedelta(hours=hour) for hour in range(6)]

    with journalled() as lines:
        first = notices.save_zone_sentence_for_release(zone=cast.zone, **about, by=anne, at=moments[0])
        notices.release_zone_text_as_second_person(text=first, by=bart, at=moments[1])
        notices.propose_zone_text_to_other_zones(text=first, by=anne, at=moments[2])
        first.refresh_from_db()
        theirs = notices.save_zone_sentence_for_release(zone=abroad, **about, adopts=first, by=dirk, at=moments[2])
        second = notices.save_zone_sentence_for_release(zone=cast.zone, **about, replaces=first, by=anne, at=moments[3])
        third = notices.save_zone_sentence_for_release(zone=cast.zone, **about, replaces=first, by=bart, at=moments[3])
        notices.release_zone_text_as_second_person(text=third, by=anne, at=moments[4])
        notices.withdraw_zone_text(text=third, by=bart, at=moments[5])
        for act in (
            notices.release_zone_text_as_second_person,
            notices.propose_zone_text_to_other_zones,
            notices.withdraw_zone_text,
        ):
            with pytest.raises(WrongState):
                act(text=third, by=anne, at=moments[5])

    assert lines == [
        line("zone_text.written", anne, zone, first, version=1),
        line("zone_text.released", bart, zone, first, version=1),
        line("zone_text.proposed", anne, zone, first, version=1),
        line("zone_text.adopted", dirk, "be/z10/", theirs, version=1),
        line("zone_text.written", anne, zone, second, version=2),
        line("zone_text.written", bart, zone, third, version=3),
        line("zone_text.released", anne, zone, third, version=3),
        line("zone_text.withdrawn", bart, zone, third, version=3),
    ]
    rows = [ZoneText.objects.get(pk=text.pk) for text in (first, second, third, theirs)]
    assert [(row.texts, row.situation, row.core, row.form) for row in rows] == [
        (words, "road_closed", True, "sentence")
    ] * 4
    assert [(row.zone, row.key == first.key, row.adopted_from) for row in rows] == [
        *[(cast.zone, True, None)] * 3,
        (abroad, False, first),
    ]
    assert [(row.written_by, row.written_at, row.released_by, row.released_at) for row in rows] == [
        (anne, moments[0], bart, moments[1]),
        (anne, moments[3], None, None),
        (bart, moments[3], anne, moments[4]),
        (dirk, moments[2], dirk, moments[2]),
    ]
    assert [(row.proposed_at, row.withdrawn_at) for row in rows] == [
        (moments[2], moments[4]),
        (None, moments[3]),
        (None, moments[5]),
        (None, None),
    ]


def test_how_a_zone_decides_and_what_it_advises(cast: Cast, boss: Person) -> None:
    here, officer = cast.here.partnership, cast.officer

    with journalled() as lines:
        notices.set_decision_model_of_zone(
            zone=cast.zone, guidelines=DEFAULTS, priorities=[], weekday=0, by=boss, at=NOW
        )
        notices.count_one_withheld_message(partnership=here, because="secrecy", by=officer, at=NOW)
        advice = notices.create_communication_plan_advice(
            partnership=here, words=CORE, kind="alarm", subject="", by=officer, at=NOW
        )
        notices.withdraw_communication_plan_advice(recommendation=advice, by=officer, at=NOW)

    assert lines == [
        line("notice.withheld", officer, HERE, here, because="secrecy"),
        line("plan.advised", officer, HERE, advice, kind="alarm"),
        line("plan.advice_withdrawn", officer, HERE, advice),
        line("notice.model_set", boss, "be/z1/", cast.zone, rules=len(DEFAULTS)),
    ]
