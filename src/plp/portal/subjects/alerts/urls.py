"""Addresses: ``police/alerts/`` for the police, ``alerts/`` for everybody."""

from django.urls import path

from plp.portal.subjects.alerts.views import desk, publication

app_name = "alerts"
PREFIX = ""
urlpatterns = [
    path("police/alerts/", desk.listed, name="desk"),
    path("police/alerts/read/", desk.receive, name="receive"),
    path("police/alerts/<int:key>/settle/", desk.settle, name="settle"),
    path("police/alerts/publish/<uuid:key>/", publication.publish, name="publish"),
    path("alerts/<uuid:key>.cap", publication.alert_file, name="single"),
    path("alerts/p/<slug:key>.atom", publication.of_partnership, name="of_partnership"),
    path("alerts/z/<slug:key>.atom", publication.of_zone, name="of_zone"),
]
