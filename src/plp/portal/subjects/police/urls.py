"""Addresses of the officer's desk."""

from django.urls import path

from plp.portal.subjects.police import views, writing

app_name = "police"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("new/", writing.new, name="new"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/edit/", writing.edit, name="edit"),
    path("<uuid:key>/findings/", writing.findings, name="findings"),
    path("<uuid:key>/submit/", writing.submit, name="submit"),
    path("<uuid:key>/take-back/", writing.take_back, name="take_back"),
    path("<uuid:key>/drop/", writing.drop, name="drop"),
    path("<uuid:key>/release/", views.release, name="release"),
    path("<uuid:key>/send-back/", views.send_back, name="send_back"),
    path("<uuid:key>/stop/", views.stop, name="stop"),
    path("<uuid:key>/correct/", writing.correct, name="correct"),
    path("<uuid:key>/feedback/", writing.feedback, name="feedback"),
]
