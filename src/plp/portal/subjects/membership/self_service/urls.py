"""Addresses of a member: by a code to their own contact, without account."""

from django.urls import path

from plp.portal.subjects.membership.self_service.own_changes import (
    for_current_members,
    refuse_post_while_partnership_moves,
)
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
    path("", sign_in.ask_for_sign_in_code, name="ask"),
    path("code/", sign_in.sign_in_by_code, name="code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("messages/", pages.message_list, name="messages"),
    path("messages/kept/", pages.offline_messages_json, name="kept"),
    path("settings/", pages.settings_page, name="settings"),
    path("settings/about/", refuse_post_while_partnership_moves(preferences.update_name_and_language), name="about"),
    path("settings/quiet/", for_current_members(preferences.edit_quiet_hours), name="quiet"),
    path("settings/pause/", for_current_members(preferences.edit_pause), name="pause"),
    path("settings/topics/", for_current_members(preferences.edit_topics), name="topics"),
    path("settings/together/", for_current_members(preferences.edit_digest), name="together"),
    path("settings/reading/", for_current_members(preferences.edit_reading_aids), name="reading"),
    path("settings/address/", for_current_members(preferences.change_home_address), name="door"),
    path("settings/buddy/", for_current_members(buddies.see_and_invite_buddy), name="buddy"),
    path("settings/buddy/<uuid:key>/end/", refuse_post_while_partnership_moves(buddies.end_buddy), name="end_buddy"),
    path("buddy/<str:key>/<str:signature>/", buddies.answer_as_buddy, name="on_behalf"),
    path(
        "settings/withdraw/<uuid:key>/",
        refuse_post_while_partnership_moves(preferences.withdraw_one_consent),
        name="withdraw",
    ),
    path("settings/contacts/add/", for_current_members(contacts.add_contact), name="add_contact"),
    path(
        "settings/contacts/<uuid:key>/confirm/",
        refuse_post_while_partnership_moves(contacts.confirm_own_contact_by_code),
        name="confirm_contact",
    ),
    path("settings/contacts/<uuid:key>/code/", contacts.send_confirmation_code, name="send_code"),
    path("settings/contacts/<uuid:key>/try/", contacts.send_trial_message, name="try_contact"),
    path(
        "settings/contacts/<uuid:key>/first/",
        refuse_post_while_partnership_moves(contacts.put_contact_first),
        name="first_contact",
    ),
    path("settings/contacts/<uuid:key>/stop/", contacts.stop_own_contact, name="stop_contact"),
    path(
        "settings/contacts/<uuid:key>/resume/",
        refuse_post_while_partnership_moves(contacts.resume_own_contact),
        name="resume_contact",
    ),
    path("settings/contacts/<uuid:key>/remove/", contacts.remove_own_contact, name="remove_contact"),
    path("settings/devices/", for_current_members(devices.turn_on_notifications), name="devices"),
    path(
        "settings/devices/decline/",
        refuse_post_while_partnership_moves(devices.decline_notifications),
        name="decline_push",
    ),
    path("firm/<uuid:key>/", for_current_members(firms.create_or_edit_firm), name="firm"),
    path(
        "firm/<uuid:key>/screen/",
        for_current_members(firms.create_and_show_pairing_code),
        name="pair_screen",
    ),
    path(
        "firm/<uuid:key>/screen/<uuid:screen>/remove/",
        refuse_post_while_partnership_moves(firms.remove_screen),
        name="remove_screen",
    ),
    path("export/", pages.own_data_json_file, name="export"),
    path("export/sheet.pdf", pages.own_data_sheet_file, name="sheet"),
    path("left/why/", departure.count_leaving_reason_by_token, name="why"),
    path("leave/<uuid:key>/", departure.leave_partnership, name="leave"),
    path("erase/", departure.erase_oneself, name="erase"),
]
