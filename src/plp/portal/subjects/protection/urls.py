"""Addresses of data protection."""

from django.urls import path

from plp.portal.subjects.protection.views import breaches, papers, terms

app_name = "protection"
PREFIX = "protection/"
urlpatterns = [
    path("", papers.home, name="home"),
    path("papers/<slug:name>/", papers.paper, name="paper"),
    path("papers/<slug:name>.<slug:form>", papers.file, name="file"),
    path("terms/", terms.zones, name="zones"),
    path("terms/<uuid:zone>/", terms.terms, name="terms"),
    path("breaches/", breaches.listed, name="breaches"),
    path("breaches/new/", breaches.record, name="record"),
    path("breaches/<uuid:key>/", breaches.detail, name="breach"),
    path("breaches/<uuid:key>/complete/", breaches.complete, name="complete"),
    path("breaches/<uuid:key>/decide/", breaches.decide, name="decide"),
    path("breaches/<uuid:key>/authority/", breaches.authority, name="authority"),
    path("breaches/<uuid:key>/persons/", breaches.persons, name="persons"),
    path("breaches/<uuid:key>/close/", breaches.close, name="close"),
    path("breaches/<uuid:key>/<slug:name>.<slug:form>", breaches.letter, name="letter"),
]
