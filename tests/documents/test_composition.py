"""From Markdown and values to blocks; values never act as markup (T25, T47)."""

import json

import pytest

from plp.documents import Grid, Lines, Missing, UnknownPlace, WrongVariant, compose, placeholder_names
from plp.documents.blocks import (
    AnswerLine,
    Heading,
    ListBlock,
    ListItem,
    NoteBox,
    PageBreak,
    Paragraph,
    QrCode,
    Span,
    TableBlock,
    plain_text,
)
from plp.documents.composition import select_variant
from tests.documents.sample import PLACES, SOURCE, sample
from tests.samples import SAMPLES

STRINGS = SAMPLES / "strings/blns.json"


def blocks(source, language="fr", kind="plp", **places):
    return compose(source, places, language=language, title="t", kind=kind).blocks


def test_every_part_of_the_subset_becomes_its_block():
    kinds = [type(block) for block in sample().blocks]

    assert kinds == [
        Heading, Paragraph, Paragraph, Heading, ListBlock, ListBlock, Paragraph, ListBlock, ListBlock, Paragraph,
        AnswerLine, NoteBox, TableBlock, TableBlock, QrCode, PageBreak, Heading, Paragraph,
    ]  # fmt: skip


def test_bold_italic_breaks_and_answer_lines_are_spans():
    (made,) = blocks("**a** *b* c\\\nNom : ____ et ____")

    assert made == Paragraph(
        (
            Span("a", bold=True), Span(" "), Span("b", italic=True), Span(" c"), Span(mark="break"), Span("Nom : "),
            Span(mark="answer"), Span(" et "), Span(mark="answer"),
        )
    )  # fmt: skip


def test_the_first_title_is_of_level_one_and_none_skips_a_level():
    made = blocks("## a\n\n### b\n\n# c\n\n#\n\n### d")

    assert [(block.level, plain_text(block.spans)) for block in made] == [(1, "a"), (2, "b"), (1, "c"), (2, "d")]


def test_titles_that_stand_beside_each_other_are_of_one_level():
    made = blocks("## a\n\n## b\n\n### c\n")

    assert [(block.level, plain_text(block.spans)) for block in made] == [(1, "a"), (1, "b"), (2, "c")]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:a@b.be", f"https://e.be/{'x' * 400}", ""])
def test_a_code_leads_to_a_page_of_the_web_alone(link):
    assert not any(isinstance(block, QrCode) for block in blocks(f"![qr]({link})"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Nous écrivons ![ici](x) tous les mois.", "Nous écrivons ici (x) tous les mois."),
        ("Lisez *tout ![](x)*", "Lisez tout (x)"),
        ("# Titre ![a](b)", "Titre a (b)"),
        ("Avant ![la page]({link}) après", "Avant la page (https://e.be/p) après"),
    ],
)
def test_a_picture_within_a_line_loses_no_word_around_it(source, said):
    (made,) = blocks(source, link="https://e.be/p")

    assert plain_text(made.spans) == said


def test_pictures_that_stand_alone_are_each_shown():
    made = blocks("![qr]({link})\n![qr]({link})", link="https://e.be/p")

    assert made == (QrCode("https://e.be/p"),) * 2


def test_a_check_box_is_ticked_or_not():
    (made,) = blocks("- [ ] a\n- [x] b\n- c")

    assert [item.box for item in made.items] == [False, True, None]
    assert made.items[0] == ListItem((Paragraph((Span("a"),)),), box=False)


@pytest.mark.parametrize(
    "value",
    [
        "**fat** *lean* # Title",
        "- [ ] box\n- list",
        "| a | b |\n|---|---|\n| c | d |",
        "![qr](https://example.org) [a](https://example.org)",
        "____",
        "---",
        "{partnership} {unknown}",
        "::: only plp\n:::",
        "<script>alert(1)</script> &lt; &amp;",
        "> note\n\n\nend",
    ],
)
def test_a_value_never_acts_as_markup(value):
    (made,) = blocks("Dit : {words}.", words=value)

    said = "\n".join(span.text for span in made.spans if span.mark != "break")
    assert isinstance(made, Paragraph)
    assert said.replace("\n", "") == "Dit : " + "".join(value.splitlines()) + "."
    assert not any(span.bold or span.italic or span.mark not in {"", "break"} for span in made.spans)


def test_a_naughty_value_changes_no_block():
    for value in json.loads(STRINGS.read_text(encoding="utf-8")):
        if value.strip():
            made = blocks("# T\n\n{words}\n\n- {words}\n\n> {words}", words=value)
            assert [type(block) for block in made] == [Heading, Paragraph, ListBlock, NoteBox]


def test_lines_alone_become_a_list_and_within_a_sentence_a_row_of_words():
    alone, within = blocks("{streets}\n\nRues : {streets}.", streets=Lines(["A", "*B*"]))

    assert alone == ListBlock((ListItem((Paragraph((Span("A"),)),)), ListItem((Paragraph((Span("*B*"),)),))))
    assert plain_text(within.spans) == "Rues : A, *B*."


def test_a_grid_alone_becomes_a_table_and_within_a_sentence_words():
    grid = Grid(["Qui", "Quoi"], [["x", "1"], ["y", ""]])

    alone, within = blocks("{finance}\n\nCoûts : {finance}.", finance=grid)

    assert alone == TableBlock(((Span("Qui"),), (Span("Quoi"),)), (((Span("x"),), (Span("1"),)), ((Span("y"),), ())))
    assert plain_text(within.spans) == "Coûts : x – 1\u00a0; y."


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("fr", "[manque encore\N{NO-BREAK SPACE}: la date]"),
        ("nl", "[ontbreekt nog: la date]"),
        ("de", "[fehlt noch: la date]"),
        ("en", "[still missing: la date]"),
    ],
)
def test_what_is_missing_is_marked_and_named_once(language, mark):
    made = compose("Le {day}, le {day}.", {"day": Missing("la date")}, language=language, title="t")

    assert [span.text for span in made.blocks[0].spans if span.mark == "missing"] == [mark, mark]
    assert made.missing == ("la date",)


def test_a_blank_value_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="day"):
        blocks("{day}", day=" ")


def test_an_unknown_place_is_refused_by_name():
    with pytest.raises(UnknownPlace) as refused:
        blocks("{nowhere}")

    assert "{nowhere}" in refused.value.in_words()


@pytest.mark.parametrize(("kind", "kept"), [("plp", "a\nd"), ("plp_i", "a\nb\nd"), ("sectoral", "a\nb\nc\nd")])
def test_a_part_is_kept_for_its_kinds(kind, kept):
    assert select_variant("a\n::: only plp_i sectoral\nb\n:::\n::: only sectoral\nc\n:::\nd", kind) == kept


@pytest.mark.parametrize("source", ["::: only plp", ":::", "::: only plp\n::: only plp_i\n:::", "::: only shops\n:::"])
def test_a_broken_part_is_refused_with_its_line(source):
    with pytest.raises(WrongVariant) as refused:
        select_variant(source, "plp")

    assert refused.value.details["line"] >= 1


def test_places_are_listed_in_every_variant():
    assert placeholder_names(SOURCE) == set(PLACES)


def test_html_code_links_and_pictures_of_others_are_only_words():
    (made,) = blocks("<b>x</b> `code` [a](https://example.org) https://example.org")

    assert plain_text(made.spans) == "<b>x</b> `code` [a](https://example.org) https://example.org"
