"""Addresses of the launch pack. ``key`` is that of the partnership, ``document`` that of the register."""

from django.urls import path

from plp.portal.subjects.launch.pack.views import documents, looks, recruitment, texts, zones

app_name = "pack"
PREFIX = "pack/"
urlpatterns = [
    path("", documents.partnership_list_or_redirect_to_only, name="index"),
    path("zones/", zones.zone_list, name="zones"),
    path("zones/<uuid:zone>/", zones.zone_text_list, name="zone"),
    path("zones/<uuid:zone>/look/", looks.edit_zone_colours_and_logos, name="zone_look"),
    path("zones/<uuid:zone>/<slug:document>/<slug:language>/", zones.edit_zone_text, name="zone_word"),
    path("zones/<uuid:zone>/<slug:document>/<slug:language>/restore/", zones.drop_zone_text, name="zone_restore"),
    path("<slug:key>/", documents.pack_document_list_page, name="home"),
    path("<slug:key>/recruit/", recruitment.recruitment_page, name="recruit"),
    path("<slug:key>/presentation/", documents.edit_presentation, name="presentation"),
    path("<slug:key>/all/<slug:language>/", documents.pack_file, name="all"),
    path("<slug:key>/<slug:document>/<slug:language>/", documents.document_preview_page, name="document"),
    path("<slug:key>/<slug:document>/<slug:language>/word/", texts.edit_partnership_text, name="word"),
    path("<slug:key>/<slug:document>/<slug:language>/compare/", texts.compare_with_underlying_text, name="compare"),
    path("<slug:key>/<slug:document>/<slug:language>/restore/", texts.drop_own_text, name="restore"),
    path("<slug:key>/<slug:document>/<slug:language>/<str:form>", documents.document_file, name="download"),
]
