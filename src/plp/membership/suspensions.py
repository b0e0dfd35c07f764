"""A membership that rests or ends by a measure: for the room of measures, which asked who may (R99).

Whoever is suspended or excluded stands on no list, receives nothing and is counted nowhere, just as somebody who left.
"""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.membership.states import JOINING, Belonging
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import move


@transaction.atomic
def suspend_membership(*, person: Person, partnership: Partnership, by: Person | None, at: datetime) -> bool:
    """Let a membership rest; answer whether there was one. Raises ``NotAllowed`` for a person."""
    return _change_membership_state(Belonging.SUSPENDED, person, partnership, (Belonging.ACTIVE,), by=by, at=at)


@transaction.atomic
def restore_membership(*, person: Person, partnership: Partnership, by: Person | None, at: datetime) -> bool:
    """Wake a membership that rested. Raises ``NotAllowed`` for a person."""
    return _change_membership_state(Belonging.ACTIVE, person, partnership, (Belonging.SUSPENDED,), by=by, at=at)


@transaction.atomic
def exclude_member(*, person: Person, partnership: Partnership, by: Person | None, at: datetime) -> bool:
    """End a membership for good. Raises ``NotAllowed`` for a person."""
    rests_or_not = (Belonging.ACTIVE, Belonging.SUSPENDED)
    return _change_membership_state(Belonging.EXCLUDED, person, partnership, rests_or_not, by=by, at=at)


@transaction.atomic
def turn_exclusion_into_leaving(*, person: Person, partnership: Partnership, by: Person | None, at: datetime) -> bool:
    """Let an excluded membership look like one that was left: its measure is erased (R102)."""
    return _change_membership_state(Belonging.LEFT, person, partnership, (Belonging.EXCLUDED,), by=by, at=at)


def _change_membership_state(
    state: Belonging,
    person: Person,
    partnership: Partnership,
    origins: tuple[Belonging, ...],
    *,
    by: Person | None,
    at: datetime,
) -> bool:
    if by is not None:
        raise NotAllowed
    areas = [partnership.area]
    while areas[-1].merged_into is not None:  # of one that was merged: where its members went
        areas.append(areas[-1].merged_into)
    membership = Membership.objects.filter(person=person, partnership__area__in=areas, state__in=origins).first()
    if membership is None:
        return False
    goes = {"left_at": at} if state == Belonging.EXCLUDED else {}
    move(membership, state, table=JOINING, **goes)
    note(verb=f"membership.{state}", by=by, at=at, area=partnership.area.path, target=membership)
    return True
