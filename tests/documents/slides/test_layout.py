"""Where things stand on a slide: from a text to shapes, in one language and in several, nothing cut."""

from plp.documents import Document, compose
from plp.documents.blocks import plain_text
from plp.documents.slides.layout import slide_plans
from plp.documents.slides.metrics import IN_THE_ROOM, longest_line_width_mm
from plp.documents.slides.shapes import (
    HEIGHT,
    WIDTH,
    ArrowShape,
    PanelShape,
    PictureShape,
    SlidePlan,
    TableShape,
    TextShape,
)


def text(source: str, language: str = "fr") -> Document:
    return compose(f"# Titre\n\n{source}", {}, language=language, title="Titre")


def words(plan: SlidePlan) -> list[str]:
    return [plain_text(line.spans) for shape in plan.shapes if isinstance(shape, TextShape) for line in shape.lines]


def count(plan: SlidePlan, kind: type) -> int:
    return sum(isinstance(shape, kind) for shape in plan.shapes)


def test_a_list_with_pictures_becomes_cards() -> None:
    source = "## A\n\n- ![](illustration:bell) **Tête** puis le reste\n- ![](illustration:key) **Deux**"

    _first, plan = slide_plans([text(source)])

    assert words(plan) == ["A", "Tête", "puis le reste", "Deux"]
    assert (count(plan, PanelShape), count(plan, PictureShape)) == (2, 2)


def test_steps_become_a_path_and_a_box_is_its_last_station() -> None:
    steps = "\n".join(f"{number}. ![](illustration:bell) **Pas {number}**" for number in range(1, 6))

    plans = [slide_plans([text(f"## A\n\n{steps}{end}")])[1] for end in ("", "\n\n> Suite")]

    assert [count(plan, ArrowShape) for plan in plans] == [4, 5]  # nothing leads back to the first
    assert ["Suite" in words(plan) for plan in plans] == [False, True]
    assert [words(plan)[-1] for plan in plans] == ["5", "6"]


def test_two_titled_lists_stand_side_by_side() -> None:
    _first, plan = slide_plans([text("## A\n\n### Oui\n\n- un\n\n### Non\n\n- deux")])

    oui, non = (
        next(
            shape for shape in plan.shapes if isinstance(shape, TextShape) and plain_text(shape.lines[0].spans) == word
        )
        for word in ("Oui", "Non")
    )
    assert oui.frame.top == non.frame.top
    assert oui.frame.right < non.frame.x


def test_two_languages_stand_on_one_slide_where_they_say_the_same_things() -> None:
    french = text("## Bonsoir\n\n- ![](illustration:bell) **SMS**\n- ![](illustration:key) **Lettre**")
    dutch = text("## Goedenavond\n\n- ![](illustration:bell) **SMS**\n- ![](illustration:key) **Brief**", "nl")

    _first, plan = slide_plans([french, dutch])

    assert words(plan) == ["Bonsoir · Goedenavond", "SMS", "Lettre", "Brief"]


def test_two_languages_that_differ_come_one_after_the_other() -> None:
    plans = slide_plans(
        [text("## A\n\n- un\n- deux\n- trois"), text("## B\n\n### Kop\n\n- een\n\n### Kop\n\n- b", "nl")]
    )

    assert [words(plan)[0] for plan in plans] == ["Titre", "A", "B"]


def test_long_text_goes_on_on_the_next_slide_in_letters_for_the_room() -> None:
    source = "## A\n\n" + "\n".join(f"- Une ligne assez longue pour être lue, numéro {number}" for number in range(30))

    plans = slide_plans([text(source)])[1:]

    lines = [line for plan in plans for shape in plan.shapes if isinstance(shape, TextShape) for line in shape.lines]
    assert len(plans) > 2
    assert all(any(f"numéro {number}" in plain_text(line.spans) for line in lines) for number in range(30))
    assert min(line.size for line in lines) == IN_THE_ROOM


def test_nothing_stands_outside_the_page() -> None:
    word = "Geschwindigkeitsübertretung"
    rows = "\n".join(f"| {word} {number} | {word} | {word} |" for number in range(12))
    cards = "\n".join(f"- ![](illustration:bell) **{word}** {word}" for _ in range(7))
    source = f"## A\n\n| a | b | c |\n|---|---|---|\n{rows}\n\n## B\n\n{cards}\n\n> {word * 3}"

    frames = [
        shape.frame
        for plan in slide_plans([text(source)])
        for shape in plan.shapes
        if not isinstance(shape, ArrowShape)
    ]

    assert [frame for frame in frames if frame.x < 0 or frame.right > WIDTH + 0.01 or frame.bottom > HEIGHT] == []


def test_rows_go_on_on_the_next_slide_below_the_same_head() -> None:
    rows = "\n".join(f"| rue {number} | {number} |" for number in range(20))

    plans = slide_plans([text(f"## A\n\n| Rue | Nombre |\n|---|---|\n{rows}")])[1:]

    tables = [shape for plan in plans for shape in plan.shapes if isinstance(shape, TableShape)]
    assert len(tables) > 1
    assert {plain_text(table.rows[0][0][0].spans) for table in tables} == {"Rue"}
    assert sum(len(table.rows) - 1 for table in tables) == 20


def test_a_table_has_air_for_a_wider_face_where_one_slide_has_room() -> None:
    """An office program without our letters takes others: no word is parted, no row hidden."""
    table = "| Quoi | Par an | Qui paie |\n|---|---|---|\n| Panneaux et autocollants | 120 € | Commune |"

    _first, plan = slide_plans([text(f"## A\n\n{table}\n\n**Gratuit**")])

    (shown,) = [shape for shape in plan.shapes if isinstance(shape, TableShape)]
    rooms = [
        (width - 6) / longest_line_width_mm(cell)
        for row in shown.rows
        for cell, width in zip(row, shown.widths, strict=True)
    ]
    assert min(rooms) >= 1.25


def test_notes_are_said_and_not_shown() -> None:
    _first, plan = slide_plans([text("## A\n\nPeu.\n\n::: notes 3\nBeaucoup.\n\n- Un\n:::")])

    assert words(plan) == ["A", "Peu."]
    assert [(note.language, note.title, len(note.blocks)) for note in plan.notes] == [("fr", "À dire (3 minutes)", 2)]


def test_pictures_of_a_row_have_one_height_however_many_words_stand_below() -> None:
    long = "**112** Le feu, la fumée, un blessé et tout ce qui demande une ambulance"
    cards = (("siren", "**101** La police"), ("fire", long), ("speech", "**Quoi**"))
    source = "## A\n\n" + "\n".join(f"- ![](illustration:{name}) {said}" for name, said in cards)

    _first, plan = slide_plans([text(source)])
    pictures = [shape.frame for shape in plan.shapes if isinstance(shape, PictureShape)]

    assert len(pictures) == 3
    assert {(frame.top, frame.height) for frame in pictures} == {(pictures[0].top, pictures[0].height)}


def test_slides_of_three_languages_have_a_title_of_one_line_and_columns_that_begin_at_one_height() -> None:
    titles = {"fr": "Nos objectifs à tous", "nl": "Onze doelen samen", "de": "Unsere Ziele hier"}
    lengths = {"fr": 14, "nl": 22, "de": 18}
    goals = {code: "\n".join(f"- {'mot ' * lengths[code]}{place}." for place in range(3)) for code in titles}

    plans = slide_plans([text(f"# Titre\n\n---\n\n## {titles[code]}\n\n{goals[code]}\n", code) for code in titles])[2:]

    heads = [shape for plan in plans for shape in plan.shapes if isinstance(shape, TextShape) and shape.role == "title"]
    bodies = [
        shape for plan in plans for shape in plan.shapes if isinstance(shape, TextShape) and shape.role != "title"
    ]
    assert len(plans) > 1
    assert [plain_text(head.lines[0].spans)[-5:] for head in heads] == [
        f"({number}/{len(plans)})" for number in range(1, len(plans) + 1)
    ]
    assert [longest_line_width_mm(head.lines) <= head.frame.width for head in heads] == [True] * len(plans)
    assert {(shape.anchor, shape.frame.top) for shape in bodies} == {("top", bodies[0].frame.top)}


def test_cards_and_steps_in_three_languages_say_what_each_does_on_two_slides() -> None:
    stations = [
        ("cap", "Police Stavelot/Malmedy", "écrit les messages"),
        ("charter", "Ville de Malmedy", "signe la charte"),
        ("coordinator", "Coordinateur", "transmet"),
        ("neighbours", "Vous", "signalez, suivez le conseil"),
    ]
    for mark in ("-", "1."):
        listed = "\n".join(f"{mark} ![](illustration:{name}) **{head}** {does}" for name, head, does in stations)
        source = f"## Qui fait quoi, et dans quel ordre\n\n{listed}\n"

        plans = slide_plans([text(source, language) for language in ("fr", "nl", "de")])[1:]

        said = "\n".join(line for plan in plans for line in words(plan))
        assert len(plans) == 2
        assert [does for _name, _head, does in stations if does not in said] == []
