"""Addresses of the first steps of an installation."""

from django.urls import path

from plp.portal.subjects.setup import views

app_name = "setup"
PREFIX = "setup/"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("begin/<str:key>/", views.begin, name="begin"),
    path("named/<str:role>/", views.name, name="name"),
    path("test/<str:channel>/", views.test, name="test"),
    path("machine/", views.diagnostics, name="machine"),
]
