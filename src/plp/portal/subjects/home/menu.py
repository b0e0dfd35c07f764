"""The entry of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MINE, Entry

MENU = (Entry(_("Find"), "home:find", "search", Permission.FIND, MINE),)
