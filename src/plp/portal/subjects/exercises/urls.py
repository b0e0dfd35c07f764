"""Addresses of the exercises."""

from django.urls import path

from plp.portal.subjects.exercises import views

app_name = "exercises"
PREFIX = "training/"
urlpatterns = [
    path("", views.exercise_list, name="overview"),
    path("<slug:key>/", views.show_exercise_and_record_when_solved, name="exercise"),
]
