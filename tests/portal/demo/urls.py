"""The addresses of a demonstration, which are there only with PLP_DEMO."""

from django.urls import include, path

urlpatterns = [path("demo/", include("plp.portal.subjects.demo.urls")), path("", include("plp.server.urls"))]
