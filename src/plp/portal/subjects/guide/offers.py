"""What the guides offer to the shell: their place in the menu, where a page is explained."""

from django.utils.translation import gettext_lazy as _

from plp.portal.shell.offers import HELP, MenuEntry, Offers
from plp.portal.subjects.guide.help import help_address_of_page

OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Guides"),
            _("How each task is done, step by step, to read or print."),
            "guide:index",
            "book-open",
            None,
            HELP,
            order=205,
        ),
    ),
    help_on=help_address_of_page,
)
