"""The visual identity: colours that a black-and-white printer keeps apart, drawings in five tones, figures to dial."""

import io
import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from plp.documents import PrintOrder, compose, pdfs
from plp.documents.colours import EMERGENCY, HOUSE, SCHEMES, WHITE, Colours, blended_colour
from plp.documents.designs import Design, design_content
from plp.documents.identity import TEMPLATE, Identity, Partner, identity_content
from plp.documents.illustrations import NAMES, illustration
from plp.documents.tagged_pdf import Sheet, render_pdfs
from plp.portal.shell.design import contrast_ratio

AT = datetime(2026, 11, 29, tzinfo=UTC)
COLOUR = re.compile(r'(?:fill|stroke)="(#[^"]*|[a-z]+)"')


@pytest.mark.parametrize("key", SCHEMES)
def test_the_two_colours_stay_apart_on_a_black_and_white_printer(key):
    colours = SCHEMES[key]

    assert contrast_ratio(colours.main, WHITE) >= 7
    assert contrast_ratio(colours.main, colours.accent) >= 4.5
    assert contrast_ratio(colours.main, colours.light) >= 4.5
    assert contrast_ratio(colours.accent, WHITE) >= 1.4


def test_white_is_read_on_the_red_of_the_emergency_numbers():
    assert contrast_ratio(EMERGENCY, WHITE) >= 7


def test_a_share_of_a_colour_lies_between_it_and_its_ground():
    assert [blended_colour("#000000", "#ffffff", share) for share in (0, 0.2, 1)] == ["#ffffff", "#cccccc", "#000000"]


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_five_tones_and_no_other(name):
    drawing = illustration(name)

    assert set(COLOUR.findall(drawing)) - {"none"} <= set(HOUSE.tones)
    assert "<text" not in drawing


def test_a_drawing_takes_the_colours_of_its_partnership():
    drawing = illustration("house", Colours("#000001", "#f5b302"))

    assert {"#000001", "#f5b302"} <= set(COLOUR.findall(drawing))
    assert HOUSE.main not in drawing


def test_an_unknown_drawing_is_refused():
    with pytest.raises(KeyError):
        illustration("../identity")


def test_the_logo_of_the_installer_stands_among_the_partners():
    design = Design(Identity("Parc", "PLP", (Partner("Malmedy"),))).with_partner(Partner("Logo", b"jpeg"))

    content = design_content("poster", design)

    assert [partner["name"] for partner in content["identity"]["partners"]] == ["Malmedy", "Logo"]


def test_every_part_of_the_identity_is_set_on_paper(tmp_path):
    """0.3 s: one document is typeset."""
    template = tmp_path / "paper.typ"
    template.write_text(
        "#band[101] #mark() #partners() #leaf(data.content.day) #danger[112]"
        "#for name in identity.drawings.keys() { illustration(name, words: name, width: 9mm) }",
        encoding="utf-8",
    )
    identity = Identity("Quartier du Parc", "Partenariat local de prévention", (Partner("Malmedy"), Partner("Zone")))
    content = {
        "identity": identity_content(identity, drawings=NAMES),
        "day": {"weekday": "mercredi", "day": "9", "month": "décembre 2026", "hour": "19\xa0h\xa030"},
    }

    (pdf,) = render_pdfs([Sheet(template, content, "fr", "Identité", (TEMPLATE,))], at=AT)

    assert b"PLPFigures" in pdf


def test_the_name_of_a_zone_is_not_parted_at_its_slash(tmp_path):
    template = tmp_path / "paper.typ"
    template.write_text("#block(width: 50mm, partners(size: 12pt))", encoding="utf-8")
    identity = Identity("Malmedy", "LPP", (Partner("Polizeizone Stavelot/Malmedy"),))

    (pdf,) = render_pdfs([Sheet(template, {"identity": identity_content(identity)}, "de", "Zone", (TEMPLATE,))], at=AT)

    assert "Polizeizone \nStavelot/Malmedy" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_each_sentence_of_a_promise_begins_a_line_where_a_little_smaller_does_it():
    source = "# Eerst de politie. Zij verwittigt de buurt.\n\nNuttige berichten.\n\n## Word lid\n\nGratis."
    document = compose(source, {}, language="nl", title="Affiche")
    design = Design(Identity("Haren", "Buurtinformatienetwerk"))

    (content,) = pdfs([PrintOrder(document, "street-a4", design=design)], at=AT)

    lines = PdfReader(io.BytesIO(content)).pages[0].extract_text().splitlines()
    assert "Eerst de politie." in [line.strip() for line in lines]


@pytest.mark.parametrize("paper", ["invitation-a4", "invitation-a5"])
def test_a_day_in_a_title_is_not_parted_at_its_full_stop(paper):
    source = "# Informationsabend\n\nKommen Sie.\n\n## Freitag, 11. Dezember 2026, 19 Uhr\n\nForum\n\n## Hilfe\n\nRuf."
    document = compose(source, {}, language="de", title="Einladung")
    design = Design(Identity("Malmedy", "Lokale Präventionspartnerschaft"), day=AT)

    (content,) = pdfs([PrintOrder(document, paper, design=design)], at=AT)

    assert "11. Dezember 2026," in PdfReader(io.BytesIO(content)).pages[0].extract_text()
