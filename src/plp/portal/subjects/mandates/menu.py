"""The entries of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import PEOPLE, Entry

MENU = (
    Entry(_("People"), "mandates:home", "user-round-check", Permission.MANDATE_SEE, PEOPLE),
    Entry(_("Police of the zone"), "mandates:zone", "badge-check", Permission.MANDATE_APPOINT_POLICE, PEOPLE),
)
