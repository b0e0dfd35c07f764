"""Addresses of a member: by a code to their own contact, without account."""

from django.urls import path

from plp.portal.subjects.membership.self_service.own_changes import unless_on_its_way
from plp.portal.subjects.membership.self_service.views import (
    buddies,
    contacts,
    departure,
    devices,
    firms,
    pages,
    preferences,
    sign_in,
)

app_name = "self_service"
PREFIX = "m/"
urlpatterns = [
    path("", sign_in.ask_code, name="ask"),
    path("code/", sign_in.enter_code, name="code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("messages/", pages.messages, name="messages"),
    path("messages/kept/", pages.device_messages, name="kept"),
    path("settings/", pages.settings, name="settings"),
    path("settings/about/", unless_on_its_way(preferences.edit_name_and_language), name="about"),
    path("settings/quiet/", unless_on_its_way(preferences.edit_quiet_hours), name="quiet"),
    path("settings/pause/", unless_on_its_way(preferences.edit_pause), name="pause"),
    path("settings/topics/", unless_on_its_way(preferences.edit_topics), name="topics"),
    path("settings/together/", unless_on_its_way(preferences.edit_digest), name="together"),
    path("settings/reading/", unless_on_its_way(preferences.edit_reading_aids), name="reading"),
    path("settings/address/", unless_on_its_way(preferences.change_door), name="door"),
    path("settings/buddy/", unless_on_its_way(buddies.buddy), name="buddy"),
    path("settings/buddy/<uuid:key>/end/", unless_on_its_way(buddies.end_buddy), name="end_buddy"),
    path("buddy/<str:key>/<str:signature>/", buddies.answer_as_buddy, name="on_behalf"),
    path("settings/withdraw/<uuid:key>/", unless_on_its_way(preferences.withdraw_one_consent), name="withdraw"),
    path("settings/contacts/add/", unless_on_its_way(contacts.add_contact), name="add_contact"),
    path("settings/contacts/<uuid:key>/confirm/", unless_on_its_way(contacts.confirm), name="confirm_contact"),
    path("settings/contacts/<uuid:key>/code/", contacts.send_confirmation_code, name="send_code"),
    path("settings/contacts/<uuid:key>/try/", contacts.send_trial_message, name="try_contact"),
    path("settings/contacts/<uuid:key>/first/", unless_on_its_way(contacts.put_first), name="first_contact"),
    path("settings/contacts/<uuid:key>/stop/", contacts.stop, name="stop_contact"),
    path("settings/contacts/<uuid:key>/resume/", unless_on_its_way(contacts.resume), name="resume_contact"),
    path("settings/contacts/<uuid:key>/remove/", contacts.remove, name="remove_contact"),
    path("settings/devices/", devices.devices, name="devices"),
    path("settings/devices/decline/", unless_on_its_way(devices.decline_notifications), name="decline_push"),
    path("firm/<uuid:key>/", unless_on_its_way(firms.create_or_edit_firm), name="firm"),
    path("firm/<uuid:key>/screen/", unless_on_its_way(firms.show_pairing_code), name="pair_screen"),
    path("firm/<uuid:key>/screen/<uuid:screen>/remove/", unless_on_its_way(firms.remove_screen), name="remove_screen"),
    path("export/", pages.data_file, name="export"),
    path("export/sheet.pdf", pages.sheet_file, name="sheet"),
    path("left/why/", departure.give_reason, name="why"),
    path("leave/<uuid:key>/", departure.leave, name="leave"),
    path("erase/", departure.erase, name="erase"),
]
