"""Addresses of the connections."""

from django.urls import path

from plp.portal.subjects.connections import views

app_name = "connections"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("interface/", views.interface, name="interface"),
    path("tokens/new/", views.new_token, name="new_token"),
    path("tokens/<uuid:key>/", views.token, name="token"),
    path("tokens/<uuid:key>/end/", views.end_token, name="end_token"),
]
