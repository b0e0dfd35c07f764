"""Addresses of the exercises."""

from django.urls import path

from plp.portal.subjects.training import views

app_name = "training"
PREFIX = "training/"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:key>/", views.exercise, name="exercise"),
]
