"""The day of a change of a quarter, as one transaction (ADR 72)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from plp.charter.actions.amendments import raise_and_mail_amendment
from plp.charter.models import Amendment, CommunicationPlan, PlanRule
from plp.charter.queries import plan_in_force
from plp.delivery.actions import stop_waiting_messages
from plp.delivery.models import Message
from plp.evening.models import Meeting
from plp.journal.actions import note
from plp.launch.actions.quarter_changes import WORKING
from plp.launch.letters import send_change_to_mandate_holders
from plp.launch.models import LifeAct, QuarterChange, QuarterChangeMember
from plp.launch.queries.quarter_changes import (
    OPEN_MEETINGS,
    OPEN_NOTICES,
    memberships_moving_with_change,
    parts_of_change,
)
from plp.launch.states import QUARTER_MOVES, QuarterState
from plp.launch.table_changes import TableChanges
from plp.mandates.grants import Role
from plp.mandates.models import Mandate, Rota
from plp.mandates.queries import mandates_of_exact_area
from plp.mandates.rotas import delete_rota
from plp.membership import list_drafts
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.notices.models import Notice
from plp.partnership.models import Partnership, Statement
from plp.partnership.states import State
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Area
from plp.places.queries import quarter_as_snapshot
from plp.toolbox.moves import WrongState, move

# Letters that speak of the merged partnership alone: its rest, its steps, its charter and rules, its offices, its list.
# What police and members say, meetings (they go along) and the letters about the merger itself leave all the same.
ABOUT_OLD_ONLY = (
    "launch.life_",
    "launch.reminder",
    "charter.",
    "evaluation.",
    "partnership.absence_",
    "partnership.mandate_ending",
    "partnership.asked_anew",
)


@transaction.atomic
def carry_out_quarter_change(*, change: QuarterChange, by: Person | None, at: datetime) -> None:
    """Carry a change out, whole or not at all. Raises ``WrongState`` and what ``places`` refuses."""
    move(change, QuarterState.DONE, table=QUARTER_MOVES, done_at=at)
    partnership = (
        Partnership.objects.select_for_update(no_key=True).select_related("area").get(pk=change.partnership_id)
    )
    if partnership.state not in WORKING or (change.other is not None and change.other.state != State.ACTIVE):
        raise WrongState
    change.partnership = partnership
    log, areas = TableChanges(), {}
    going = _members_without_objection(change)
    areas[str(partnership.area_id)] = quarter_as_snapshot(partnership.area)
    other = change.other or _create_split_partnership(change, log, by=by, at=at)
    if change.kind != QuarterChange.Kind.SPLIT:
        areas[str(other.area_id)] = quarter_as_snapshot(other.area)
    _move_streets_to_other(change, other, by=by, at=at)
    _transfer_members(change, other, going, log, at=at)
    _transfer_or_end_mandates(change, other, log, by=by, at=at)
    if change.kind == QuarterChange.Kind.MERGE:
        _move_open_work_and_mark_merged(change, other, log)
        _delete_rota_but_keep_for_undo(partnership, log, by=by, at=at)
        list_drafts.delete_list_drafts_of(partnership=partnership, by=by, at=at)
        _stop_queued_letters_of_old_partnership(partnership, by=by, at=at)
    _raise_and_mail_charter_amendments_for_new_area((partnership, other), log, by=by, at=at)
    QuarterChange.objects.filter(pk=change.pk).update(other=other, before={"rows": log.rows, "areas": areas})
    LifeAct.objects.create(partnership=partnership, kind=change.kind, reason=change.reason, by=by, at=at)
    note(verb="quarter.done", by=by, at=at, area=partnership.area.path, target=change, members=len(going))
    send_change_to_mandate_holders(change, "done", by=by, at=at)


def _members_without_objection(change: QuarterChange) -> list[Membership]:
    """Whoever goes along, was told, and did not object."""
    willing = set(
        change.members.exclude(answer=QuarterChangeMember.Answer.STAYS).values_list("membership_id", flat=True)
    )
    return [row for row in memberships_moving_with_change(change) if row.pk in willing]


def _create_split_partnership(
    change: QuarterChange, log: TableChanges, *, by: Person | None, at: datetime
) -> Partnership:
    """The partnership of the part that is split off: it works at once, by the same plan and the same wishes."""
    origin = change.partnership
    parent = Area.objects.get(path=origin.area.parent_path)
    area = places.create_quarter(parent=parent, key=change.key, names=change.names, by=by, at=at)
    log.record_created(area)
    partnership = Partnership.objects.create(
        area=area,
        key=change.key,
        kind=origin.kind,
        state=origin.state,
        languages=origin.languages,
        purpose=origin.purpose,
        contact_phone=origin.contact_phone,
        founded_at=at,
        launched_at=at,
    )
    log.record_created(partnership)
    note(verb="partnership.founded", by=by, at=at, area=area.path, target=partnership, kind=origin.kind)
    for statement in Statement.objects.filter(partnership=origin).order_by("position", "pk"):
        log.record_created(_copy_row_with_values(statement, partnership=partnership))
    plan = plan_in_force(origin, at=at)
    if plan is not None:
        _copy_communication_plan(plan, partnership, log)
    return partnership


def _copy_communication_plan(plan: CommunicationPlan, partnership: Partnership, log: TableChanges) -> None:
    rules = list(PlanRule.objects.filter(plan=plan).order_by("pk"))
    copy = _copy_row_with_values(plan, partnership=partnership, version=1)
    log.record_created(copy)
    for rule in rules:
        _copy_row_with_values(rule, plan=copy)


def _copy_row_with_values[Row: models.Model](row: Row, **values: object) -> Row:
    """The same row once more, with another key and these values."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    for name in values:
        fields.pop(row._meta.get_field(name).attname)  # type: ignore[union-attr]
    copy: Row = type(row)._default_manager.create(**fields, **values)
    return copy


def _move_streets_to_other(change: QuarterChange, other: Partnership, *, by: Person | None, at: datetime) -> None:
    if change.kind == QuarterChange.Kind.MERGE:
        places.merge_quarters_and_count_addresses(area=other.area, other=change.partnership.area, by=by, at=at)
        return
    area = Area.objects.get(pk=other.area_id)
    places.move_streets(area=change.partnership.area, other=area, parts=parts_of_change(change), by=by, at=at)


def _transfer_members(
    change: QuarterChange, other: Partnership, going: Sequence[Membership], log: TableChanges, *, at: datetime
) -> None:
    """Each membership goes over as it is, with its days; whoever belongs there already is a member once."""
    there = set(Membership.objects.filter(partnership=other, state__in=STAYING).values_list("person_id", flat=True))
    for membership in going:
        if membership.person_id in there:
            log.update_and_record(membership, state=Belonging.LEFT, left_at=at)
        else:
            log.update_and_record(membership, partnership=other)
    if change.kind == QuarterChange.Kind.MERGE:
        objecting = Membership.objects.filter(partnership=change.partnership, state__in=STAYING)
        for membership in objecting:
            log.update_and_record(membership, state=Belonging.LEFT, left_at=at)


def _transfer_or_end_mandates(
    change: QuarterChange, other: Partnership, log: TableChanges, *, by: Person | None, at: datetime
) -> None:
    """Who holds an office goes, ends or stays, as was said. Of a merger whoever does not go ends.

    A coordinator who comes to a partnership that has one becomes a deputy.
    """
    is_merger = change.kind == QuarterChange.Kind.MERGE
    for mandate in list(mandates_of_exact_area(change.partnership.area, at=at)):
        choice = change.roles.get(str(mandate.pk), "ends" if is_merger else "stays")
        if choice == "stays":
            continue
        log.update_and_record(mandate, ends_at=at)
        note(verb="mandate.ended", by=by, at=at, area=mandate.area.path, target=mandate, role=mandate.role)
        if choice == "goes":
            _appoint_in_other_partnership(mandate, other, log, by=by, at=at)


def _appoint_in_other_partnership(
    mandate: Mandate, other: Partnership, log: TableChanges, *, by: Person | None, at: datetime
) -> None:
    office = mandates_of_exact_area(other.area, at=at)
    is_taken = mandate.role == Role.COORDINATOR and office.filter(role=Role.COORDINATOR).exists()
    role = Role.DEPUTY if is_taken else Role(mandate.role)
    if office.filter(person=mandate.person_id, role=role).exists():
        return
    new = _copy_row_with_values(mandate, area=other.area, role=role, starts_at=at, ends_at=None, confirmed_at=None)
    log.record_created(new)
    note(verb="mandate.appointed", by=by, at=at, area=other.area.path, target=new, role=role)


def _move_open_work_and_mark_merged(change: QuarterChange, other: Partnership, log: TableChanges) -> None:
    """What is planned or being written goes on over there; the merged partnership stays as history."""
    for meeting in Meeting.objects.filter(partnership=change.partnership, state__in=OPEN_MEETINGS):
        log.update_and_record(meeting, partnership=other)
    for notice in Notice.objects.filter(partnership=change.partnership, state__in=OPEN_NOTICES):
        log.update_and_record(notice, partnership=other)
    log.update_and_record(change.partnership, state=State.MERGED)


def _delete_rota_but_keep_for_undo(
    partnership: Partnership, log: TableChanges, *, by: Person | None, at: datetime
) -> None:
    """Nobody is on call for the merged partnership any more; the hours come back if the merger is taken back."""
    rota = Rota.objects.select_related("area").filter(area=partnership.area).first()
    if rota is None:
        return
    for shift in rota.shifts.exclude(in_return=None):
        log.update_and_record(shift, in_return=None)
    for row in (*rota.shifts.all(), rota):
        log.record_deletion(row)
    delete_rota(rota=rota, by=by, at=at)


def _stop_queued_letters_of_old_partnership(partnership: Partnership, *, by: Person | None, at: datetime) -> None:
    """What was to leave in the morning would lead to pages that are over, or say what is no longer so."""
    about = models.Q(*(("purpose__startswith", start) for start in ABOUT_OLD_ONLY), _connector=models.Q.OR)
    letters = Message.objects.filter(about, on_behalf_of=partnership.area.path)
    stop_waiting_messages(messages=letters, by=by, at=at)


def _raise_and_mail_charter_amendments_for_new_area(
    partnerships: Sequence[Partnership], log: TableChanges, *, by: Person | None, at: datetime
) -> None:
    """The charters that are signed no longer say which area they are for: an addendum is to be signed (R95)."""
    for partnership in partnerships:
        if partnership.state == State.MERGED:
            continue
        known_keys = set(Amendment.objects.filter(deed__partnership=partnership).values_list("pk", flat=True))
        raise_and_mail_amendment(partnership=partnership, cause=Amendment.Cause.AREA, by=by, at=at)
        for amendment in Amendment.objects.filter(deed__partnership=partnership).exclude(pk__in=known_keys):
            log.record_created(amendment)
