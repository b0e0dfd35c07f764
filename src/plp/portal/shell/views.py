"""Pages of the shell itself: language, manifest, the living page of components."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from plp.mandates.grants import Permission
from plp.portal.shell.guards import public
from plp.portal.shell.maps import outline_of
from plp.portal.shell.offers import Task
from plp.portal.shell.requests import PortalRequest


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the same page (only to a page of ours, T33)."""
    return set_language(request)


@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when the site is put on its first screen."""
    answer = JsonResponse(
        {
            "name": gettext("Local prevention partnerships"),
            "short_name": "PLP",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#faf7f1",
            "theme_color": "#0b5450",
            "icons": [{"src": static("shell/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As your neighbours know you."))
    channel = forms.ChoiceField(
        label=_("Channel"), widget=forms.RadioSelect, choices=[("sms", "SMS"), ("email", _("E-mail"))]
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("I have read this."))


SQUARE = {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.8], [4.52, 50.86], [4.43, 50.88], [4.4, 50.8]]]}


@public
def components(request: PortalRequest) -> HttpResponse:
    """Every component with invented content: in the demo for everybody, elsewhere for administrators."""
    if not settings.DEMO and Permission.PLATFORM_RUN not in request.permissions:
        raise Http404
    at = request.at
    context: dict[str, Any] = {
        "tasks": [
            Task(_("Relay a message"), _("An alarm of the police waits for you."), "#tasks", urgent=True, count=1),
            Task(_("Welcome new members"), _("Two neighbours asked to join."), "#tasks", count=2),
        ],
        "form": Sample(data={"name": "", "channel": "fax"}),
        "clean": Sample(prefix="clean"),
        "outline": outline_of(SQUARE),
        "list_page": Paginator(range(30), 10).get_page(request.GET.get("page", 2)),
        "now": at,
        "before": at - timedelta(hours=3),
    }
    return render(request, "shell/components.html", context)
