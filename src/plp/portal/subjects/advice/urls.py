"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.advice import views

app_name = "advice"
PREFIX = "advice/"
urlpatterns = [
    path("", views.advice_list, name="index"),
    path("checklist/", views.home_checklist_page, name="checklist"),
    path("<slug:key>/", views.advice_page, name="page"),
    path("<slug:key>/print/", views.advice_page_pdf_file, name="print"),
]
