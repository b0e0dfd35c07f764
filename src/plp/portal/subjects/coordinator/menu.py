"""The entries of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import MESSAGES, MINE, PEOPLE, Entry

MENU = (
    Entry(_("Inbox"), "coordinator:inbox", "inbox", Permission.NOTICE_RECEIVE, MESSAGES),
    Entry(_("Members"), "coordinator:members", "users", Permission.MEMBERS_MANAGE, PEOPLE),
    Entry(_("Absence"), "coordinator:absence", "calendar-off", Permission.ABSENCE_NOTE, MINE),
)
