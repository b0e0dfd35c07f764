"""Addresses of the groundwork. ``key`` is that of the partnership."""

from django.urls import path

from plp.portal.subjects.launch.groundwork.views import (
    area,
    home,
    ideas,
    information,
    stakeholders,
    statements,
    survey,
    survey_forms,
    talks,
)

app_name = "groundwork"
PREFIX = "groundwork/"
urlpatterns = [
    path("ideas/", ideas.idea_list, name="ideas"),
    path("ideas/<uuid:pk>/", ideas.idea_page, name="idea"),
    path("ideas/<uuid:pk>/decline/", ideas.decline_idea, name="decline"),
    path("ideas/<uuid:pk>/merge/", ideas.merge_into_idea_or_partnership, name="merge"),
    path("ideas/<uuid:pk>/take-up/", ideas.take_up_idea_and_found_partnership, name="take_up"),
    path("desk/<uuid:zone>/", ideas.edit_zone_contact, name="desk"),
    path("p/<slug:key>/", home.groundwork_home_page, name="home"),
    path("p/<slug:key>/talks/", talks.record_talks_and_decision, name="talks"),
    path("p/<slug:key>/talks/new/", talks.add_talk, name="talk_new"),
    path("p/<slug:key>/talks/<uuid:pk>/", talks.correct_talk, name="talk"),
    path("p/<slug:key>/talks/<uuid:pk>/strike/", talks.remove_talk, name="talk_strike"),
    path("p/<slug:key>/statements/", statements.edit_statements, name="statements"),
    path("p/<slug:key>/statements/<uuid:pk>/", statements.redirect_to_statements, name="statement"),
    path(
        "p/<slug:key>/statements/<slug:party>/<str:secret>/",
        statements.edit_party_statements_by_link,
        name="party_statements",
    ),
    path("p/<slug:key>/stakeholders/", stakeholders.list_and_add_stakeholders, name="stakeholders"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/", stakeholders.record_how_informed, name="stakeholder"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/proof/", stakeholders.proof_file, name="proof"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/delist/", stakeholders.confirm_and_remove_stakeholder, name="delist"),
    path("p/<slug:key>/area/", area.see_area_and_check_door, name="area"),
    path("p/<slug:key>/area/add/", area.add_streets, name="area_add"),
    path("p/<slug:key>/area/draw/", area.draw_border, name="area_draw"),
    path("p/<slug:key>/area/<int:pk>/remove/", area.remove_part, name="area_remove"),
    path("p/<slug:key>/informing/", information.tick_informed_streets, name="informing"),
    path("p/<slug:key>/informing/<uuid:pk>/untick/", information.untick_street, name="untick"),
    path("p/<slug:key>/informing/sheets/", information.street_sheets_pdf_file, name="sheets"),
    path("p/<slug:key>/survey/", survey.see_or_open_survey, name="survey"),
    path("p/<slug:key>/survey/hands/", survey.note_show_of_hands, name="hands"),
    path("p/<slug:key>/survey/form/", survey_forms.enter_paper_forms, name="survey_form"),
    path("p/<slug:key>/survey/street/", survey.enter_form_counts_of_street, name="survey_street"),
    path("p/<slug:key>/survey/letters/", survey.print_survey_letters, name="survey_letters"),
    path("p/<slug:key>/survey/summary/", survey.add_survey_answers_to_statements, name="survey_summary"),
    path("p/<slug:key>/survey/close/", survey.close_survey, name="survey_close"),
]
