"""Addresses of the exchange with other installations."""

from django.urls import path

from plp.portal.subjects.installations.views import offers, partners

app_name = "installations"
PREFIX = "installations/"
urlpatterns = [
    path("", partners.overview, name="overview"),
    path("<uuid:key>/", partners.partner, name="partner"),
    path("<uuid:key>/letters", partners.letters, name="letters"),
    path("<uuid:key>/end/", partners.end, name="end"),
    path("offers/<uuid:key>/", offers.answer, name="offer"),
    path("offers/<uuid:key>/refuse/", offers.refuse, name="refuse"),
]
