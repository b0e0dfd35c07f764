"""Addresses of the state of the machine."""

from django.urls import path

from plp.portal.subjects.delivery import views

app_name = "delivery"
PREFIX = ""
urlpatterns = [
    path("status", views.delivery_status, name="status"),
    path("running/", views.outbox_overview, name="overview"),
    path("running/open", views.open_outbox, name="open"),
    path("running/shut", views.shut_outbox, name="shut"),
]
