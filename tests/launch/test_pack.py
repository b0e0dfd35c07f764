"""The launch pack: every document, language and kind is made, complete, tagged, on its paper; one zip in time."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import docx as office
import pptx as presenting
import pytest
from django.utils.translation import override
from PIL import Image
from pypdf import PageObject, PdfReader

from plp import documents
from plp.charter import actions as charter
from plp.documents import KINDS, Missing
from plp.documents.blocks import Heading, plain_text
from plp.evening.models import Minutes
from plp.launch.documents import files
from plp.launch.documents.form_values import NAMING_FORM_PLACES
from plp.launch.documents.pack_document import PACK
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.placeholder_values import (
    allowed_placeholders,
    gather_partnership_data,
    is_invitation_or_announcement_out_of_date,
    values_of_all_placeholders,
)
from plp.launch.documents.register import BY_KEY, ENTRIES, documents_of_step
from plp.launch.documents.room_documents import ROOM_DOCUMENTS
from plp.launch.plan import PLANS
from plp.launch.queries.texts import newest_wordings_for_partnership, standard_document_text
from plp.places.models import Area
from plp.toolbox.texts import LANGUAGES, OFFICIAL_LANGUAGES
from tests.charter.stage import Stage, signed
from tests.evening.stage import STARTS, held
from tests.factories.cast import NOW, Cast
from tests.launch.complete import complete
from tests.launch.printed import faults_of_form, printed_pack
from tests.launch.wordings import words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
OF_SEVERAL_PAGES = {"coordinator_manual"}


def made(kind: str, language: str) -> list[tuple[str, str, documents.Document]]:
    """Every document of a complete partnership, with key and paper."""
    facts = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(facts, language)
    return [
        (
            entry.key,
            paper,
            files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language),
        )
        for entry in ENTRIES
        for paper in entry.papers
    ]


def test_every_text_is_registered_and_every_entry_has_its_texts():
    shipped = {path.relative_to(PACK).as_posix() for path in PACK.rglob("*.md")}
    registered = {f"{entry.step}/{entry.key}.{language}.md" for entry in ENTRIES for language in entry.languages}

    assert shipped == registered


def test_keys_are_unique_and_steps_are_those_of_the_plan():
    assert len(BY_KEY) == len(ENTRIES)
    steps = list(dict.fromkeys(entry.step for entry in ENTRIES))
    assert steps == [step.key for step in PLANS["be-2022"].steps if step.key in steps]
    assert [entry.key for entry in documents_of_step("area")] == ["area_sheet", "stakeholder_list"]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_text_uses_only_the_places_of_its_document(language):
    for entry in ENTRIES:
        assert documents.placeholder_names(standard_document_text(entry, language)) <= allowed_placeholders(entry), (
            entry.key
        )


@pytest.mark.parametrize(
    ("kind", "language"),
    sorted(set(product(KINDS, OFFICIAL_LANGUAGES)) - set(zip(KINDS, OFFICIAL_LANGUAGES, strict=True))),
)
def test_every_document_is_made_without_a_gap_tagged_and_on_its_paper(kind, language):
    """The other three pairs are looked at as pictures, too: ``test_pack_pictures.py``."""
    assert faults_of_form(printed_pack(kind, language), language) == []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_picture_has_its_pixels(language):
    """0.3 s: two pictures are drawn."""
    facts, entry = gather_partnership_data(complete("plp_i"), at=NOW), BY_KEY["pictures"]
    documents_of_kinds = {}
    for kind in KINDS:
        facts.partnership.kind = kind
        values = values_of_all_placeholders(facts, language)
        documents_of_kinds[kind] = files.compose_pack_document(
            entry, standard_document_text(entry, language), facts, values, language
        )
    document = documents_of_kinds["plp_i"]

    assert {document.missing for document in documents_of_kinds.values()} == {()}
    prints = [
        files.print_order_of_document(document, form, "", design=paper_design_of_partnership(facts, language))
        for form in entry.forms
    ]

    assert [Image.open(io.BytesIO(content)).size for content in documents.pdfs(prints, at=NOW)] == [
        (1200, 630),
        (1080, 1080),
    ]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_every_document_opens_in_a_word_processor(language):
    for key, paper, document in made("plp", language):
        if paper == "slides":
            shown = presenting.Presentation(io.BytesIO(documents.slides_pptx(document)))
            assert len(shown.slides) > 10, key
        elif not BY_KEY[key].is_drawn:
            text = office.Document(io.BytesIO(documents.docx(document, paper=paper)))
            assert [it for it in text.paragraphs if it.style.name == "Heading 1"], key


@pytest.mark.parametrize(("key", "millimetres"), [("ballot", (210, 297)), ("neighbour_letter", (148, 210))])
def test_a_word_file_is_set_on_a4_where_its_paper_may_be(key, millimetres):
    entry = BY_KEY[key]
    facts = gather_partnership_data(complete(), at=NOW)
    values = values_of_all_placeholders(facts, "fr")
    document = files.compose_pack_document(entry, standard_document_text(entry, "fr"), facts, values, "fr")

    made = office.Document(io.BytesIO(files.document_file(entry, document, "docx", footer="", at=NOW)))

    (section,) = made.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres


def test_each_kind_is_called_by_its_name():
    facts = gather_partnership_data(complete(), at=NOW)
    names = {}
    for kind in KINDS:
        facts.partnership.kind = kind
        values = values_of_all_placeholders(facts, "fr")
        names[kind] = (values["plp"], values["plp_name"])

    assert names == {
        "plp": ("PLP", "Partenariat local de prévention"),
        "plp_i": ("PLP-I", "Partenariat local de prévention pour indépendants"),
        "sectoral": ("PLP", "Partenariat local de prévention sectoriel"),
    }


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ("circulaire ministérielle du 5 octobre 2022", "25 novembre 2026", "mercredi 9 décembre 2026")),
        ("nl", ("ministeriële omzendbrief van 5 oktober 2022", "25 november 2026", "woensdag 9 december 2026")),
        ("de", ("ministerielles Rundschreiben vom 5. Oktober 2022", "25. November 2026", "Mittwoch, 9. Dezember 2026")),
    ],
)
def test_dates_and_circular_are_in_the_readers_language(language, expected):
    values = values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), language)

    assert tuple(values[name] for name in ("circular", "today", "evening_date")) == expected


def test_papers_name_the_circular_of_the_charter_that_is_signed():
    stage = Stage()
    signed(stage)
    second = charter.draft_next_deed_version(partnership=stage.partnership, kind="charter", by=stage.officer, at=NOW)
    charter.set_circular_date_and_clauses(deed=second, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)

    assert gather_partnership_data(stage.partnership, at=NOW).circular == date(2022, 10, 5)


def test_streets_money_contacts_and_plan_are_said_in_words():
    values = values_of_all_placeholders(gather_partnership_data(complete(), at=NOW), "nl")

    assert values["streets"].items == ["Eikstraat", "Olmstraat"]
    assert values["doors"] == "6"
    assert list(values["finance"].rows[1]) == [
        "Fête (in het Frans)",
        "extra kost",
        "120,50 euro",
        "gemeente",
        "31 december 2028",
    ]
    assert [row[0] for row in values["contacts"].rows][:2] == [
        "Burgemeester, of wie voor de burgemeester tekent\nService (in het Frans)",
        "Korpschef\nService (in het Frans)",
    ]
    assert values["contacts"].rows[0][2] == "02 555 00 01\nmunicipality@example.be"
    assert values["plan"].items[0].startswith("Alarm")
    assert values["police_contact"] == "02 555 00 00"
    assert values["objectives"].items == ["Meer meldingen op tijd."]


def test_a_young_partnership_says_what_is_missing():
    facts = gather_partnership_data(Cast().here.partnership, at=NOW)
    values = values_of_all_placeholders(facts, "fr")
    entry = BY_KEY["invitation"]

    document = files.compose_pack_document(entry, standard_document_text(entry, "fr"), facts, values, "fr")

    assert "la date de la soirée d’information" in document.missing
    assert files.names_of_missing_placeholders(standard_document_text(entry, "fr"), values, "plp") == sorted(
        name
        for name in documents.required_placeholders(standard_document_text(entry, "fr"))
        if isinstance(values[name], Missing)
    )


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_before_the_signatures_the_press_text_lacks_their_day(language):
    facts, entry = gather_partnership_data(Cast().here.partnership, at=NOW), BY_KEY["press"]
    words = standard_document_text(entry, language)

    missing = files.names_of_missing_placeholders(words, values_of_all_placeholders(facts, language), "plp")

    assert "signed_on" in missing


@pytest.mark.parametrize(("days", "missing"), [(-1, ()), (30, ("la date", "l’heure", "la salle"))])
def test_an_evening_that_is_over_is_not_offered(days, missing):
    facts = gather_partnership_data(complete(), at=STARTS + timedelta(days=days))
    entry, values = BY_KEY["invitation"], values_of_all_placeholders(facts, "fr")

    document = files.compose_pack_document(entry, standard_document_text(entry, "fr"), facts, values, "fr")

    assert [words for words in missing if not any(words in place for place in document.missing)] == []
    assert bool(document.missing) is bool(missing)
    assert (paper_design_of_partnership(facts, "fr").day is None) is bool(missing)


@pytest.mark.parametrize(("stage", "queries"), [("young", 29), ("full", 37)])
def test_gathering_asks_a_fixed_number_of_questions(stage, queries, django_assert_num_queries):
    """Five more for an evening: its points, its votes, who came, who stands, who led; two for a signed charter."""
    partnership = complete() if stage == "full" else Cast().here.partnership

    with django_assert_num_queries(queries):
        values = values_of_all_placeholders(gather_partnership_data(partnership, at=NOW), "de")

    assert set(values) == allowed_placeholders(BY_KEY["contact_sheet"]) | NAMING_FORM_PLACES | {
        "publisher",
        "mayor",
        "dear_mayor",
        "quotes",
        "police_signer",
    }


def test_the_whole_pack_of_a_partnership_is_made_twice_the_same():
    """4 s: how long it takes, ``./plp bench`` says."""
    partnership = complete()
    facts, texts = gather_partnership_data(partnership, at=NOW), newest_wordings_for_partnership(partnership)

    content, again = (files.whole_pack_as_zip(facts, texts, "fr", at=NOW) for _ in range(2))

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len(names) == len(set(names))
    assert {name.split("/")[0] for name in names} == {files.step_folder_name(entry.step, "fr") for entry in ENTRIES}
    assert "02-concertation/lettre-au-bourgmestre.pdf" in names
    assert "02-concertation/lettre-au-bourgmestre.docx" in names
    assert "05-soiree-d-information/presentation-de-la-soiree.pptx" in names
    assert "07-charte-et-reglement-d-ordre-interieur/charte-locale.pdf" in names
    assert pdfs_of(content) == pdfs_of(again)


def pdfs_of(pack):
    """The papers in a pack, by name."""
    with zipfile.ZipFile(io.BytesIO(pack)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist() if name.endswith("pdf")}


@pytest.mark.parametrize(
    ("language", "folder", "file"),
    [
        ("fr", "05-soiree-d-information", "depliant-ce-que-c-est-ce-que-ce-n-est-pas-a-plier-a4.pdf"),
        ("nl", "05-infoavond", "folder-wat-het-is-en-wat-het-niet-is-om-te-vouwen-a4.pdf"),
        ("de", "05-informationsabend", "faltblatt-was-es-ist-und-was-nicht-zum-falten-a4.pdf"),
    ],
)
def test_folders_and_files_are_named_in_the_readers_language(language, folder, file):
    assert files.step_folder_name("evening", language) == folder
    assert files.file_name(BY_KEY["folder"], "fold-a4.pdf", language) == file


def test_the_name_of_a_file_loses_no_letter():
    named = [
        files.file_slug(*said)
        for said in (("L’Œuvre à l’Abbé", "fr"), ("Coördinator", "nl"), ("Größe für Äpfel", "de"))
    ]

    assert named == ["l-oeuvre-a-l-abbe", "coordinator", "groesse-fuer-aepfel"]


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_a_sign_begin_a_line_below_its_name(language, kind):
    entry = BY_KEY["sign"]
    facts = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(facts, language)
    document = files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)

    [sign] = documents.pdfs([files.print_order_of_document(
        document, "sign.pdf", "", design=paper_design_of_partnership(facts, language)
    )], at=NOW)  # fmt: skip

    lines = PdfReader(io.BytesIO(sign)).pages[0].extract_text().splitlines()
    assert [line for line in lines if line.startswith(("Ici, ", "Hier "))] != []


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_poster_is_one_page(language):
    entry = BY_KEY["poster"]
    facts = gather_partnership_data(complete("plp_i"), at=NOW)
    values = values_of_all_placeholders(facts, language)
    document = files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)

    footer, design = (
        files.footer_naming_partnership_and_circular(values, entry),
        paper_design_of_partnership(facts, language),
    )
    prints = [files.print_order_of_document(document, f"{paper}.pdf", footer, design) for paper in entry.papers]

    assert [len(PdfReader(io.BytesIO(content)).pages) for content in documents.pdfs(prints, at=NOW)] == [1] * 6


@pytest.mark.parametrize("kind", ["plp_i", "sectoral"])
@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_what_is_handed_out_fills_its_only_page(language, kind):
    """3 s: seventeen papers are typeset."""
    facts = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(facts, language)
    handed_out = [entry for entry in ENTRIES if entry.fills_page and entry.key not in OF_SEVERAL_PAGES]
    papers = [(entry, paper) for entry in handed_out for paper in entry.papers]
    orders = [
        files.print_order_of_document(
            files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language),
            f"{paper}.pdf",
            files.footer_naming_partnership_and_circular(values, entry),
            entry=entry,
        )
        for entry, paper in papers
    ]
    shares = {
        (entry.key, paper): [filled_share(page) for page in PdfReader(io.BytesIO(content)).pages]
        for (entry, paper), content in zip(papers, documents.pdfs(orders, at=NOW), strict=True)
    }

    assert {name: pages for name, pages in shares.items() if len(pages) > 1 or pages[0] < 0.7} == {}


def filled_share(page: PageObject) -> float:
    """How far down the page words stand, those of the foot apart."""
    heights: list[float] = []

    def note(words: str, page_matrix: list[float], text_matrix: list[float], _font: object, _size: float) -> None:
        if words.strip():
            heights.append(page_matrix[5] + page_matrix[3] * text_matrix[5])

    page.extract_text(visitor_text=note)
    height = float(page.mediabox.height)
    return 1 - min(y for y in heights if y > height * 0.075) / height


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_of_an_invitation_on_a4_are_set_in_eleven_points_at_least(language, kind):
    entry = BY_KEY["invitation"]
    facts = gather_partnership_data(complete(kind), at=NOW)
    values = values_of_all_placeholders(facts, language)
    document = files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)
    footer = files.footer_naming_partnership_and_circular(values, entry)
    design = paper_design_of_partnership(facts, language)
    order = files.print_order_of_document(document, "invitation-a4.pdf", footer, design)
    sizes: dict[str, float] = {}

    def note(words: str, _page_matrix: object, _text_matrix: object, _font: object, size: float) -> None:
        sizes[words.strip()] = size

    (content,) = documents.pdfs([order], at=NOW)
    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=note)

    place = str(values["evening_place"])
    assert min(size for words, size in sizes.items() if place in words) >= 11, sizes


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_a_folder_is_one_sheet_printed_on_both_sides(language):
    """0.3 s: three folders are typeset."""
    entry = BY_KEY["folder"]
    facts = gather_partnership_data(complete(), at=NOW)
    prints = []
    for kind in KINDS:
        facts.partnership.kind = kind
        values = values_of_all_placeholders(facts, language)
        document = files.compose_pack_document(entry, standard_document_text(entry, language), facts, values, language)
        prints += [
            files.print_order_of_document(
                document,
                f"{paper}.pdf",
                files.footer_naming_partnership_and_circular(values, entry),
                paper_design_of_partnership(facts, language),
            )
            for paper in entry.papers
        ]

    assert [len(PdfReader(io.BytesIO(content)).pages) for content in documents.pdfs(prints, at=NOW)] == [2] * 3


def test_nobody_is_invited_by_the_pack_once_the_evening_is_over(monkeypatch):
    monkeypatch.setattr(files, "ENTRIES", tuple(BY_KEY[key] for key in ("agenda", "invitation", "letter_residents")))
    monkeypatch.setattr(files.documents, "pdfs", lambda orders, **_at: [b""] * len(orders))
    partnership = complete()

    names = [
        {
            Path(file.name).name
            for file in files.every_pack_document_in_every_form(
                gather_partnership_data(partnership, at=at), newest_wordings_for_partnership(partnership), "fr", at=at
            )
            if file.name.endswith(("docx", "-a4.pdf"))
        }
        for at in (NOW, STARTS + timedelta(days=30))
    ]

    assert len(names[0]) == 3
    assert names[1] == {"ordre-du-jour.docx"}


def test_what_announces_a_partnership_goes_once_it_is_launched_and_its_evening_is_over():
    young, entry = gather_partnership_data(complete(), at=STARTS + timedelta(days=30)), BY_KEY["door_hanger"]
    young.partnership.launched_at = None
    before = [
        is_invitation_or_announcement_out_of_date(BY_KEY[key], young) for key in ("door_hanger", "slides", "poster")
    ]

    young.partnership.launched_at = NOW
    after = [
        is_invitation_or_announcement_out_of_date(BY_KEY[key], young) for key in ("door_hanger", "slides", "poster")
    ]
    young.partnership.launched_at = NOW
    with_another_evening = is_invitation_or_announcement_out_of_date(
        entry, replace(young, at=STARTS - timedelta(days=1))
    )

    assert before == [False] * 3
    assert after == [True, True, False]
    assert not with_another_evening


def test_a_drawn_paper_has_no_word_file_and_every_other_has_one():
    drawn = {entry.key for entry in ENTRIES if entry.is_drawn}

    assert drawn == {"door_hanger", "folder", "invitation", "letterbox_card", "pictures", "poster", "sign"}
    assert {entry.key for entry in ENTRIES if "docx" not in entry.forms} == {*drawn, "slides"}


def test_where_two_languages_are_spoken_the_pack_of_each_hangs_both(monkeypatch):
    hung = tuple(BY_KEY[key] for key in ("door_hanger", "sign", "pictures"))
    orders: list[documents.PrintOrder] = []
    monkeypatch.setattr(files, "ENTRIES", hung)
    monkeypatch.setattr(files, "ROOM_DOCUMENTS", ())
    monkeypatch.setattr(files.documents, "pdfs", lambda batch, **_at: orders.extend(batch) or [b""] * len(batch))
    partnership = complete()
    partnership.languages = ["fr", "nl"]
    partnership.area.name_fr, partnership.area.name_nl = "La Place", "Het Plein"

    pack = files.every_pack_document_in_every_form(
        gather_partnership_data(partnership, at=NOW), newest_wordings_for_partnership(partnership), "nl", at=NOW
    )

    assert [Path(file.name).name for file in pack] == [
        "deurhanger-drie-per-a4.pdf",
        "beelden-voor-website-en-sociale-media-1200-630.png",
        "beelden-voor-website-en-sociale-media-1080-1080.png",
        "deurhanger-drie-per-a4-fr.pdf",
        "bord-en-sticker-voor-de-drukker-bord-40-60-cm.pdf",
        "bord-en-sticker-voor-de-drukker-sticker-10-10-cm.pdf",
        "beelden-voor-website-en-sociale-media-1200-630-fr.png",
        "beelden-voor-website-en-sociale-media-1080-1080-fr.png",
    ]
    sign = next(order for order in orders if order.paper == "sign")
    assert sign.design
    assert sign.design.identity.name == "La Place · Het Plein"
    assert words(sign.document) == (
        "PLP\u00a0·\u00a0BIN\n"
        "Partenariat local de prévention. Ici, habitants, police et commune s’informent mutuellement.\n"
        "Buurtinformatienetwerk. Hier houden bewoners, politie en gemeente elkaar op de hoogte."
    )


def test_where_two_languages_are_spoken_the_pack_of_each_has_the_slides_in_both(monkeypatch):
    orders: list[documents.PrintOrder] = []
    monkeypatch.setattr(files, "ENTRIES", (BY_KEY["slides"],))
    monkeypatch.setattr(files, "ROOM_DOCUMENTS", ())
    monkeypatch.setattr(files.documents, "pdfs", lambda batch, **_at: orders.extend(batch) or [b""] * len(batch))
    partnership = complete()
    packs = {}
    for spoken in (["fr", "nl"], ["fr"]):
        partnership.languages = spoken
        made = files.every_pack_document_in_every_form(
            gather_partnership_data(partnership, at=NOW), newest_wordings_for_partnership(partnership), "fr", at=NOW
        )
        packs[len(spoken)] = {Path(file.name).name: file.content for file in made}

    assert set(packs[2]) - set(packs[1]) == {
        "presentation-de-la-soiree-fr-nl.pdf",
        "presentation-de-la-soiree-avec-le-texte-a-dire-fr-nl.pdf",
        "presentation-de-la-soiree-fr-nl.pptx",
    }
    both = [order for order in orders if order.sisters]
    assert [[order.document.language, order.sisters[0].language] for order in both] == [["fr", "nl"]] * 2
    shown = presenting.Presentation(io.BytesIO(packs[2]["presentation-de-la-soiree-fr-nl.pptx"]))
    said = " ".join(shape.text_frame.text for shape in shown.slides[0].shapes if shape.has_text_frame)
    assert ("Partenariat local de prévention" in said, "Buurtinformatienetwerk" in said) == (True, True)


def test_a_sign_speaks_one_language_where_one_is_spoken_or_where_it_is_only_translated():
    partnership = complete()
    partnership.languages = ["fr", "nl"]

    data = replace(gather_partnership_data(partnership, at=NOW), municipalities=[Area(nis="23027")])
    languages = [files.languages_of_sign_region_first(data, language) for language in OFFICIAL_LANGUAGES]

    assert languages == [("nl", "fr"), ("nl", "fr"), ("de",)]  # that of the region first


@pytest.mark.parametrize("spoken", [["fr", "nl"], ["nl", "fr"]])
def test_a_sign_in_a_bilingual_region_begins_with_the_first_language_of_its_partnership(spoken):
    partnership = complete()
    partnership.languages = spoken

    data = replace(gather_partnership_data(partnership, at=NOW), municipalities=[Area(nis="21004")])

    assert list(files.languages_of_sign_region_first(data, "fr")) == spoken


@pytest.mark.parametrize(
    ("nis", "languages"),
    [("21004", ["fr", "nl", "fr"]), ("63049", ["fr", "fr", "fr"]), ("23027", ["nl", "nl", "nl"])],
)
def test_authorities_are_written_to_in_the_language_of_their_region(monkeypatch, nis, languages):
    entry = BY_KEY["letter_mayor"]
    monkeypatch.setattr(files, "ENTRIES", (entry,))
    monkeypatch.setattr(files, "ROOM_DOCUMENTS", ())
    monkeypatch.setattr(files.documents, "pdfs", lambda orders, **_at: [order.document.language for order in orders])
    data = replace(
        gather_partnership_data(complete(), at=NOW), municipalities=[Area(nis=nis, name_fr="X", name_nl="X")]
    )

    packs = [
        {
            Path(file.name).name: file.content
            for file in files.every_pack_document_in_every_form(
                data, newest_wordings_for_partnership(data.partnership), code, at=NOW
            )
        }
        for code in OFFICIAL_LANGUAGES
    ]

    assert [content for pack in packs for name, content in pack.items() if name.endswith(".pdf")] == languages
    stems = ["lettre-au-bourgmestre", "brief-aan-de-burgemeester", "brief-an-den-buergermeister"]
    written = zip(stems, OFFICIAL_LANGUAGES, languages, strict=True)
    assert [next(iter(pack)).partition(".")[0] for pack in packs] == [
        stem if own == code else f"{stem}-{code}" for stem, own, code in written
    ]


def test_minutes_of_a_meeting_of_members_are_no_paper_of_the_founding():
    meeting = held(Cast().here.partnership, purpose="members")
    Minutes.objects.create(meeting=meeting, language="fr", text="# Rapport")
    minutes = next(one for one in ROOM_DOCUMENTS if one.key == "minutes")

    assert minutes.make(meeting.partnership, "fr") is None


def test_minutes_stand_in_the_pack_as_they_were_written_and_under_their_own_title():
    meeting = held(Cast().here.partnership)
    Minutes.objects.create(meeting=meeting, language="nl", text="# Verslag\n\n::: wij {zelf}\n\nGoed.")
    minutes = next(one for one in ROOM_DOCUMENTS if one.key == "minutes")

    with override("fr"):
        document = minutes.make(meeting.partnership, "de")

    assert document is not None
    assert (document.title, document.language) == ("Verslag, Haren", "nl")
    assert words(document) == "Verslag\n::: wij {zelf}\nGoed.\nHandtekeningen"
    assert [signer.office for signer in document.blocks[-1].rows] == [
        "Voorzitter van de vergadering",
        "Verslag opgesteld door",
    ]


def test_a_sentence_of_a_headline_begins_a_line_where_it_takes_no_line_more():
    facts, entry = gather_partnership_data(complete(), at=NOW), BY_KEY["poster"]
    document = files.compose_pack_document(
        entry, standard_document_text(entry, "de"), facts, values_of_all_placeholders(facts, "de"), "de"
    )
    design = paper_design_of_partnership(facts, "de")

    poster = files.document_file(entry, document, "night-a4.pdf", footer="X", at=NOW, design=design)

    lines = [line.strip() for line in PdfReader(io.BytesIO(poster)).pages[0].extract_text().splitlines()]
    headline = plain_text(next(block for block in document.blocks if isinstance(block, Heading)).spans)
    first, _stop, second = headline.partition(". ")
    assert [line for line in lines if line in (f"{first}.", second)] == [f"{first}.", second]
