"""Calls by hand: which numbers, what is read aloud, what a caller may report."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from plp.channels.calls import CallMessage, CallRecipient, Calls, call_list_pdf, call_sheet
from plp.channels.calls.channel import NotABelgianNumber
from plp.channels.calls.sheet import text_to_read_aloud
from plp.delivery.channel import Channel, Slot, Text
from plp.partnership.signs import kind_names_within_sentence
from plp.toolbox.texts import TextMissing, text
from tests.samples import SAMPLES

LANGUAGES = ("fr", "nl", "de", "en")
BODIES = {"fr": "Fermez à clé.", "nl": "Doe alles op slot.", "de": "Schließen Sie ab.", "en": "Lock your doors."}
TEXTS = Path(__file__).parents[2] / "src/plp/channels/calls/texts"
SERVICES = ("+32800", "+3290", "+3270", "+3278")  # free, premium, national rate
LANDLINE, MOBILE = "+3225551212", "+32475123456"


def message(**changes) -> CallMessage:
    made = CallMessage(
        sender=dict.fromkeys(LANGUAGES, "PLP Haren"),
        network=kind_names_within_sentence("plp_i"),
        texts={language: Text("calls", language, "", BODIES[language]) for language in LANGUAGES},
        check_code="k7m4xq9tz",
        written_at=datetime(2026, 11, 24, 20, tzinfo=UTC),
        hours=(clock(9), clock(20)),
    )
    return replace(made, **changes)


def member(name="Zoë Lœuïß", *, language="fr", numbers=(LANDLINE,), reference="") -> CallRecipient:
    return CallRecipient(name, language, numbers, reference)


def pages(made: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_it_keeps_the_contract():
    assert isinstance(Calls(), Channel)
    assert Calls.key == "calls"
    assert Calls.abilities.by_hand is True
    assert (Calls.address_form.input_type, Calls.address_form.autocomplete) == ("tel", "tel")
    assert {key for key, one in Calls.outcomes.items() if one.stops} == {"wrong_number", "asked_to_stop"}
    assert Calls().check() == []


def test_outcomes_lead_to_states():
    assert {key: outcome.state for key, outcome in Calls.outcomes.items()} == {
        "reached": "delivered",
        "no_answer": "queued",
        "voicemail": "queued",
        "wrong_number": "failed",
        "asked_to_stop": "failed",
    }


def test_every_word_exists_in_four_languages():
    words = [Calls.label, Calls.address_form.label, Calls.address_form.hint, NotABelgianNumber.sentence]
    for word in [*words, *(outcome.label for outcome in Calls.outcomes.values())]:
        spoken = set()
        for language in LANGUAGES:
            with translation.override(language):
                spoken.add(str(word))
        assert len(spoken) == 4


def test_numbers_of_public_examples_are_judged_as_libphonenumber_does():
    with (SAMPLES / "phones/be-phone-numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    wrong = []
    for row in rows:
        try:
            got = Calls().normalise(row["written"])
        except NotABelgianNumber:
            got = ""
        ordinary = row["libphonenumber_valid"] == "yes" and not row["libphonenumber_e164"].startswith(SERVICES)
        wrong += [row["written"]] if got != (row["libphonenumber_e164"] if ordinary else "") else []
    assert wrong == []


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("02/555.12.12", LANDLINE),
        ("02 555 12 12", LANDLINE),
        ("0032 2 555 12 12", LANDLINE),
        ("+32 (0)2 555 12 12", LANDLINE),
        ("0475/12.34.56", MOBILE),
        (" 0475 12 34 56 ", MOBILE),
        ("080 33 12 34", "+3280331234"),
    ],
)
def test_landlines_and_mobiles_come_to_one_form(raw, normal):
    assert Calls().normalise(raw) == normal
    assert Calls().normalise(normal) == normal


@pytest.mark.parametrize(
    "raw",
    ["", "abc", "101", "112", "0900 12 345", "0800 12 345", "070 12 31 23", "078 15 15 15", "+33 1 42 68 53 00",
     "02 555 12 12 ext. 5", "0475", "0" * 500],
)  # fmt: skip
def test_other_numbers_are_refused(raw):
    with pytest.raises(NotABelgianNumber):
        Calls().normalise(raw)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_says_who_calls_what_to_do_and_how_to_stop(language):
    spoken = text_to_read_aloud(message(), language)

    assert "PLP Haren" in spoken
    assert kind_names_within_sentence("plp_i")[language] in spoken
    assert BODIES[language] in spoken
    assert "k7m 4xq 9tz" in spoken
    assert "101" in spoken
    assert "112" in spoken


def test_slots_in_the_text_are_read_as_words():
    words = f"{Slot.NAME}: code {Slot.CHECK_CODE}, {Slot.STOP_LINK}"

    spoken = text_to_read_aloud(message(texts={"fr": Text("calls", "fr", "", words)}, site="plp.example.be"), "fr")

    assert "…………………: code k7m 4xq 9tz, plp.example.be" in spoken


def test_a_language_without_text_is_an_error():
    only_french = message(texts={"fr": Text("calls", "fr", "", "Corps")})

    with pytest.raises(TextMissing):
        call_sheet(only_french, [member(language="de")], language="fr")


def test_the_sheet_begins_with_the_volunteers_language_and_goes_a_to_z():
    people = [
        member("Zoë", reference="1"),
        member("anna", reference="2"),
        member("Jan", language="nl", numbers=(MOBILE, LANDLINE), reference="3"),
        member("Karl", language="de", reference="4"),
    ]

    sheet = call_sheet(message(), people, language="nl")

    lines = [(section.language, call.place, call.name, call.numbers, call.reference)
             for section in sheet.sections for call in section.calls]  # fmt: skip
    assert lines == [
        ("nl", 1, "Jan", ["0475 12 34 56", "02 555 12 12"], "3"),
        ("fr", 2, "anna", ["02 555 12 12"], "2"),
        ("fr", 3, "Zoë", ["02 555 12 12"], "1"),
        ("de", 4, "Karl", ["02 555 12 12"], "4"),
    ]
    assert sheet.count == "4 mensen te bellen"
    assert sheet.written == "24 november 2026 om 21\xa0uur"
    assert [key for key, _words in sheet.outcomes] == list(Calls.outcomes)
    assert call_sheet(message(), people[::-1], language="nl") == sheet


def test_hours_are_told_unless_the_message_does_not_wait():
    calm = call_sheet(message(), [member()], language="en").rules
    alarm = call_sheet(message(hours=None), [member()], language="en").rules

    assert calm == f"{alarm}\n\nCall only between 09:00 and 20:00."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_on_paper_says_all_it_must(language):
    made = call_list_pdf(message(), [member(), member("Jan", language="nl", numbers=(MOBILE,))], language=language)

    words = " ".join(pages(made))
    sheet = call_sheet(message(), [], language=language)
    with translation.override(language):
        labels = [f"☐ {outcome.label}" for outcome in Calls.outcomes.values()]
    expected = [squeezed(sheet.rules), *labels, "Zoë Lœuïß 02 555 12 12", "Jan 0475 12 34 56"]
    expected += [squeezed(text_to_read_aloud(message(), spoken)) for spoken in ("fr", "nl")]
    assert [part for part in expected if part not in words] == []


def test_the_sheet_tells_never_to_hide_the_number():
    rules = {language: text(TEXTS, "rules", language) for language in LANGUAGES}

    assert [line.split("\n")[0] for line in rules.values()] == [
        "Montrez votre numéro : ne le masquez pas. Beaucoup de personnes ne répondent pas à un numéro masqué.",
        "Toon uw nummer: verberg het niet. Veel mensen nemen niet op bij een verborgen nummer.",
        "Zeigen Sie Ihre Nummer: Unterdrücken Sie sie nicht. Viele gehen sonst nicht ans Telefon.",
        "Show your number: do not hide it. Many people do not answer a hidden number.",
    ]


def test_the_list_is_tagged_and_titled():
    reader = PdfReader(io.BytesIO(call_list_pdf(message(), [member()], language="de")))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a pypdf BooleanObject
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.metadata.title == "Anrufliste, PLP Haren"


def test_each_language_begins_a_page():
    people = [member(language=language) for language in LANGUAGES]

    assert len(pages(call_list_pdf(message(), people, language="fr"))) == 4


def test_hostile_names_neither_break_nor_leak():
    names = ['#read("/etc/passwd")', "#panic()", "]", "محمد الأمين", "🚗 Ana", "V" * 500, "Anne " * 60]

    words = " ".join(pages(call_list_pdf(message(), [member(name) for name in names], language="fr")))

    assert '#read("/etc/passwd")' in words
    assert "root:x:0:0" not in words
    assert "□ Ana" in words


def test_every_naughty_string_is_a_name_that_can_be_printed():
    naughty = json.loads((SAMPLES / "strings/blns.json").read_text(encoding="utf-8"))

    made = call_list_pdf(message(), [member(name) for name in naughty], language="fr")

    assert len(PdfReader(io.BytesIO(made)).pages) > len(naughty) / 12


def test_a_script_longer_than_a_page_goes_on():
    long = message(texts={"fr": Text("calls", "fr", "", "\n\n".join(f"Phrase {n} du message." for n in range(80)))})

    words = " ".join(pages(call_list_pdf(long, [member()], language="fr")))

    assert [n for n in range(80) if f"Phrase {n} du message." not in words] == []


def test_a_word_for_callers_stands_beside_the_number():
    someone = replace(member(), note="Laisser sonner longtemps")

    assert call_sheet(message(), [someone], language="fr").sections[0].calls[0].note == "Laisser sonner longtemps"
    assert "Laisser sonner longtemps" in pages(call_list_pdf(message(), [someone], language="fr"))[0]


def test_a_shop_is_named_with_its_hours_and_its_staff_may_hear_the_message():
    shop = replace(member("Els Maes"), firm="Apotheek Maes", hours="Mon 9:00-18:00", at_firm=True)

    sheet = call_sheet(message(), [shop, replace(shop, name="Jan", at_firm=False)], language="en")
    paper = squeezed(" ".join(pages(call_list_pdf(message(), [shop], language="en"))))

    calls = sheet.sections[0].calls
    assert [call.hours for call in calls] == ["Call only when it is open: Mon 9:00-18:00", "Open: Mon 9:00-18:00"]
    assert "staff" in sheet.rules
    assert "staff" not in call_sheet(message(), [member()], language="en").rules
    assert ("Apotheek Maes" in paper, "Call only when it is open" in paper) == (True, True)
