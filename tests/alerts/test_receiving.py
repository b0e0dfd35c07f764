"""Official alerts become drafts in the quarters they meet, and never a sent message (R125)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plp.alerts import actions as alerts
from plp.alerts import queries, refusals
from plp.alerts.cap import AlertArea, AlertInfo
from plp.alerts.models import Alert, Trace
from plp.alerts.sentences import known_event_of_most_severe_info, known_events, warning_composition
from plp.charter.models import CommunicationPlan
from plp.delivery.models import Dispatch
from plp.journal.queries import verify_journal
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.states import State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused, WrongState
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.check import check
from plp.wording.length import count_segments
from tests.alerts.capfiles import DUTCH, FRENCH, SENDER, official
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import describe_notice, submit_and_release

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
QUAKE = replace(FRENCH, event="Séisme", headline="Séisme ressenti")  # the catalogue has no sentence for it
AROUND = ((4.30, 50.80), (4.50, 50.80), (4.50, 50.95), (4.30, 50.95), (4.30, 50.80))
QUARTER = {"type": "Polygon", "coordinates": [[[4.40, 50.88], [4.42, 50.88], [4.42, 50.90], [4.40, 50.88]]]}


def came(content: bytes, by: Person | None = None, **more: object) -> list[tuple[str, str, str]]:
    """What an alert did: outcome, quarter and state of the notice."""
    alert = alerts.receive_cap_alert_and_draft_notices(content=content, by=by, at=NOW, **more)
    rows = alert.traces.select_related("notice__partnership").order_by("notice__partnership__key", "pk")
    return [(row.outcome, row.notice.partnership.key, row.notice.state) for row in rows]


def here(cast: Cast) -> Notice:
    """The notice of the first quarter that an alert touched last."""
    return Trace.objects.filter(notice__partnership=cast.here.partnership).latest("pk").notice


def sent(cast: Cast) -> Notice:
    """The draft of an alert, offered by one officer, released by another, relayed; one member got it."""
    ann = contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notice = here(cast)
    describe_notice(notice, cast, at=NOW, reason="threat", expires_at=notice.expires_at)
    submit_and_release(notice, cast, at=NOW)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    Dispatch.objects.filter(contact=ann).update(state="delivered")
    return notice


def test_the_municipality_finds_its_quarters_and_no_other(cast: Cast) -> None:
    assert came(official()) == [("drafted", "haren", "draft"), ("drafted", "laeken", "draft")]
    notice = here(cast)
    assert title_core_and_more_by_language(notice)["nl"][0] == "Waarschuwing: zwaar onweer"
    assert notice.expires_at == FRENCH.expires
    assert notice.author is None
    assert notice.keeps_secrecy is False
    assert Dispatch.objects.count() == 0
    assert "référence storm-1" in title_core_and_more_by_language(notice)["fr"][2]
    assert verify_journal().flaws == ()


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (AlertArea("x", polygons=(AROUND,)), ["haren"]),
        (AlertArea("x", circles=(((4.41, 50.85), 5.0),)), ["haren"]),
        (AlertArea("x", codes=(("ISO3166-1", "BE"),)), ["haren", "laeken", "malmedy"]),
        (AlertArea("x", codes=(("LAU2", "63049"),)), ["malmedy"]),
    ],
    ids=["polygon", "circle", "country", "other municipality"],
)
def test_an_area_is_found_by_figure_or_code(cast: Cast, place: AlertArea, keys: list[str]) -> None:
    cast.here.area.boundary = QUARTER
    cast.here.area.save()

    found = came(official(infos=(replace(FRENCH, places=(place,)),)))

    assert [key for _outcome, key, _state in found] == keys


@pytest.mark.parametrize(
    "place",
    [
        AlertArea("x", circles=(((4.41, 50.80), 5.0),)),
        AlertArea("x", codes=(("FIPS6", "21004"),)),
        AlertArea("Bruxelles"),
    ],
    ids=["far circle", "foreign code", "words alone"],
)
def test_an_area_elsewhere_or_nowhere_drafts_nothing(cast: Cast, place: AlertArea) -> None:
    cast.here.area.boundary = QUARTER
    cast.here.area.save()

    with pytest.raises(refusals.NowhereHere):
        came(official(infos=(replace(FRENCH, places=(place,)),)))
    assert (Notice.objects.count(), Alert.objects.count()) == (0, 0)


def test_a_figure_of_two_points_is_the_line_between_them(cast: Cast) -> None:
    Area.objects.filter(pk=cast.here.area.pk).update(boundary=QUARTER)
    through = ((4.30, 50.885), (4.50, 50.885), (4.30, 50.885), (4.30, 50.885))

    done = came(official(infos=(replace(FRENCH, places=(AlertArea("x", polygons=(through,)),)),)))

    assert [key for _outcome, key, _state in done] == ["haren"]


def test_a_long_headline_ends_at_a_word(cast: Cast) -> None:
    came(official(infos=(replace(QUAKE, headline="Séisme violent " * 20),)))

    title = title_core_and_more_by_language(here(cast))["fr"][0]
    assert title.endswith(("Séisme…", "violent…"))


def test_where_no_plan_lets_anybody_write_the_refusal_is_told(cast: Cast) -> None:
    CommunicationPlan.objects.update(state="superseded", in_force_until=NOW)

    with pytest.raises(Refused):
        came(official())

    assert not Notice.objects.exists()


def test_each_officer_drafts_in_their_own_area_alone(cast: Cast) -> None:
    belgium = (replace(FRENCH, places=(AlertArea("x", codes=(("ISO3166-1", "BE"),)),)),)

    assert [key for _o, key, _s in came(official(infos=belgium), cast.foreign_officer)] == ["malmedy"]
    came(official(infos=belgium), cast.officer)

    assert Notice.objects.filter(author=cast.officer).count() == 2
    for stranger in (cast.here.coordinator, cast.chief, member(cast.here.partnership, "Eva Exemple")):
        with pytest.raises(NotAllowed):
            came(official("storm-2"), stranger)


def test_the_officer_may_choose_the_quarters(cast: Cast) -> None:
    chosen = [cast.next_door.partnership, cast.abroad.partnership]

    assert came(official(), cast.officer, chosen=chosen) == [("drafted", "laeken", "draft")]


def test_the_same_alert_does_nothing_twice(cast: Cast) -> None:
    came(official())

    with pytest.raises(refusals.AlreadyRead):
        came(official(), cast.officer)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"status": "Exercise"}, refusals.NotActual),
        ({"status": "Test"}, refusals.NotActual),
        ({"scope": "Restricted"}, refusals.NotPublic),
        ({"kind": "Ack"}, refusals.NotAnAlert),
        ({"infos": ()}, refusals.NothingSaid),
        ({"infos": (replace(FRENCH, language="es"),)}, refusals.NoLanguage),
        ({"infos": (replace(FRENCH, expires=NOW),)}, refusals.Ended),
        ({"kind": "Cancel", "names": ("unknown",)}, refusals.NothingToCancel),
    ],
)
def test_what_members_should_not_hear_of_is_refused(
    cast: Cast, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        came(official(**changes))  # type: ignore[arg-type]
    assert Alert.objects.count() == 0


def test_an_update_writes_over_a_draft_that_nobody_touched(cast: Cast) -> None:
    came(official())

    found = came(official("storm-2", kind="Update", names=("storm-1",), infos=(replace(QUAKE, headline="Fin à 20h"),)))

    assert [row[0] for row in found] == ["renewed", "renewed"]
    assert {language: words[0] for language, words in title_core_and_more_by_language(here(cast)).items()} == {
        "fr": "Fin à 20h"
    }
    assert here(cast).composition is None
    assert Notice.objects.count() == 2


def test_an_update_leaves_the_words_of_an_officer(cast: Cast) -> None:
    came(official(), cast.officer, chosen=[cast.here.partnership])
    notices.write_text_and_drop_composition(
        notice=here(cast), language="fr", title="Orage", core="À 20h.", more="", by=cast.officer, at=NOW
    )  # fmt: skip

    found = came(official("storm-2", kind="Update", names=("storm-1",)), cast.officer, chosen=[cast.here.partnership])

    assert found == [("to_stop", "haren", "draft"), ("drafted", "haren", "draft")]
    assert len(queries.stop_proposals_in_scope(cast.officer, at=NOW)) == 1


def test_an_update_of_a_relayed_message_is_a_correction_for_those_reached(cast: Cast) -> None:
    came(official())
    first = sent(cast)

    found = came(official("storm-2", kind="Update", names=("storm-1",)))

    assert found == [("corrected", "haren", "draft"), ("renewed", "laeken", "draft")]
    correction = Trace.objects.get(outcome="corrected").notice
    assert (correction.corrects, correction.texts.count()) == (first, 4)


def test_an_update_that_moves_away_proposes_to_stop(cast: Cast) -> None:
    came(official())
    sent(cast)
    elsewhere = (replace(FRENCH, places=(AlertArea("x", codes=(("NIS", "63049"),)),)),)

    found = came(official("storm-2", kind="Update", names=("storm-1",), infos=elsewhere))

    assert found == [("to_stop", "haren", "relayed"), ("dropped", "laeken", "dropped"), ("drafted", "malmedy", "draft")]


def test_a_cancel_drops_drafts_and_proposes_to_withdraw_what_was_relayed(cast: Cast) -> None:
    came(official())
    notice = sent(cast)

    found = came(official("storm-9", kind="Cancel", names=("storm-1",), infos=()))

    assert found == [("to_stop", "haren", "relayed"), ("dropped", "laeken", "dropped")]
    proposal = queries.stop_proposals_in_scope(cast.officer, at=NOW).get()
    alerts.keep_or_retract_and_tell_members(trace=proposal, stop=True, by=cast.officer, at=LATER)
    notice.refresh_from_db()
    assert notice.state == State.RETRACTED
    assert Dispatch.objects.filter(message__purpose="notice.withdrawal").count() == 1
    with pytest.raises(WrongState):
        alerts.keep_or_retract_and_tell_members(trace=proposal, stop=True, by=cast.officer, at=LATER)


def test_a_cancel_of_a_correction_reaches_the_first_message_too(cast: Cast) -> None:
    came(official())
    first = sent(cast)
    came(official("storm-2", kind="Update", names=("storm-1",)))

    found = came(official("storm-9", kind="Cancel", names=("storm-2",), infos=()))

    assert ("to_stop", "haren", "relayed") in found
    assert Trace.objects.get(alert__identifier="storm-9", notice=first).outcome == "to_stop"


def test_another_sender_takes_nothing_back(cast: Cast) -> None:
    came(official())
    forged = official("x", kind="Cancel", names=("storm-1",), infos=(), sender="mallory@example.org")

    with pytest.raises(refusals.NothingToCancel):
        came(forged)
    with pytest.raises(refusals.NothingToCancel):
        came(forged.replace(b"mallory@example.org,storm-1", f"{SENDER},storm-1".encode()))
    assert set(Notice.objects.values_list("state", flat=True)) == {"draft"}


def test_a_proposal_is_kept_or_followed_by_the_police_of_the_area_alone(cast: Cast) -> None:
    came(official())
    notice = sent(cast)
    came(official("storm-9", kind="Cancel", names=("storm-1",), infos=()))
    proposal = queries.stop_proposals_in_scope(cast.officer, at=NOW).get()

    assert list(queries.stop_proposals_in_scope(cast.foreign_officer, at=NOW)) == []
    assert list(queries.stop_proposals_in_scope(cast.here.coordinator, at=NOW)) == []
    with pytest.raises(NotAllowed):
        alerts.keep_or_retract_and_tell_members(trace=proposal, stop=True, by=cast.foreign_officer, at=NOW)
    alerts.keep_or_retract_and_tell_members(trace=proposal, stop=False, by=cast.second_officer, at=NOW)

    notice.refresh_from_db()
    assert notice.state == State.RELAYED
    assert list(queries.stop_proposals_in_scope(cast.officer, at=NOW)) == []


def test_a_missing_person_draft_carries_reference_and_end(cast: Cast) -> None:
    came(official("CF-2026-118", infos=(replace(DUTCH, event="Onrustwekkende verdwijning"),)))

    notice = here(cast)

    assert (notice.kind, notice.official_reference, notice.expires_at) == (
        "missing_person",
        "CF-2026-118",
        DUTCH.expires,
    )


OVER = replace(FRENCH, headline="Fin de l'orage", response_types=("AllClear",))
PAST = replace(FRENCH, urgency="Past")


@pytest.mark.parametrize("info", [OVER, PAST])
def test_an_all_clear_or_the_past_ends_what_it_names(cast: Cast, info: AlertInfo) -> None:
    came(official())
    sent(cast)

    found = came(official("storm-9", kind="Update", names=("storm-1",), infos=(info,)))

    assert found == [("to_stop", "haren", "relayed"), ("dropped", "laeken", "dropped")]


@pytest.mark.parametrize(
    ("infos", "refusal"),
    [
        ((OVER,), refusals.Ended),
        ((PAST,), refusals.Ended),
        ((replace(FRENCH, certainty="Unlikely"),), refusals.NotExpected),
        ((replace(FRENCH, certainty="Unlikely"), PAST), refusals.NotExpected),
    ],
)
def test_what_is_over_or_not_expected_drafts_nothing(
    cast: Cast, infos: tuple[AlertInfo, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        came(official(infos=infos))
    assert Notice.objects.count() == 0


def test_what_still_holds_is_drafted_without_what_is_over(cast: Cast) -> None:
    came(official(infos=(QUAKE, replace(DUTCH, event="Aardbeving", expires=NOW))))

    assert set(title_core_and_more_by_language(here(cast))) == {"fr"}


def test_a_draft_tells_where_and_that_it_is_only_possible(cast: Cast) -> None:
    came(official(infos=(replace(FRENCH, certainty="Possible"),)))

    more = title_core_and_more_by_language(here(cast))["fr"][2]
    assert "Zone concernée" in more
    assert "Bruxelles" in more
    assert "C'est possible, sans être certain." in more


def test_a_known_event_becomes_sentences_in_all_languages_with_the_senders_words_beside(cast: Cast) -> None:
    came(official())

    notice, words = here(cast), title_core_and_more_by_language(here(cast))
    assert [choice["sentence"] for choice in notice.composition["sentences"]] == [
        "shared.warned", "shared.warning_ends", "storm.inside", "storm.loose", "storm.number", "storm.car",
    ]  # fmt: skip
    assert words["de"][1].startswith("Amtliche Warnung: schweres Gewitter, im Viertel.")
    assert (FRENCH.instruction in words["fr"][2], FRENCH.instruction in words["de"][2]) == (True, False)
    assert [words[language][2].count("storm-1") for language in ("fr", "nl", "de", "en")] == [1, 1, 1, 1]
    assert queries.is_unedited_draft(notice.alert_traces.get())


@pytest.mark.parametrize("key", [event.key for event in known_events()])
def test_what_a_known_event_says_passes_the_check(key: str) -> None:
    event = next(event for event in known_events() if event.key == key)
    composition = warning_composition(event, {}, dict.fromkeys(LANGUAGES, ""), ends_at=NOW)

    texts = {language: compose_message_text(composition, language) for language in LANGUAGES}

    assert {
        (language, finding.excerpt)
        for language, words in texts.items()
        for finding in check(f"{words.title}\n\n{words.text}", language=language, kind="calamity").findings
    } == set()
    assert max(count_segments(words.sms).segments for words in texts.values()) <= 2


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ("Vigilance orange Pluie-inondation", "flood"),
        ("Ernstige sneeuwval", "snow"),
        ("Amtliche WARNUNG vor STURMBÖEN", "wind"),
        ("Fumée toxique après un incendie", "smoke"),
        ("Firearm found", None),
        ("Ventilation", None),
    ],
)
def test_an_event_is_known_by_its_words(event: str, key: str | None) -> None:
    known = known_event_of_most_severe_info([replace(FRENCH, event=event)])

    assert (known.key if known else None) == key


def test_an_all_clear_that_names_no_alert_ends_the_same_event_of_its_area(cast: Cast) -> None:
    came(official())
    sent(cast)
    over = official("storm-9", infos=(OVER,), sent=LATER)

    found = came(over)

    assert found == [("to_stop", "haren", "relayed"), ("dropped", "laeken", "dropped")]


@pytest.mark.parametrize(
    ("info", "sender"),
    [
        (replace(OVER, event="Séisme"), SENDER),
        (OVER, "alerts@other.example"),
        (replace(OVER, places=(AlertArea("x", codes=(("LAU2", "63049"),)),)), SENDER),
    ],
    ids=["another event", "another sender", "another area"],
)
def test_an_all_clear_that_names_no_alert_ends_nothing_else(cast: Cast, info: AlertInfo, sender: str) -> None:
    came(official())

    with pytest.raises(refusals.Ended):
        came(official("storm-9", infos=(info,), sent=LATER, sender=sender))
    assert set(Notice.objects.values_list("state", flat=True)) == {"draft"}
