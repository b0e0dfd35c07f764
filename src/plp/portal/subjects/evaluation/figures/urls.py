"""Addresses of the view of a zone."""

from django.urls import path

from plp.portal.subjects.evaluation.figures.views import overview, register

app_name = "figures"
PREFIX = "zone/"
urlpatterns = [
    path("", overview.figures_overview, name="overview"),
    path("figures.<slug:form>", overview.figures_spreadsheet, name="table"),
    path("register.csv", register.federal_register_csv, name="register"),
]
