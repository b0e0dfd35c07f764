"""The entry of the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import PEOPLE, Entry

MENU = (Entry(_("Measures"), "measures:listed", "scale", Permission.MEASURE_SEE, PEOPLE),)
