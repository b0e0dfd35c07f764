"""Letters carried by hand: what is printed, in which order, and what a volunteer may report."""

import io
import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from plp.channels.paper import (
    Paper,
    PaperMessage,
    PaperRecipient,
    letters_pdf,
    round_sheet_pdf,
    sorted_in_walking_order,
)
from plp.channels.paper.channel import NotAPostalAddress
from plp.delivery.channel import Channel, Slot, Text
from plp.documents import glyphs
from plp.toolbox.texts import TextMissing, text
from tests.samples import SAMPLES
from tests.workload import work_of

LANGUAGES = ("fr", "nl", "de", "en")
SUBJECTS = {"fr": "Vols à la ruse", "nl": "Diefstal met list", "de": "Trickdiebstähle", "en": "Distraction thefts"}
BODIES = {
    "fr": "Bonjour,\n\nDeux œuvres ont été volées.\nFermez à clé.",
    "nl": "Dag,\n\nCoëfficiënt één.\nDoe alles op slot.",
    "de": "Guten Tag,\n\nSchließen Sie größere Türen ab.\nDanke.",
    "en": "Hello,\n\nLock your doors.\nThank you.",
}
DATES = {"fr": "24 novembre 2026", "nl": "24 november 2026", "de": "24. November 2026", "en": "24 November 2026"}
FROM_THE_POLICE = {
    "fr": "Message de la police, zone Bruxelles-Capitale",
    "nl": "Bericht van de politie, zone Bruxelles-Capitale",
    "de": "Nachricht der Polizei, Zone Bruxelles-Capitale",
    "en": "Message from the police, zone Bruxelles-Capitale",
}
STRINGS = SAMPLES / "strings/blns.json"
TEXTS = Path(glyphs.__file__).parents[1] / "channels/paper/texts"


def message(**changes) -> PaperMessage:
    texts = {language: Text("paper", language, SUBJECTS[language], BODIES[language]) for language in LANGUAGES}
    made = PaperMessage(
        sender=dict.fromkeys(LANGUAGES, "PLP Haren"),
        texts=texts,
        check_code="k7m4xq9tz",
        written_at=datetime(2026, 11, 24, 20, tzinfo=UTC),
        coordinator="Anne Dubois, 02 555 12 12",
        police=dict.fromkeys(LANGUAGES, "Bruxelles-Capitale-Ixelles"),
    )
    return replace(made, **changes)


def receiver(house="12", *, name="Zoë Lœuïß", language="fr", street="Rue de Verdun", walk="") -> PaperRecipient:
    return PaperRecipient(name, language, street, house, "1130 Haren", walk)


def pages(made: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_it_keeps_the_contract():
    assert isinstance(Paper(), Channel)
    assert Paper.key == "paper"
    assert Paper.abilities.by_hand is True
    assert Paper.abilities.paper is True
    assert Paper.address_form.autocomplete == "street-address"
    assert {key for key, one in Paper.outcomes.items() if one.stops} == {"moved", "refused"}


def test_outcomes_lead_to_states():
    states = {key: outcome.state for key, outcome in Paper.outcomes.items()}

    assert states == {"delivered": "delivered", "no_letterbox": "failed", "moved": "failed", "refused": "failed"}


def test_every_word_exists_in_four_languages():
    words = [Paper.label, Paper.address_form.label, Paper.address_form.hint, NotAPostalAddress.sentence]
    for word in [*words, *(outcome.label for outcome in Paper.outcomes.values())]:
        spoken = set()
        for language in LANGUAGES:
            with translation.override(language):
                spoken.add(str(word))
        assert len(spoken) == 4


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("Rue de Verdun 12", "Rue de Verdun 12"),
        ("  Rue de Verdun  12 ,1130  Haren ", "Rue de Verdun 12, 1130 Haren"),
        ("Rue de Verdun 12 b003\n1130 Haren", "Rue de Verdun 12 b003, 1130 Haren"),
        ("Verdunstraat 12A bus 3\r\n1130 Haren", "Verdunstraat 12A bus 3, 1130 Haren"),
        ("Verdunstraat 12, bus 3, 1130 Haren", "Verdunstraat 12 bus 3, 1130 Haren"),
        ("Avenue du 8 Mai 1945 7/2, 4960 Malmedy", "Avenue du 8 Mai 1945 7/2, 4960 Malmedy"),
        ("12, rue de l'Église, 4960 Malmedy", "rue de l'Église 12, 4960 Malmedy"),
        ("Rue de Verdun 12 1130 Haren", "Rue de Verdun 12, 1130 Haren"),
        ("Place de Rome 1 bte 2 4960 Malmedy", "Place de Rome 1 bte 2, 4960 Malmedy"),
        ("1er mai 5", "1er mai 5"),
        ("Rue de Verdun 12 b003, 1000 Bruxelles", "Rue de Verdun 12 b003, 1000 Bruxelles"),
        ("Nieuwstraat 5, 1000 Brussel", "Nieuwstraat 5, 1000 Brussel"),
    ],
)
def test_addresses_come_to_one_form(raw, normal):
    assert Paper().normalise(raw) == normal
    assert Paper().normalise(normal) == normal


@pytest.mark.parametrize(
    "raw", ["", "12", "Rue de Verdun", "1130 Haren", "x" * 300 + " 1", "Rue\x00 12", "a\u202eb 12", "\n\n,,"]
)
def test_what_is_no_address_is_refused(raw):
    with pytest.raises(NotAPostalAddress):
        Paper().normalise(raw)


def test_check_names_a_missing_font(monkeypatch, tmp_path):
    assert Paper().check() == []
    fonts = list(glyphs.FONTS.glob("*.ttf"))

    monkeypatch.setattr(glyphs, "FONTS", tmp_path)

    assert len(Paper().check()) == len(fonts) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_all_it_must_in_its_language(language):
    [page] = pages(letters_pdf(message(), [receiver("12 b003", language=language)]))

    about = text(TEXTS, "about_letter", language, coordinator_contact="Anne Dubois, 02 555 12 12", code="k7m4xq9tz")
    for expected in (
        "PLP Haren",
        DATES[language],
        FROM_THE_POLICE[language],
        "Zoë Lœuïß Rue de Verdun 12 b003 1130 Haren",
        SUBJECTS[language],
        squeezed(BODIES[language]),
        squeezed(text(TEXTS, "what_to_do", language, police="101", help="112")),
        squeezed(about),
    ):
        assert expected in page


def test_letters_are_tagged_and_each_has_its_language():
    reader = PdfReader(io.BytesIO(letters_pdf(message(), [receiver(), receiver(language="nl")])))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a pypdf BooleanObject
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "PLP Haren, 24 novembre 2026"
    assert "nl" in {element.get("/Lang") for element in elements(reader.trailer["/Root"]["/StructTreeRoot"])}


def elements(node):
    """All elements of a structure tree below ``node``."""
    kids = node.get_object().get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, dict):
            yield element
            yield from elements(element)


def test_slots_are_filled_for_each_person():
    body = f"Pour {Slot.NAME}, {Slot.ADDRESS}. Code {Slot.CHECK_CODE}. Voir {Slot.SETTINGS_LINK}"
    texts = {"fr": Text("paper", "fr", "Sujet", body)}

    made = letters_pdf(message(texts=texts, site="plp.example.be"), [receiver(name="A B"), receiver(name="C D")])

    [page] = pages(made)
    for name in ("A B", "C D"):
        assert f"Pour {name}, Rue de Verdun 12, 1130 Haren. Code k7m4xq9tz. Voir plp.example.be" in page


def test_a_language_without_text_is_an_error():
    only_french = message(texts={"fr": Text("paper", "fr", "Sujet", "Corps")})

    with pytest.raises(TextMissing):
        letters_pdf(only_french, [receiver(), receiver(language="de")])


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (2, 1), (3, 2), (7, 4)])
def test_two_letters_a_sheet(count, sheets):
    assert len(pages(letters_pdf(message(), [receiver() for _ in range(count)]))) == sheets


def test_a_long_letter_has_its_own_sheet_and_order_is_kept():
    long = Text("paper", "nl", "Lang", "\n\n".join([BODIES["nl"]] * 6))
    mixed = [receiver("1"), receiver("3", language="nl"), receiver("5"), receiver("7")]

    made = pages(letters_pdf(message(texts=message().texts | {"nl": long}), mixed))

    assert [[n for n in "1357" if f"Verdun {n} " in page] for page in made] == [["1"], ["3"], ["5", "7"]]


def test_no_letters_still_make_a_file():
    assert letters_pdf(message(), []).startswith(b"%PDF-")


def test_two_hundred_letters_cost_at_most_ten_times_the_work_of_twenty():
    people = [receiver(str(n), name=f"Jean {n}", language=LANGUAGES[n % 4]) for n in range(1, 201)]
    made: list[bytes] = []
    few, many = (
        work_of(lambda: made.append(letters_pdf(message(check="https://plp.example.be/check/"), people[:count])))  # noqa: B023
        for count in (20, 200)
    )

    assert [len(pages(letters)) for letters in made] == [10, 100]
    assert many <= 10 * few


def test_hostile_names_neither_break_nor_leak():
    names = ['#read("/etc/passwd")', "#panic()", "]", "*x*", "محمد الأمين", "🚗 Ana", "V" * 500, "Anne " * 60]

    words = " ".join(pages(letters_pdf(message(), [receiver(name=name) for name in names])))

    assert '#read("/etc/passwd")' in words
    assert "root:x:0:0" not in words
    assert "□ Ana" in words


def test_every_naughty_string_is_a_name_that_can_be_printed():
    naughty = json.loads(STRINGS.read_text(encoding="utf-8"))

    made = letters_pdf(message(), [receiver(name=name) for name in naughty])

    assert len(PdfReader(io.BytesIO(made)).pages) >= len(naughty) / 2


def test_the_round_goes_up_the_odd_side_and_back_down_the_even_one():
    houses = ["10", "2 b010", "2 b002", "2", "11", "1", "9A", "9", "9 b2", "de poort"]
    people = [receiver(house) for house in houses]
    random.Random(7).shuffle(people)

    walked = [person.house for person in sorted_in_walking_order(people)]

    assert walked == ["1", "9", "9A", "9 b2", "11", "10", "2", "2 b002", "2 b010", "de poort"]


def test_a_bilingual_street_is_one_walk_and_accents_do_not_part_streets():
    both = "Rue de Verdun / Verdunstraat"
    people = [
        receiver("3", street="Verdunstraat", language="nl", walk=both),
        receiver("1", walk=both),
        receiver("1", street="Rue Zola"),
        receiver("1", street="Rue Édith Cavell"),
        receiver("1", street="Rue du Camp"),
    ]

    walked = [person.street for person in sorted_in_walking_order(people)]

    assert walked == ["Rue de Verdun", "Verdunstraat", "Rue du Camp", "Rue Édith Cavell", "Rue Zola"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_sheet_per_street_without_names_or_message(language):
    people = [receiver("1"), receiver("1", name="Ida"), receiver("4"), receiver("2", street="Rue du Camp")]

    made = pages(round_sheet_pdf(message(), people, language=language))

    assert [("Rue de Verdun" in page, "Rue du Camp" in page) for page in made] == [(True, False), (False, True)]
    with translation.override(language):
        labels = [str(outcome.label) for outcome in Paper.outcomes.values()]
    for page in made:
        assert [label for label in labels if label not in page] == []
        assert squeezed(text(TEXTS, "round_sheet", language)) in page
        assert DATES[language] in page
        assert [word for word in ("Zoë", "Ida", SUBJECTS[language]) if word in page] == []
    assert "1 2 ☐ ☐ ☐ ☐" in made[0]
    assert "4 1 ☐ ☐ ☐ ☐" in made[0]


def test_a_long_street_goes_on_with_its_name_on_top():
    made = pages(round_sheet_pdf(message(), [receiver(str(n)) for n in range(1, 60)], language="fr"))

    assert len(made) > 1
    assert [page for page in made if "Rue de Verdun" not in page] == []


def test_a_round_sheet_is_the_same_however_its_people_come():
    people = [receiver(str(n), name=f"N{n}") for n in range(30)]

    assert round_sheet_pdf(message(), people, language="nl") == round_sheet_pdf(message(), people[::-1], language="nl")


def test_a_letter_in_very_large_print_has_a_sheet_of_its_own():
    one, two, large = receiver("1"), receiver("3"), replace(receiver("5"), large=True)

    together, apart = pages(letters_pdf(message(), [one, two])), pages(letters_pdf(message(), [one, large, two]))

    assert len(together) == 1
    assert ["Verdun 5" in page for page in apart if "Verdun" in page][:2] == [False, True]
    assert not any("Verdun 5" in page and "Verdun 3" in page for page in apart)


@pytest.mark.parametrize("made", [letters_pdf, partial(round_sheet_pdf, language="fr")])
def test_a_paper_has_a_code_to_scan_where_it_leads_somewhere(made):
    with_codes = message(check="https://plp.example.be/check/", page="https://plp.example.be/coordinator/")

    shown = [alternatives(made(one, [receiver()])) for one in (with_codes, message())]

    link = with_codes.check if made is letters_pdf else with_codes.page
    assert shown == [[f"Code QR vers {link}"], []]


def alternatives(content: bytes) -> list[str]:
    """What stands for the pictures of a document, for those who do not see them."""
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    return [str(element["/Alt"]) for element in elements(root) if "/Alt" in element]
