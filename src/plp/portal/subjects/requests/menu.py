"""The entries of the menu: one an office."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import Entry

MENU = (
    Entry(_("Requests to the police"), "requests:asked", "message-circle-question-mark", Permission.REQUEST_ASK),
    Entry(_("Requests of partnerships"), "requests:police", "message-circle-question-mark", Permission.REQUEST_ANSWER),
)
