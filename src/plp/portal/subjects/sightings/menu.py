"""The entries of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MESSAGES, Entry

MENU = (Entry(_("Reports"), "sightings:desk", "eye", Permission.SIGHTING_HANDLE, MESSAGES),)
