"""Addresses: ``police/alerts/`` for the police, ``alerts/`` for everybody."""

from django.urls import path

from plp.portal.subjects.alerts import publishing, views

app_name = "alerts"
urlpatterns = [
    path("police/alerts/", views.listed, name="desk"),
    path("police/alerts/read/", views.receive, name="receive"),
    path("police/alerts/<int:key>/settle/", views.settle, name="settle"),
    path("police/alerts/publish/<uuid:key>/", publishing.publish, name="publish"),
    path("alerts/<uuid:key>.cap", publishing.single, name="single"),
    path("alerts/p/<slug:key>.atom", publishing.of_partnership, name="of_partnership"),
    path("alerts/z/<slug:key>.atom", publishing.of_zone, name="of_zone"),
]
