"""Addresses of the step plan, the recognition, the launch and the life of a partnership."""

from django.urls import path

from plp.portal.subjects.launch.plan.views import (
    change_answer,
    dates,
    launch,
    life,
    numbers,
    quarter_change,
    recognition,
    steps,
    where,
    zones,
)

app_name = "plan"
PREFIX = "launch/"
urlpatterns = [
    path("", where.list_and_act_on_partnerships, name="all"),
    path("zones/", zones.zone_list, name="zones"),
    path("zones/<uuid:zone>/", zones.edit_zone_launch_rule, name="zone"),
    path("zones/<uuid:zone>/numbers/", numbers.emergency_number_list, name="numbers"),
    path("numbers/<uuid:area>/", numbers.change_emergency_numbers, name="numbers_of"),
    path("<slug:key>/", where.partnership_path_page, name="where"),
    path("<slug:key>/poster/", where.poster_file, name="poster"),
    path("<slug:key>/steps/<slug:step>/", steps.step_page, name="step"),
    path("<slug:key>/steps/<slug:step>/remind/<slug:role>/", steps.remind_office_of_step, name="remind"),
    path("<slug:key>/steps/<slug:step>/reopen/", steps.reopen_step, name="reopen"),
    path("<slug:key>/steps/<slug:step>/close/", steps.close_step_again, name="close"),
    path("<slug:key>/facts/<slug:fact>/tick/", steps.tick_fact, name="tick"),
    path("<slug:key>/facts/<slug:fact>/untick/", steps.untick_fact, name="untick"),
    path("<slug:key>/go-on/", steps.decide_to_go_on_after_talks, name="go_on"),
    path("<slug:key>/recognition/", recognition.recognition_page, name="recognition"),
    path("<slug:key>/recognition/send/", recognition.record_file_sent_to_interior, name="send"),
    path("<slug:key>/recognition/returned/", recognition.record_file_returned_by_interior, name="returned"),
    path("<slug:key>/recognition/validated/", recognition.record_validation, name="validated"),
    path("<slug:key>/recognition/letters/", recognition.record_interior_letters, name="letters"),
    path("<slug:key>/recognition/file.<slug:form>", recognition.dossier_file, name="file"),
    path("<slug:key>/recognition/sent/<uuid:pk>/", recognition.download_sent_file, name="sent"),
    path("<slug:key>/recognition/register.<slug:form>", recognition.register_entry_file, name="register"),
    path("<slug:key>/opening/", launch.check_and_launch, name="opening"),
    path("<slug:key>/publicity/", launch.list_and_record_publications, name="publicity"),
    path("<slug:key>/publicity/signs/", launch.record_sign_order, name="signs"),
    path("<slug:key>/publicity/signs/<uuid:pk>/", launch.record_signs_placed, name="placed"),
    path("<slug:key>/life/", life.partnership_state_page, name="life"),
    path("<slug:key>/life/confirm/", life.confirm_for_a_year, name="confirm"),
    path("<slug:key>/life/told/<uuid:pk>/", life.record_interior_told, name="told"),
    path("<slug:key>/life/take-end-back/", life.take_end_back, name="take_end_back"),
    path("<slug:key>/life/<slug:act>/", life.confirm_and_change_state, name="act"),
    path("<slug:key>/change/<uuid:pk>/", quarter_change.see_and_act_on_quarter_change, name="change"),
    path("<slug:key>/change/<uuid:pk>/members/", quarter_change.list_members_and_record_answers, name="change_members"),
    path("<slug:key>/calendar/", dates.set_launch_day_or_renew_calendar_link, name="calendar"),
    path("<slug:key>/calendar/<str:secret>.ics", dates.calendar_feed, name="feed"),
    path("c/<str:code>/", change_answer.answer_quarter_change_by_link, name="answer"),
]
