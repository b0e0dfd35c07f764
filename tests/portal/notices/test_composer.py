"""Composing a message from sentences: from event to submitted in four languages, and saying it again."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from plp.notices import actions as notices
from plp.notices.compositions import starting_composition_of_feedback
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.toolbox.texts import LANGUAGES
from plp.wording.check import suggested_replacement_sentence
from tests.factories.cast import Cast, contact, member
from tests.factories.firms import among_traders
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
MOST_TOUCHES = 12
COMMONEST = (
    "burglary", "attempted_burglary", "bicycle_theft", "car_theft", "door_fraud", "phone_fraud", "sms_fraud", "fire",
    "smoke", "road_closed",
)  # fmt: skip


def begun(cast: Cast, officer: Client, subject: str) -> Notice:
    officer.post(reverse("notices:write:new"), {"partnership": cast.here.partnership.pk, "subject": subject})
    return Notice.objects.get(state=State.DRAFT, corrects=None, answers=None)


def sent(page: str, **more: str) -> tuple[dict[str, object], int]:
    """What the form of the page sends once each empty slot has its first value, and how many touches that takes."""
    form: dict[str, object] = {
        "situation": re.findall(r'name="situation" value="(\w+)"', page)[0],
        "sentence": re.findall(r'name="sentence" value="([\w.]+)"', page),
        "reason": "threat",
        **more,
    }
    touches, asked = 0, set()
    for name, label, options in re.findall(r'<select name="(\d[\w-]+)"[^>]*label="([^"]+)">(.*?)</select>', page):
        values = re.findall(r'<option value="(\w*)"(?: selected)?>', options)
        chosen = re.findall(r'value="(\w+)" selected', options)
        if not chosen and label in asked:
            continue  # what is said once need not be said again
        form[name] = (chosen or values[1:])[0]
        asked.add(label)
        touches += 0 if chosen else 2
    for name, value in re.findall(r'<input type="time" name="(\d[\w-]+)"[^>]*value="([\d:]*)"', page):
        form[name] = value or "18:30"
        touches += 0 if value else 3
    return form, touches


def test_a_composed_message_that_is_not_urgent_is_gathered_and_says_days_by_date(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    asked = {"partnership": cast.here.partnership.pk, "subject": "bicycle_theft", "time": "weeks"}
    answers = {**asked, "victims": "anyone", "threat": "repeats", "reach": "quarter"}
    proposal = officer.post(reverse("notices:guidance:aid"), answers).text
    notice = begun(cast, officer, "bicycle_theft")
    address = reverse("notices:write:compose", args=[notice.pk])
    page = html.unescape(officer.get(address).text)
    form, _touches = sent(page, reason="prevention", gather="1")
    held = officer.post(address, {**form, "keeps_secrecy": ""}).text

    answer = officer.post(address, {**form, "keeps_secrecy": "on"})

    notice.refresh_from_db()
    assert "Write it for the digest" in proposal
    assert "Gather it for the digest" in page
    assert "Confirm first that the message does not harm the secrecy" in held
    assert "on Wednesday 25 November" in title_core_and_more_by_language(notice)["en"][1]
    assert (answer.status_code, notice.state) == (302, State.GATHERED)


@pytest.mark.parametrize("subject", COMMONEST)
def test_from_event_to_submitted_in_four_languages_in_twelve_touches(cast: Cast, subject: str) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, subject)
    address = reverse("notices:write:compose", args=[notice.pk])
    page = html.unescape(officer.get(address).text)

    form, slots = sent(page, keeps_secrecy="on", go_on="1")
    answer = officer.post(address, form)
    officer.post(answer["Location"])
    touches = ["write", "situation", *["slot"] * slots, "secrecy", "save", "offer"]

    notice.refresh_from_db()
    assert (notice.state, sorted(title_core_and_more_by_language(notice))) == (State.SUBMITTED, sorted(LANGUAGES))
    assert len(touches) <= MOST_TOUCHES, touches


def test_a_slot_that_is_open_is_named_and_what_was_chosen_stays(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text, keeps_secrecy="on", go_on="1")

    page = officer.post(address, form | {"0-lately": ""}).text

    assert "Fill in [day], or remove it" in page
    assert page.count("slot-missing") == 1
    assert '<option value="back_door" selected>' in page


def test_no_sign_behind_a_slot_begins_a_line(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "attempted_burglary")

    page = officer.get(reverse("notices:write:compose", args=[notice.pk])).text

    signs = re.findall(r"(?:</select>|<input type=\"time\"[^>]*>)(\W*?)</span>", page)
    assert {",", "."} <= {sign.strip() for sign in signs}
    assert not re.search(r"</span></span>\s*[,;:.!?]", page)


def test_sentences_are_moved_taken_out_and_added_by_buttons(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "smoke")
    address = reverse("notices:write:compose", args=[notice.pk])

    def keys(act: str) -> list[str]:
        form, _touches = sent(officer.get(address).text, act=act)
        officer.post(address, form)
        notice.refresh_from_db()
        return [row["sentence"].removeprefix("smoke.") for row in (notice.composition or {})["sentences"]]

    assert keys("up-1")[:2] == ["windows", "cloud"]
    assert keys("down-0")[:2] == ["cloud", "windows"]
    assert keys("move-0-1")[:2] == ["windows", "cloud"]
    assert keys("move-1-0")[:2] == ["cloud", "windows"]
    assert keys("move-9-0")[:2] == ["cloud", "windows"]
    assert "ventilation" not in keys("out-2")
    assert keys("add-smoke.children")[-1] == "children"


def test_a_word_of_any_language_finds_situations_and_sentences(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")

    new = officer.get(reverse("notices:write:new"), {"find": "fumée"}).text
    compose = officer.get(reverse("notices:write:compose", args=[notice.pk]), {"find": "fiets"}).text

    assert re.findall(r'name="subject" value="(\w+)"', new) == ["smoke"]
    assert 'value="add-bicycle_theft.lock"' in compose


def test_situations_of_shops_say_so_and_come_first_for_a_partnership_of_shops(cast: Cast) -> None:
    """An officer of both kinds chooses the partnership, and the list is that of it (R33)."""
    among_traders(cast.next_door.partnership)
    officer, new = signed_in(cast.officer), reverse("notices:write:new")

    first, chosen = officer.get(new).text, officer.get(new, {"partnership": cast.next_door.partnership.pk}).text

    def listed(page: str) -> list[str]:
        return re.findall(r'name="subject" value="(\w+)"', page)

    assert sorted(listed(chosen)) == sorted(listed(first))
    assert {*listed(chosen)[:3]} == {"shop_theft", "till_trick", "shop_robbery"} != {*listed(first)[:3]}
    assert first.count(", for shops</span>") == 3
    assert 'data-hx-get="." data-hx-include="#find" data-hx-select="#situations"' in first


def test_the_reason_is_called_needed_where_it_is_asked_for(cast: Cast) -> None:
    officer, new = signed_in(cast.officer), reverse("notices:write:new")

    page = officer.get(new).text
    refused = officer.post(new, {"partnership": cast.here.partnership.pk, "kind": "advice"}).context["form"]

    legend = re.search(r"<legend>Why do you send it\?(.*?)</legend>", page)
    assert legend is not None
    assert "(needed if you write it by hand)" in legend[1]
    assert list(refused.errors) == ["reason"]


@pytest.mark.parametrize(("kind", "first"), [("plp_i", {"till_trick", "shop_theft"}), ("plp", set())])
def test_shops_are_offered_their_own_subjects_first(cast: Cast, kind: str, first: set[str]) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(kind=kind)

    page = signed_in(cast.officer).get(reverse("notices:write:new"), {"partnership": cast.here.partnership.pk}).text

    keys = re.findall(r'name="subject" value="(\w+)"', page)
    assert {"till_trick", "shop_theft"} & set(keys[:2]) == first


def test_words_of_ones_own_stand_in_each_language_and_by_hand_ends_the_choice(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "smoke")
    form, _touches = sent(officer.get(reverse("notices:write:compose", args=[notice.pk])).text)
    officer.post(reverse("notices:write:compose", args=[notice.pk]), form | {"addition-fr": "L'école est ouverte."})
    added = {language: " ".join(words[1:]) for language, words in title_core_and_more_by_language(notice).items()}

    about = {"notice": Notice.objects.get(), "language": "fr", "by": cast.officer, "at": AT}
    notices.write_text_and_drop_composition(title="Fumée", core="Restez chez vous.", more="", **about)

    assert all("L'école est ouverte." in words for words in added.values())
    assert "in French only" in added["en"]
    assert Notice.objects.get().composition is None


NAMED = "M. Albert Durieux habite au 12, rue de Verdun."


def test_two_reasons_against_one_sentence_are_one_card_and_one_touch_puts_another_in_its_place(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text, **{"addition-fr": NAMED})
    officer.post(address, form)
    held = officer.get(address)
    cards = [card for card, _typed in held.context["findings"]]

    officer.post(address, form | {"say": cards[0].key}, follow=True)
    shown = officer.get(address)

    assert [(card.sentence, len(card.reasons) > 1, sorted(card.languages)) for card in cards] == [
        (NAMED, True, sorted(LANGUAGES))
    ]
    assert held.text.count('name="say"') == 1
    assert "<mark>M. Albert</mark>" in held.text
    assert "<mark>au 12</mark>" in held.text
    assert shown.context["findings"] == []
    additions = shown.context["composition"].additions
    assert additions == {
        language: suggested_replacement_sentence(cards[0].judgements[0].finding.rule, language)
        for language in LANGUAGES
    }


def test_words_that_stand_untranslated_are_doubted_in_their_own_language_alone(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")
    address = reverse("notices:write:compose", args=[notice.pk])
    advice, held = "Kijk elk biljet van 50 euro na.", "De plaat is 1-ABC-123."

    found = []
    for words in (advice, held):
        form, _touches = sent(officer.get(address).text, **{"addition-nl": words})
        officer.post(address, form)
        found.append([sorted(card.languages) for card, _typed in officer.get(address).context["findings"]])

    assert found == [[], [sorted(LANGUAGES)]]


def test_one_reason_lets_a_sentence_pass_in_every_language_of_a_composed_message(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "burglary")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text, **{"addition-fr": "L'école, 12, rue de Verdun, est ouverte."})
    officer.post(address, form)
    key = re.findall(r'name="(reason-\w{16})"', officer.get(address).text)

    short = officer.post(address, form | {key[0]: "short"})
    officer.post(address, form | {key[0]: "Adresse publique d'une école"})

    assert len(key) == 1
    assert "ten characters" in short.text
    assert 'value="short"' in short.text
    assert [card.override_reason for card, _typed in officer.get(address).context["findings"]] == [
        "Adresse publique d'une école"
    ]


def relayed(cast: Cast, officer: Client) -> Notice:
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    notice = begun(cast, officer, "attempted_burglary")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text, keeps_secrecy="on", go_on="1")
    officer.post(officer.post(address, form | {"0-hour": "18:30"})["Location"])
    notice.refresh_from_db()
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return notice


def test_a_correction_opens_with_what_was_sent_and_says_what_changed(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    origin = relayed(cast, officer)
    officer.post(reverse("notices:write:correct", args=[origin.pk]))
    address = reverse("notices:write:compose", args=[origin.corrected_by.get().pk])
    page = officer.get(reverse("notices:write:edit", args=[origin.corrected_by.get().pk]), follow=True).text

    officer.post(address, sent(page)[0] | {"0-hour": "19:05"})

    words = title_core_and_more_by_language(origin.corrected_by.get())
    assert 'value="18:30"' in page
    assert words["nl"][1].startswith("Verbeterd: het uur. Er was zonet een poging tot inbraak in de buurt, rond 19.05")
    assert words["fr"][1].startswith("Corrigé\u00a0: l'heure. ")


def test_a_reminder_and_a_feedback_begin_with_their_sentences(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    origin = relayed(cast, officer)

    officer.post(reverse("notices:write:repeat", args=[origin.pk]))
    officer.post(reverse("notices:write:feedback", args=[origin.pk]))

    reminder, feedback = Notice.objects.filter(state=State.DRAFT).order_by("kind")
    assert title_core_and_more_by_language(reminder)["en"][1].startswith(
        "Reminder: this message still holds. There has just been an"
    )
    assert title_core_and_more_by_language(feedback)["fr"][1].startswith("Aucun nouveau fait n'a été signalé")


@pytest.mark.parametrize(
    ("kind", "situation", "opening"),
    [
        ("alarm", "fire", "fire.over"),
        ("infoflash", "car_theft", "thanks.quiet"),
        ("alarm", None, "thanks.quiet"),
        ("calamity", None, "thanks.over"),
    ],
)
def test_a_feedback_says_that_the_danger_is_over_only_of_a_danger(
    kind: str, situation: str | None, opening: str
) -> None:
    origin = Notice(kind=kind, composition=situation and {"situation": situation})

    opened = starting_composition_of_feedback(origin, AT).choices

    assert [choice.sentence for choice in opened] == [opening, "thanks.thanks", "thanks.stay"]


def test_a_correction_of_words_by_hand_begins_with_them(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    origin = relayed(cast, officer)
    Notice.objects.filter(pk=origin.pk).update(composition=None)

    page = officer.post(reverse("notices:write:correct", args=[origin.pk]), follow=True).text

    assert title_core_and_more_by_language(origin.corrected_by.get()) == title_core_and_more_by_language(origin)
    assert "Er was zonet een poging tot inbraak in de buurt" in page


def test_open_gaps_are_named_and_nothing_calls_the_text_ready(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "bicycle_theft")
    address = reverse("notices:write:compose", args=[notice.pk])
    page = officer.get(address).text
    form, _touches = sent(page)

    officer.post(address, form)
    filled = officer.get(address).text

    assert re.findall(r"Still to be filled in: (.*?)\.<", page) == ["[two-wheeler], [day]"]
    assert ["Nothing to change." in one for one in (page, filled)] == [False, True]
    assert "Still to be filled in" not in filled


def test_the_release_page_says_who_reads_another_language_than_the_only_one_written(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Ann Un", "nl"), "email", "ann@example.org")
    notice = released(cast)
    Notice.objects.filter(pk=notice.pk).update(state=State.SUBMITTED)

    page = signed_in(cast.second_officer).get(reverse("notices:release:release", args=[notice.pk])).text

    assert "1 person reads Dutch and gets it in French" in page
    assert ("You read every language" in page, "You take responsibility for this text" in page) == (False, True)


def test_what_is_kept_while_one_writes_takes_no_confirmation_back(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    notice = begun(cast, officer, "bicycle_theft")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text)
    form.pop("keeps_secrecy", None)

    officer.post(address, {**form, "keeps_secrecy": "on", "act": "look"})
    officer.post(address, {**form, "reason": "threat"}, headers={"HX-Request": "true"})
    notice.refresh_from_db()
    kept = (notice.keeps_secrecy, notice.reason)
    officer.post(address, {**form, "act": "look"})
    notice.refresh_from_db()

    assert kept == (True, "threat")
    assert notice.keeps_secrecy is False
