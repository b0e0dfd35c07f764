"""Addresses of the pages on which the police write a message."""

from django.urls import path

from plp.portal.subjects.notices.write import composer_views, views

app_name = "write"
PREFIX = "police/"
urlpatterns = [
    path("new/", views.create_notice_draft, name="new"),
    path("<uuid:key>/edit/", views.edit_notice_draft, name="edit"),
    path("<uuid:key>/compose/", composer_views.compose_and_save_notice, name="compose"),
    path("<uuid:key>/findings/", views.findings_fragment, name="findings"),
    path("<uuid:key>/submit/", views.submit_for_release, name="submit"),
    path("<uuid:key>/take-back/", views.take_back_submission, name="take_back"),
    path("<uuid:key>/drop/", views.drop_notice, name="drop"),
    path("<uuid:key>/take-up/", views.take_up_dropped, name="take_up"),
    path("<uuid:key>/correct/", composer_views.begin_correction, name="correct"),
    path("<uuid:key>/repeat/", composer_views.begin_reminder, name="repeat"),
    path("<uuid:key>/feedback/", composer_views.begin_feedback, name="feedback"),
    path("<uuid:key>/template/", composer_views.fill_draft_from_subject, name="template"),
]
