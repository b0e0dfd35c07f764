"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.launch.idea.views import idea, survey
from plp.portal.subjects.launch.idea.views import path as steps

app_name = "idea"
PREFIX = ""
urlpatterns = [
    path("idea/", idea.where, name="tell"),
    path("idea/describe/", idea.describe, name="describe"),
    path("idea/sent/", idea.sent, name="sent"),
    path("idea/follow/<uuid:key>/<str:signature>/", idea.follow, name="follow"),
    path("idea/status/", idea.status, name="status"),
    path("idea/path/note/", steps.note, name="note"),
    path("idea/path/sheets.pdf", steps.sheets, name="sheets"),
    path("idea/path/<slug:document>/<str:language>.pdf", steps.paper, name="paper"),
    path("idea/path/<slug:step>/remind/<slug:role>/", steps.remind, name="remind"),
    path("survey/", survey.answer, name="survey"),
    path("survey/thanks/", survey.thanks, name="thanks"),
]
