"""What this subject offers to the shell: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from plp.portal.shell.offers import (
    HELP,
    MenuEntry,
    Offers,
)

OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Ten-minute tour"),
            _("Try the main tasks, one after the other."),
            "demo:tour",
            "footprints",
            None,
            HELP,
            order=220,
        ),
        MenuEntry(
            _("Demo outbox"),
            _("Every message of the demonstration, as it would arrive."),
            "demo:outbox",
            "inbox",
            None,
            HELP,
            order=221,
        ),
    ),
)
