"""Addresses of an absence of the coordinator, and its end."""

from django.urls import path

from plp.portal.subjects.mandates.absences import views

app_name = "absences"
PREFIX = "coordinator/absence/"
urlpatterns = [
    path("", views.list_and_record_absences, name="absence"),
    path("<uuid:key>/return/", views.end_absence, name="come_back"),
    path("<str:key>/<str:signature>/", views.answer_cover_request, name="cover"),
]
