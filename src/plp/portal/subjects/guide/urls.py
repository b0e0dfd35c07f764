"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.guide import views

app_name = "guide"
PREFIX = "guide/"
urlpatterns = [
    path("", views.index, name="index"),
    path("compared/", views.comparison, name="compared"),
    path("coordinator/card.pdf", views.card, name="card"),
    path("<slug:key>/", views.guide, name="guide"),
    path("<slug:key>/booklet.pdf", views.booklet, name="booklet"),
    path("<slug:key>/<slug:task>/", views.task, name="task"),
]
