"""The entry of the menu."""

from django.utils.translation import pgettext_lazy

from plp.mandates.grants import Permission
from plp.portal.shell.offers import LAW, Entry

NAME = pgettext_lazy("menu", "Data protection")  # may break where a telephone is narrow
MENU = (Entry(NAME, "protection:home", "shield-check", Permission.PROTECTION_READ, LAW),)
