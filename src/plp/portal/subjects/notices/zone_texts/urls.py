"""Addresses of the pages on which a zone adds to the catalogue of sentences."""

from django.urls import path

from plp.portal.subjects.notices.zone_texts import views

app_name = "zone_texts"
PREFIX = "police/sentences/"
urlpatterns = [
    path("", views.zone_list, name="zones"),
    path("keep/<uuid:key>/", views.redirect_to_template_form, name="keep"),
    path("<uuid:zone>/", views.zone_texts, name="texts"),
    path("<uuid:zone>/write/", views.write_or_adopt_zone_sentence, name="write"),
    path("<uuid:zone>/template/", views.save_or_adopt_zone_template, name="template"),
    path("<uuid:zone>/<uuid:key>/", views.release_propose_or_withdraw_text, name="act"),
]
