"""Addresses that other programs and other sites read. The language stands in them: no cookie is needed."""

from django.urls import path

from plp.portal.subjects.partnership.feeds import views

app_name = "feeds"
PREFIX = ""
HERE = "p/<slug:key>/take/<str:language>"

urlpatterns = [
    path("p/<slug:key>/take/", views.feed_addresses_page, name="share"),
    path(f"{HERE}/news.<str:form>", views.news_feed, name="news"),
    path(f"{HERE}/evenings.ics", views.evenings_calendar, name="evenings"),
    path(f"{HERE}/contacts.vcf", views.office_contacts_file, name="contacts"),
    path(f"{HERE}/page/", views.embedded_page, name="embedded"),
    path("sources/", views.data_sources_and_licences_page, name="sources"),
]
