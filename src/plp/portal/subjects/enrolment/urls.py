"""Addresses of the enrolment desk: lists brought in, paper forms typed in, the list taken out."""

from django.urls import path

from plp.portal.subjects.enrolment.views import desk, lists, paper, taking

app_name = "enrolment"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<slug:key>/list/", lists.read, name="read"),
    path("<slug:key>/form/", paper.enter, name="form"),
    path("<slug:key>/export/", taking.export, name="export"),
    path("lists/<uuid:key>/", lists.preview, name="preview"),
    path("lists/<uuid:key>/columns/", lists.columns, name="columns"),
    path("lists/<uuid:key>/bring-in/", lists.bring_in, name="bring_in"),
    path("lists/<uuid:key>/discard/", lists.discard, name="discard"),
    path("lists/<uuid:key>/undo/", lists.undo, name="undo"),
]
