"""How things are: members, messages of the past month, and whether the last one arrived."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from plp.evaluation.queries.standing import Counts, counts_for
from plp.people.models import Person
from plp.portal.shell.offers import Standing

MONTH = timedelta(days=30)
SEVERAL = 2  # of few people it is only said how many they are at most


def standing(person: Person, at: datetime) -> list[Standing]:
    """Counts of all partnerships of one's area: no name, nothing for whoever sees no figures."""
    counted = counts_for(person, since=at - MONTH, at=at)
    return _figures(counted) if counted.partnerships else []


def _figures(counted: Counts) -> list[Standing]:
    url, several = reverse("zone:overview"), counted.partnerships > 1
    words = ngettext("partnership", "partnerships", counted.partnerships)
    found = [Standing(counted.partnerships, words, url)] if several else []
    number = int(counted.members) if counted.members.isdecimal() else SEVERAL
    found.append(Standing(counted.members, ngettext("member", "members", number), url))
    words = ngettext("message in the past month", "messages in the past month", counted.messages)
    found.append(Standing(counted.messages, words, url))
    if several and counted.leaderless:
        words = ngettext("without a coordinator", "without a coordinator", counted.leaderless)
        found.append(Standing(counted.leaderless, words, url, "warn"))
    return found
