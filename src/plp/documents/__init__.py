"""One Markdown text and the values of its places become page, PDF, DOCX and slides (docs/adr/0008)."""

from plp.documents.blocks import KINDS, Bars, Chart, Document, Grid, Lines, Missing, PageBreak, Value
from plp.documents.chart import svg
from plp.documents.composing import UnknownPlace, WrongVariant, compose, places_of, variant
from plp.documents.deck import slides_pptx
from plp.documents.page import html
from plp.documents.paper import Print, pdf, pdfs, slides_pdf
from plp.documents.word import docx

__all__ = [
    "KINDS",
    "Bars",
    "Chart",
    "Document",
    "Grid",
    "Lines",
    "Missing",
    "PageBreak",
    "Print",
    "UnknownPlace",
    "Value",
    "WrongVariant",
    "compose",
    "docx",
    "html",
    "pdf",
    "pdfs",
    "places_of",
    "slides_pdf",
    "slides_pptx",
    "svg",
    "variant",
]
