"""The root of the address tree: the shell, the subjects of the portal, the doors of machines."""

from django.urls import include, path

from plp.portal.shell.subjects import url_patterns

handler400 = "plp.portal.shell.errors.bad_request"
handler403 = "plp.portal.shell.errors.forbidden"
handler404 = "plp.portal.shell.errors.not_found"
handler429 = "plp.portal.shell.errors.too_many_requests"  # called by allauth's rate limits
handler500 = "plp.portal.shell.errors.server_error"

urlpatterns = [
    path("", include("plp.api.health")),
    path("", include("plp.api.metrics")),
    path("api/", include("plp.api.urls")),
    path("", include("plp.portal.shell.urls")),
    *url_patterns(),
]
