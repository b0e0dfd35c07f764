"""What this subject offers to the shell: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from plp.portal.shell.offers import (
    MINE,
    Entry,
    Offers,
)

OFFERS = Offers(
    menu=(
        Entry(_("Ten-minute tour"), "demo:tour", "footprints", None, MINE, order=220),
        Entry(_("Demo outbox"), "demo:outbox", "inbox", None, MINE, order=221),
    ),
)
