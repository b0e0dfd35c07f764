"""What this subject offers to the shell: its place in the menu, figures, where its pages are explained."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plp.evaluation.queries.counts import PartnershipCounts, counts_visible_to
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    PARTNERSHIP,
    Figure,
    MenuEntry,
    Offers,
    Source,
)

MONTH = timedelta(days=30)
PAGES = {  # what is counted: the pages on which it stands, with the permission that opens them
    "partnerships": [("launch:plan:all", Permission.LAUNCH_SEE)],
    "members": [("membership:desk:members", Permission.MEMBERS_MANAGE)],
    "messages": [
        ("notices:desk:desk", Permission.NOTICE_RELEASE),
        ("notices:relay:inbox", Permission.NOTICE_RECEIVE),
    ],
}
SEVERAL = 2  # of few people it is only said how many they are at most


def partnership_figures(person: Person, at: datetime) -> list[Figure]:
    """Counts of all partnerships of one's area, each with the page on which what is counted stands, if it is open to
    the person: no name, nothing for whoever sees no figures.
    """
    counted = counts_visible_to(person, since=at - MONTH, at=at)
    return (
        _figures_of_counts(counted, {key: _url_behind_count(key, person, at) for key in PAGES})
        if counted.partnerships
        else []
    )


def _url_behind_count(counted: str, person: Person, at: datetime) -> str:
    """The first page of what is counted that the person may open; else that of all figures."""
    open_pages = (view for view, permission in PAGES[counted] if holds_any_permission(person, permission, at=at))
    return reverse(next(open_pages, "evaluation:figures:overview"))


def _figures_of_counts(counted: PartnershipCounts, pages: Mapping[str, str]) -> list[Figure]:
    url, several = reverse("evaluation:figures:overview"), counted.partnerships > 1
    words = ngettext("partnership", "partnerships", counted.partnerships)
    found = [Figure(counted.partnerships, words, pages["partnerships"])] if several else []
    number = int(counted.members) if counted.members.isdecimal() else SEVERAL
    found.append(Figure(counted.members, ngettext("member", "members", number), pages["members"]))
    words = ngettext("message in the past month", "messages in the past month", counted.messages)
    found.append(Figure(counted.messages, words, pages["messages"]))
    if several and counted.leaderless:
        words = ngettext("without a coordinator", "without a coordinator", counted.leaderless)
        found.append(Figure(counted.leaderless, words, url, "warn"))
    return found


OFFERS = Offers(
    menu=(
        MenuEntry(
            _("Figures"),
            _("Messages, members and answers in counts and charts."),
            "evaluation:figures:overview",
            "chart-column",
            Permission.FIGURES_SEE,
            PARTNERSHIP,
            order=190,
        ),
    ),
    figures=Source(partnership_figures, order=20),
    help={
        "chief/figures": ("evaluation:figures:overview",),
        "municipality/figures": ("evaluation:figures:overview",),
    },
)
