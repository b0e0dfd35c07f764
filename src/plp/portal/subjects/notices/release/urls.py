"""Addresses of the pages on which a second person of the police releases or stops a message."""

from django.urls import path

from plp.portal.subjects.notices.release import views

app_name = "release"
PREFIX = "police/"
urlpatterns = [
    path("<uuid:key>/release/", views.release_notice, name="release"),
    path("<uuid:key>/send-back/", views.send_back_to_author, name="send_back"),
    path("<uuid:key>/stop/", views.stop_released_notice, name="stop"),
]
