"""A message that leaves on another day than it was written: its days are said by date, or a page warns of them."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composition import Choice, Composition
from plp.wording.catalogue.dated_days import name_days_by_date, relative_day_words
from plp.wording.catalogue.values import dated_day_as_text
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import describe_notice
from tests.notices.test_notices import let_go
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
IN_TWO_DAYS = NOW + timedelta(days=2)
YESTERDAY = {"fr": "hier", "nl": "gisteren", "de": "gestern", "en": "yesterday"}
TUESDAY = {"fr": "le mardi 24", "nl": "op dinsdag 24", "de": "am Dienstag, 24.", "en": "on Tuesday 24"}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def witness_call(day: str) -> Composition:
    facts = {"day": day, "place": "quarter", "span": "01:00-04:00"}
    return Composition("witnesses", [Choice("witnesses.burglary", facts)])


def composed(cast: Cast, day: str = "yesterday", *, at: datetime = NOW, **details: object) -> Notice:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="information_request", reason="threat", by=cast.officer, at=at
    )
    describe_notice(notice, cast, **details)
    notices.rewrite_draft_from_composition(notice=notice, composition=witness_call(day), by=cast.officer, at=at)
    return notice


def cores(notice: Notice) -> dict[str, str]:
    return {language: core for language, (_title, core, _more) in title_core_and_more_by_language(notice).items()}


def test_yesterday_is_said_by_date_in_every_language_where_the_message_leaves_on_another_day(cast: Cast) -> None:
    today, later = composed(cast), composed(cast, send_at=IN_TWO_DAYS)

    notices.submit_notice_for_release(notice=today, by=cast.officer, at=NOW)
    notices.submit_notice_for_release(notice=later, by=cast.officer, at=NOW)

    assert all(YESTERDAY[language] in core for language, core in cores(today).items())
    assert all(TUESDAY[language] in core for language, core in cores(later).items())
    assert len(cores(later)) == len(LANGUAGES)
    assert not any(relative_day_words(core, language) for language, core in cores(later).items())


def test_a_message_offered_shortly_before_the_hours_end_is_said_by_date(cast: Cast) -> None:
    evening = NOW + timedelta(hours=10, minutes=30)  # half past eight: what is relayed after nine leaves at eight
    notice = composed(cast, at=evening)

    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=evening)

    assert TUESDAY["fr"] in cores(notice)["fr"]


def test_a_draft_of_an_earlier_day_means_the_day_on_which_it_was_chosen(cast: Cast) -> None:
    notice = composed(cast)
    tomorrow = NOW + timedelta(days=1)

    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=tomorrow)

    assert TUESDAY["fr"] in cores(notice)["fr"]


def test_a_correction_of_the_next_day_names_the_same_day_and_does_not_say_that_it_changed(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    sent = composed(cast)
    notices.submit_notice_for_release(notice=sent, by=cast.officer, at=NOW)
    notices.relay_notice_to_members(notice=let_go(sent, cast), by=cast.here.coordinator, at=NOW)
    sent.refresh_from_db()
    tomorrow = NOW + timedelta(days=1)
    draft = notices.create_notice_draft(
        partnership=sent.partnership, kind=sent.kind, reason="threat", by=cast.officer, at=tomorrow, corrects=sent
    )

    notices.fill_draft_from_sent_notice(notice=draft, origin=sent, by=cast.officer, at=tomorrow)

    assert TUESDAY["fr"] in cores(draft)["fr"]
    assert (draft.composition or {})["changed"] == []


@pytest.mark.parametrize(
    ("value", "by_date", "words"),
    [
        ("today", "2026-12-01", "op dinsdag 1 december"),
        ("night", "2026-11-30-night", "in de nacht van 30 november op 1 december"),
        ("evening", "2026-11-30-evening", "op maandagavond 30 november"),
        ("weekend", "2026-11-28-weekend", "in het weekend van 28 november"),
        ("friday", "2026-11-27", "op vrijdag 27 november"),
    ],
)
def test_every_day_of_the_list_has_its_date(value: str, by_date: str, words: str) -> None:
    seen_on = datetime(2026, 12, 1).date()

    choice = name_days_by_date(witness_call(value), seen_on).choices[0]

    assert (choice.slots["day"], choice.slots["span"]) == (by_date, "01:00-04:00")
    assert dated_day_as_text(by_date, "nl") == words
    assert name_days_by_date(witness_call("days"), seen_on).choices[0].slots["day"] == "days"


def test_words_of_a_day_are_found_and_parts_of_the_day_are_none() -> None:
    assert relative_day_words("Hier soir, la nuit d'hier. Aujourd’hui.", "fr") == ["hier soir", "hier", "aujourd’hui"]
    assert relative_day_words("Vannacht en gisteren, 's morgens en in de morgen.", "nl") == ["vannacht", "gisteren"]
    assert relative_day_words("Gestern am Morgen. Bis morgen.", "de") == ["gestern", "morgen"]
    assert relative_day_words("Last night, in the evening.", "en") == ["last night"]


def page_of(person: Client, name: str, notice: Notice) -> str:
    return person.get(reverse(name, args=[notice.pk])).text


def test_words_by_hand_are_warned_of_before_the_release_and_before_the_relay(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="threat", by=cast.officer, at=NOW
    )
    describe_notice(notice, cast, send_at=IN_TWO_DAYS)
    for language, core in (("fr", "Hier, des vélos ont été volés."), ("nl", "Gisteren zijn fietsen gestolen.")):
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title="Vélo", core=core, more="", by=cast.officer, at=NOW
        )
    preview = page_of(signed_in(cast.officer), "notices:write:submit", notice)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    release = page_of(signed_in(cast.second_officer), "notices:release:release", notice)
    let_go(notice, cast)
    relay = page_of(signed_in(cast.here.coordinator), "notices:relay:relay", notice)

    for page in (preview, release, relay):
        assert "These words name a day: hier, gisteren. The message leaves on 27 November 2026" in page


def test_the_preview_of_a_composed_message_that_leaves_later_says_the_day_by_date(cast: Cast) -> None:
    notice, officer = composed(cast, send_at=IN_TWO_DAYS), signed_in(cast.officer)
    form = {
        "situation": "witnesses", "sentence": "witnesses.burglary", "0-day": "yesterday", "0-place": "quarter",
        "0-span-from": "01:00", "0-span-to": "04:00", "reason": "threat", "keeps_secrecy": "on", "go_on": "1",
        "send_at": "2026-11-27T10:00", "answer_by": "2026-12-04",
    }  # fmt: skip

    officer.post(reverse("notices:write:compose", args=[notice.pk]), form)
    again = page_of(officer, "notices:write:compose", notice)

    assert "on Tuesday 24 November" in page_of(officer, "notices:write:submit", notice)
    assert '<option value="2026-11-24" selected>on Tuesday 24 November</option>' in again
