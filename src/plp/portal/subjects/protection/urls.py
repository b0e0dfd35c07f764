"""Addresses of data protection."""

from django.urls import path

from plp.portal.subjects.protection.views import breaches, papers, terms

app_name = "protection"
PREFIX = "protection/"
urlpatterns = [
    path("", papers.protection_papers_overview, name="home"),
    path("papers/<slug:name>/", papers.protection_paper_page, name="paper"),
    path("papers/<slug:name>.<slug:form>", papers.protection_paper_file, name="file"),
    path("terms/", terms.zone_list, name="zones"),
    path("terms/<uuid:zone>/", terms.edit_retention_terms, name="terms"),
    path("breaches/", breaches.breach_list, name="breaches"),
    path("breaches/new/", breaches.record_breach, name="record"),
    path("breaches/<uuid:key>/", breaches.breach_detail_page, name="breach"),
    path("breaches/<uuid:key>/complete/", breaches.complete_breach, name="complete"),
    path("breaches/<uuid:key>/decide/", breaches.decide_risk, name="decide"),
    path("breaches/<uuid:key>/authority/", breaches.record_authority_told, name="authority"),
    path("breaches/<uuid:key>/persons/", breaches.record_persons_told, name="persons"),
    path("breaches/<uuid:key>/close/", breaches.close_breach, name="close"),
    path("breaches/<uuid:key>/<slug:name>.<slug:form>", breaches.breach_letter_file, name="letter"),
]
