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
    path("ideas/", ideas.listed, name="ideas"),
    path("ideas/<uuid:pk>/", ideas.detail, name="idea"),
    path("ideas/<uuid:pk>/decline/", ideas.decline, name="decline"),
    path("ideas/<uuid:pk>/merge/", ideas.merge, name="merge"),
    path("ideas/<uuid:pk>/take-up/", ideas.take_up, name="take_up"),
    path("desk/<uuid:zone>/", ideas.desk, name="desk"),
    path("p/<slug:key>/", home.home, name="home"),
    path("p/<slug:key>/talks/", talks.listed, name="talks"),
    path("p/<slug:key>/talks/new/", talks.new, name="talk_new"),
    path("p/<slug:key>/talks/<uuid:pk>/", talks.correct, name="talk"),
    path("p/<slug:key>/talks/<uuid:pk>/strike/", talks.strike, name="talk_strike"),
    path("p/<slug:key>/statements/", statements.listed, name="statements"),
    path("p/<slug:key>/statements/<uuid:pk>/", statements.change, name="statement"),
    path("p/<slug:key>/statements/<slug:party>/<str:secret>/", statements.by_link, name="party_statements"),
    path("p/<slug:key>/stakeholders/", stakeholders.listed, name="stakeholders"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/", stakeholders.tell, name="stakeholder"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/proof/", stakeholders.proof, name="proof"),
    path("p/<slug:key>/stakeholders/<uuid:pk>/delist/", stakeholders.delist, name="delist"),
    path("p/<slug:key>/area/", area.shown, name="area"),
    path("p/<slug:key>/area/add/", area.add, name="area_add"),
    path("p/<slug:key>/area/draw/", area.draw, name="area_draw"),
    path("p/<slug:key>/area/<int:pk>/remove/", area.remove, name="area_remove"),
    path("p/<slug:key>/informing/", information.shown, name="informing"),
    path("p/<slug:key>/informing/<uuid:pk>/untick/", information.untick, name="untick"),
    path("p/<slug:key>/informing/sheets/", information.sheets, name="sheets"),
    path("p/<slug:key>/survey/", survey.shown, name="survey"),
    path("p/<slug:key>/survey/hands/", survey.note_show_of_hands, name="hands"),
    path("p/<slug:key>/survey/form/", survey_forms.form, name="survey_form"),
    path("p/<slug:key>/survey/street/", survey.street, name="survey_street"),
    path("p/<slug:key>/survey/letters/", survey.letters, name="survey_letters"),
    path("p/<slug:key>/survey/summary/", survey.summary, name="survey_summary"),
    path("p/<slug:key>/survey/close/", survey.close, name="survey_close"),
]
