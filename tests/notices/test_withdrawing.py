"""A message taken back: of a missing person, always from everybody whom it reached (R125)."""

from datetime import datetime, timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.delivery.texts import strip_slots
from plp.journal.queries import entries_about, verify_journal
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Notice
from plp.notices.queries import check_texts_in_every_language, title_core_and_more_by_language
from plp.notices.states import State
from plp.toolbox.moves import WrongState
from plp.wording import second_reader
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
ENDS = NOW + timedelta(hours=6)
CORE = "Une femme de 80 ans a quitté sa maison rue de Verdun à 9h. Elle porte un manteau bleu. Téléphonez au 101."


def written(cast: Cast, kind: str = "missing_person", **about: object) -> Notice:
    """A draft with its words."""
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind=kind, reason="information", by=cast.officer, at=NOW
    )
    described = {
        "reason": "information",
        "expires_at": ENDS,
        "official_reference": "CF-2026-118",
        "keeps_secrecy": True,
        "prosecutor_consulted_on": None,
    }
    notices.set_details_of_draft(notice=notice, by=cast.officer, at=NOW, **(described | about))
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Disparue", core=CORE, more="", by=cast.officer, at=NOW
    )
    return notice


def relayed(cast: Cast, kind: str = "missing_person") -> Notice:
    """On its way to three members: it left for the first two."""
    ann = contact(member(cast.here.partnership, "Ann Un", "nl"), "email", "ann@example.org")
    bob = contact(member(cast.here.partnership, "Bob Deux"), "sms", "+32470000002")
    contact(member(cast.here.partnership, "Cem Trois"), "email", "cem@example.org")
    notice = written(cast, kind)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )
    notice.refresh_from_db()
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    notice.relay.message.dispatches.filter(contact__in=[ann, bob]).update(state="delivered")
    return notice


def told() -> list[tuple[str, str]]:
    """Channel and language of each word of withdrawal."""
    found = Dispatch.objects.filter(message__purpose="notice.withdrawal").order_by("channel")
    return list(found.values_list("channel", "language"))


def test_a_missing_person_notice_has_a_reference_and_an_end(cast: Cast) -> None:
    with pytest.raises(refusals.NeedsReference):
        notices.submit_notice_for_release(notice=written(cast, official_reference=""), by=cast.officer, at=NOW)
    with pytest.raises(refusals.NeedsEnd):
        notices.submit_notice_for_release(notice=written(cast, expires_at=None), by=cast.officer, at=NOW)


def test_withdrawn_from_exactly_those_reached_by_every_channel(cast: Cast) -> None:
    notice = relayed(cast)

    stopped = notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)

    assert stopped == 1
    assert told() == [("email", "nl"), ("sms", "fr")]
    assert verify_journal().flaws == ()


def test_the_word_of_withdrawal_repeats_nothing_of_the_person(cast: Cast) -> None:
    notice = relayed(cast)
    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)

    texts = MessageText.objects.filter(message__purpose="notice.withdrawal")

    assert {text.language for text in texts} == {"fr", "nl", "de", "en"}
    assert [
        text for text in texts if "Disparue" in strip_slots(text.body) + text.subject or "manteau" in text.body
    ] == []
    assert max(len(strip_slots(text.body)) for text in texts.filter(channel="sms")) <= 306


def test_at_its_end_it_is_withdrawn_by_itself_and_once(cast: Cast) -> None:
    notice = relayed(cast)
    waiting = written(cast)
    notices.submit_notice_for_release(notice=waiting, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=waiting, text_hash=waiting.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )

    early = notices.expire_or_withdraw_notices(by=None, at=ENDS - timedelta(seconds=1))
    ended = [notices.expire_or_withdraw_notices(by=None, at=ENDS) for _ in range(2)]

    assert (early, ended) == (0, [2, 0])
    states = dict(Notice.objects.values_list("pk", "state"))
    assert (states[notice.pk], states[waiting.pk]) == (State.RETRACTED, State.EXPIRED)
    assert told() == [("email", "nl"), ("sms", "fr")]


def test_another_message_is_stopped_without_a_word_unless_asked(cast: Cast) -> None:
    notices.retract_notice_everywhere(notice=relayed(cast, "calamity"), by=cast.officer, at=NOW)
    assert told() == []


def test_another_message_is_withdrawn_with_a_word_when_asked(cast: Cast) -> None:
    notices.retract_notice_everywhere(notice=relayed(cast, "calamity"), by=cast.officer, at=NOW, tell=True)
    assert told() == [("email", "nl"), ("sms", "fr")]


def test_nobody_else_withdraws(cast: Cast) -> None:
    notice = relayed(cast)

    for stranger in (cast.next_door.coordinator, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            notices.retract_notice_everywhere(notice=notice, by=stranger, at=NOW)
    assert told() == []


def test_what_the_machine_drafted_is_released_by_another_than_who_offers_it(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="calamity", reason="threat", by=None, at=NOW
    )
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Fumée", core="Fermez les fenêtres.", more="", by=None, at=NOW
    )
    about = {"reason": "threat", "expires_at": None, "official_reference": "", "prosecutor_consulted_on": None}
    notices.set_details_of_draft(notice=notice, keeps_secrecy=True, by=cast.officer, at=NOW, **about)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    with pytest.raises(refusals.SamePerson):
        notices.release_text_as_second_person(
            notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.officer, at=NOW
        )
    assert notice.author == cast.officer


def test_the_machine_drops_its_own_draft_and_nobody_elses(cast: Cast) -> None:
    own = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="calamity", reason="threat", by=None, at=NOW
    )
    notices.drop_draft_and_free_infoflash_items(notice=own, by=None, at=NOW)
    with pytest.raises(WrongState):
        notices.restore_dropped_draft(notice=own, by=cast.officer, at=NOW)

    with pytest.raises(NotAllowed):
        notices.drop_draft_and_free_infoflash_items(notice=written(cast), by=None, at=NOW)
    assert own.state == State.DROPPED


def test_the_words_of_an_official_notice_pass_as_written_and_the_journal_says_so(cast: Cast) -> None:
    skin = "Homme de 80 ans, peau noire, désorienté, parti de la rue de Verdun à 9h. Téléphonez au 101."
    notice = written(cast)
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Disparu", core=skin, more="", by=cast.officer, at=NOW
    )
    with pytest.raises(refusals.HasFindings):
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    notice = written(cast, prosecutor_consulted_on=NOW.date())
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Disparu", core=skin, more="", by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )

    said = entries_about(notice).get(verb="notice.as_written")
    assert said.details == {"reference": "CF-2026-118", "rules": ["ethnic_profiling"]}


def test_a_doubt_about_an_official_notice_is_for_eyes_and_leaves_no_mark_in_the_journal(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reader learned: here it doubts all, and is sure of nothing."""
    names = {
        "SURELY_HONEST": -1000, "HINTED": -1000, "DOUBTFUL": -1000, "DOUBTFUL_OF_THOSE": -1000, "SURE": 1000,
        "SURE_OF_THOSE": 1000,
    }  # fmt: skip
    for name, score in names.items():
        monkeypatch.setattr(second_reader, name, score)
    doubted = "Prière de vérifier les coffres des voitures inconnues garées rue du Try et de demander aux occupants."
    notice = written(cast, prosecutor_consulted_on=NOW.date())
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Disparu", core=doubted, more="", by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    shown = [
        judged.finding.severity
        for judged in check_texts_in_every_language(notice, title_core_and_more_by_language(notice), two_readers=True)
    ]
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )

    assert shown
    assert set(shown) == {"warn"}
    assert not entries_about(notice).filter(verb="notice.as_written").exists()


def test_an_alarm_is_no_official_notice(cast: Cast) -> None:
    notice = written(cast, "alarm", official_reference="", prosecutor_consulted_on=NOW.date())
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Alarme", core="Deux Roms rue Haute.", more="", by=cast.officer, at=NOW
    )

    with pytest.raises(refusals.HasFindings):
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)


def test_one_that_was_relayed_at_that_very_moment_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn, waiting = relayed(cast), written(cast)
    notices.submit_notice_for_release(notice=waiting, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=waiting, text_hash=waiting.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )

    def overtaken(notice: Notice, *, at: datetime) -> bool:
        Notice.objects.filter(pk=notice.pk).update(state=State.RELAYED)
        return True

    monkeypatch.setattr("plp.notices.actions.withdrawals.has_notice_ended", overtaken)
    ended = notices.expire_or_withdraw_notices(by=None, at=ENDS)

    states = dict(Notice.objects.values_list("pk", "state"))
    assert (ended, states[withdrawn.pk], states[waiting.pk]) == (1, State.RETRACTED, State.RELAYED)
