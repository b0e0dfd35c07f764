"""Addresses of the connections."""

from django.urls import path

from plp.portal.subjects.connections import mine, receivers, views

app_name = "connections"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("interface/", views.interface, name="interface"),
    path("calendar/", mine.calendar, name="calendar"),
    path("calendar/end/", mine.end, name="end_calendar"),
    path("calendar/<str:words>.ics", mine.feed, name="feed"),
    path("tokens/new/", views.new_token, name="new_token"),
    path("tokens/<uuid:key>/", views.token, name="token"),
    path("tokens/<uuid:key>/end/", views.end_token, name="end_token"),
    path("receivers/new/", receivers.new, name="new_receiver"),
    path("receivers/<uuid:key>/", receivers.detail, name="receiver"),
    path("receivers/<uuid:key>/test/", receivers.test, name="test_receiver"),
    path("receivers/<uuid:key>/end/", receivers.end, name="end_receiver"),
]
