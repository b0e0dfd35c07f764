"""Addresses of the state of the machine."""

from django.urls import path

from plp.portal.subjects.delivery import views

app_name = "delivery"
PREFIX = ""
urlpatterns = [
    path("status", views.delivery_status, name="status"),
    path("running/", views.outbox_overview, name="overview"),
    path("running/open", views.resume_outbox, name="open"),
    path("running/shut", views.pause_outbox, name="shut"),
]
