"""Addresses of data protection."""

from django.urls import path

from plp.portal.subjects.protection.views import breaches, papers, terms

app_name = "protection"
PREFIX = "protection/"
urlpatterns = [
    path("", papers.papers_overview, name="home"),
    path("papers/<slug:name>/", papers.paper_page, name="paper"),
    path("papers/<slug:name>.<slug:form>", papers.paper_file, name="file"),
    path("terms/", terms.zone_list, name="zones"),
    path("terms/<uuid:zone>/", terms.edit_terms, name="terms"),
    path("breaches/", breaches.breach_list, name="breaches"),
    path("breaches/new/", breaches.record_breach, name="record"),
    path("breaches/<uuid:key>/", breaches.detail, name="breach"),
    path("breaches/<uuid:key>/complete/", breaches.complete_breach, name="complete"),
    path("breaches/<uuid:key>/decide/", breaches.decide_risk, name="decide"),
    path("breaches/<uuid:key>/authority/", breaches.record_authority_told, name="authority"),
    path("breaches/<uuid:key>/persons/", breaches.record_persons_told, name="persons"),
    path("breaches/<uuid:key>/close/", breaches.close, name="close"),
    path("breaches/<uuid:key>/<slug:name>.<slug:form>", breaches.letter_file, name="letter"),
]
