"""Addresses of the exchange: what belongs to a partnership stands under its key."""

from django.urls import path

from plp.portal.subjects.followup.views import (
    meetings,
    minutes,
    newsletter,
    overview,
    plans,
    ratings,
    report_counts,
    services,
)

app_name = "followup"
PREFIX = "exchange/"
HERE = "<slug:key>/<uuid:meeting>"

urlpatterns = [
    path("", overview.followup_home_page, name="home"),
    path("rate/", ratings.rated_and_unrated_messages, name="waiting"),
    path("rate/<uuid:notice>/", ratings.rate_notice, name="rate"),
    path("rating/<uuid:rating>/", ratings.read_rating, name="rating"),
    path("rating/<uuid:rating>/answer/", ratings.answer_rating, name="answer"),
    path("services/", services.service_list, name="services"),
    path("services/new/", services.add_service, name="service_add"),
    path("services/<uuid:service>/", services.show_service_and_log_contact, name="service"),
    path("services/<uuid:service>/change/", services.change_service, name="service_change"),
    path("services/<uuid:service>/strike/", services.remove_service, name="service_strike"),
    path("plans/", plans.policy_plan_list, name="plans"),
    path("plans/new/", plans.add_policy_plan, name="plan_add"),
    path("plans/<uuid:policy>/", plans.change_policy_plan, name="plan"),
    path("plans/<uuid:policy>/strike/", plans.remove_policy_plan, name="plan_strike"),
    path("<slug:key>/", overview.partnership_followup_page, name="partnership"),
    path("<slug:key>/annex.<str:form>", plans.annex_file, name="annex"),
    path("<slug:key>/meetings.<slug:form>", meetings.meetings_spreadsheet, name="meetings"),
    path("<slug:key>/meet/", meetings.convene_meeting, name="convene"),
    path("<slug:key>/newsletter/", newsletter.compose_newsletter, name="newsletter"),
    path("<slug:key>/reports/", report_counts.list_and_set_report_counts, name="reports"),
    path("<slug:key>/sum-up/", ratings.rate_whole_period, name="sum_up"),
    path(f"{HERE}/", meetings.meeting_page, name="meeting"),
    path(f"{HERE}/change/", meetings.change_meeting, name="meeting_change"),
    path(f"{HERE}/call-off/", meetings.call_off_meeting, name="call_off"),
    path(f"{HERE}/meeting.ics", meetings.meeting_calendar_file, name="calendar"),
    path(f"{HERE}/write/", minutes.write_minutes, name="write"),
    path(f"{HERE}/agree/", minutes.agree_activity, name="agree"),
    path(f"{HERE}/activities/<uuid:activity>/", minutes.finish_or_delete_activity, name="activity"),
    path(f"{HERE}/close/", minutes.close_minutes, name="close"),
    path(f"{HERE}/minutes.pdf", minutes.minutes_file, name="minutes"),
]
