"""The slides of the evening: a picture or a statement each, read from the last row, with what to say."""

import re
from dataclasses import replace
from datetime import time
from functools import cache

import pytest
from django.utils.translation import override

from plp.charter.models import PlanRule
from plp.charter.queries import financing_in_preparation
from plp.documents import KINDS
from plp.documents.blocks import Document, plain_text
from plp.documents.slides.layout import slide_plans
from plp.documents.slides.metrics import IN_THE_ROOM
from plp.documents.slides.shapes import ArrowShape, PictureShape, SlidePlan, TableShape, TextShape
from plp.evening.states import AGENDAS, Purpose
from plp.launch.documents import files
from plp.launch.documents.channel_choices import typed_channels_quickest_first
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.documents.slide_values import USUAL_COSTS, costs_for_slide, sending_hours_text
from plp.launch.queries.texts import standard_document_text
from plp.toolbox.texts import LANGUAGES
from tests.factories.cast import NOW
from tests.launch.complete import complete

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ENTRY = BY_KEY["slides"]
EVENING, RESERVE = 120, 10  # minutes


@pytest.fixture
def decks() -> dict[str, Document]:
    """The slides of a complete partnership, by language."""
    return {language: document("plp", language) for language in LANGUAGES}


def document(kind: str, language: str) -> Document:
    facts = gather_partnership_data(partnership(kind), at=NOW)
    return files.compose_pack_document(
        ENTRY, standard_document_text(ENTRY, language), facts, values_of_all_placeholders(facts, language), language
    )


@cache
def partnership(kind: str):
    return complete(kind)


@pytest.fixture(autouse=True)
def _fresh():
    partnership.cache_clear()


def read_sizes(plan: SlidePlan) -> list[float]:
    """The sizes of what is read; numbers on discs are ornaments."""
    lines = [line for shape in plan.shapes if isinstance(shape, TextShape) for line in shape.lines]
    lines += [
        line
        for shape in plan.shapes
        if isinstance(shape, TableShape)
        for row in shape.rows
        for cell in row
        for line in cell
    ]
    return [line.size for line in lines if not plain_text(line.spans).isdigit()]


def shown_words(plan: SlidePlan) -> str:
    """What stands on a slide, but for tables."""
    lines = [line for shape in plan.shapes if isinstance(shape, TextShape) for line in shape.lines]
    return " ".join(plain_text(line.spans) for line in lines)


def test_the_path_of_a_message_ends_with_what_the_police_may_say_and_leads_nowhere_back(decks):
    told = {"fr": "si l’enquête", "nl": "als het onderzoek", "de": "soweit sie darf", "en": "if the investigation"}
    for language, words in told.items():
        plan = slide_plans([decks[language]])[4]
        arrows = [shape for shape in plan.shapes if isinstance(shape, ArrowShape)]
        numbers = [word for word in shown_words(plan).split() if word.isdigit()]

        assert numbers == ["1", "2", "3", "4", "5", "6"]
        assert words in shown_words(plan)
        assert len(arrows) == 5  # from one to the next, none to the first


def test_fifteen_slides_each_read_from_the_last_row_with_what_to_say(decks):
    for language, deck in decks.items():
        plans = slide_plans([deck])

        assert 12 <= len(plans) <= 15, language
        assert min(size for plan in plans for size in read_sizes(plan)) >= IN_THE_ROOM, language
        assert all(plan.notes and plan.notes[0].blocks for plan in plans), language
        assert sum(any(isinstance(shape, PictureShape) for shape in plan.shapes) for plan in plans) >= 10, language
        assert deck.missing == ()


def test_what_to_say_takes_as_long_as_the_agenda_and_leaves_a_reserve(decks):
    agenda = sum(AGENDAS[Purpose.INFORMATION].values())
    minutes = [
        sum(note.minutes for note in deck.blocks if type(note).__name__ == "SpeakerNotes") for deck in decks.values()
    ]

    assert minutes == [agenda] * len(decks)
    assert agenda + RESERVE == EVENING


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("language", "acts", "asks"),
    [
        ("fr", ("agissez",), "Un code\u00a0?"),
        ("nl", ("handelt",), "Een code?"),
        ("de", ("handeln",), "Ein Code?"),
        ("en", ("act",), "A code?"),
    ],
)
def test_nobody_is_told_to_act_and_no_ballot_must_bear_a_code(kind, language, acts, asks):
    slides = [shown_words(plan) for plan in slide_plans([document(kind, language)])]

    assert [words for words in slides if set(acts) & set(words.lower().replace(".", " ").split())] == []
    assert sum(asks in words for words in slides) == 1


def test_two_languages_stand_side_by_side_on_every_slide(decks):
    plans = slide_plans([decks["fr"], decks["nl"]])

    assert [len(plan.notes) for plan in plans if plan.notes] == [2] * 15
    assert min(size for plan in plans[1:] for size in read_sizes(plan)) >= IN_THE_ROOM


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (("fr", "nl"), ("Police, urgent", "Politie, dringend")),
        (("de", "fr"), ("Polizei, dringend", "Police, urgent")),
        (("nl", "de"), ("Politie, dringend", "Polizei, dringend")),
        (("fr", "nl", "de"), ("Police, urgent", "Politie, dringend", "Polizei, dringend", "Blessé, feu, fumée")),
    ],
)
def test_an_emergency_number_says_whose_it_is_in_every_language(decks, languages, words):
    lines = [
        plain_text(line.spans)
        for plan in slide_plans([decks[language] for language in languages])
        for shape in plan.shapes
        if isinstance(shape, TextShape)
        for line in shape.lines
    ]

    assert [word for word in words if word not in lines] == []


def test_in_three_languages_both_columns_have_heads_of_one_size_and_the_code_stands_beside_its_words(decks):
    plans = slide_plans([decks["fr"], decks["nl"], decks["de"]])
    heads = [
        line.size
        for plan in plans
        if "Ce n’est pas" in shown_words(plan)
        for shape in plan.shapes
        if isinstance(shape, TextShape)
        for line in shape.lines
        if line.colour == "paper"
    ]

    assert len(heads) == 2
    assert len(set(heads)) == 1
    assert [plan for plan in plans if "Sur papier, à la table" in shown_words(plan) and "/join" in shown_words(plan)]


def test_before_a_plan_slides_show_the_ways_of_the_form_and_leave_out_what_nobody_settled():
    facts = replace(gather_partnership_data(partnership("sectoral"), at=NOW), rules=(), financing=None)

    for language in LANGUAGES:
        values = values_of_all_placeholders(facts, language)
        deck = files.compose_pack_document(ENTRY, standard_document_text(ENTRY, language), facts, values, language)

        assert deck.missing == ()
        assert len(slide_plans([deck])) == 15
        assert len(values["ways"].cards) == len(typed_channels_quickest_first())
        assert len(values["costs"].cards) == len(USUAL_COSTS)


def test_traders_read_of_traders():
    for language, words in (("fr", "Commerçants"), ("nl", "Handelaars"), ("de", "Händler"), ("en", "Traders")):
        plans = slide_plans([document("plp_i", language)])
        titles = [plain_text(plan.title.lines[0].spans) for plan in plans]
        pictures = {shape.name for plan in plans for shape in plan.shapes if isinstance(shape, PictureShape)}

        assert any(words in title for title in titles), language
        assert {plan.title.lines[0].size for plan in plans[1:]} == {40}, language
        assert ("traders" in pictures, "neighbours" in pictures) == (True, False), language


@pytest.mark.parametrize("kind", KINDS)
def test_no_slide_of_any_kind_is_too_full(kind):
    plans = slide_plans([document(kind, "de")])

    assert len(plans) <= 15
    assert min(size for plan in plans for size in read_sizes(plan)) >= IN_THE_ROOM


def test_all_that_is_urgent_leaves_at_any_hour_and_the_rest_within_all_their_hours():
    advice, digest = (
        PlanRule(kind=kind, hours_from=time(first), hours_until=time(last))
        for kind, first, last in (("advice", 9, 18), ("infoflash", 8, 21))
    )
    free = PlanRule(kind="newsletter")

    with override("nl"):
        always = "op elk moment, behalve in de rustige uren van wie dan geen alarmberichten aanvaardt"
        urgent = f"Dringend: {always}."
        assert sending_hours_text([advice, digest]) == f"{urgent} De rest: van 8\xa0uur tot 21\xa0uur."
        assert sending_hours_text([advice, free]) == f"{urgent} De rest: op elk moment."
        assert sending_hours_text([PlanRule(kind="calamity")]) is None


@pytest.mark.parametrize(
    ("language", "sign"), [("fr", r"\d\xa0€"), ("nl", r"€\xa0\d"), ("de", r"\d\xa0€"), ("en", r"€\xa0?\d")]
)
def test_euros_stand_where_the_language_puts_them(language, sign):
    plan = financing_in_preparation(partnership("plp"))

    with override(language):
        table = costs_for_slide(plan, language, ["fr"])

    assert all(re.fullmatch(rf".*{sign}.*", row[1]) for row in table.rows)
