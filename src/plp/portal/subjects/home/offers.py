"""What this subject offers to the shell: its place in the menu, and a search for pages."""

from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission
from plp.portal.shell.offers import (
    MINE,
    Entry,
    Offers,
    Source,
)
from plp.portal.subjects.home.page_search import search_pages

OFFERS = Offers(
    menu=(Entry(_("Find"), "home:find", "search", Permission.FIND, MINE, order=200),),
    search=Source(search_pages, order=5),
)
