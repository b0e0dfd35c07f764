"""The root of the address tree: the shell, each portal subject of ``PORTAL_SUBJECTS``, the doors of machines."""

from django.conf import settings
from django.urls import include, path

handler400 = "plp.portal.shell.errors.bad_request"
handler403 = "plp.portal.shell.errors.forbidden"
handler404 = "plp.portal.shell.errors.not_found"
handler429 = "plp.portal.shell.errors.too_many"  # called by allauth's rate limits
handler500 = "plp.portal.shell.errors.broken"

urlpatterns = [
    path("", include("plp.api.health")),
    path("", include("plp.api.metrics")),
    path("api/", include("plp.api.urls")),
    path("", include("plp.portal.shell.urls")),
    *(
        path(beginning, include(f"plp.portal.subjects.{subject}.urls"))
        for subject, beginning in settings.PORTAL_SUBJECTS.items()
    ),
]
