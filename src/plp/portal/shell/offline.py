"""What makes the portal an app: how a telephone names and draws it, its one worker, the page without a connection."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext

from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.sightings.models import Sighting

SCRIPTS = tuple(Path(__file__).parent / "static" / "shell" / name for name in ("sending.js", "worker.js"))
FILES = (  # of the page without a connection
    "shell/base.css",
    "shell/components.css",
    "shell/kept_report.js",
    "shell/offline.js",
    "shell/sending.js",
    "shell/favicon.svg",
    "fonts/PLPText-Regular.woff2",
    "fonts/PLPText-Bold.woff2",
)
PICTURES = (
    ("shell/icon-192.png", 192, "any"),
    ("shell/icon-512.png", 512, "any"),
    ("shell/icon-512-whole.png", 512, "maskable"),
)
HOUR = "public, max-age=3600"


@public
def web_app_manifest_file(request: HttpRequest) -> HttpResponse:
    """What a telephone shows when the site is put on its home screen, in the language of the page that named it."""
    asked = request.GET.get("language")
    language = asked if asked in dict(settings.LANGUAGES) else get_language()
    with translation.override(language):
        told = _web_app_manifest(language or "fr")
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer.headers["Cache-Control"] = HOUR
    return answer


def _web_app_manifest(language: str) -> dict[str, Any]:
    ways = (
        (gettext("My messages"), "membership:self_service:messages"),
        (gettext("Report something you saw"), "sightings:start"),
    )
    return {
        "id": "/",
        "name": gettext("Local prevention partnerships"),
        "short_name": "PLP",
        "description": gettext("Neighbours and police, together"),
        "lang": language,
        "start_url": reverse("shell:app"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#0b5450",
        "icons": [
            {"src": static(name), "sizes": f"{pixels}x{pixels}", "type": "image/png", "purpose": purpose}
            for name, pixels, purpose in PICTURES
        ],
        "shortcuts": [{"name": label, "url": reverse(name)} for label, name in ways],
    }


@public
def redirect_from_home_screen(request: PortalRequest) -> HttpResponse:
    """Where the sign on the home screen leads: members to their messages, staff to what they have to do."""
    is_member = request.member is not None and request.person is None
    return redirect("membership:self_service:messages" if is_member else "home:start")


@public
def service_worker_script(request: HttpRequest) -> HttpResponse:
    """The script that runs beside the pages: the address at the root lets it stand before all of them."""
    told: dict[str, Any] = {
        "page": reverse("shell:offline"),
        "files": [static(name) for name in FILES],
        "icon": static("shell/icon-192.png"),
        "messages": reverse("membership:self_service:messages"),
        "report": reverse("sightings:kept"),
    }
    script = "\n".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    told["version"] = sha256(f"{json.dumps(told)}{script}".encode()).hexdigest()[:12]
    answer = HttpResponse(f"const shell = {json.dumps(told)};\n{script}", content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
def offline_page(request: HttpRequest) -> HttpResponse:
    """What shows without a connection: whom to phone, what a member keeps here, a report to write.

    The same for everybody.
    """
    return render(request, "shell/offline.html", {"kinds": Sighting.Kind.choices})
