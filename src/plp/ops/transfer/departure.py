"""A partnership leaves: closed on its day, packed into letters, and forgotten here once the other side has it.

Each step is one transaction that begins where the last one ended: a machine that is killed in between goes on.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction

from plp.delivery.actions import redact_terms_in_sent_texts
from plp.delivery.texts import strip_slots
from plp.exchange.actions.moved_contacts import queue_membership_ends
from plp.exchange.actions.moves import keep_partnership_here
from plp.exchange.models import MovedContact, PartnershipMove
from plp.exchange.outbox import queue_letter
from plp.exchange.rules import MOST_ENDS, MOST_PARTS, PART_BYTES
from plp.exchange.states import PARTNERSHIP_MOVES, LetterKind, MachineReason, MoveState
from plp.journal.actions import note
from plp.mandates.models import Mandate
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.ops.transfer.archive import seal_partnership_archive
from plp.ops.transfer.scope import Rows, helpers_only_of_these_members, rows_that_move_with_partnership
from plp.partnership import actions as partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.actions import erase_person
from plp.people.models import ContactPoint, Household, Person
from plp.protection.retention import column_rule
from plp.toolbox.clock import local
from plp.toolbox.crypto import SealedText
from plp.toolbox.moves import move

KEPT_WITH_NAMES = "archive"  # the rule of retention for what the authorities signed: it stays where it was signed


@transaction.atomic
def close_partnership_on_moving_day(departure: PartnershipMove, *, at: datetime) -> None:
    """On the day: nobody joins and nothing is sent from now on, so that nothing changes while it is packed."""
    partnership = departure.partnership
    if partnership is None:
        return
    departure.was_state, departure.closed_at = partnership.state, at
    departure.save(update_fields=["was_state", "closed_at"])
    if partnership.state == State.ACTIVE:
        partnerships.change_partnership_state(partnership=partnership, to=State.DORMANT, by=None, at=at)


@transaction.atomic
def pack_archive_and_queue_its_letters(departure: PartnershipMove, *, at: datetime) -> int:
    """Pack a partnership that was closed at an earlier look, and queue its letters. Answers how many."""
    if departure.partnership is None:
        return 0
    locked = Partnership.objects.select_for_update(of=("self",)).select_related("area")
    partnership = locked.get(pk=departure.partnership.pk)
    partnership.state = departure.was_state  # as it was before it was closed: so it goes on there
    rows = rows_that_move_with_partnership(partnership)
    rows[Partnership] = {partnership.pk: partnership}
    sealed = seal_partnership_archive(partnership, rows, recipient=departure.partner.recipient, at=at)
    pieces = [sealed[start : start + PART_BYTES] for start in range(0, len(sealed), PART_BYTES)]
    if len(pieces) > MOST_PARTS:
        move(departure, MoveState.RETURNED, table=PARTNERSHIP_MOVES, because=MachineReason.TOO_LARGE)
        queue_letter(departure.partner, LetterKind.MOVE_BACK, {"move": str(departure.key)}, by=None, at=at)
        keep_partnership_here(departure, were_members_told=True, by=None, at=at)
        return 0
    move(departure, MoveState.SENT, table=PARTNERSHIP_MOVES, packed=_member_and_contact_keys(rows), parts=len(pieces))
    for number, piece in enumerate(pieces, 1):
        content = {
            "move": str(departure.key),
            "part": number,
            "parts": len(pieces),
            "content": base64.b64encode(piece).decode(),
        }
        queue_letter(departure.partner, LetterKind.MOVE_PART, content, by=None, at=at)
    note(
        verb="exchange.move_sent",
        by=None,
        at=at,
        area=partnership.area.path,
        target=partnership,
        parts=len(pieces),
        rows=sum(len(rows_of_table) for rows_of_table in rows.values()),
    )
    return len(pieces)


def _member_and_contact_keys(rows: Rows) -> dict[str, list[str]]:
    """Whom and what the archive holds, by keys: to see afterwards what ended meanwhile."""
    staying = [key for key, row in rows.get(Membership, {}).items() if row.state in STAYING]  # type: ignore[attr-defined]
    usable = [key for key, row in rows.get(ContactPoint, {}).items() if row.stopped_at is None]  # type: ignore[attr-defined]
    return {"memberships": [str(key) for key in staying], "contacts": [str(key) for key in usable]}


@transaction.atomic
def end_and_erase_moved_partnership(departure: PartnershipMove, *, at: datetime) -> int:
    """Once it is there: pass on what ended here meanwhile, end the partnership, erase its people. Answers how many."""
    partnership = departure.partnership
    if partnership is None:
        return 0
    _forward_ends_since_packing(departure, at)
    _keep_contact_digests_for_later_stops(departure)
    partnerships.change_partnership_state(partnership=partnership, to=State.ENDED, by=None, at=at)
    rows = rows_that_move_with_partnership(partnership)
    Membership.objects.filter(partnership=partnership, state__in=STAYING).update(state=Belonging.LEFT, left_at=at)
    _empty_sealed_texts_that_law_does_not_keep(rows)
    Mandate.objects.filter(area=partnership.area, ends_at=None).update(ends_at=at)
    erased = _erase_persons_only_here(partnership, at)
    departure.partner.letters.filter(kind=LetterKind.MOVE_PART).update(content={})
    departure.packed, departure.finished_at = {}, at
    departure.save(update_fields=["packed", "finished_at"])
    note(
        verb="exchange.moved_away",
        by=None,
        at=at,
        area=partnership.area.path,
        target=partnership,
        erased=erased,
        members=departure.members,
    )
    return erased


def _forward_ends_since_packing(departure: PartnershipMove, at: datetime) -> None:
    """Who left or said STOP between the packing and now: they said it here, and it holds there."""
    staying = Membership.objects.filter(partnership=departure.partnership, state__in=STAYING)
    usable = ContactPoint.objects.filter(stopped_at=None)
    memberships = sorted(_missing_keys(departure.packed.get("memberships", []), staying))
    contacts = sorted(_missing_keys(departure.packed.get("contacts", []), usable))
    for start in range(0, max(len(memberships), len(contacts)), MOST_ENDS):
        part = slice(start, start + MOST_ENDS)
        queue_membership_ends(departure, contacts=contacts[part], memberships=memberships[part], at=at)


def _missing_keys(keys: list[str], remaining_rows: "models.QuerySet[Any]") -> set[str]:
    present: set[str] = set()
    for start in range(0, len(keys), MOST_ENDS):
        present |= {
            str(key)
            for key in remaining_rows.filter(pk__in=keys[start : start + MOST_ENDS]).values_list("pk", flat=True)
        }
    return set(keys) - present


def _keep_contact_digests_for_later_stops(departure: PartnershipMove) -> None:
    """Of each way to reach a member its key and keyed digest, so that a STOP that comes here still holds."""
    keys = departure.packed.get("contacts", [])
    for start in range(0, len(keys), MOST_ENDS):
        contacts = ContactPoint.objects.filter(pk__in=keys[start : start + MOST_ENDS], stopped_at=None)
        MovedContact.objects.bulk_create(
            [
                MovedContact(id=key, move=departure, digest=digest)
                for key, digest in contacts.values_list("pk", "digest")
            ],
            ignore_conflicts=True,
        )


def _empty_sealed_texts_that_law_does_not_keep(rows: Rows) -> None:
    """Empty the sealed words of the partnership, but for those that the authorities signed and the law keeps."""
    for table, rows_of_table in rows.items():
        fields = [name for name in _sealed_field_names(table) if not _is_kept_after_move(table, name)]
        if not fields or table in {Person, ContactPoint, Household}:
            continue
        for row in rows_of_table.values():
            for name in fields:
                setattr(row, name, "")
            row.save(update_fields=fields)


def _sealed_field_names(table: type[models.Model]) -> Iterator[str]:
    return (field.name for field in table._meta.concrete_fields if isinstance(field, SealedText))


def _is_kept_after_move(table: type[models.Model], name: str) -> bool:
    rule = column_rule(f"{table._meta.app_label}.{table.__name__}.{name}")
    return rule is not None and rule.key == KEPT_WITH_NAMES


def _erase_persons_only_here(partnership: Partnership, at: datetime) -> int:
    """Erase whoever belonged to it, or served it, and has nothing else here."""
    inside = models.Q(memberships__partnership=partnership) | models.Q(mandates__area=partnership.area)
    elsewhere = Membership.objects.filter(state__in=STAYING).exclude(partnership=partnership)
    persons = Person.objects.filter(inside).exclude(pk__in=elsewhere.values("person")).distinct()
    other_roles = Mandate.objects.exclude(area=partnership.area)
    persons = persons.exclude(pk__in=other_roles.values("person"))
    chosen = list(persons.select_related("household").prefetch_related("contacts"))
    chosen += list(helpers_only_of_these_members(persons).prefetch_related("contacts"))
    words = [
        word for person in chosen for word in (strip_slots(person.name), *(it.address for it in person.contacts.all()))
    ]
    if words:
        redact_terms_in_sent_texts(terms=words, by=None, at=at)
    for person in chosen:
        erase_person(person=person, by=None, at=at)
    return len(chosen)


def has_moving_day_come(departure: PartnershipMove, at: datetime) -> bool:
    """Whether the day of a move has come."""
    return departure.day is not None and departure.day <= local(at).date()
