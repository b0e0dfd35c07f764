"""The entry of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import LAW, Entry

MENU = (Entry(_("Running"), "running:overview", "activity", Permission.PLATFORM_RUN, LAW),)
