"""Addresses of the connections."""

from django.urls import path

from plp.portal.subjects.connections.views import calendar, receivers, tokens

app_name = "connections"
PREFIX = "connections/"
urlpatterns = [
    path("", tokens.connections_overview, name="overview"),
    path("interface/", tokens.interface_description, name="interface"),
    path("calendar/", calendar.show_or_create_calendar_link, name="calendar"),
    path("calendar/end/", calendar.end_own_calendar_link, name="end_calendar"),
    path("calendar/<str:words>.ics", calendar.calendar_feed, name="feed"),
    path("tokens/new/", tokens.create_api_token, name="new_token"),
    path("tokens/<uuid:key>/", tokens.token_page, name="token"),
    path("tokens/<uuid:key>/end/", tokens.end_token, name="end_token"),
    path("receivers/new/", receivers.create_webhook_receiver, name="new_receiver"),
    path("receivers/<uuid:key>/", receivers.receiver_page, name="receiver"),
    path("receivers/<uuid:key>/test/", receivers.send_test_call, name="test_receiver"),
    path("receivers/<uuid:key>/end/", receivers.end_receiver, name="end_receiver"),
]
