"""Addresses: ``ask/`` for everybody, ``mine/`` for a member, ``coordinator/`` and ``police/`` for who answers."""

from django.urls import path

from plp.portal.subjects.sightings.questions.views import coordinator, mine, police, questioner

app_name = "questions"
PREFIX = "questions/"
urlpatterns = [
    path("ask/<slug:key>/", questioner.ask_question, name="ask"),
    path("sent/", questioner.question_sent_page_with_link, name="sent"),
    path("follow/<uuid:key>/<str:signature>/", questioner.store_linked_question_and_redirect, name="follow"),
    path("status/", questioner.question_status_page, name="status"),
    path("mine/", mine.own_questions_and_shared_answers, name="mine"),
    path("coordinator/", coordinator.questions_to_coordinator_list, name="coordinator"),
    path("coordinator/<uuid:key>/", coordinator.answer_question_as_coordinator, name="coordinator_one"),
    path("coordinator/<uuid:key>/pass-on/", coordinator.pass_to_police, name="pass_on"),
    path("coordinator/<uuid:key>/share/", coordinator.share_reworded_answer, name="share"),
    path("coordinator/shared/<uuid:key>/take-back/", coordinator.delete_shared_answer, name="take_back"),
    path("police/", police.questions_to_police_list, name="police"),
    path("police/<uuid:key>/", police.answer_question_as_police, name="police_one"),
    path("police/<uuid:key>/pass-on/", police.pass_to_coordinator, name="pass_to_coordinator"),
]
