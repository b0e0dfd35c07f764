"""Pages that everybody may read."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plp.documents import document_html
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.advice import library
from plp.portal.subjects.advice.checklist import CHECKLIST


def _advice_page_or_404(key: str) -> library.Page:
    """A page by its address, or 404."""
    if key not in library.PAGES:
        raise Http404
    return library.PAGES[key]


@public
def advice_list(request: PortalRequest) -> HttpResponse:
    """All pages, those of the season first."""
    return render(
        request, "advice/index.html", {"season": library.pages_of_season(request.at), "parts": library.pages_by_part()}
    )


@public
def advice_page(request: PortalRequest, key: str) -> HttpResponse:
    """One page."""
    found = _advice_page_or_404(key)
    shown = document_html(library.advice_document(found, get_language() or "fr"))
    beside = [one for one in library.PAGES.values() if one.part == found.part and one != found]
    return render(request, "advice/page.html", {"page": found, "shown": shown, "beside": beside})


@public
def advice_page_pdf_file(request: PortalRequest, key: str) -> HttpResponse:
    """One page on paper."""
    content = library.advice_page_pdf(_advice_page_or_404(key), get_language() or "fr", at=request.at)
    return download(content, name=f"plp-{key}.pdf", content_type="application/pdf", inline=True)


@public
def home_checklist_page(request: PortalRequest) -> HttpResponse:
    """The checklist of a home; ticks stay in the browser."""
    return render(request, "advice/checklist.html", {"checklist": CHECKLIST})
