"""One Markdown text and the values of its places become page, PDF, DOCX and slides (docs/adr/0008)."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plp.documents.blocks import (
        KINDS,
        Bars,
        Blank,
        Chart,
        Document,
        Flow,
        FlowStation,
        Grid,
        Lines,
        Missing,
        PageBreak,
        PictureBlock,
        PictureCard,
        PictureCards,
        Signer,
        Signers,
        Value,
    )
    from plp.documents.chart import chart_svg
    from plp.documents.composition import (
        UnknownPlace,
        WrongVariant,
        compose,
        placeholder_names,
        required_placeholders,
        select_variant,
    )
    from plp.documents.foreign_text import ForeignText, foreign_texts
    from plp.documents.page import document_html, titles_and_html_of_sections
    from plp.documents.paper import PrintOrder, pdf, pdfs, slides_pdf
    from plp.documents.slides.presentation import slides_pptx
    from plp.documents.word_processor import docx

__all__ = [
    "KINDS",
    "Bars",
    "Blank",
    "Chart",
    "Document",
    "Flow",
    "FlowStation",
    "ForeignText",
    "Grid",
    "Lines",
    "Missing",
    "PageBreak",
    "PictureBlock",
    "PictureCard",
    "PictureCards",
    "PrintOrder",
    "Signer",
    "Signers",
    "UnknownPlace",
    "Value",
    "WrongVariant",
    "chart_svg",
    "compose",
    "document_html",
    "docx",
    "foreign_texts",
    "pdf",
    "pdfs",
    "placeholder_names",
    "required_placeholders",
    "select_variant",
    "slides_pdf",
    "slides_pptx",
    "titles_and_html_of_sections",
]

BESIDE_BLOCKS = {
    **dict.fromkeys(("PrintOrder", "pdf", "pdfs", "slides_pdf"), "paper"),
    **dict.fromkeys(("UnknownPlace", "WrongVariant", "compose", "select_variant"), "composition"),
    **dict.fromkeys(("placeholder_names", "required_placeholders"), "composition"),
    **dict.fromkeys(("document_html", "titles_and_html_of_sections"), "page"),
    "ForeignText": "foreign_text",
    "foreign_texts": "foreign_text",
    "chart_svg": "chart",
    "docx": "word_processor",
    "slides_pptx": "slides.presentation",
}


def __getattr__(name: str) -> Any:
    """What is asked for as ``documents.docx``, loaded then: who only sends makes none. Raises ``AttributeError``."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{BESIDE_BLOCKS.get(name, 'blocks')}"), name)
