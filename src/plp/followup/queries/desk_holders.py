"""Who holds a desk of a partnership at an instant: the posts from the database, the answer from the rules."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from plp.accounts.models import Account
from plp.charter.models import PlanRule
from plp.charter.queries import plan_in_force
from plp.followup.models import Due
from plp.followup.rules import desk_holders
from plp.followup.rules.desk_holders import HANDS, Hand, OfficePost
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import mandates_marked_by_permission
from plp.mandates.rota_queries import current_shifts_of_area_and_ancestors
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person

PRESSING = (Permission.NOTICE_RELAY, Permission.NOTICE_RELEASE)
RELAY = "relay"  # the clock of messages that wait to be passed on


def office_posts(partnership: Partnership, permission: Permission, *, at: datetime) -> list[OfficePost]:
    """The posts around a partnership at ``at``, with what counts for holding a desk: one query.

    A rota counts for messages that wait: what has days does not change hands with each shift.
    """
    usable = ContactPoint.objects.filter(person=OuterRef("person"), stopped_at=None, confirmed_at__lte=at)
    account = Account.objects.filter(person=OuterRef("person"), is_active=True)
    found = mandates_marked_by_permission(partnership.area, permission, at=at).filter(role__in=HANDS)
    found = found.annotate(is_reachable=Q(Exists(usable)) | Q(Exists(account)), depth=Length("area__path"))
    if permission in PRESSING:
        on_call = current_shifts_of_area_and_ancestors(partnership.area, at=at).filter(person=OuterRef("person"))
        found = found.annotate(is_on_call=Exists(on_call))
    return [
        OfficePost(
            mandate=row.pk,
            person=row.person_id,
            role=Role(row.role),
            depth=row.depth,
            since=row.starts_at,
            carries=row.carries,  # type: ignore[attr-defined]  # annotated by posts_around
            is_away=row.is_away,  # type: ignore[attr-defined]
            is_reachable=row.is_reachable,
            is_on_call=getattr(row, "is_on_call", False),
        )
        for row in found
    ]


def person_in_charge_of_relaying(partnership: Partnership, *, at: datetime) -> Person | None:
    """The one person on whose desk the messages of the police to this partnership lie at ``at`` (R38, R39).

    By the mandates, absences, stand-ins and delegated tasks of that instant, the roles that the plan in force lets
    relay, and how far an unopened message was passed on. ``None`` only where no police are appointed at all.
    """
    found = desk_holders.find_desk_holder_post(
        office_posts(partnership, Permission.NOTICE_RELAY, at=at),
        passed=farthest_hand_of_waiting_messages(partnership),
        roles=roles_that_relay(partnership, at=at),
    )
    return Person.objects.get(pk=found.person) if found else None


def police_officer_in_charge(partnership: Partnership, permission: Permission, *, at: datetime) -> Person | None:
    """The one person of the police on whose desk a thing for them lies: the nearest who carries ``permission``."""
    able = [post for post in office_posts(partnership, permission, at=at) if post.carries]
    found = desk_holders.find_desk_holder_post(able, passed=Hand.POLICE)
    return Person.objects.get(pk=found.person) if found else None


def farthest_hand_of_waiting_messages(partnership: Partnership) -> Hand:
    """How far the messages that wait now have been passed on, the farthest counts."""
    hands = Due.objects.filter(partnership=partnership, kind=RELAY, done_at=None).values_list("hand", flat=True)
    return Hand(max(hands, default=0))


def roles_that_relay(partnership: Partnership, *, at: datetime) -> Collection[str]:
    """The roles that the plan in force lets relay some kind of message; none named without a plan: all may hold."""
    plan = plan_in_force(partnership, at=at)
    if plan is None:
        return ()
    rows = PlanRule.objects.filter(plan=plan, route=PlanRule.Route.COORDINATOR).values_list("relayers", flat=True)
    return {role for row in rows for role in row}
