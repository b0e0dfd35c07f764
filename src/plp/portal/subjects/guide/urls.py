"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.guide import views

app_name = "guide"
PREFIX = "guide/"
urlpatterns = [
    path("", views.guide_list, name="index"),
    path("compared/", views.comparison_with_other_channels, name="compared"),
    path("coordinator/card.pdf", views.emergency_card_file, name="card"),
    path("<slug:key>/", views.guide_page, name="guide"),
    path("<slug:key>/booklet.pdf", views.guide_file, name="booklet"),
    path("<slug:key>/<slug:task>/", views.guide_task_page, name="task"),
]
