"""Policy plans are written down once, and partnerships are linked to them (R59)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from plp.followup.models import PolicyPlan
from plp.followup.refusals import BadLink, PlanEndsFirst
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import WrongState
from plp.toolbox.words import normalise_text

MOST_TITLE, MOST_EXTRACT, MOST_LINK = 150, 2000, 300


@dataclass(frozen=True)
class PolicyDetails:
    """What is written down of a plan; ``included_on`` is the day on which it took the partnerships up."""

    kind: str
    title: str
    begins: date
    until: date | None
    language: str
    extract: str = ""
    link: str = ""
    included_on: date | None = None


@transaction.atomic
def add_policy(
    *, area: Area, plan: PolicyDetails, partnerships: Collection[Partnership], by: Person, at: datetime
) -> PolicyPlan:
    """Write a plan down and link partnerships. Raises ``NotAllowed``, ``BadWords``, ``BadLink``, ``PlanEndsFirst``."""
    require(by, Permission.POLICY_LINK, area, at=at)
    kept = PolicyPlan.objects.create(area=area, **_checked_policy_columns(plan))
    _set_partnerships(kept, partnerships, by=by, at=at)
    note(verb="policy.kept", by=by, at=at, area=area.path, target=kept, partnerships=len(partnerships))
    return kept


@transaction.atomic
def change_policy(
    *, policy: PolicyPlan, plan: PolicyDetails, partnerships: Collection[Partnership], by: Person, at: datetime
) -> None:
    """Correct what is written, and who is linked.

    Raises as ``add_policy`` does, and ``WrongState`` once it is struck.
    """
    _require_right_and_lock_policy(policy, by=by, at=at)
    for key, value in _checked_policy_columns(plan).items():
        setattr(policy, key, value)
    policy.save()
    _set_partnerships(policy, partnerships, by=by, at=at)
    note(verb="policy.changed", by=by, at=at, area=policy.area.path, target=policy, partnerships=len(partnerships))


@transaction.atomic
def soft_delete_policy(*, policy: PolicyPlan, by: Person, at: datetime) -> None:
    """Take a plan away. Raises ``NotAllowed`` or ``WrongState``."""
    _require_right_and_lock_policy(policy, by=by, at=at)
    policy.struck_at = at
    policy.save(update_fields=["struck_at"])
    note(verb="policy.struck", by=by, at=at, area=policy.area.path, target=policy)


def _require_right_and_lock_policy(policy: PolicyPlan, *, by: Person, at: datetime) -> None:
    require(by, Permission.POLICY_LINK, policy.area, at=at)
    if not PolicyPlan.objects.select_for_update().filter(pk=policy.pk, struck_at=None).exists():
        raise WrongState


def _set_partnerships(policy: PolicyPlan, partnerships: Collection[Partnership], *, by: Person, at: datetime) -> None:
    for one in partnerships:
        require(by, Permission.POLICY_LINK, one.area, at=at)
    policy.partnerships.set(partnerships)


def _checked_policy_columns(plan: PolicyDetails) -> dict[str, Any]:
    """What is kept, checked."""
    if plan.until is not None and plan.until < plan.begins:
        raise PlanEndsFirst
    link = plan.link.strip()
    parts = urlsplit(link)
    if link and (parts.scheme != "https" or "." not in parts.netloc or len(link) > MOST_LINK or not link.isprintable()):
        raise BadLink
    return {
        "kind": PolicyPlan.Kind(plan.kind),
        "title": normalise_text(plan.title, most=MOST_TITLE),
        "begins": plan.begins,
        "until": plan.until,
        "language": plan.language,
        "extract": normalise_text(plan.extract, most=MOST_EXTRACT, lines=True, empty=True),
        "link": link,
        "included_on": plan.included_on,
    }
