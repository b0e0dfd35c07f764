"""Addresses of the pages about where a message goes: quarters, other zones, the digest."""

from django.urls import path

from plp.portal.subjects.notices.reach.views import digest, reach

app_name = "reach"
PREFIX = "police/"
urlpatterns = [
    path("bundle/", digest.draft_infoflash, name="bundle"),
    path("asked/<uuid:key>/", reach.read_and_accept_takeover, name="accept"),
    path("asked/<uuid:key>/refuse/", reach.decline_takeover, name="decline"),
    path("<uuid:key>/reach/", reach.choose_reach, name="reach"),
    path("<uuid:key>/take-out/", digest.take_out_of_infoflash, name="take_out"),
]
