"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.idea.views import survey, tell

app_name = "idea"
urlpatterns = [
    path("idea/", tell.where, name="tell"),
    path("idea/describe/", tell.describe, name="describe"),
    path("idea/sent/", tell.sent, name="sent"),
    path("idea/follow/<uuid:key>/<str:signature>/", tell.follow, name="follow"),
    path("idea/status/", tell.status, name="status"),
    path("survey/", survey.answer, name="survey"),
    path("survey/thanks/", survey.thanks, name="thanks"),
]
