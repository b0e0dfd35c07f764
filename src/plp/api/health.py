"""Two questions of machines that watch over us: does it live, and can it work? Neither answer names anything."""

import logging
import shutil

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plp.delivery.health import SILENT_AFTER, last_pulses
from plp.delivery.queries import outbox_figures_for_operators
from plp.metrics.replication import is_synchronously_replicated
from plp.toolbox import clock

LATE_SECONDS = 300  # a message due for longer has nobody who sends it
log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Touches nothing else, so a slow database does not get the web server killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Able to work: 200 if the database answers, a worker and a watch live, nothing waits too long, disk and clock are
    in order, else 503.

    In country mode also: a second machine holds what is acknowledged (F18).
    """
    room = shutil.disk_usage(settings.HOME).free >= 2 * settings.DISK_RESERVE  # told before forms are refused
    answers = {"database": True, "worker": False, "watch": False, "queue": False, "disk": room}
    answers["clock"] = not clock.is_machine_clock_wrong()
    at = clock.now()
    try:
        answers |= {key: moment is not None and at - moment <= SILENT_AFTER for key, moment in last_pulses().items()}
        if settings.DEMO:
            del answers["watch"]  # a demonstration runs without one
        answers["queue"] = outbox_figures_for_operators(at)["oldest_seconds"] <= LATE_SECONDS
        if settings.COUNTRY:
            answers["replication"] = is_synchronously_replicated()
    except Error as error:
        log.error("readyz: the database does not answer (%s)", type(error).__name__)
        answers["database"] = False
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


for _view in (healthz, readyz):
    _view.permission = "public"  # type: ignore[attr-defined] # the portal's decorators are not ours to import

urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
