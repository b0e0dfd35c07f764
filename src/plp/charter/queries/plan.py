"""Reads of the plan in force: the routing configuration, and nothing beside it."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS, Office
from plp.charter.models import CommunicationPlan, PlanRule
from plp.charter.rules import MessageRule
from plp.charter.states import PlanState
from plp.delivery.installed import planned_channels
from plp.mandates.grants import POLICE, Role
from plp.partnership.models import Partnership
from plp.toolbox.moves import Refused


class NoPlan(Refused):
    """No communication plan in force covers this kind of message: nothing may be sent (R92, R104)."""

    sentence = _("The communication plan in force says nothing about this kind of message. Agree on the plan first.")


def plan_in_force(partnership: Partnership, *, at: datetime) -> CommunicationPlan | None:
    """The plan in force at ``at``, today or in the past (R103)."""
    in_time = Q(in_force_from__lte=at) & (Q(in_force_until=None) | Q(in_force_until__gt=at))
    return CommunicationPlan.objects.filter(in_time, partnership=partnership).order_by("-version").first()


def rule_of_row(row: PlanRule, languages: Sequence[str]) -> MessageRule:
    """A row of the plan as plain data."""
    return MessageRule(
        kind=row.kind,
        route=row.route,
        writers=tuple(row.writers),
        releasers=tuple(row.releasers),
        relayers=tuple(row.relayers),
        channels=tuple(row.channels),
        hours_from=row.hours_from,
        hours_until=row.hours_until,
        expiry_minutes=row.expiry_minutes,
        feedback_hours=row.feedback_hours,
        languages=tuple(languages),
        release_minutes=row.release_minutes,
        relay_minutes=row.relay_minutes,
        required_languages=tuple(row.required_languages or ()),
        answers_narrowed=row.answers_narrowed,
        acknowledged=row.acknowledged,
    )


def required_plan_rule(partnership: Partnership, kind: str, *, at: datetime) -> MessageRule:
    """How a message of ``kind`` travels in this partnership at ``at``. Raises ``NoPlan``."""
    plan = plan_in_force(partnership, at=at)
    row = plan.rules.filter(kind=kind).first() if plan else None
    if row is None:
        raise NoPlan
    return rule_of_row(row, partnership.languages)


def rules_of_plan(plan: CommunicationPlan) -> list[MessageRule]:
    """The whole plan, for its page."""
    return [rule_of_row(row, plan.partnership.languages) for row in plan.rules.order_by("pk")]


def proposed_channels(order: Sequence[str]) -> tuple[str, ...]:
    """The installed channels in ``order``; those that it does not name stand before the first that is carried by hand,
    and last if they are carried by hand themselves.
    """
    installed = planned_channels()
    named = [key for key in order if key in installed]
    unnamed = [key for key in installed if key not in order]
    cut = next((place for place, key in enumerate(named) if installed[key].abilities.by_hand), len(named))
    sent, carried = (
        [key for key in unnamed if installed[key].abilities.by_hand is by_hand] for by_hand in (False, True)
    )
    return (*named[:cut], *sent, *named[cut:], *carried)


def default_plan_rules() -> list[MessageRule]:
    """The plan a new partnership begins to talk about: police, then coordinator, then members (R107)."""
    return [
        MessageRule(
            kind=kind.key,
            route=PlanRule.Route.COORDINATOR,
            writers=(Role.OFFICER, Role.DEPUTY_OFFICER),
            releasers=tuple(role for role in Role if role in POLICE),
            relayers=(Role.COORDINATOR, Role.DEPUTY),
            channels=proposed_channels(kind.channels),
            hours_from=None if kind.urgent else time(8),
            hours_until=None if kind.urgent else time(21),
            expiry_minutes=kind.expiry_minutes,
            feedback_hours=kind.feedback_hours,
            relay_minutes=kind.relay_minutes,
            languages=(),
        )
        for kind in KINDS.values()
    ]


def plan_in_preparation(partnership: Partnership) -> CommunicationPlan | None:
    """The newest draft of the plan, if it is newer than the plan in force."""
    newest = CommunicationPlan.objects.filter(partnership=partnership).order_by("-version").first()
    return newest if newest is not None and newest.state == PlanState.DRAFT else None


def plan_in_force_now(partnership: Partnership) -> CommunicationPlan | None:
    """The plan in force now."""
    return CommunicationPlan.objects.filter(partnership=partnership, state=PlanState.IN_FORCE).first()


def plan_versions(partnership: Partnership) -> QuerySet[CommunicationPlan]:
    """Every version of the plan, the newest first (R103)."""
    return CommunicationPlan.objects.filter(partnership=partnership).order_by("-version")


def office_reading_member_letters(partnership: Partnership) -> Office:
    """Who reads what a member writes about no message: the coordinator, unless the plan narrows all to the police."""
    plan = plan_in_force_now(partnership)
    rules = rules_of_plan(plan) if plan else []
    is_narrowed = bool(rules) and all(rule.office_for_answers == Office.POLICE for rule in rules)
    return Office.POLICE if is_narrowed else Office.COORDINATOR
