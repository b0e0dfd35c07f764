"""A document on paper: PDF/UA-1 on A4, A5 and slides, nothing cut."""

import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from plp.documents import PrintOrder, Signer, Signers, compose, pdf, pdfs, slides_pdf
from plp.documents.blocks import TableBlock, column_width_shares
from plp.documents.sizes import PAPERS
from tests.documents.sample import AT, PNG, sample


def words(made: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.fixture(scope="module")
def prints():
    papers = tuple(PAPERS)
    return dict(zip(papers, pdfs([PrintOrder(sample(), it, "PLP Haren", PNG) for it in papers], at=AT), strict=True))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_print_is_tagged_titled_and_in_its_language(prints, paper):
    with pikepdf.open(io.BytesIO(prints[paper])) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == "fr"
        assert made.Root.StructTreeRoot.Type == "/StructTreeRoot"
        assert made.Root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as data:
            assert data["dc:title"] == "Lettre"
            assert data["pdfuaid:part"] == "1"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_print_has_the_size_of_its_paper(prints, paper):
    page = PdfReader(io.BytesIO(prints[paper])).pages[0]

    assert (round(page.mediabox.width), round(page.mediabox.height)) == PAPERS[paper].size_in_points


@pytest.mark.parametrize("paper", PAPERS)
def test_a_print_says_everything(prints, paper):
    said = words(prints[paper])

    for part in ("Lettre de Haren", "[manque encore : la date de la soirée]", "Rue A, 1-3", "D’accord", "02 123 45 67"):
        assert part in said
    assert "https://plp.example.be/p/haren/" in said.replace(" ", "")


def test_a_page_break_begins_a_page_and_a_title_a_slide(prints):
    assert len(PdfReader(io.BytesIO(prints["a4"])).pages) == 2
    slides = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(prints["slides"])).pages]
    ends = (slides[0], slides[1], slides[-1])
    titles = ("Lettre de Haren", "Les rues", "Fin")
    assert [[title in slide for title in titles] for slide in ends] == [
        [True, False, False], [False, True, False], [False, False, True],
    ]  # fmt: skip


def test_a_full_slide_goes_on_rather_than_being_cut():
    full = compose("# T\n\n" + "\n\n".join(f"Ligne {number}" for number in range(60)), {}, language="fr", title="T")

    said = words(slides_pdf(full, at=AT))

    assert all(f"Ligne {number}" in said for number in range(60))


def test_a_head_is_repeated_on_each_page():
    rows = "\n".join(f"| rue {number} | x |" for number in range(90))
    long = compose(f"# T\n\n| Tête | b |\n|---|---|\n{rows}", {}, language="fr", title="T")

    pages = PdfReader(io.BytesIO(pdf(long, at=AT))).pages

    assert len(pages) > 2
    assert all("Tête" in page.extract_text() for page in pages)


@pytest.mark.parametrize("lines", range(28, 46, 3))
def test_a_question_keeps_its_boxes_and_no_last_line_stands_alone(lines):
    filler = "\n\n".join(["Ligne."] * lines)
    boxes = "\n".join(f"- [ ] Choix {number}" for number in range(5))
    source = f"{filler}\n\n### Question\n\n{boxes}\n\nNom : ____\n\nAdresse : ____\n\nFin."

    pages = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages
    last = pages[-1].extract_text()

    assert all(("Question" in text) == ("Choix 4" in text) for text in (page.extract_text() for page in pages))
    assert ("Fin." in last) == ("Nom" in last) == ("Adresse" in last)


@pytest.mark.parametrize("last", ["Fin du texte.", "- Fin du texte."])
@pytest.mark.parametrize("lines", range(22, 34, 3))
def test_boxes_to_sign_keep_what_stands_before_them(lines, last):
    source = "# T\n\n" + "\n\n".join(["Ligne."] * lines) + f"\n\n## Avis\n\n{last}\n\n## Signatures\n\n{{signers}}"
    signers = Signers([Signer("Présidence"), Signer("Rédaction")])

    made = pdf(compose(source, {"signers": signers}, language="fr", title="T"), at=AT)
    page = PdfReader(io.BytesIO(made)).pages[-1].extract_text()

    assert all(said in page for said in ("Avis", "Fin du texte.", "Présidence", "Rédaction"))


def test_a_long_list_of_short_entries_is_set_in_columns():
    source = "# T\n\n" + "\n".join(f"- Rue du Moulin numéro {number}" for number in range(100))

    made = pdf(compose(source, {}, language="fr", title="T"), at=AT)

    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert all(f"numéro {number}" in words(made) for number in range(100))


def test_streets_by_both_names_are_set_in_two_columns():
    source = "# T\n\n" + "\n".join(f"- Rue de la Métairie {number} / Pachthofstraat {number}" for number in range(60))

    made = pdf(compose(source, {}, language="fr", title="T"), at=AT)

    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_equal_orders_give_equal_bytes():
    assert pdf(sample(), at=AT) == pdf(sample(), at=AT)


def test_large_print_is_set_larger():
    made = [pdf(sample(), at=AT, large_print=large) for large in (False, True)]

    few, many = (len(PdfReader(io.BytesIO(one)).pages) for one in made)
    assert few < many
    assert [words(one).split()[:3] for one in made] == [words(made[0]).split()[:3]] * 2


@pytest.mark.parametrize("lines", range(18, 40, 3))
def test_a_sentence_stands_on_the_page_of_the_year_that_it_tells_of(lines):
    source = "Ligne.\n\n" * lines + "Voici :\n\n| Mois | Nombre |\n|---|---|\n" + "| mois | zzz |\n" * 12

    pages = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages
    told = next(text for text in (page.extract_text() for page in pages) if "Voici" in text)

    assert told.count("zzz") == 12


def test_an_address_in_a_table_goes_on_below_and_a_name_is_parted_at_its_space():
    row = "| fonctionnaire de police mandaté | Administration communale | Rayan Hermans | 080 77 09 99 | {} |"
    head = "| Partenaire | Organisation | Nom | Téléphone | E-mail |\n|---|---|---|---|---|\n"
    source = head + row.format("municipality.malmedy@prevention-partnerships.example.org")

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages[0].extract_text()
    lines = [line.strip("\N{ZERO WIDTH SPACE} ") for line in said.splitlines()]

    assert any(line.endswith("municipality.malmedy@") for line in lines)
    assert "Hermans" in said


def test_columns_of_several_words_give_way_to_an_address():
    head = "| Qualité | Service | Nom | Joindre |\n|---|---|---|---|\n"
    row = "| bourgmestre, ou qui signe à sa place | Administration communale | Koen Willems | {} |"
    source = head + row.format("municipality.lembeek@example.org")

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages[0].extract_text()

    assert any("municipality.lembeek@example.org" in line for line in said.splitlines())


def test_a_column_has_room_for_a_sum_as_for_one_word():
    tables = [
        compose(f"| Was | Pro Jahr |\n|---|---|\n| Papier | {words} |", {}, language="de", title="T").blocks[0]
        for words in ("350,00 Euro", "350,00-Euro")
    ]

    of_a_sum, of_a_word = (column_width_shares(table) for table in tables if isinstance(table, TableBlock))
    assert of_a_sum == of_a_word


@pytest.mark.parametrize("before", range(20, 90, 7))
def test_a_link_in_a_sentence_stays_on_one_line_or_is_parted_behind_its_host(before):
    short, long = (
        "http://127.0.0.1:8000/p/malmedy-gare/join/",
        "https://plp.example.be/p/malmedy-commerces-du-centre/join/",
    )
    odd = "https://a.example.be?to=https://b.example.be/"
    source = "\n\n".join(f"{'mot ' * (before // 4)}{link}, oui" for link in (short, long, odd))

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages[0].extract_text()

    assert short in said
    assert odd in said
    assert "https://plp.example.be" in said
    assert long in said.replace("/\n", "/").replace("/ ", "/")


def test_an_email_address_in_a_sentence_stays_on_one_line():
    address = "coordination.malmedy-commerces@example.org"
    source = f"Zurück an: lokale Polizei, Zone Stavelot/Malmedy, 080 77 09 99, {address}, oder am Abend abgeben."

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="de", title="T"), at=AT))).pages[0].extract_text()

    assert any(address in line for line in said.splitlines())


@pytest.mark.parametrize(("streets", "columns"), [(60, 3), (200, 5)])
def test_a_list_in_columns_is_read_on_in_order_overleaf(streets, columns):
    names = [f"Rue {number:03}" for number in range(streets)]
    source = "Ligne.\n\n" * 28 + "Les rues :\n\n" + "\n".join(f"- {name}" for name in names)

    pages = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages
    numbers = [[int(number) for number in re.findall(r"Rue (\d{3})", page.extract_text())] for page in pages]

    assert len(pages) == 2
    assert max(numbers[0]) < min(numbers[1])
    assert sorted(numbers[0] + numbers[1]) == list(range(streets))
    assert min(map(len, numbers)) >= 2 * columns


def test_streets_whose_first_names_take_two_lines_go_on_overleaf_in_order():
    names = [f"Rue {number:03}{' de la Vieille Tannerie' * (number < 90 and number % 2)}" for number in range(300)]
    source = "Ligne.\n\n" * 29 + "Les rues :\n\n" + "\n".join(f"- {name}" for name in names)

    pages = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages
    numbers = [[int(number) for number in re.findall(r"Rue (\d{3})", page.extract_text())] for page in pages]

    assert numbers[0]
    assert [number for page in numbers for number in page] == list(range(300))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_that_saves_a_page_bears_a_logo(paper):
    (made,) = pdfs([PrintOrder(sample(), paper, "PLP Haren", PNG, saves_page=True)], at=AT)

    assert "Lettre de Haren" in words(made)


def test_one_process_sets_the_letters_of_a_town_with_all_its_streets():
    """1 s: four times 240 streets, within the memory that the typesetter is given."""
    streets = "\n".join(f"- Rue du village numéro {number}" for number in range(240))
    orders = [
        PrintOrder(compose(f"# Lettre {number}\n\n{streets}", {}, language="fr", title="L"), saves_page=True)
        for number in range(4)
    ]

    assert [content[:5] for content in pdfs(orders, at=AT)] == [b"%PDF-"] * 4


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_an_email_address_is_parted_at_its_signs_alone(paper):
    address = "partenariat.prevention.quartier-haren@police-bruxelles-capitale-ixelles.example.be"
    source = "\n\n".join(f"{'x' * before} {{address}}" for before in range(1, 41, 3))
    table = "\n\n| Organisation | Nom | E-mail |\n|---|---|---|\n| Zone | Rayan | {address} |"
    document = compose(source + table, {"address": address}, language="fr", title="T")

    printed = PdfReader(io.BytesIO(pdf(document, at=AT, paper=paper))).pages[0].extract_text()

    words = printed.replace("\N{ZERO WIDTH SPACE}", "").split()
    assert "".join(words).count(address) == 15
    beginnings = {word for word in words if len(word) > 1 and word in address}
    starts = (
        "-",
        "partenariat",
        "prevention",
        "quartier",
        "police",
        "example",
        "be",
    )  # behind a full stop, never before
    assert {word for word in beginnings if not word.startswith(starts)} == set()


def test_an_address_is_copied_whole():
    """No character of ours stands in it, and no line of it ends with a hyphen that a reader's program drops."""
    link = "https://partenariats.police-stavelot-malmedy.example.be/soiree/a7b9c4d2e8f6g1h3/inscription/"
    source = "# A\n\nVoir donc sans trop attendre {link}\n\n![qr]({link})\n"

    printed = words(pdf(compose(source, {"link": link}, language="fr", title="A"), at=AT))

    assert printed.replace("/ ", "/").count(link) == 2
    assert "- " not in printed


@pytest.mark.parametrize("lines", range(36, 43))
def test_a_line_that_announces_a_list_stands_above_it(lines):
    filler = "\n\n".join(["Ligne."] * lines)
    source = f"{filler}\n\n## Titre\n\nVoici les points :\n\n- premier point\n- second\n\nFin."

    pages = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages

    for words in (page.extract_text() for page in pages):
        assert ("Titre" in words) == ("Voici les points" in words) == ("premier point" in words)


@pytest.mark.parametrize("words", range(12, 40))
def test_no_paragraph_ends_with_one_short_word_on_a_line(words):
    source = " ".join(["mot"] * words)

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages[0].extract_text()

    assert said.split("mot")[-1].strip() == ""
    assert [line for line in said.splitlines() if line.strip() == "mot"] == []


@pytest.mark.parametrize(
    "day",
    [
        "1er décembre 2026",
        "5. Oktober 2022",
        "12 maart 2027",
        "350,00 Euro",
        "15 minutes",
        "90 dagen",
        "4 Stunden",
        "mettez-le",
        "4960 Malmedy",
        "Haachtsesteenweg 15",
        "’s nachts",
        "PLP-I",
    ],
)
def test_a_day_a_number_with_what_it_counts_and_words_tied_by_a_hyphen_stay_on_one_line(day):
    source = "\n\n".join(f"{'x' * before} {'mot ' * 18}{day}, oui" for before in range(1, 30, 2))

    said = PdfReader(io.BytesIO(pdf(compose(source, {}, language="fr", title="T"), at=AT))).pages[0].extract_text()

    assert said.count(day) == 15
