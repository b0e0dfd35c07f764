"""Addresses of the members as their coordinator sees them."""

from django.urls import path

from plp.portal.subjects.membership.desk.views import members, on_behalf, paper

app_name = "desk"
PREFIX = "coordinator/members/"
urlpatterns = [
    path("", members.list_members_and_note_view, name="members"),
    path("looks/", members.list_who_viewed_members, name="looks"),
    path("selected/", members.store_selection_for_export, name="select"),
    path("waiting/", members.list_waiting_and_note_view, name="waiting"),
    path("waiting/letters.pdf", members.issue_code_letters_file, name="code_letters"),
    path("paper/", paper.call_trees_overview, name="paper"),
    path("paper/<slug:key>/<slug:language>.pdf", paper.call_tree_file, name="paper_file"),
    path("<uuid:key>/", on_behalf.show_member_and_note_view, name="member"),
    path("<uuid:key>/correct/", on_behalf.correct_member, name="correct"),
    path("<uuid:key>/hours/", on_behalf.edit_hours, name="hours"),
    path("<uuid:key>/reach/", on_behalf.add_contact, name="reach"),
    path("<uuid:key>/stop/<uuid:contact>/", on_behalf.stop_contact, name="stop_contact"),
    path("<uuid:key>/helper/", on_behalf.ask_helper_for_member, name="helper"),
    path("<uuid:key>/helper/end/", on_behalf.end_help_for_member, name="end_helper"),
    path("<uuid:key>/sheet.pdf", on_behalf.member_data_sheet_file, name="sheet"),
    path("<uuid:key>/erase/", on_behalf.erase_member, name="erase"),
    path("<uuid:key>/accept/", members.accept_member, name="accept"),
    path("<uuid:key>/leave/", members.record_departure_of_member, name="leave"),
    path("<uuid:key>/vouch/<uuid:contact>/", members.confirm_contact, name="vouch"),
]
