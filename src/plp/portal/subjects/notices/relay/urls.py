"""Addresses of the inbox of the coordinator, and what volunteers carry by hand."""

from django.urls import path

from plp.portal.subjects.notices.relay.views import answers, by_hand, inbox

app_name = "relay"
PREFIX = "coordinator/"
urlpatterns = [
    path("", inbox.coordinator_inbox_page, name="inbox"),
    path("answer/<uuid:key>/<str:signature>/", answers.confirm_relay_by_link, name="answer"),
    path("letters/", by_hand.list_letters_and_calls, name="by_hand"),
    path("messages/<uuid:key>/", inbox.open_notice_and_note_seen, name="detail"),
    path("messages/<uuid:key>/acknowledge/", inbox.acknowledge_notice, name="acknowledge"),
    path("messages/<uuid:key>/relay/", inbox.relay_notice, name="relay"),
    path("messages/<uuid:key>/stop/", inbox.stop_relayed_notice, name="stop"),
    path("messages/<uuid:key>/progress/", inbox.relay_progress_page, name="progress"),
    path("messages/<uuid:key>/deliveries.<slug:form>", inbox.delivery_table, name="deliveries"),
    path("messages/<uuid:key>/unknown/", by_hand.show_and_resolve_unknown_copies, name="unknown"),
    path("messages/<uuid:key>/calls/", by_hand.show_calls_and_record_outcomes, name="calls"),
    path("messages/<uuid:key>/calls/list.pdf", by_hand.call_list_file, name="call_list"),
    path("messages/<uuid:key>/letters/", by_hand.show_letters_and_record_outcomes, name="letters"),
    path("messages/<uuid:key>/letters/letters.pdf", by_hand.letters_file, name="letters_file"),
    path("messages/<uuid:key>/letters/rounds.pdf", by_hand.volunteer_sheets_file, name="rounds_file"),
]
