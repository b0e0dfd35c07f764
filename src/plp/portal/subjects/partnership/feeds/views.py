"""What other programs and sites read of a partnership: public things only, without a cookie."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from plp.evening.calendar import calendar_file, meeting_calendar_entry
from plp.evening.queries import public_evenings
from plp.partnership.models import Partnership
from plp.partnership.queries import public_partnerships as partnerships
from plp.partnership.short_names import name_with_short_word
from plp.places.queries.emergency import help_numbers_in
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.moved_addresses import redirect_if_moved, redirect_if_moved_or_410_if_ended
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.partnership.feeds import contact_cards
from plp.portal.subjects.partnership.feeds.news import FEEDS, news_feed_content_and_media_type, public_news_items
from plp.toolbox.texts import LANGUAGES

KEPT = "public, max-age=600"  # seconds that a reader may keep what it got
PAST = timedelta(days=90)  # evenings that stay in a calendar
MOST_NEWS = 5

type View = Callable[..., HttpResponse]


def with_partnership_and_language(view: View) -> View:
    """Find the partnership, and speak the language of the address; others may keep the answer for ten minutes."""

    @redirect_if_moved_or_410_if_ended
    @wraps(view)
    def call_in_language_and_cache(request: PortalRequest, key: str, language: str, **more: Any) -> HttpResponse:
        if language not in LANGUAGES:
            raise Http404
        found = get_object_or_404(partnerships(), key=key)
        with override(language):
            answer = view(request, found, language, **more)
        answer.headers["Cache-Control"] = KEPT
        return answer

    return call_in_language_and_cache


@public
@require_safe
@redirect_if_moved
def feed_addresses_page(request: PortalRequest, key: str) -> HttpResponse:
    """Everything that can be taken along, each with its address."""
    found = get_object_or_404(partnerships(), key=key)
    language = get_language() or "fr"
    here = [found.key, language]
    urls = {name: reverse(f"partnership:feeds:{name}", args=here) for name in ("evenings", "contacts", "embedded")}
    urls |= {form: reverse("partnership:feeds:news", args=[*here, form]) for form in FEEDS}
    context = {
        "partnership": found,
        "name": found.name(language),
        "feed_title": name_with_short_word(found, language),
    }
    context["hosts"] = [urlsplit(site).netloc for site in settings.EMBED_SITES]
    return render(
        request, "partnership/feeds/share.html", context | {name: settings.ORIGIN + url for name, url in urls.items()}
    )


@public
@require_safe
@with_partnership_and_language
def news_feed(request: PortalRequest, partnership: Partnership, language: str, form: str) -> HttpResponse:
    """The news as Atom or RSS."""
    if form not in FEEDS:
        raise Http404
    content, media = news_feed_content_and_media_type(
        partnership, form, language, feed_url=settings.ORIGIN + request.path, at=request.at
    )
    return download(content, name=f"news.{form}", content_type=media, inline=True)


@public
@require_safe
@with_partnership_and_language
def evenings_calendar(request: PortalRequest, partnership: Partnership, language: str) -> HttpResponse:
    """The evenings for everybody as a calendar to subscribe to."""
    found = public_evenings(partnership, since=request.at - PAST)
    name = name_with_short_word(partnership, language)
    made = calendar_file((meeting_calendar_entry(one, language) for one in found), calendar_name=name)
    return download(made, name="evenings.ics", content_type="text/calendar; charset=utf-8")


@public
@require_safe
@with_partnership_and_language
def office_contacts_file(request: PortalRequest, partnership: Partnership, language: str) -> HttpResponse:
    """The public contacts for an address book."""
    return download(
        contact_cards.office_contacts_vcf(partnership, language), name="contacts.vcf", content_type=contact_cards.MEDIA
    )


@public
@require_safe
@xframe_options_exempt
@with_partnership_and_language
def embedded_page(request: PortalRequest, partnership: Partnership, language: str) -> HttpResponse:
    """The page of a partnership inside a site of ``PLP_EMBED_SITES``: no menu, no form, no cookie."""
    if not settings.EMBED_SITES:
        raise Http404
    context = {
        "partnership": partnership,
        "name": name_with_short_word(partnership, language),
        "language": language,
        "purpose": partnership.purpose.get(language) or next(iter(partnership.purpose.values()), ""),
        "numbers": help_numbers_in(partnership.area, language),
        "news": public_news_items(partnership, language, at=request.at)[:MOST_NEWS],
    }
    answer = render(request, "partnership/feeds/embedded.html", context)
    policy = {**settings.SECURE_CSP, "frame-ancestors": settings.EMBED_SITES, "script-src": ["'none'"]}
    return csp_override(policy)(lambda _request: answer)(request)


@public
@require_safe
def data_sources_and_licences_page(request: PortalRequest) -> HttpResponse:
    """Whose data and work we show, and under which licence."""
    feed_host = urlsplit(settings.CAP_FEED).hostname or ""
    return render(request, "partnership/feeds/sources.html", {"feed": feed_host})
