"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.launch.idea.views import idea, survey
from plp.portal.subjects.launch.idea.views import path as steps

app_name = "idea"
PREFIX = ""
urlpatterns = [
    path("idea/", idea.ask_street_of_idea, name="tell"),
    path("idea/describe/", idea.ask_and_file_idea, name="describe"),
    path("idea/sent/", idea.idea_sent_confirmation_page, name="sent"),
    path("idea/follow/<uuid:key>/<str:signature>/", idea.follow_idea_link, name="follow"),
    path("idea/status/", idea.idea_status, name="status"),
    path("idea/path/note/", steps.send_note_to_police_and_tick_acts, name="note"),
    path("idea/path/sheets.pdf", steps.street_sheets_pdf_file, name="sheets"),
    path("idea/path/<slug:document>/<str:language>.pdf", steps.path_paper_file, name="paper"),
    path("idea/path/<slug:step>/remind/<slug:role>/", steps.remind_office_of_step, name="remind"),
    path("survey/", survey.answer_survey, name="survey"),
    path("survey/thanks/", survey.survey_thanks_page, name="thanks"),
]
