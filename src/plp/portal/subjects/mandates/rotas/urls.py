"""Addresses of the rotas."""

from django.urls import path

from plp.portal.subjects.mandates.rotas import views

app_name = "rotas"
PREFIX = "rota/"
urlpatterns = [
    path("", views.list_rotas_or_open_only_one, name="home"),
    path("<uuid:area>/", views.see_and_make_rota, name="rota"),
    path("<uuid:area>/end/", views.end_rota, name="end"),
    path("hours/<uuid:key>/", views.offer_or_hand_over_shift, name="shift"),
    path("answer/<str:key>/<str:signature>/", views.answer_takeover_request, name="answer"),
]
