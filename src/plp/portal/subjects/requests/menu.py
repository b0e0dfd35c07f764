"""The entries of the menu: one an office."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MESSAGES, Entry

ICON = "message-circle-question-mark"
MENU = (
    Entry(_("Requests to the police"), "requests:asked", ICON, Permission.REQUEST_ASK, MESSAGES),
    Entry(_("Requests of partnerships"), "requests:police", ICON, Permission.REQUEST_ANSWER, MESSAGES),
)
