"""Guides that everybody may read; the own one comes first."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from plp.documents import document_html
from plp.mandates.queries import mandates_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.guide import library
from plp.portal.subjects.guide.contents import GUIDES, Guide
from plp.portal.subjects.guide.help import page_of_origin
from plp.toolbox.texts import text


def _guide_or_404(guide_key: str) -> Guide:
    """A guide by its address, or 404."""
    if guide_key not in GUIDES:
        raise Http404
    return GUIDES[guide_key]


@public
def guide_list(request: PortalRequest) -> HttpResponse:
    """All guides; first those of the roles that one holds."""
    held = {mandate.role for mandate in mandates_of(request.person, at=request.at)} if request.person else set()
    own = [guide for guide in GUIDES.values() if guide.roles & held]
    others = [guide for guide in GUIDES.values() if guide not in own]
    return render(request, "guide/index.html", {"own": own, "others": others})


@public
def guide_page(request: PortalRequest, key: str) -> HttpResponse:
    """One guide: what it is about, and its tasks."""
    found, language = _guide_or_404(key), get_language() or "fr"
    title, words = library.title_and_introduction(found, language)
    context = {
        "guide": found,
        "title": title,
        "shown": document_html(library.guide_document(words, language, title)),
        "sections": library.guide_sections(found, language),
    }
    return render(request, "guide/guide.html", context)


@public
def guide_task_page(request: PortalRequest, key: str, task: str) -> HttpResponse:
    """One task, step by step, and the way to the page where it is done."""
    found, language = _guide_or_404(key), get_language() or "fr"
    told = library.guide_sections(found, language)
    place = next((number for number, one in enumerate(told) if one.task.key == task), None)
    if place is None:
        raise Http404
    section = told[place]
    context = {
        "guide": found,
        "section": section,
        "shown": document_html(library.guide_document(section.body, language, section.title)),
        "may_open": section.task.view and (section.task.needs is None or section.task.needs in request.permissions),
        "back": page_of_origin(request, key, task),
        "following": told[place + 1] if place + 1 < len(told) else None,
    }
    return render(request, "guide/task.html", context)


@public
def guide_file(request: PortalRequest, key: str) -> HttpResponse:
    """One guide on paper."""
    link = f"{settings.ORIGIN}{reverse('guide:guide', args=[key])}"
    content = library.guide_pdf(_guide_or_404(key), get_language() or "fr", link=link, at=request.at)
    return download(content, name=f"plp-guide-{key}.pdf", content_type="application/pdf", inline=True)


@public
def emergency_card_file(request: PortalRequest) -> HttpResponse:
    """The coordinator's card for the pocket."""
    content = library.emergency_card_pdf(get_language() or "fr", link=settings.ORIGIN, at=request.at)
    return download(content, name="plp-card.pdf", content_type="application/pdf", inline=True)


@public
def comparison_with_other_channels(request: PortalRequest) -> HttpResponse:
    """What other ways to reach a neighbourhood do well, and what they do not."""
    language = get_language() or "fr"
    title, _, words = text(library.TEXTS, library.COMPARED, language).partition("\n")
    title = title.removeprefix("# ")
    shown = document_html(library.guide_document(words, language, title))
    return render(request, "guide/compared.html", {"title": title, "shown": shown})
