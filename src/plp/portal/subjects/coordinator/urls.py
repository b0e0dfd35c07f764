"""Addresses of the coordinator's desk."""

from django.urls import path

from plp.portal.subjects.coordinator.views import absences, answers, by_hand, members, on_word, received

app_name = "coordinator"
urlpatterns = [
    path("", received.inbox, name="inbox"),
    path("answer/<uuid:key>/<str:signature>/", answers.answer, name="answer"),
    path("messages/<uuid:key>/", received.detail, name="detail"),
    path("messages/<uuid:key>/acknowledge/", received.acknowledge, name="acknowledge"),
    path("messages/<uuid:key>/relay/", received.relay, name="relay"),
    path("messages/<uuid:key>/stop/", received.stop, name="stop"),
    path("messages/<uuid:key>/progress/", received.progress, name="progress"),
    path("messages/<uuid:key>/deliveries.<slug:form>", received.counted, name="deliveries"),
    path("messages/<uuid:key>/unknown/", by_hand.unknown, name="unknown"),
    path("messages/<uuid:key>/calls/", by_hand.calls, name="calls"),
    path("messages/<uuid:key>/calls/list.pdf", by_hand.call_list, name="call_list"),
    path("messages/<uuid:key>/letters/", by_hand.letters, name="letters"),
    path("messages/<uuid:key>/letters/letters.pdf", by_hand.letters_file, name="letters_file"),
    path("messages/<uuid:key>/letters/rounds.pdf", by_hand.rounds_file, name="rounds_file"),
    path("members/", members.listed, name="members"),
    path("members/waiting/", members.waiting, name="waiting"),
    path("members/<uuid:key>/", on_word.member, name="member"),
    path("members/<uuid:key>/correct/", on_word.correct, name="correct"),
    path("members/<uuid:key>/reach/", on_word.reach, name="reach"),
    path("members/<uuid:key>/stop/<uuid:contact>/", on_word.stop, name="stop_contact"),
    path("members/<uuid:key>/helper/", on_word.helper, name="helper"),
    path("members/<uuid:key>/helper/end/", on_word.end_helper, name="end_helper"),
    path("members/<uuid:key>/sheet.pdf", on_word.sheet, name="sheet"),
    path("members/<uuid:key>/erase/", on_word.erase, name="erase"),
    path("members/<uuid:key>/accept/", members.accept, name="accept"),
    path("members/<uuid:key>/leave/", members.leave, name="leave"),
    path("members/<uuid:key>/vouch/<uuid:contact>/", members.vouch, name="vouch"),
    path("absence/", absences.absence, name="absence"),
    path("absence/<uuid:key>/return/", absences.come_back, name="come_back"),
]
