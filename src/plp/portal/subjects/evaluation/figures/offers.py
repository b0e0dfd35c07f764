"""What this subject offers to the shell: its place in the menu, figures, where its pages are explained."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plp.evaluation.queries.counts import PartnershipCounts, counts_for
from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.offers import (
    PARTNERSHIP,
    Entry,
    Figure,
    Offers,
    Source,
)

MONTH = timedelta(days=30)
SEVERAL = 2  # of few people it is only said how many they are at most


def figures(person: Person, at: datetime) -> list[Figure]:
    """Counts of all partnerships of one's area: no name, nothing for whoever sees no figures."""
    counted = counts_for(person, since=at - MONTH, at=at)
    return _figures(counted) if counted.partnerships else []


def _figures(counted: PartnershipCounts) -> list[Figure]:
    url, several = reverse("evaluation:figures:overview"), counted.partnerships > 1
    words = ngettext("partnership", "partnerships", counted.partnerships)
    found = [Figure(counted.partnerships, words, url)] if several else []
    number = int(counted.members) if counted.members.isdecimal() else SEVERAL
    found.append(Figure(counted.members, ngettext("member", "members", number), url))
    words = ngettext("message in the past month", "messages in the past month", counted.messages)
    found.append(Figure(counted.messages, words, url))
    if several and counted.leaderless:
        words = ngettext("without a coordinator", "without a coordinator", counted.leaderless)
        found.append(Figure(counted.leaderless, words, url, "warn"))
    return found


OFFERS = Offers(
    menu=(
        Entry(
            _("Figures"),
            _("Messages, members and answers in counts and charts."),
            "evaluation:figures:overview",
            "chart-column",
            Permission.FIGURES_SEE,
            PARTNERSHIP,
            order=190,
        ),
    ),
    figures=Source(figures, order=20),
    help={
        "chief/figures": ("evaluation:figures:overview",),
        "municipality/figures": ("evaluation:figures:overview",),
    },
)
