"""Addresses of the officer's desk."""

from django.urls import path

from plp.portal.subjects.police import (
    advising,
    deciding,
    gathering,
    handing,
    listing,
    modelling,
    reaching,
    views,
    writing,
)

app_name = "police"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("messages.<slug:form>", listing.listed, name="list"),
    path("new/", writing.new, name="new"),
    path("aid/", deciding.aid, name="aid"),
    path("no-message/", deciding.withhold, name="withhold"),
    path("prevention/", advising.prevention, name="prevention"),
    path("bundle/", gathering.bundle, name="bundle"),
    path("asked/<uuid:key>/", reaching.accept, name="accept"),
    path("asked/<uuid:key>/refuse/", reaching.decline, name="decline"),
    path("advice/<slug:key>/", advising.advice, name="advice"),
    path("advice/<slug:key>/<uuid:given>/take-back/", advising.take_advice_back, name="take_advice_back"),
    path("model/", modelling.models, name="models"),
    path("model/<uuid:zone>/", modelling.model, name="model"),
    path("model/<uuid:zone>/reset/", modelling.reset, name="model_reset"),
    path("model/<uuid:zone>/<int:number>/", modelling.guideline, name="guideline"),
    path("model/<uuid:zone>/<int:number>/shift/", modelling.shift, name="shift"),
    path("<uuid:key>/", views.detail, name="detail"),
    path("<uuid:key>/deliveries.<slug:form>", listing.counted, name="deliveries"),
    path("<uuid:key>/edit/", writing.edit, name="edit"),
    path("<uuid:key>/findings/", writing.findings, name="findings"),
    path("<uuid:key>/submit/", writing.submit, name="submit"),
    path("<uuid:key>/take-back/", writing.take_back, name="take_back"),
    path("<uuid:key>/drop/", writing.drop, name="drop"),
    path("<uuid:key>/take-up/", writing.take_up, name="take_up"),
    path("<uuid:key>/release/", views.release, name="release"),
    path("<uuid:key>/send-back/", views.send_back, name="send_back"),
    path("<uuid:key>/stop/", views.stop, name="stop"),
    path("<uuid:key>/correct/", writing.correct, name="correct"),
    path("<uuid:key>/feedback/", writing.feedback, name="feedback"),
    path("<uuid:key>/template/", writing.template, name="template"),
    path("<uuid:key>/reach/", reaching.reach, name="reach"),
    path("<uuid:key>/gather/", gathering.gather, name="gather"),
    path("<uuid:key>/hand-over.<str:form>", handing.hand_over, name="hand_over"),
    path("<uuid:key>/take-out/", gathering.take_out, name="take_out"),
]
