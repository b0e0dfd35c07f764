"""Addresses of the screen of a shop."""

from django.urls import path

from plp.portal.subjects.notices.screen import views

app_name = "screen"
PREFIX = "screen/"
urlpatterns = [
    path("", views.show_running_messages_or_pair_screen, name="screen"),
    path("<uuid:key>/seen/", views.note_seen_by_shop, name="seen"),
]
