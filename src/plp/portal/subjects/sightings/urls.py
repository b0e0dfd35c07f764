"""Addresses: ``report/`` for everybody, ``sightings/`` for the police."""

from django.urls import path

from plp.portal.subjects.sightings.views import desk, files, follow, kept, referrals, report, system

app_name = "sightings"
PREFIX = ""
urlpatterns = [
    path("report/", report.ask_urgency_and_kind, name="start"),
    path("report/where/", report.ask_place_and_day, name="where"),
    path("report/what/", report.ask_facts_and_send_report, name="what"),
    path("report/sent/", follow.report_sent_page_with_link, name="sent"),
    path("report/follow/", follow.ask_follow_up_code, name="ask"),
    path("report/follow/<uuid:key>/<str:signature>/", follow.store_linked_report_and_redirect, name="follow"),
    path("report/status/", follow.report_status, name="status"),
    path("report/status/withdraw/", follow.erase_own_reporter_details, name="withdraw"),
    path("report/kept/", kept.send_offline_report, name="kept"),
    path("report/service/", referrals.show_referral_and_record_outcome, name="service"),
    path(
        "report/service/<uuid:key>/<str:signature>/", referrals.store_linked_referral_and_redirect, name="service_link"
    ),
    path("sightings/", desk.sighting_list, name="desk"),
    path("sightings/<uuid:key>/", desk.open_and_mark_sighting_read, name="detail"),
    path("sightings/system/", system.list_create_and_end_report_receivers, name="system"),
    path("sightings/files/", files.download_and_mark_reports_read, name="files"),
    path("sightings/<uuid:key>/assign/", desk.assign_report_to_officer, name="assign"),
    path("sightings/<uuid:key>/answer/", desk.answer_report, name="answer"),
    path("sightings/<uuid:key>/close/", desk.close_without_answer, name="close"),
    path("sightings/<uuid:key>/refer/", referrals.refer_to_municipality, name="refer"),
    path("sightings/<uuid:key>/hand-over/", desk.confirm_handover, name="hand_over"),
    path("sightings/<uuid:key>/sheet/", desk.report_sheet_file, name="sheet"),
    path("sightings/<uuid:key>/picture/<int:position>/", desk.picture_file, name="picture"),
]
