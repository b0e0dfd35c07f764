"""A document as a file: PDF or DOCX."""

from django.conf import settings
from django.http import Http404, HttpResponse

from plp import documents
from plp.documents import Document, PrintOrder, pdfs
from plp.portal.shell.files import download
from plp.portal.shell.requests import StaffRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_response(request: StaffRequest, document: Document, *, name: str, form: str) -> HttpResponse:
    """``document`` as "pdf" (shown) or "docx" (saved); any other form does not exist."""
    if form == "pdf":
        order = PrintOrder(document, footer=document.title, window=settings.LETTER_WINDOW, saves_page=True)
        content = pdfs([order], at=request.at)[0]
        return download(content, name=f"{name}.pdf", content_type="application/pdf", inline=True)
    if form == "docx":
        return download(documents.docx(document), name=f"{name}.docx", content_type=WORD)
    raise Http404
