"""The entry of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MESSAGES, Entry

MENU = (Entry(_("Messages"), "police:desk", "megaphone", Permission.NOTICE_RELEASE, MESSAGES),)
