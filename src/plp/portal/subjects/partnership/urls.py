"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.partnership.views import join, logos, pages, stop

app_name = "partnership"
PREFIX = ""
urlpatterns = [
    path("p/", pages.partnership_list, name="partnerships"),
    path("p/<slug:key>/", pages.partnership_page, name="partnership"),
    path("p/<slug:key>/join/", join.fill_in_and_send_join_request, name="join"),
    path("p/<slug:key>/s/<slug:code>/", join.join_by_street_link, name="join_street"),
    path("p/<slug:key>/f/<str:firm>/<str:signature>/", join.join_by_firm_link, name="join_firm"),
    path("p/<slug:key>/streets/", pages.progress_of_streets_page, name="streets"),
    path("p/<slug:key>/logos/<uuid:area>.jpg", logos.logo_file, name="logo"),
    path("p/<slug:key>/join/reach/", join.redirect_to_join_form, name="reach"),
    path("p/<slug:key>/join/accept/", join.redirect_to_join_form, name="accept"),
    path("p/<slug:key>/join/confirm/", join.enter_join_confirmation_codes, name="confirm"),
    path("p/<slug:key>/join/push/", join.turn_on_newcomer_notifications, name="push"),
    path("street/", pages.find_partnership_of_street, name="street"),
    path("check/", pages.verify_check_code, name="check"),
    path("privacy/", pages.privacy_notice, name="privacy"),
    # Without a slash at the end: mail programs POST here (RFC 8058) and follow no redirect.
    path("stop/<str:contact>/<str:signature>", stop.confirm_and_stop_contact, name="stop"),
    path("stop/<str:contact>/<str:signature>/undo", stop.undo_stop, name="undo_stop"),
]
