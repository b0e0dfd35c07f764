"""Addresses of the enrolment desk: questions and refusals, lists brought in, paper forms, the list taken out."""

from django.urls import path

from plp.portal.subjects.membership.enrolment.views import (
    applicant,
    applications,
    desk,
    exports,
    letterbox,
    lists,
    paper,
    refusals,
)

app_name = "enrolment"
PREFIX = "enrolment/"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("asking/<uuid:key>/", applications.ask, name="ask"),
    path("asking/<uuid:key>/refuse/", applications.refuse, name="refuse"),
    path("questions/<uuid:key>/heard/", applications.record_answer, name="heard"),
    path("questions/<uuid:key>/letter.pdf", applications.question_letter, name="question_letter"),
    path("refused/", refusals.refused, name="refused"),
    path("refused/<uuid:key>/letter.pdf", refusals.letter, name="refusal_letter"),
    path("welcome/<uuid:key>/letter.pdf", exports.welcome_letter, name="welcome_letter"),
    path("answer/<str:key>/<str:signature>/", applicant.answer, name="answer"),
    path("code/", letterbox.enter, name="code"),
    path("code/<str:code>/", letterbox.confirm, name="confirm_code"),
    path("<slug:key>/list/", lists.upload_list, name="read"),
    path("<slug:key>/form/", paper.enter, name="form"),
    path("<slug:key>/export/", exports.export, name="export"),
    path("<slug:key>/export/selected/", exports.export_selected, name="export_selected"),
    path("lists/<uuid:key>/", lists.preview, name="preview"),
    path("lists/<uuid:key>/columns/", lists.columns, name="columns"),
    path("lists/<uuid:key>/reading/", lists.reading, name="reading"),
    path("lists/<uuid:key>/rows/<int:line>/", lists.correct, name="correct_row"),
    path("lists/<uuid:key>/bring-in/", lists.import_list, name="bring_in"),
    path("lists/<uuid:key>/discard/", lists.discard, name="discard"),
    path("lists/<uuid:key>/undo/", lists.undo, name="undo"),
]
