"""Addresses of the first page."""

from django.urls import path

from plp.portal.subjects.home import views

app_name = "home"
PREFIX = ""
urlpatterns = [
    path("", views.start_page, name="start"),
    path("find/", views.store_query_or_show_results, name="find"),
    path("menu/<slug:key>/", views.menu_section_page, name="section"),
]
