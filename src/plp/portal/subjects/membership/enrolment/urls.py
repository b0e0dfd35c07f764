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
    path("", desk.enrolment_tasks_page, name="desk"),
    path("asking/<uuid:key>/", applications.ask_applicant, name="ask"),
    path("asking/<uuid:key>/refuse/", applications.refuse_applicant, name="refuse"),
    path("questions/<uuid:key>/heard/", applications.record_applicant_answer, name="heard"),
    path("questions/<uuid:key>/letter.pdf", applications.question_letter_file, name="question_letter"),
    path("refused/", refusals.list_refusals_and_note_view, name="refused"),
    path("refused/<uuid:key>/letter.pdf", refusals.refusal_letter_file, name="refusal_letter"),
    path("welcome/<uuid:key>/letter.pdf", exports.welcome_letter_file, name="welcome_letter"),
    path("answer/<str:key>/<str:signature>/", applicant.answer_enquiry, name="answer"),
    path("code/", letterbox.enter_letter_code, name="code"),
    path("code/<str:code>/", letterbox.confirm_home_or_consent_by_code, name="confirm_code"),
    path("<slug:key>/list/", lists.upload_list, name="read"),
    path("<slug:key>/form/", paper.enter_paper_form, name="form"),
    path("<slug:key>/export/", exports.export_members, name="export"),
    path("<slug:key>/export/selected/", exports.export_selected, name="export_selected"),
    path("lists/<uuid:key>/", lists.list_preview, name="preview"),
    path("lists/<uuid:key>/columns/", lists.edit_columns, name="columns"),
    path("lists/<uuid:key>/reading/", lists.set_encoding_and_couples_of_list, name="reading"),
    path("lists/<uuid:key>/rows/<int:line>/", lists.correct_row_cells, name="correct_row"),
    path("lists/<uuid:key>/bring-in/", lists.import_good_rows, name="bring_in"),
    path("lists/<uuid:key>/discard/", lists.discard_list_draft, name="discard"),
    path("lists/<uuid:key>/undo/", lists.undo_list_import, name="undo"),
]
