"""Addresses that other programs and other sites read. The language stands in them: no cookie is needed."""

from django.urls import path

from plp.portal.subjects.partnership.feeds import views

app_name = "feeds"
PREFIX = ""
HERE = "p/<slug:key>/take/<str:language>"

urlpatterns = [
    path("p/<slug:key>/take/", views.share_page, name="share"),
    path(f"{HERE}/news.<str:form>", views.news_feed, name="news"),
    path(f"{HERE}/evenings.ics", views.evenings_calendar, name="evenings"),
    path(f"{HERE}/contacts.vcf", views.contact_card_file, name="contacts"),
    path(f"{HERE}/page/", views.embedded_page, name="embedded"),
    path("sources/", views.sources_page, name="sources"),
]
