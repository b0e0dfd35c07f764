"""One Markdown text and the values of its places become page, PDF, DOCX and slides (docs/adr/0008)."""

import importlib
from typing import TYPE_CHECKING, Any

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
from plp.documents.foreign_text import ForeignText
from plp.documents.page import document_html, section_pages
from plp.documents.paper import PrintOrder, pdf, pdfs, slides_pdf

if TYPE_CHECKING:
    from plp.documents.slides.presentation import slides_pptx
    from plp.documents.word_processor import docx

LATER = {  # heavy: at first use alone
    "docx": "plp.documents.word_processor",
    "slides_pptx": "plp.documents.slides.presentation",
}

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
    "pdf",
    "pdfs",
    "placeholder_names",
    "required_placeholders",
    "section_pages",
    "select_variant",
    "slides_pdf",
    "slides_pptx",
]


def __getattr__(name: str) -> Any:
    """What weighs much, when it is asked for as ``documents.docx``. Raises ``AttributeError``."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(LATER[name]), name)
