"""How accessible these pages are, and whom one tells: what every public body must publish (law of 19 July 2018)."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.documents import compose, document_html
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
LOOKED_AT = date(2026, 11, 26)  # when the pages were last held against each criterion: docs/accessibility.md


@public
def accessibility_statement_page(request: PortalRequest) -> HttpResponse:
    """The statement in the language of the page, whom one tells, and where one complains."""
    language, title = get_language() or "fr", _("Accessibility")
    shown = document_html(compose(text(TEXTS, "statement", language), {}, language=language, title=title))
    context = {"shown": shown, "looked_at": LOOKED_AT, "contact": settings.CONTACT}
    return render(request, "accessibility/statement.html", context)
