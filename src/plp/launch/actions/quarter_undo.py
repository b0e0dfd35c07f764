"""A change of a quarter is taken back within a day, exactly (ADR 72)."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from plp.journal.actions import note
from plp.launch.letters import CHANGE_ENDED, send_change_to_mandate_holders, send_change_to_members
from plp.launch.models import Course, LifeAct, Position, QuarterChange
from plp.launch.queries.quarter_rights import has_authority_over_change, may_undo_change
from plp.launch.refusals import CannotUndoChange
from plp.launch.states import QUARTER_MOVES, QuarterState
from plp.launch.table_changes import undo_table_changes
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership, StreetRecruits
from plp.membership.states import STAYING, Belonging
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Area, Coverage, CoveredAddress
from plp.toolbox.moves import move

BESIDE = {Membership, StreetRecruits, Course, Position, Coverage, CoveredAddress}  # no reason to keep a new quarter


@transaction.atomic
def undo_quarter_change_within_a_day(*, change: QuarterChange, by: Person, at: datetime) -> None:
    """Take a change back within a day: every row is again what it was; who joined since stays a member.

    Raises ``NotAllowed``, ``CannotUndoChange``, ``WrongState``.
    """
    if not has_authority_over_change(by, change, at=at):
        raise NotAllowed
    if not may_undo_change(by, change, at=at) or not change.before:
        raise CannotUndoChange
    move(change, QuarterState.UNDONE, table=QUARTER_MOVES, undone_at=at)
    other, earlier_state = change.other, change.before
    if change.kind == QuarterChange.Kind.SPLIT and other is not None:
        _move_later_joiners_back_or_refuse(change, other, {row[1] for row in earlier_state["rows"]})
    try:
        undo_table_changes(earlier_state["rows"])
    except models.ProtectedError as protected:
        raise CannotUndoChange from protected
    for key, snapshot in earlier_state["areas"].items():
        places.restore_quarter_from_snapshot(area=Area.objects.get(pk=key), snapshot=snapshot, by=by, at=at)
    QuarterChange.objects.filter(pk=change.pk).update(before={})
    LifeAct.objects.create(
        partnership_id=change.partnership_id, kind=LifeAct.Kind.UNDONE, reason=change.reason, by=by, at=at
    )
    change.refresh_from_db()
    note(verb="quarter.undone", by=by, at=at, area=change.partnership.area.path, target=change)
    persons = list(change.members.values_list("membership__person_id", flat=True))
    send_change_to_members(change, persons, CHANGE_ENDED, by=by, at=at)
    send_change_to_mandate_holders(change, "undone", by=by, at=at)


def _move_later_joiners_back_or_refuse(change: QuarterChange, other: Partnership, kept_keys: set[str]) -> None:
    """Bring whoever joined the new partnership since into the old one; refuse where anything else hangs on it."""
    QuarterChange.objects.filter(pk=change.pk).update(other=None)
    for owner in (other, other.area):
        for relation in owner._meta.related_objects:
            hanging = relation.related_model._default_manager.filter(**{relation.field.name: owner.pk})
            keys = {str(key) for key in hanging.values_list("pk", flat=True)}
            if relation.related_model not in BESIDE and keys - kept_keys:
                raise CannotUndoChange
    old = set(
        Membership.objects.filter(partnership=change.partnership_id, state__in=STAYING).values_list(
            "person_id", flat=True
        )
    )
    uuids = [UUID(key) for key in kept_keys if len(key) == len(str(UUID(int=0)))]
    for membership in Membership.objects.filter(partnership=other).exclude(pk__in=uuids):
        is_double = membership.person_id in old and membership.state in STAYING
        state = Belonging.LEFT if is_double else membership.state
        Membership.objects.filter(pk=membership.pk).update(partnership=change.partnership_id, state=state)
    for model in (StreetRecruits, Course, Position):
        model._default_manager.filter(partnership=other).delete()
