"""The demonstration's entries in the menu."""

from django.utils.translation import gettext_lazy as _

from plp.portal.shell.offers import MINE, Entry

MENU = (
    Entry(_("Ten-minute tour"), "demo:tour", "footprints", None, MINE),
    Entry(_("Demo outbox"), "demo:outbox", "inbox", None, MINE),
)
