"""Addresses: ``report/`` for everybody, ``sightings/`` for the police."""

from django.urls import path

from plp.portal.subjects.sightings.views import desk, files, follow, kept, referrals, report, system

app_name = "sightings"
PREFIX = ""
urlpatterns = [
    path("report/", report.start, name="start"),
    path("report/where/", report.where, name="where"),
    path("report/what/", report.what, name="what"),
    path("report/sent/", follow.sent, name="sent"),
    path("report/follow/", follow.ask, name="ask"),
    path("report/follow/<uuid:key>/<str:signature>/", follow.follow, name="follow"),
    path("report/status/", follow.status, name="status"),
    path("report/status/withdraw/", follow.withdraw, name="withdraw"),
    path("report/kept/", kept.kept, name="kept"),
    path("report/service/", referrals.service, name="service"),
    path("report/service/<uuid:key>/<str:signature>/", referrals.service_link, name="service_link"),
    path("sightings/", desk.listed, name="desk"),
    path("sightings/<uuid:key>/", desk.detail, name="detail"),
    path("sightings/system/", system.system, name="system"),
    path("sightings/files/", files.download_reports, name="files"),
    path("sightings/<uuid:key>/assign/", desk.assign, name="assign"),
    path("sightings/<uuid:key>/answer/", desk.answer, name="answer"),
    path("sightings/<uuid:key>/close/", desk.close, name="close"),
    path("sightings/<uuid:key>/refer/", referrals.refer, name="refer"),
    path("sightings/<uuid:key>/hand-over/", desk.hand_over, name="hand_over"),
    path("sightings/<uuid:key>/sheet/", desk.sheet, name="sheet"),
    path("sightings/<uuid:key>/picture/<int:position>/", desk.picture, name="picture"),
]
