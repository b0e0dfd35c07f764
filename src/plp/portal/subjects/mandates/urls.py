"""Addresses of the pages about mandates."""

from django.urls import path

from plp.portal.subjects.mandates.views import candidates, ends, office, people, recoveries, succession, zone

app_name = "mandates"
PREFIX = "mandates/"
urlpatterns = [
    path("", people.list_partnerships_or_open_only_one, name="home"),
    path("zone/", zone.zone_mandates, name="zone"),
    path("zone/police.<slug:form>", zone.mandates_spreadsheet, name="zone_list"),
    path("zone/designate/", zone.designate_person, name="designate"),
    path("zone/confirm/", ends.confirm_mandates_for_a_year, name="confirm"),
    path("zone/<uuid:mandate>/end/", ends.end_mandate_or_set_last_day, name="end_police"),
    path("zone/<uuid:mandate>/link/", zone.send_new_sign_in_link, name="link_police"),
    path("zone/<uuid:mandate>/new-start/", recoveries.ask_recovery_of_police, name="start_police"),
    path("new-starts/<uuid:key>/", recoveries.answer_recovery, name="answer_start"),
    path(
        "quarters/<slug:key>/offices/<uuid:mandate>/new-start/", recoveries.ask_recovery_of_office_holder, name="start"
    ),
    path("quarters/<slug:key>/", people.office_holders_page, name="people"),
    path("quarters/<slug:key>/mandates.<slug:form>", people.holders_spreadsheet, name="list"),
    path("quarters/<slug:key>/succession/", succession.succession_page, name="succession"),
    path("quarters/<slug:key>/succession/handover.pdf", succession.handover_file, name="handover"),
    path("mine/<uuid:mandate>/resign/", succession.resign_mandate, name="resign"),
    path("quarters/<slug:key>/propose/", candidates.propose_candidate, name="propose"),
    path("quarters/<slug:key>/candidates/<uuid:candidate>/vote/", candidates.record_vote, name="vote"),
    path(
        "quarters/<slug:key>/candidates/<uuid:candidate>/screening/",
        candidates.redirect_to_appointments,
        name="screening",
    ),
    path(
        "quarters/<slug:key>/candidates/<uuid:candidate>/appoint/", candidates.redirect_to_appointments, name="appoint"
    ),
    path("quarters/<slug:key>/appointments/", candidates.record_screenings_and_appoint, name="appointments"),
    path("quarters/<slug:key>/candidates/<uuid:candidate>/withdraw/", candidates.withdraw_candidate, name="withdraw"),
    path("quarters/<slug:key>/offices/<uuid:mandate>/end/", ends.end_mandate_or_set_last_day, name="end"),
    path("quarters/<slug:key>/offices/<uuid:mandate>/link/", office.send_new_sign_in_link, name="link"),
    path("quarters/<slug:key>/offices/<uuid:mandate>/tasks/", office.edit_committee_tasks, name="tasks"),
]
