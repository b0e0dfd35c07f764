"""A quarter is split, merged or gives streets away: prepared, released by a second person, told (ADR 72)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from plp.delivery.actions import stop_waiting_messages
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State as CopyState
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.launch.letters import (
    CHANGE,
    CHANGE_ENDED,
    send_change_to_mandate_holders,
    send_change_to_members,
    send_talk_request_to_coordinator,
)
from plp.launch.models import QuarterChange, QuarterChangeMember
from plp.launch.queries.quarter_changes import (
    covers_doors_of_other_quarters,
    memberships_moving_with_change,
    moving_doors_of_register,
    rough_areas_after_change,
)
from plp.launch.queries.quarter_rights import can_give_streets_to, has_authority_over_change, may_release_change
from plp.launch.refusals import (
    ChangeTooSoon,
    DoorsElsewhere,
    NothingGoes,
    NotYourOwnChange,
    QuarterNotFit,
    ReasonMissing,
)
from plp.launch.states import QUARTER_MOVES, QuarterState
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, require
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.places.actions import BadKey, BadName, KeyTaken
from plp.places.actions.quarters import KEY
from plp.places.models import Area
from plp.places.queries import StreetPart, addresses_of
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move
from plp.wording.held_words import PUBLIC_RULES, require_text_passes_check

NOTICE = timedelta(days=14)  # members have so long to object
REASON = 300
WORKING = (State.ACTIVE, State.DORMANT)


@dataclass(frozen=True)
class QuarterPlan:
    """What somebody wants of a quarter. ``other``: of a merger or a redrawing; ``key`` and ``names``: of a split."""

    kind: str
    day: date
    reason: str
    other: Partnership | None = None
    key: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[StreetPart] = ()


@transaction.atomic
def create_unannounced_quarter_change(
    *, partnership: Partnership, plan: QuarterPlan, by: Person, at: datetime
) -> QuarterChange:
    """Prepare a change; nothing is told nor done. Raises ``NotAllowed``, ``WrongState`` and what does not fit."""
    _require_lead_of_both_partnerships(partnership, plan.other, by, at)
    if (
        partnership.state not in WORKING
        or QuarterChange.objects.filter(
            partnership=partnership, state__in=[QuarterState.DRAFT, QuarterState.TOLD]
        ).exists()
    ):
        raise WrongState
    if not plan.reason.strip():
        raise ReasonMissing
    require_text_passes_check(plan.reason, language=partnership.languages[0], rules=PUBLIC_RULES)
    _refuse_day_within_notice(plan.day, at=at)
    names = _check_split_or_neighbour_and_clean_names(partnership, plan)
    change = QuarterChange.objects.create(
        partnership=partnership,
        other=plan.other,
        kind=plan.kind,
        key=plan.key,
        names=names,
        parts=_parts_as_json(plan.parts),
        reason=plan.reason.strip()[:REASON],
        day=plan.day,
        prepared_by=by,
        prepared_at=at,
    )
    _refuse_impossible_change(change)
    note(verb="quarter.prepared", by=by, at=at, area=partnership.area.path, target=change, kind=plan.kind)
    return change


def _parts_as_json(parts: Sequence[StreetPart]) -> list[dict[str, str | int]]:
    return [
        {
            "street": part.street.pk,
            "side": part.selector.side,
            "first": part.selector.first,
            "last": part.selector.last,
        }
        for part in dict.fromkeys(parts)
    ]


def _refuse_day_within_notice(day: date, *, at: datetime) -> None:
    first = local(at).date() + NOTICE
    if day < first:
        raise ChangeTooSoon(day=date_format(first, "DATE_FORMAT"))


def _check_split_or_neighbour_and_clean_names(partnership: Partnership, plan: QuarterPlan) -> dict[str, str]:
    """The names of the new quarter of a split; a neighbour that fits otherwise."""
    if plan.kind != QuarterChange.Kind.SPLIT:
        fits = plan.other is not None and plan.other.pk != partnership.pk and plan.other.state == State.ACTIVE
        if not fits or not can_give_streets_to(partnership, plan.other):
            raise QuarterNotFit
        return {}
    names = {language: " ".join(name.split()) for language, name in plan.names.items() if name.strip()}
    if not names:
        raise BadName
    if not KEY.fullmatch(plan.key):
        raise BadKey
    path = f"{partnership.area.parent_path}q-{plan.key}/"
    if Partnership.objects.filter(key=plan.key).exists() or Area.objects.filter(path=path).exists():
        raise KeyTaken
    return names


def _refuse_impossible_change(change: QuarterChange) -> None:
    """Raise ``NothingGoes``, ``DoorsElsewhere`` or what ``places`` refuses, before anybody is told."""
    if change.kind == QuarterChange.Kind.MERGE:
        if change.other is None or change.other.area.parent_path != change.partnership.area.parent_path:
            raise QuarterNotFit
        return
    rough_areas_after_change(change)
    going = len(moving_doors_of_register(change))
    if not change.parts or not going or going == addresses_of(change.partnership.area).count():
        raise NothingGoes
    if covers_doors_of_other_quarters(change):
        raise DoorsElsewhere


@transaction.atomic
def replace_street_parts_of_change(
    *, change: QuarterChange, parts: Sequence[StreetPart], by: Person, at: datetime
) -> None:
    """Say anew which parts of streets go, while nobody is told. Raises as ``create_unannounced_quarter_change``."""
    _require_lead_of_both_partnerships(change.partnership, change.other, by, at)
    _lock_change(change, QuarterState.DRAFT)
    change.parts = _parts_as_json(parts)
    _refuse_impossible_change(change)
    change.save(update_fields=["parts"])
    note(verb="quarter.changed", by=by, at=at, area=change.partnership.area.path, target=change)


@transaction.atomic
def set_mandates_that_move_or_end(
    *, change: QuarterChange, choices: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Say which mandates ``goes`` or ``ends``, until the day itself; the rest stay."""
    _require_lead_of_both_partnerships(change.partnership, change.other, by, at)
    _lock_change(change, QuarterState.DRAFT, QuarterState.TOLD)
    change.roles = {mandate: choice for mandate, choice in choices.items() if choice in {"goes", "ends"}}
    change.save(update_fields=["roles"])
    note(verb="quarter.changed", by=by, at=at, area=change.partnership.area.path, target=change)


@transaction.atomic
def release_quarter_change_and_tell_members(*, change: QuarterChange, by: Person, at: datetime) -> int:
    """Release it as the second person: everybody whose membership goes along is told; answer how many letters.

    Raises ``NotYourOwnChange``, ``ChangeTooSoon`` when the day came near, ``WrongState``.
    """
    if not may_release_change(by, change, at=at):
        raise NotYourOwnChange
    _refuse_day_within_notice(change.day, at=at)
    _refuse_impossible_change(change)
    move(change, QuarterState.TOLD, table=QUARTER_MOVES, released_by=by, told_at=at)
    letters = tell_moving_members_once(change=change, by=by, at=at)
    letters += send_change_to_mandate_holders(change, "released", by=by, at=at)
    note(verb="quarter.released", by=by, at=at, area=change.partnership.area.path, target=change, told=letters)
    return letters


@transaction.atomic
def tell_moving_members_once(*, change: QuarterChange, by: Person | None, at: datetime) -> int:
    """Tell each member who goes along and does not know it yet, once; answer how many letters were queued."""
    known_keys = set(change.members.values_list("membership_id", flat=True))
    new = [row for row in memberships_moving_with_change(change) if row.pk not in known_keys]
    QuarterChangeMember.objects.bulk_create(
        QuarterChangeMember(change=change, membership=row, told_at=at) for row in new
    )
    return send_change_to_members(change, [row.person_id for row in new], CHANGE, by=by, at=at) if new else 0


@transaction.atomic
def save_member_answer_to_quarter_change(*, told: QuarterChangeMember, answer: str, by: Person, at: datetime) -> None:
    """Object, ask the coordinator, or take it back: the member, or the coordinator on their word.

    Raises ``NotAllowed``, ``WrongState`` once it is carried out.
    """
    membership = told.membership
    if by.pk != membership.person_id:
        require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    change = _lock_change(told.change, QuarterState.TOLD)
    if told.answer == answer:
        return
    told.answer = QuarterChangeMember.Answer(answer)
    told.save(update_fields=["answer"])
    note(verb="quarter.answered", by=by, at=at, area=change.partnership.area.path, target=change)
    if told.answer == QuarterChangeMember.Answer.ASKS:
        send_talk_request_to_coordinator(change, by=by, at=at)


@transaction.atomic
def cancel_quarter_change_and_tell(*, change: QuarterChange, by: Person, at: datetime) -> None:
    """Give it up before its day; whoever was told hears so. Raises ``NotAllowed``, ``WrongState``."""
    if not has_authority_over_change(by, change, at=at):
        raise NotAllowed
    move(change, QuarterState.GIVEN_UP, table=QUARTER_MOVES)
    stop_change_letters_and_tell_readers(change=change, by=by, at=at)
    note(verb="quarter.given_up", by=by, at=at, area=change.partnership.area.path, target=change)


@transaction.atomic
def stop_change_letters_and_tell_readers(*, change: QuarterChange, by: Person | None, at: datetime) -> None:
    """What waits of the letters about a change leaves no more; whoever had theirs hears that it was given up."""
    stop_waiting_messages(messages=Message.objects.filter(subject=change.pk), by=by, at=at)
    unread = Dispatch.objects.filter(message__subject=change.pk, state=CopyState.STOPPED)
    readers = change.members.exclude(membership__person__in=unread.values("person"))
    persons = list(readers.values_list("membership__person_id", flat=True))
    if persons:
        send_change_to_members(change, persons, CHANGE_ENDED, by=by, at=at)


def _lock_change(change: QuarterChange, *states: QuarterState) -> QuarterChange:
    row = QuarterChange.objects.select_for_update(no_key=True).filter(pk=change.pk, state__in=states).first()
    if row is None:
        raise WrongState
    return row


def _require_lead_of_both_partnerships(
    partnership: Partnership, other: Partnership | None, by: Person, at: datetime
) -> None:
    for concerned in (partnership, other):
        if concerned is not None:
            require(by, Permission.PARTNERSHIP_LEAD, concerned.area, at=at)
