"""Addresses: ``a/`` for whoever has a code of a copy, the answers for the police, calls for help for both desks."""

from django.urls import path

from plp.portal.subjects.notices.answers.views import desks, member

app_name = "answers"
PREFIX = ""
urlpatterns = [
    path("a/", member.enter_letter_code, name="enter"),
    path("a/<str:code>", member.show_and_answer_message_by_code, name="form"),
    path("police/<uuid:key>/answers/", desks.list_answers_and_mark_read, name="listed"),
    path("help-calls/coordinator/", desks.list_and_take_help_calls_as_coordinator, name="help_coordinator"),
    path("help-calls/newest/", desks.newest_open_call_time_as_text_response, name="newest_call"),
    path("help-calls/police/", desks.list_and_take_help_calls_as_police, name="help_police"),
]
