"""Whoever joins while a message is valid gets it, too: once, and by the same channels and hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from plp.charter.queries import required_plan_rule
from plp.charter.rules import next_sending_time
from plp.delivery import actions as delivery
from plp.journal.actions import note
from plp.membership.firms import contact_order_by_opening_hours
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice, Relay
from plp.notices.queries import contacts_of_notice_audience
from plp.notices.rules.release import earliest_sending_time
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.moves import Refused


def queue_valid_notices_for_newcomers(*, by: Person | None, at: datetime) -> int:
    """Queue every valid message for those who joined after it was relayed. Answers how many copies.

    May be done twice, and is then done once: nobody gets a message a second time.
    """
    return sum(_queue_notice_for_newcomers(notice, by=by, at=at) for notice in _valid_notices_with_newcomers(at))


def _valid_notices_with_newcomers(at: datetime) -> QuerySet[Notice]:
    """Messages that end later, for everybody or a part of the quarter, in a quarter where somebody joined since."""
    newcomers = Membership.objects.filter(
        partnership=OuterRef("partnership"), state=Belonging.ACTIVE, joined_at__gt=OuterRef("relayed_at")
    )
    valid = Notice.objects.filter(
        Exists(newcomers),
        state=State.RELAYED,
        reaches_newcomers=True,
        answers=None,
        corrects=None,
        relay__message__expired_at=None,
        relay__message__expires_at__gt=at,
        relay__message__stopped_at=None,
    )
    return valid.select_related("partnership__area", "relay__message")


@transaction.atomic
def _queue_notice_for_newcomers(notice: Notice, *, by: Person | None, at: datetime) -> int:
    """Queue one message for those who joined since; nobody where the plan holds no such kind, or it was stopped."""
    joined = Membership.objects.filter(
        partnership=notice.partnership, state=Belonging.ACTIVE, joined_at__gt=notice.relayed_at
    )
    contacts = contacts_of_notice_audience(notice).filter(person__in=joined.values("person"))
    try:
        rule = required_plan_rule(notice.partnership, notice.kind, at=at)
        due_at = next_sending_time(rule, earliest_sending_time(notice.send_at, at))
        before = contact_order_by_opening_hours(notice.partnership, at=due_at)
        queued = delivery.enqueue_copy_for_each_person(
            message=notice.relay.message, contacts=contacts, at=at, due_at=due_at, order_first=before
        )
    except Refused:
        return 0
    if queued:
        Relay.objects.filter(pk=notice.pk).update(audience=F("audience") + queued)
        note(verb="notice.sent_to_newcomers", by=by, at=at, area=notice.partnership.area.path, target=notice, n=queued)
    return queued
