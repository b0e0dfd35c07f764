"""The entries of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import PEOPLE, Entry

MENU = (Entry(_("Enrolment"), "enrolment:desk", "user-plus", Permission.MEMBERS_MANAGE, PEOPLE),)
