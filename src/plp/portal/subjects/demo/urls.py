"""Pages of the demonstration; present only with PLP_DEMO, which a public origin refuses."""

from django.conf import settings
from django.urls import path

from plp.portal.subjects.demo import views

app_name = "demo"
PREFIX = "demo/"
IS_OFFERED = settings.DEMO
urlpatterns = [
    path("", views.demo_sign_ins_page, name="sign_ins"),
    path("tour/", views.demo_tour_page, name="tour"),
    path("tour/again/", views.restart_tour, name="tour_again"),
    path("tour/<slug:key>/", views.tick_tour_stop, name="tour_tick"),
    path("outbox/", views.demo_outbox_page, name="outbox"),
    path("outbox/answer/", views.answer_as_receiver, name="answer"),
]
