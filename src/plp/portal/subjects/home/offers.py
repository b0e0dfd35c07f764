"""What this subject offers to the shell: its place in the menu, and a search for pages."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    HELP,
    MenuEntry,
    Offers,
    Source,
)
from plp.portal.subjects.home.page_search import search_pages

OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Find"),
            _("A page, a street, a partnership or a person by name."),
            "home:find",
            "search",
            Permission.FIND,
            HELP,
            order=200,
        ),
    ),
    search=Source(search_pages, order=5),
)
