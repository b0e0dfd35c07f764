"""Addresses of the view of a zone."""

from django.urls import path

from plp.portal.subjects.zone import register, views

app_name = "zone"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("figures.<slug:form>", views.table, name="table"),
    path("register.csv", register.register, name="register"),
]
