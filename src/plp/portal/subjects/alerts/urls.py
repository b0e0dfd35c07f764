"""Addresses: ``police/alerts/`` for the police, ``alerts/`` for everybody."""

from django.urls import path

from plp.portal.subjects.alerts.views import desk, publication

app_name = "alerts"
PREFIX = ""
urlpatterns = [
    path("police/alerts/", desk.alerts_and_stop_proposals_page, name="desk"),
    path("police/alerts/read/", desk.receive_cap_file, name="receive"),
    path("police/alerts/<int:key>/settle/", desk.stop_or_keep_message_as_proposed, name="settle"),
    path("police/alerts/publish/<uuid:key>/", publication.publish_calamity, name="publish"),
    path("alerts/<uuid:key>.cap", publication.published_alert_cap_file, name="single"),
    path("alerts/p/<slug:key>.atom", publication.partnership_alert_feed, name="of_partnership"),
    path("alerts/z/<slug:key>.atom", publication.zone_alert_feed, name="of_zone"),
]
