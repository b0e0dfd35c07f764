"""A sign for the printing house says where it is cut, and stays what it was."""

import io

import pytest
from pypdf import PdfReader

from plp.documents import PrintOrder, compose, pdfs
from plp.documents.designs import Design
from plp.documents.identity import Identity
from tests.documents.sample import AT


@pytest.mark.parametrize(("paper", "width", "height"), [("sign", 400, 600), ("sticker", 100, 100)])
def test_a_sign_is_cut_at_its_size_with_three_millimetres_over(paper: str, width: int, height: int) -> None:
    """0.3 s: one document is typeset."""
    document = compose("# PLP\n\nIci, on s’informe.", {}, language="fr", title="Panneau")

    order = PrintOrder(document, paper, design=Design(Identity("Parc", "PLP")))
    page = PdfReader(io.BytesIO(pdfs([order], at=AT)[0])).pages[0]

    trim, bleed = page.trimbox, page.bleedbox
    assert [round(float(side) * 25.4 / 72) for side in (trim.width, trim.height)] == [width, height]
    assert [round(float(side) * 25.4 / 72) for side in (bleed.width, bleed.height)] == [width + 6, height + 6]
    assert float(bleed.left) < float(trim.left)


@pytest.mark.parametrize("paper", ["sign", "sticker"])
def test_no_name_on_a_sign_is_broken(paper: str) -> None:
    """0.3 s: one document is typeset."""
    names = ["Commerçants chaussée de Haecht", "Handelaars Haachtsesteenweg"]
    document = compose("# PLP-I\u00a0·\u00a0BIN-Z\n\nIci, on s’informe.", {}, language="fr", title="Panneau")
    order = PrintOrder(document, paper, design=Design(Identity(" · ".join(names), "PLP-I")))

    text = PdfReader(io.BytesIO(pdfs([order], at=AT)[0])).pages[0].extract_text()

    lines = [line.strip().replace("\u00a0", " ") for line in text.splitlines()]
    assert {"PLP-I · BIN-Z", *names} <= set(lines)


def test_the_same_order_gives_the_same_tagged_bytes() -> None:
    """0.4 s: two documents are typeset."""
    document = compose("# PLP\n\nIci.", {}, language="fr", title="Panneau")
    order = PrintOrder(document, "sticker", design=Design(Identity("Parc", "PLP")))

    first, second = pdfs([order], at=AT) + pdfs([order], at=AT)

    root = PdfReader(io.BytesIO(first)).trailer["/Root"]
    assert first == second
    assert (root["/Lang"], "/StructTreeRoot" in root, "/Metadata" in root) == ("fr", True, True)
