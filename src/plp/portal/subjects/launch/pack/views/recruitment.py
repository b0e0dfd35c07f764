"""Recruit: what one prints, hands out and shares; which streets have room; the papers of one street."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plp.delivery import pages
from plp.launch.documents.register import BY_KEY
from plp.mandates.grants import Permission
from plp.membership.street_recruits import StreetProgress, street_code, street_link, street_progress
from plp.partnership.states import OPEN
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.search import matches_search
from plp.portal.subjects.launch.pack import scope
from plp.portal.subjects.launch.pack.views.documents import page_context
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from plp.toolbox.words import alphabetical_key

SHOWN = ("poster", "folder", "letterbox_card", "neighbour_letter", "pictures")
PER_PAGE, LONGEST = 20, 80  # streets; signs of a street that is looked for
OF_A_STREET = ("neighbour_letter", "letterbox_card", "poster")  # what bears the link of one street


@dataclass(frozen=True)
class RecruitStreet:
    """A street on the page: its name, how far it is, and what its papers bear."""

    name: str
    progress: StreetProgress
    code: str
    link: str


@needs(Permission.LAUNCH_SEE)
def recruitment_page(request: StaffRequest, key: str) -> HttpResponse:
    """One page: papers and pictures, the link to share, and street by street how many belong."""
    partnership = scope.partnership_or_404(request, key)
    language, reader = scope.language_of_request(request, partnership), get_language() or "fr"
    streets = [
        RecruitStreet(row.street.name(reader), row, street_code(row.street), street_link(partnership, row.street))
        for row in street_progress(partnership)
    ]
    streets.sort(key=lambda street: (street.progress.members > 0, alphabetical_key(street.name)))
    sought = request.GET.get("street", "")[:LONGEST]
    page = Paginator([street for street in streets if matches_search(sought, street.name)], PER_PAGE)
    context = {
        "language": language,
        "languages": scope.language_tabs(partnership, OFFICIAL_LANGUAGES, language),
        "papers": [BY_KEY[document] for document in SHOWN],
        "street_papers": [BY_KEY[document] for document in OF_A_STREET],
        "page": page.get_page(request.GET.get("page")),
        "sought": sought,
        "is_many": len(streets) > PER_PAGE,
        "without": sum(not street.progress.members for street in streets),
        "link": pages.JOIN.link(partnership.key),
        "is_public": partnership.state in OPEN,
    }
    return render(request, "launch/pack/recruit.html", page_context(partnership, **context))
