"""One Markdown text and the values of its places become page, PDF, DOCX and slides (docs/adr/0008)."""

import importlib
from collections.abc import Callable
from functools import cache
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
        Quotes,
        Signer,
        Signers,
        Value,
    )
    from plp.documents.chart import chart_svg
    from plp.documents.composition import (
        compose,
        placeholder_names,
        required_placeholders,
        select_variant,
    )
    from plp.documents.foreign_text import ForeignText, foreign_texts
    from plp.documents.page import document_html, titles_and_html_of_sections
    from plp.documents.paper import pdf, pdfs, slides_pdf
    from plp.documents.print_order import PrintOrder
    from plp.documents.refusals import UnknownPlace, WrongVariant
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
    "Quotes",
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

FUNCTIONS = {
    **dict.fromkeys(("pdf", "pdfs", "slides_pdf"), "paper"),
    **dict.fromkeys(("compose", "placeholder_names", "required_placeholders", "select_variant"), "composition"),
    **dict.fromkeys(("document_html", "titles_and_html_of_sections"), "page"),
    "chart_svg": "chart",
    "docx": "word_processor",
    "slides_pptx": "slides.presentation",
}
BESIDE_BLOCKS = {
    **FUNCTIONS,
    **dict.fromkeys(("UnknownPlace", "WrongVariant"), "refusals"),
    **dict.fromkeys(("ForeignText", "foreign_texts"), "foreign_text"),
    "PrintOrder": "print_order",
}


def __getattr__(name: str) -> Any:
    """What is asked for as ``documents.docx``: who only sends makes none. Raises ``AttributeError``."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _load_when_called(name) if name in FUNCTIONS else _import_from_submodule(name)


def _import_from_submodule(name: str) -> Any:
    return getattr(importlib.import_module(f"{__name__}.{BESIDE_BLOCKS.get(name, 'blocks')}"), name)


@cache
def _load_when_called(name: str) -> Callable[..., Any]:
    """The function ``name``, whose module is loaded by its first call and not by an import of its name."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return _import_from_submodule(name)(*args, **kwargs)

    return call
