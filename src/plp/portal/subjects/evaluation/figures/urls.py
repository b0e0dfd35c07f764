"""Addresses of the view of a zone."""

from django.urls import path

from plp.portal.subjects.evaluation.figures.views import overview, register

app_name = "figures"
PREFIX = "zone/"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("figures.<slug:form>", overview.table, name="table"),
    path("register.csv", register.register, name="register"),
]
