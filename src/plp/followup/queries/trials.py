"""Reads about test messages: which are under way, and how many members each reached (R131)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from plp.delivery.queries import Tally, message_tally
from plp.followup.models import Trial
from plp.mandates.grants import Permission
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person

UNDER_WAY = (State.DRAFT, State.SUBMITTED, State.RELEASED)


@dataclass(frozen=True)
class TrialResult:
    """A relayed test in figures. ``reached`` counts the copies that left or arrived; of the others nobody knows yet."""

    trial: Trial
    counts: Tally

    @property
    def reached(self) -> int:
        """Members whom a copy left for, or reached."""
        return self.counts.reached

    @property
    def percent_reached(self) -> int:
        """In percent of all members who have a way to be reached."""
        return round(100 * self.reached / self.counts.audience) if self.counts.audience else 0


def trials_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Trial]:
    """The test messages of the partnerships whose delivery ``person`` may see, the newest first."""
    found = Trial.objects.filter(notice__partnership__in=partnerships_in_scope(person, Permission.DELIVERY_SEE, at=at))
    return found.select_related("notice__partnership__area", "notice__relay__message").order_by("-at", "pk")


def unrelayed_trial(partnership: Partnership) -> Trial | None:
    """The test message that is not relayed yet."""
    return Trial.objects.filter(notice__partnership=partnership, notice__state__in=UNDER_WAY).first()


def trial_result(trial: Trial) -> TrialResult | None:
    """How many it reached; ``None`` before it was relayed. One query."""
    relay = getattr(trial.notice, "relay", None)
    return TrialResult(trial, message_tally(relay.message)) if relay else None
