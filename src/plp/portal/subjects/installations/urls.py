"""Addresses of the exchange with other installations."""

from django.urls import path

from plp.portal.subjects.installations.views import moves, offers, partners

app_name = "installations"
PREFIX = "installations/"
urlpatterns = [
    path("", partners.list_and_pair_partners, name="overview"),
    path("<uuid:key>/", partners.see_and_confirm_partner, name="partner"),
    path("<uuid:key>/letters", partners.download_letters, name="letters"),
    path("<uuid:key>/end/", partners.end_exchange, name="end"),
    path("move/<slug:key>/", moves.offer_move, name="offer_move"),
    path("moves/<uuid:key>/", moves.show_and_accept_refuse_or_recall_move, name="move"),
    path("offers/<uuid:key>/", offers.accept_offered_message, name="offer"),
    path("offers/<uuid:key>/refuse/", offers.refuse_offered_message, name="refuse"),
]
