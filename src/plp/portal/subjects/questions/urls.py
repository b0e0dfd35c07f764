"""Addresses: ``ask/`` for everybody, ``mine/`` for a member, ``coordinator/`` and ``police/`` for who answers."""

from django.urls import path

from plp.portal.subjects.questions.views import asking, coordinator, mine, police

app_name = "questions"
urlpatterns = [
    path("ask/<slug:key>/", asking.ask, name="ask"),
    path("sent/", asking.sent, name="sent"),
    path("follow/<uuid:key>/<str:signature>/", asking.follow, name="follow"),
    path("status/", asking.status, name="status"),
    path("mine/", mine.listed, name="mine"),
    path("coordinator/", coordinator.listed, name="coordinator"),
    path("coordinator/<uuid:key>/", coordinator.detail, name="coordinator_one"),
    path("coordinator/<uuid:key>/pass-on/", coordinator.pass_on, name="pass_on"),
    path("coordinator/<uuid:key>/share/", coordinator.share, name="share"),
    path("coordinator/shared/<uuid:key>/take-back/", coordinator.take_back, name="take_back"),
    path("police/", police.listed, name="police"),
    path("police/<uuid:key>/", police.detail, name="police_one"),
]
