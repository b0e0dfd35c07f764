"""The entries of the menu: one an office."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MESSAGES, Entry

MENU = (
    Entry(_("Questions"), "questions:coordinator", "messages-square", Permission.QUESTION_COORDINATOR, MESSAGES),
    Entry(_("Questions"), "questions:police", "messages-square", Permission.QUESTION_POLICE, MESSAGES),
)
