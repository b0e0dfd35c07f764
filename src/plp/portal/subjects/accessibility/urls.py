"""The address of the statement."""

from django.urls import path

from plp.portal.subjects.accessibility import views

app_name = "accessibility"
PREFIX = "accessibility/"
urlpatterns = [path("", views.accessibility_statement_page, name="statement")]
