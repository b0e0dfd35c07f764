"""Addresses of what guides a message: the decision aid and its model, advice, prevention through the year."""

from django.urls import path

from plp.portal.subjects.notices.guidance.views import advice, aid, model

app_name = "guidance"
PREFIX = "police/"
urlpatterns = [
    path("aid/", aid.ask_facts_and_propose_message, name="aid"),
    path("no-message/", aid.count_withholding, name="withhold"),
    path("prevention/", advice.prevention_overview, name="prevention"),
    path("advice/<slug:key>/", advice.list_and_give_advice, name="advice"),
    path("advice/<slug:key>/<uuid:given>/take-back/", advice.take_advice_back, name="take_advice_back"),
    path("model/", model.zone_list, name="models"),
    path("model/<uuid:zone>/", model.edit_priorities_and_infoflash_day, name="model"),
    path("model/<uuid:zone>/reset/", model.reset_guidelines, name="model_reset"),
    path("model/<uuid:zone>/<int:number>/", model.edit_or_add_guideline, name="guideline"),
    path("model/<uuid:zone>/<int:number>/shift/", model.move_or_remove_guideline, name="shift"),
]
