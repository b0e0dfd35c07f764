"""Addresses of what guides a message: the decision aid and its model, advice, prevention through the year."""

from django.urls import path

from plp.portal.subjects.notices.guidance.views import advice, aid, model

app_name = "guidance"
PREFIX = "police/"
urlpatterns = [
    path("aid/", aid.aid, name="aid"),
    path("no-message/", aid.withhold, name="withhold"),
    path("prevention/", advice.prevention, name="prevention"),
    path("advice/<slug:key>/", advice.advice, name="advice"),
    path("advice/<slug:key>/<uuid:given>/take-back/", advice.take_advice_back, name="take_advice_back"),
    path("model/", model.models, name="models"),
    path("model/<uuid:zone>/", model.model, name="model"),
    path("model/<uuid:zone>/reset/", model.reset, name="model_reset"),
    path("model/<uuid:zone>/<int:number>/", model.guideline, name="guideline"),
    path("model/<uuid:zone>/<int:number>/shift/", model.reorder_guidelines, name="shift"),
]
