"""Addresses of the desk of the police: their messages, each with its way and figures."""

from django.urls import path

from plp.portal.subjects.notices.desk.views import desk, handover, tables

app_name = "desk"
PREFIX = "police/"
urlpatterns = [
    path("", desk.message_desk_page, name="desk"),
    path("messages.<slug:form>", tables.messages_spreadsheet, name="list"),
    path("<uuid:key>/", desk.message_detail, name="detail"),
    path("<uuid:key>/deliveries.<slug:form>", tables.delivery_table, name="deliveries"),
    path("<uuid:key>/hand-over.<str:form>", handover.released_notice_file, name="hand_over"),
]
