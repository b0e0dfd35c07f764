"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.launch.idea.views import idea, survey

app_name = "idea"
PREFIX = ""
urlpatterns = [
    path("idea/", idea.where, name="tell"),
    path("idea/describe/", idea.describe, name="describe"),
    path("idea/sent/", idea.sent, name="sent"),
    path("idea/follow/<uuid:key>/<str:signature>/", idea.follow, name="follow"),
    path("idea/status/", idea.status, name="status"),
    path("survey/", survey.answer, name="survey"),
    path("survey/thanks/", survey.thanks, name="thanks"),
]
