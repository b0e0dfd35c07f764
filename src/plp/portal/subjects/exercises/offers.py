"""What this subject offers to the shell: one line under absences and help."""

from django.utils.translation import gettext_lazy as _

from plp.portal.shell.offers import HELP, MenuEntry, Offers

OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Exercises"),
            _("Try a report and a message on an invented case. Nothing is sent."),
            "exercises:overview",
            "graduation-cap",
            None,
            HELP,
            order=70,
        ),
    ),
    help={"officer/exercise": ("exercises:overview", "exercises:exercise")},
)
