"""The clock: find what is due, put it on one desk, remind once, pass it on, strike it out when it is done."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from plp.followup.clocks import DueKind, all_due_kinds
from plp.followup.letters import send_due_letter, send_reminder_to_other_side
from plp.followup.models import Due
from plp.followup.queries.desk_holders import office_posts
from plp.followup.rules import desk_holders
from plp.followup.rules.desk_holders import Hand, OfficePost
from plp.followup.rules.due import ClockAct, DueMatter, desk_due_time, next_clock_act, pass_on_time
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.models import Mandate
from plp.partnership.queries import partnerships_not_ended
from plp.people.models import Person


def remind_or_pass_on_due_matters(*, by: Person | None, at: datetime) -> int:
    """Do for every kind of due thing what is to be done at ``at``; answer how many reminders and passings-on.

    It may run every minute, twice at once, or after days of standstill: nothing is told twice, and whoever gets a
    thing has their whole term.
    """
    done, people = 0, _OfficePostCache(at)
    open_dues: dict[str, dict[UUID, Due]] = defaultdict(dict)
    for row in Due.objects.filter(done_at=None):
        open_dues[row.kind][row.matter] = row
    for kind in all_due_kinds().values():
        found = {one.matter: one for one in kind.find(partnerships_not_ended(), at)}
        for row in (row for matter, row in open_dues[kind.key].items() if matter not in found):
            _close_due_and_end_standins(row, by=by, at=at)
        for matter, one in found.items():
            done += _remind_or_pass_on(kind, one, open_dues[kind.key].get(matter), people, by=by, at=at)
    return done


class _OfficePostCache:
    """The posts of each partnership at one moment, read once a right."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.partnerships = {one.pk: one for one in partnerships_not_ended()}
        self.known: dict[tuple[UUID, str], list[OfficePost]] = {}

    def posts_for(self, partnership: UUID, kind: DueKind) -> list[OfficePost]:
        """The posts of a partnership for the right that ``kind`` needs."""
        key = (partnership, kind.permission)
        if key not in self.known:
            self.known[key] = office_posts(self.partnerships[partnership], kind.permission, at=self.at)
        return self.known[key]

    def forget(self, partnership: UUID) -> None:
        """Read them anew: a deputy stands in, or no longer."""
        self.known = {key: known for key, known in self.known.items() if key[0] != partnership}


@transaction.atomic
def _close_due_and_end_standins(row: Due, *, by: Person | None, at: datetime) -> None:
    """What no longer waits is done; a deputy who stood in for it stands down."""
    current = Due.objects.select_for_update().filter(pk=row.pk, done_at=None).first()
    if current is None:
        return
    Due.objects.filter(pk=current.pk).update(done_at=at)
    if current.hand >= Hand.DEPUTY:  # as it is now: another worker may have passed it on since it was read
        mandates.end_standins(matter=row.matter, by=by, at=at)


@transaction.atomic
def _remind_or_pass_on(
    kind: DueKind, matter: DueMatter, row: Due | None, people: _OfficePostCache, *, by: Person | None, at: datetime
) -> int:
    """One thing at one moment: on the right desk, then at most one reminder or one passing-on."""
    if row is None:
        row, _is_new = Due.objects.get_or_create(
            kind=kind.key,
            matter=matter.matter,
            done_at=None,
            defaults={"partnership_id": matter.partnership, "due_at": matter.due_at, "hand": kind.hands[0]},
        )
    row = Due.objects.select_for_update().get(pk=row.pk)
    row.partnership = people.partnerships[matter.partnership]
    _assign_and_notify_new_holder(kind, matter, row, people, at=at)
    what = next_clock_act(
        matter,
        at=at,
        passes_at=pass_on_time(matter, due_at=row.due_at, holder=row.holder_id, grace=kind.grace),
        is_reminded=row.reminded_at is not None,
        is_last=max(row.hand, row.desk) >= kind.hands[-1],
    )
    if what == ClockAct.HAND_ON:
        return _pass_on_and_notify(kind, matter, row, people, by=by, at=at)
    if what == ClockAct.REMIND:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        if kind.also is not None:
            send_reminder_to_other_side(row, kind, kind.also, at=at)
        return _send_due_letter_and_return_one("due_reminder", row, kind, row.holder_id, at=at)
    return 0


def _assign_and_notify_new_holder(
    kind: DueKind, matter: DueMatter, row: Due, people: _OfficePostCache, *, at: datetime
) -> None:
    """On the desk of whoever holds it now; who gets it from another desk is told and has a whole term."""
    was = (row.holder_id, row.desk, row.due_at)
    held = desk_holders.find_desk_holder_post(
        people.posts_for(matter.partnership, kind), passed=Hand(row.hand), roles=matter.roles
    )
    person = matter.owner or (held.person if held else None)
    is_new_desk = row.holder_id is not None and row.holder_id != person
    row.holder_id, row.desk = person, held.hand if held and not matter.owner else kind.hands[0]
    row.given_at = at if is_new_desk else row.given_at
    row.due_at = desk_due_time(matter, row.given_at)
    if was != (row.holder_id, row.desk, row.due_at):
        row.save(update_fields=["holder", "desk", "given_at", "due_at"])
    if is_new_desk:
        _send_due_letter_and_return_one("due_yours", row, kind, person, at=at)


def _pass_on_and_notify(
    kind: DueKind, matter: DueMatter, row: Due, people: _OfficePostCache, *, by: Person | None, at: datetime
) -> int:
    """Into the next hand that there is: a deputy gets the right to act with it. Both hear of it (R39)."""
    before, current = row.holder_id, max(row.hand, row.desk)
    for hand in [hand for hand in kind.hands if hand > current]:
        if hand == Hand.DEPUTY:
            _add_standin_for(kind, matter, people, by=by, at=at)
        held = desk_holders.find_desk_holder_post(
            people.posts_for(matter.partnership, kind), passed=hand, roles=matter.roles
        )
        if held is not None and (held.hand == hand or hand == kind.hands[-1]):
            row.hand, row.desk, row.holder_id = hand, held.hand, held.person
            break
    row.given_at = row.escalated_at = at
    row.reminded_at = row.reminded_at or at  # the letter that hands it over recalls it too
    row.due_at = desk_due_time(matter, row.given_at)
    row.save(update_fields=["hand", "desk", "holder", "given_at", "escalated_at", "reminded_at", "due_at"])
    area = row.partnership.area.path
    note(verb="due.passed_on", by=by, at=at, area=area, target=row, kind=kind.key, hand=row.hand)
    if before == row.holder_id:
        return 1
    if before is not None:
        _send_due_letter_and_return_one("due_moved", row, kind, before, at=at)
    return _send_due_letter_and_return_one("due_yours", row, kind, row.holder_id, at=at)


def _add_standin_for(
    kind: DueKind, matter: DueMatter, people: _OfficePostCache, *, by: Person | None, at: datetime
) -> None:
    """Give a deputy who can be reached the coordinator's tasks until this thing is done."""
    deputy = desk_holders.next_deputy(people.posts_for(matter.partnership, kind), roles=matter.roles)
    if deputy is not None:
        mandates.begin_standin(deputy=Mandate.objects.get(pk=deputy.mandate), matter=matter.matter, by=by, at=at)
        people.forget(matter.partnership)


def _send_due_letter_and_return_one(letter: str, row: Due, kind: DueKind, person: UUID | None, *, at: datetime) -> int:
    """Write to one person; answer 1: one act, however many ways lead to them."""
    persons = Person.objects.filter(pk__in=[person] if person else [])
    send_due_letter(letter, row, kind, persons, at=at)
    if letter == "due_yours" and kind.hand_over is not None:
        kind.hand_over(row.matter, persons, at)
    return 1
