"""Addresses of the first steps of an installation."""

from django.urls import path

from plp.portal.subjects.setup import views

app_name = "setup"
PREFIX = "setup/"
urlpatterns = [
    path("", views.setup_overview, name="overview"),
    path("begin/<str:key>/", views.become_administrator, name="begin"),
    path("named/<str:role>/", views.name_first_holder, name="name"),
    path("test/<str:channel>/", views.send_test_message, name="test"),
    path("machine/", views.show_or_rerun_diagnostics, name="machine"),
]
