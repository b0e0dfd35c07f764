"""The entry of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import Entry

MENU = (Entry(_("Partnerships"), "launch:all", "house", Permission.LAUNCH_SEE),)
