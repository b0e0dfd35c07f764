"""Addresses that everybody may open."""

from django.urls import path

from plp.portal.subjects.partnership.views import join, pages, stop

app_name = "partnership"
PREFIX = ""
urlpatterns = [
    path("p/", pages.partnerships, name="partnerships"),
    path("p/<slug:key>/", pages.partnership, name="partnership"),
    path("p/<slug:key>/join/", join.join, name="join"),
    path("p/<slug:key>/s/<slug:code>/", join.join_street, name="join_street"),
    path("p/<slug:key>/f/<str:firm>/<str:signature>/", join.join_firm, name="join_firm"),
    path("p/<slug:key>/streets/", pages.streets, name="streets"),
    path("p/<slug:key>/join/reach/", join.earlier_step, name="reach"),
    path("p/<slug:key>/join/accept/", join.earlier_step, name="accept"),
    path("p/<slug:key>/join/confirm/", join.confirm, name="confirm"),
    path("p/<slug:key>/join/push/", join.push, name="push"),
    path("street/", pages.street, name="street"),
    path("check/", pages.check, name="check"),
    path("privacy/", pages.privacy, name="privacy"),
    # Without a slash at the end: mail programs POST here (RFC 8058) and follow no redirect.
    path("stop/<str:contact>/<str:signature>", stop.stop, name="stop"),
    path("stop/<str:contact>/<str:signature>/undo", stop.undo, name="undo_stop"),
]
