"""The texts of the launch pack: three languages alike, plain, careful with the law, and without false promises."""

import re
from itertools import pairwise

import pytest
from django.utils import translation
from django.utils.text import capfirst

from plp.documents import KINDS, Grid, placeholder_names, select_variant
from plp.documents.blocks import (
    AnswerLine,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    SpeakerNotes,
    TableBlock,
    plain_text,
)
from plp.evening.models import Opinion
from plp.evening.papers import TEXTS as EVENING_TEXTS
from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.documents.form_values import FormData, values_of_form_placeholders
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.register import BY_KEY, ENTRIES
from plp.launch.plan.steps import STEPS
from plp.launch.queries.texts import standard_document_text
from plp.partnership.models import Partnership
from plp.toolbox.texts import OFFICIAL_LANGUAGES, text
from tests.launch.wordings import composed, lines, longest_list, sections, shape, source, within, words

EACH = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.key for entry in ENTRIES])
MOST_WORDS, MOST_LINES, LONGEST_LINE = 24, 6, 60
TICK = re.compile(r"^- \[ \] (.+)$", re.MULTILINE)
SENTENCE = re.compile(r"[.!?:;…](?=\s|$)")
# What a text of ours never claims, beside the promises that ``launch.promises`` sees (R151).
CLAIMS = {
    "fr": (
        "quartier plus sûr",
        "fait fuir",
        "dissuade",
        "garantit la sécurité",
        "surveillance de quartier",
        "efficacité",
    ),
    "nl": (
        "veiliger buurt",
        "schrikt af",
        "schrikt inbrekers",
        "waarborgt de veiligheid",
        "buurtwacht",
        "doeltreffend",
    ),
    "de": ("sichereres viertel", "schreckt ab", "garantiert die sicherheit", "nachbarschaftswache", "wirksam gegen"),
}
# Words that each document says in each language, for the law or for the founding text.
SAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "folder": {
        "fr": ("29 juillet 1934", "RGPD", "30 juillet 2018", "gratuite"),
        "nl": ("29 juli 1934", "AVG", "30 juli 2018", "gratis"),
        "de": ("29. Juli 1934", "DSGVO", "30. Juli 2018", "kostenlos"),
    },
    "slides": {
        "fr": ("29 juillet 1934", "30 juillet 2018", "10 mai 2007", "secret de l’enquête", "source"),
        "nl": ("29 juli 1934", "30 juli 2018", "10 mei 2007", "geheim van het onderzoek", "bron"),
        "de": ("29. Juli 1934", "30. Juli 2018", "10. Mai 2007", "Untersuchungsgeheimnis", "Quelle"),
    },
    "coordinator_manual": {
        "fr": ("29 juillet 1934", "30 juillet 2018", "10 mai 2007", "Patrouiller"),
        "nl": ("29 juli 1934", "30 juli 2018", "10 mei 2007", "Patrouilleren"),
        "de": ("29. Juli 1934", "30. Juli 2018", "10. Mai 2007", "Streife"),
    },
    "letter_mayor": {"fr": ("29 juillet 1934",), "nl": ("29 juli 1934",), "de": ("29. Juli 1934",)},
    "letter_prosecutor": {
        "fr": ("29 juillet 1934", "secret de l’enquête"),
        "nl": ("29 juli 1934", "geheim van het onderzoek"),
        "de": ("29. Juli 1934", "Untersuchungsgeheimnis"),
    },
    "screening_slip": {
        "fr": ("N’écrivez jamais la raison",),
        "nl": ("Schrijf nooit de reden",),
        "de": ("Schreiben Sie nie den Grund",),
    },
}
NEIGHBOURS = {
    "fr": re.compile(r"\b[Vv]oisine?s?\b"),
    "nl": re.compile(r"\b[Bb]uren\b"),
    "de": re.compile(r"\b[Nn]achbarn?\b"),
}
# The idea comes before the kind; a study asked neighbours; streets and partnerships are neighbours.
ABOUT_NEIGHBOURS = ("idea_form", "press", "area_sheet", "stakeholder_list", "end_form")
TRADERS = {
    "fr": ("rendez-moi", "fausse monnaie", "vol à la caisse", "vol à l’étalage"),
    "nl": ("wisseltruc", "vals geld", "greep in de kassa", "winkeldiefstal"),
    "de": ("Wechseltrick", "Falschgeld", "Griff in die Kasse", "Ladendiebstahl"),
}


@EACH
def test_the_three_languages_ask_for_the_same_places(entry: PackDocument) -> None:
    asked = {language: placeholder_names(source(entry, language)) for language in OFFICIAL_LANGUAGES}

    assert asked["fr"] == asked["nl"] == asked["de"]


@EACH
@pytest.mark.parametrize("kind", KINDS)
def test_the_three_languages_have_the_same_structure(entry: PackDocument, kind: str) -> None:
    french, dutch, german = (shape(composed(entry, language, kind)) for language in OFFICIAL_LANGUAGES)

    assert french == dutch
    assert french == german
    assert next(block for block in french if block[0] == "Heading") == ("Heading", 1)


@EACH
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_no_title_skips_a_level(entry: PackDocument, language: str) -> None:
    levels = [block.level for block in composed(entry, language).blocks if isinstance(block, Heading)]

    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == []


@EACH
def test_sentences_are_short(entry: PackDocument) -> None:
    long = [
        sentence.strip()
        for language in OFFICIAL_LANGUAGES
        for kind in KINDS
        for line in words(composed(entry, language, kind)).splitlines()
        for sentence in SENTENCE.split(line)
        if len(sentence.split()) > MOST_WORDS
    ]

    assert long == []


@EACH
def test_nothing_is_promised_about_crime(entry: PackDocument) -> None:
    said = [
        line
        for language in OFFICIAL_LANGUAGES
        for kind in KINDS
        for line in words(composed(entry, language, kind)).splitlines()
        if promises_fewer_crimes(line) or any(claim in line.casefold() for claim in CLAIMS[language])
    ]

    assert said == []


def test_a_false_promise_would_be_seen() -> None:
    promise = "Moins de cambriolages dans votre rue"

    assert promises_fewer_crimes(promise)


@EACH
def test_emergency_numbers_and_the_circular_are_places(entry: PackDocument) -> None:
    text = "\n".join(source(entry, language) for language in OFFICIAL_LANGUAGES)

    assert re.findall(r"\b(?:101|112)\b|5 octobre 2022|5 oktober 2022|5\. Oktober 2022", text) == []


@EACH
def test_typography_is_that_of_the_language(entry: PackDocument) -> None:
    french = source(entry, "fr")
    body = "\n".join(line for line in french.splitlines() if not line.startswith(":::"))

    assert re.findall(r"(?<=[^\s|-]) (?!!\[)[:;?!»]|«[^\u00a0]|[a-zé]'", body) == []
    assert "'" not in source(entry, "nl") + source(entry, "de")


@pytest.mark.parametrize("key", SAYS)
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_what_the_law_asks_is_said(key: str, language: str) -> None:
    text = words(composed(BY_KEY[key], language))

    assert [said for said in SAYS[key][language] if said not in text] == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
@pytest.mark.parametrize(
    ("key", "count"), [("invitation", 7), ("coordinator_profile", 9), ("coordinator_manual", 9), ("charter_guide", 10)]
)
def test_points_and_tasks_of_the_founding_text_are_all_there(key: str, count: int, language: str) -> None:
    assert longest_list(composed(BY_KEY[key], language)) == count


NOTHING_KNOWN = FormData(evening=None, points=[], votes=[], voters_present=0, signs=[], questions=[], candidates=[])


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_agenda_has_the_seven_points_and_the_guide_the_seven_tasks(language: str) -> None:
    agenda, guide = composed(BY_KEY["agenda"], language), composed(BY_KEY["charter_guide"], language)

    points = values_of_form_placeholders(Partnership(), NOTHING_KNOWN, [], None, language)["agenda"]
    tasks = [len(block.items) for block in guide.blocks if isinstance(block, ListBlock) and block.ordered]
    assert isinstance(points, Grid)
    assert [row[0][:2] for row in points.rows] == [f"{number}." for number in range(1, 8)]
    assert "agenda" in words(agenda).splitlines()
    assert tasks == [10, 7]


@EACH
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_traders_are_not_called_neighbours_and_their_name_is_not_a_place(entry: PackDocument, language: str) -> None:
    """A partnership of traders may be called "Malmedy, cafés and restaurants": nothing starts "in" that."""
    variants = [select_variant(source(entry, language), kind) for kind in ("plp_i", "sectoral")]
    spoken = [text for text in variants if entry.key not in ABOUT_NEIGHBOURS]

    assert [found for text in spoken for found in NEIGHBOURS[language].findall(text)] == []
    assert [found for text in variants for found in re.findall(r"\b(?:à|de|in|von|van) \{partnership\}", text)] == []


@EACH
def test_what_one_may_leave_open_is_called_optional(entry: PackDocument) -> None:
    free = re.compile(
        r"\*\((?:libre|vrij|frei)\)\*|(?:partie|nom|autocollant|deel|schrijven|sticker) (?:est libre|is vrij)"
    )

    assert [found for language in OFFICIAL_LANGUAGES for found in free.findall(source(entry, language))] == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_traders_read_of_their_own_subjects_and_others_do_not(language: str) -> None:
    subjects = [subject.casefold() for subject in TRADERS[language]]
    traders, residents = (words(composed(BY_KEY["folder"], language, kind)).casefold() for kind in ("plp_i", "plp"))

    assert [subject for subject in subjects if subject not in traders] == []
    assert [subject for subject in subjects if subject in residents] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_slide_has_at_most_six_short_lines(language: str, kind: str) -> None:
    slides = [
        (title, [block for block in below if not isinstance(block, SpeakerNotes)])
        for title, below in sections(composed(BY_KEY["slides"], language, kind))
    ]

    crowded = [title for title, below in slides if len([*lines(below)]) > MOST_LINES]
    long = [plain_text(line) for _, below in slides for line in lines(below) if len(plain_text(line)) > LONGEST_LINE]
    assert crowded == []
    assert long == []
    assert all(len(title) <= LONGEST_LINE for title, _ in slides)


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_step_plan_on_paper_has_every_needed_step_in_its_order(language: str) -> None:
    paper = standard_document_text(BY_KEY["step_plan"], language)

    assert re.findall(r"\{done_(\w+)\}", paper) == [step.key for step in STEPS if not step.optional]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
@pytest.mark.parametrize("key", ["registration_form", "volunteer_form", "candidate_form"])
def test_the_privacy_notice_comes_before_the_first_thing_to_fill_in(key: str, language: str) -> None:
    text = source(BY_KEY[key], language)
    notice = {"fr": "données", "nl": "gegevens", "de": "Daten"}[language]

    first = min(text.index(mark) for mark in ("____", "- [ ]"))
    assert text.index(notice) < first


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_screening_slip_leaves_no_room_for_a_reason(language: str) -> None:
    blocks = composed(BY_KEY["screening_slip"], language).blocks
    reason = {"fr": ("raison", "motif"), "nl": ("reden", "motief"), "de": ("grund", "begründung")}[language]

    asked = [
        plain_text(block.spans).casefold()
        for block in within(blocks)
        if isinstance(block, Paragraph) and any(span.mark == "answer" for span in block.spans)
    ]
    assert asked != []
    assert [line for line in asked if any(word in line for word in reason)] == []
    assert not any(isinstance(block, (AnswerLine, TableBlock, PageBreak)) for block in blocks)


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_press_text_calls_the_pictures_as_the_pack_does(language: str) -> None:
    with translation.override(language):
        name = str(BY_KEY["pictures"].label)

    assert name in source(BY_KEY["press"], language)


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_the_opinion_form_has_the_ticks_of_the_evening_and_two_lines_to_write(language: str) -> None:
    """Whoever has no internet says it on paper, naming nobody; the lines are never typed (ADR 85)."""
    with translation.override(language):
        subjects = [str(capfirst(label)) for label in Opinion.About.labels]
    kit = text(EVENING_TEXTS, "kit_opinion", language, subjects="\n".join(f"- [ ] {label}" for label in subjects))
    form = standard_document_text(BY_KEY["opinion_form"], language)

    ticks, lines_to_write = TICK.findall(form), [line for line in form.splitlines() if line == "____"]

    assert (ticks[: len(subjects)], len(ticks)) == (subjects, len(subjects) + len(Opinion.View))
    assert (ticks, lines_to_write) == (TICK.findall(kit), ["____", "____"])
    assert kit.count("\n____\n") == 2
