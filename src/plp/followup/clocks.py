"""The clocks as data: every kind of due thing, where it is found, who holds it, how it is passed on.

A higher room adds its own kinds by a tuple like ``KINDS`` in a module called ``clocks`` or ``..._clocks``, found by
itself. Keys are stored: for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.followup.queries import due_matters
from plp.followup.rules.desk_holders import Hand
from plp.followup.rules.due import DueMatter
from plp.mandates.grants import Permission
from plp.notices.relay_letters import send_waiting_notice_to_permitted_persons
from plp.partnership.models import Partnership
from plp.people.models import Person

DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueKind:
    """One kind of due thing. ``find`` answers what waits at a moment in some partnerships.

    ``permission`` is the right that whoever does it needs. ``hands``: through whose hands it goes, the first one
    first; each next one gets it ``grace`` after it was due, and then has one term. ``link`` is the page, below the
    address of the site; ``above`` that of the chief, who may look and speak, but not do it. ``also``: whoever holds
    this right hears of the reminder too, and need do nothing. ``hand_over``: what else is sent to whoever gets it.
    ``counts_people``: each one is a person who waits, so that a few are not told apart in counts (T53).
    ``order``: its place in lists; of equal ones those of lower rooms stand first.
    """

    key: str
    label: Any
    permission: Permission
    find: Callable[[QuerySet[Partnership], datetime], list[DueMatter]]
    hands: tuple[Hand, ...]
    grace: timedelta
    link: str
    by_sms: bool = False
    also: Permission | None = None
    hand_over: Callable[[UUID, QuerySet[Person], datetime], int] | None = None
    above: str = pages.NOTICE_DESK.path()
    counts_people: bool = False
    order: int = 0

    def link_for(self, desk: int) -> str:
        """The page for whoever holds it; the police see to what reached them from the coordinator on their own desk."""
        if desk == Hand.CHIEF:
            return self.above
        is_theirs = self.hands[-1] < Hand.POLICE or self.hands[0] >= Hand.POLICE
        return self.link if desk < Hand.POLICE or is_theirs else pages.NOTICE_DESK.path()


COORDINATOR, POLICE = (Hand.COORDINATOR, Hand.POLICE), (Hand.POLICE, Hand.CHIEF)

KINDS: tuple[DueKind, ...] = (
    DueKind(
        "relay",
        _("a message from the police is waiting to be passed on"),
        Permission.NOTICE_RELAY,
        due_matters.due_relays,
        (Hand.COORDINATOR, Hand.DEPUTY, Hand.COMMITTEE, Hand.POLICE),
        timedelta(0),
        pages.RELAY_INBOX.path(),
        by_sms=True,
        hand_over=send_waiting_notice_to_permitted_persons,
    ),
    DueKind(
        "release",
        _("a message of the police is waiting to be released"),
        Permission.NOTICE_RELEASE,
        due_matters.due_releases,
        POLICE,
        timedelta(0),
        pages.NOTICE_DESK.path(),
        by_sms=True,
    ),
    DueKind(
        "feedback",
        _("feedback on an earlier message is due"),
        Permission.NOTICE_WRITE,
        due_matters.due_feedback,
        POLICE,
        DAY,
        pages.NOTICE_DESK.path(),
    ),
    DueKind(
        "request",
        _("a request for information is waiting for an answer from the police"),
        Permission.REQUEST_ANSWER,
        due_matters.due_requests,
        POLICE,
        3 * DAY,
        pages.REQUESTS_POLICE.path(),
    ),
    DueKind(
        "ask_coordinator",
        _("a question is waiting for an answer from the coordinator"),
        Permission.QUESTION_COORDINATOR,
        due_matters.due_questions_to_coordinator,
        COORDINATOR,
        3 * DAY,
        pages.QUESTIONS_COORDINATOR.path(),
    ),
    DueKind(
        "ask_police",
        _("a question is waiting for an answer from the police"),
        Permission.QUESTION_POLICE,
        due_matters.due_questions_to_police,
        POLICE,
        3 * DAY,
        pages.QUESTIONS_POLICE.path(),
    ),
    DueKind(
        "screening",
        _("a candidate whom the members chose is waiting for the screening"),
        Permission.MANDATE_APPOINT_COORDINATOR,
        due_matters.due_screenings,
        POLICE,
        7 * DAY,
        pages.MANDATES.path(),
        above=pages.MANDATES.path(),
        counts_people=True,
    ),
    DueKind(
        "enrolment",
        _("a neighbour who asks to join is waiting for an answer"),
        Permission.MEMBERS_MANAGE,
        due_matters.due_enrolments,
        COORDINATOR,
        7 * DAY,
        pages.MEMBERS_WAITING.path(),
        counts_people=True,
    ),
    DueKind(
        "absence_end",
        _("your absence ends: your tasks come back to you"),
        Permission.ABSENCE_NOTE,
        due_matters.due_ends_of_absences,
        (Hand.COORDINATOR,),
        timedelta(0),
        pages.ABSENCE.path(),
    ),
    DueKind(
        "silence",
        _("no message has come for a long time"),
        Permission.NOTICE_WRITE,
        due_matters.due_partnerships_without_message,
        POLICE,
        14 * DAY,
        pages.NOTICE_DESK.path(),
        also=Permission.REQUEST_ASK,
    ),
    DueKind(
        "activity_coordinator",
        _("an activity that you agreed on with the police"),
        Permission.EXCHANGE_TALK,
        due_matters.due_activities_of_coordinator,
        (Hand.COORDINATOR,),
        timedelta(0),
        pages.FOLLOWUP.path(),
    ),
    DueKind(
        "activity_police",
        _("an activity that the police agreed on with the coordinator"),
        Permission.EXCHANGE_TALK,
        due_matters.due_activities_of_police,
        (Hand.POLICE,),
        timedelta(0),
        pages.FOLLOWUP.path(),
    ),
)


def all_due_kinds() -> dict[str, DueKind]:
    """The kinds of this room and of those above it, by key, lower rooms first."""
    return {kind.key: kind for kind in _discovered_due_kinds()}


@cache
def _discovered_due_kinds() -> tuple[DueKind, ...]:
    modules = [
        import_module(f"{room.name}.{module.name}")
        for room in apps.get_app_configs()
        for module in iter_modules([room.path])
        if room.name.startswith("plp.") and f"_{module.name}".endswith("_clocks")
    ]
    kinds = [kind for module in modules for kind in module.KINDS]
    return tuple(sorted(kinds, key=lambda kind: kind.order))
