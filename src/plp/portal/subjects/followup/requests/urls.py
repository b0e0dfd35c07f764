"""Addresses: the coordinator's at the beginning, ``police/`` for who answers, ``tests/`` for both."""

from django.urls import path

from plp.portal.subjects.followup.requests.views import coordinator, members, police, trials

app_name = "requests"
PREFIX = "requests/"
urlpatterns = [
    path("", coordinator.own_requests, name="asked"),
    path("ask/<slug:key>/", coordinator.ask_police, name="ask"),
    path("<uuid:key>/", coordinator.own_request_page, name="asked_one"),
    path("explained/", members.explanation_list, name="explained"),
    path("tests/", trials.list_test_messages, name="trials"),
    path("tests/<uuid:key>/", trials.test_message_result_page, name="trial"),
    path("tests/<slug:key>/prepare/", trials.explain_and_submit_trial, name="prepare"),
    path("police/", police.request_list, name="police"),
    path("police/<uuid:key>/", police.show_and_answer_request, name="police_one"),
    path("police/explain/<slug:key>/", police.explain_inaction, name="explain"),
]
