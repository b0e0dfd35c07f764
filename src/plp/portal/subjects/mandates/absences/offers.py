"""What this subject offers to the shell: its place in the menu, where its pages are explained."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    HELP,
    Entry,
    Offers,
)

OFFERS = Offers(
    menu=(
        Entry(
            _("Absence"),
            _("Say when you are away and who stands in."),
            "mandates:absences:absence",
            "calendar-off",
            Permission.ABSENCE_NOTE,
            HELP,
            order=50,
        ),
    ),
    help={
        "coordinator/away": ("mandates:absences:absence",),
    },
)
