"""Addresses of a member: by a code to their own contact, without account."""

from django.urls import path

from plp.portal.subjects.members.views import buddies, contacts, devices, ending, entry, pages, wishes

app_name = "members"
urlpatterns = [
    path("", entry.ask, name="ask"),
    path("code/", entry.code, name="code"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("messages/", pages.messages, name="messages"),
    path("messages/kept/", pages.kept, name="kept"),
    path("settings/", pages.settings, name="settings"),
    path("settings/about/", wishes.about, name="about"),
    path("settings/quiet/", wishes.quiet, name="quiet"),
    path("settings/pause/", wishes.pause, name="pause"),
    path("settings/topics/", wishes.topics, name="topics"),
    path("settings/together/", wishes.together, name="together"),
    path("settings/reading/", wishes.reading, name="reading"),
    path("settings/address/", wishes.door, name="door"),
    path("settings/buddy/", buddies.buddy, name="buddy"),
    path("settings/buddy/<uuid:key>/end/", buddies.end_buddy, name="end_buddy"),
    path("buddy/<str:key>/<str:signature>/", buddies.on_behalf, name="on_behalf"),
    path("settings/withdraw/<uuid:key>/", wishes.withdraw, name="withdraw"),
    path("settings/contacts/add/", contacts.add, name="add_contact"),
    path("settings/contacts/<uuid:key>/confirm/", contacts.confirm, name="confirm_contact"),
    path("settings/contacts/<uuid:key>/code/", contacts.send, name="send_code"),
    path("settings/contacts/<uuid:key>/try/", contacts.try_it, name="try_contact"),
    path("settings/contacts/<uuid:key>/first/", contacts.first, name="first_contact"),
    path("settings/contacts/<uuid:key>/stop/", contacts.stop, name="stop_contact"),
    path("settings/contacts/<uuid:key>/resume/", contacts.resume, name="resume_contact"),
    path("settings/contacts/<uuid:key>/remove/", contacts.remove, name="remove_contact"),
    path("settings/devices/", devices.devices, name="devices"),
    path("export/", pages.export, name="export"),
    path("leave/<uuid:key>/", ending.leave, name="leave"),
    path("erase/", ending.erase, name="erase"),
]
