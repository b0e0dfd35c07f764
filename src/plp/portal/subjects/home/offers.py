"""What this subject offers to the shell: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    MINE,
    Entry,
    Offers,
)

OFFERS = Offers(
    menu=(Entry(_("Find"), "home:find", "search", Permission.FIND, MINE, order=200),),
)
