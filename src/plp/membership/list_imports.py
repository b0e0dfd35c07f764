"""A list of members from a file: read as a draft, checked, brought in all or nothing, taken back within a day (R48).

Whoever brings the list in vouches that everybody on it agreed, and says what to, when, and where the proof is kept;
each person is told this by mail or SMS, with a link that ends it by one tap (R81). Telephones and letterboxes that no
machine reaches wait until the coordinator has called or rung at the door.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import Slot, plain
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.lists.columns import Field, matched
from plp.membership.lists.preview import Preview, PreviewRow, preview_list
from plp.membership.lists.tables import ListTable, read_table
from plp.membership.models import ListImport, Membership
from plp.membership.states import LISTING, Belonging, Listing
from plp.membership.table_statistics import update_statistics
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import OPEN
from plp.people import actions as persons
from plp.people.batches import BATCH, Newcomer, erase_persons, register_persons
from plp.people.models import Consent, ContactPoint, Person, Preference
from plp.people.queries import contacts_of
from plp.sandbox.virus_scan import scan
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.moves import Refused, WrongState, move

TEXTS = Path(__file__).parent / "texts"
IMPORTED = LetterTemplate(TEXTS, "imported", "partnership.imported", urgent=False)
UNDO_WITHIN = timedelta(days=1)
DRAFT_LIVES = timedelta(days=1)
VOUCHED = _("to be a member and to be reached, as your coordinator vouches")
WITH_COORDINATOR = _("with your coordinator")


class ConsentProofMissing(Refused):
    """Nobody is brought in without a proof of their consent (R81)."""

    sentence = _("Say what these people agreed to, on which day (not a day to come), and where the proof is kept.")


class StillFaulty(Refused):
    """Rows with a problem: all or nothing."""

    sentence = _("Nobody was added: %(count)d rows have a problem. Correct them, or choose to leave them out.")


class NothingNew(Refused):
    """Nobody on the list is new."""

    sentence = _("Nobody was added: nobody on this list is new.")


class NotOpenToLists(Refused):
    """The partnership is an idea, rests or has ended."""

    sentence = _("This partnership takes no members at the moment.")


class TooLateToUndo(Refused):
    """More than a day has passed."""

    sentence = _("A list can be undone for one day only. Let people leave one by one in the list of members.")


@dataclass(frozen=True)
class ConsentProof:
    """That the people on a list agreed: to what, on which day, and where that can be seen."""

    what: str
    on: date
    kept: str


def imports_in_scope(person: Person | None, *, at: datetime) -> QuerySet[ListImport]:
    """The lists that ``person`` may see: of the partnerships whose members they manage."""
    imports = ListImport.objects.filter(partnership__in=partnerships_in_scope(person, Permission.MEMBERS_MANAGE, at=at))
    return imports.select_related("partnership__area")


def table_of(listed: ListImport) -> ListTable:
    """What the file held, while the list is a draft."""
    held = json.loads(listed.content)
    return ListTable(tuple(held["header"]), tuple((line, tuple(cells)) for line, cells in held["lines"]))


def preview_of(listed: ListImport) -> Preview:
    """Every row of a draft, judged afresh."""
    return preview_list(table_of(listed), listed.columns, listed.partnership)


def create_draft(
    *, partnership: Partnership, content: bytes, proof: ConsentProof, by: Person, at: datetime
) -> ListImport:
    """Read a file as a draft. While it is read the database is held by nobody.

    Raises ``NotAllowed``, ``NotOpenToLists``, ``ConsentProofMissing``, and what ``read_table`` and ``scan`` raise.
    """
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    if partnership.state not in OPEN:
        raise NotOpenToLists
    if not (proof.what.strip() and proof.kept.strip() and proof.on <= local(at).date()):
        raise ConsentProofMissing
    scan(content)
    return _create_import(partnership, read_table(content), proof, by=by, at=at)


@transaction.atomic
def _create_import(
    partnership: Partnership, table: ListTable, proof: ConsentProof, *, by: Person, at: datetime
) -> ListImport:
    listed = ListImport.objects.create(
        partnership=partnership,
        content=json.dumps({"header": table.header, "lines": table.lines}),
        columns=matched(table.header),
        proof_what=plain(proof.what.strip()),
        proof_kept=plain(proof.kept.strip()),
        proof_on=proof.on,
        started_by=by,
        started_at=at,
    )
    note(verb="list.read", by=by, at=at, area=partnership.area.path, target=listed, rows=len(table.lines))
    return listed


@transaction.atomic
def set_columns(*, listed: ListImport, columns: Sequence[str], by: Person, at: datetime) -> None:
    """Correct what the columns hold; an unknown word leaves the column in the file. Raises ``WrongState``."""
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    fields = [column if column in set(Field) else "" for column in columns]
    if not ListImport.objects.filter(pk=listed.pk, state=Listing.DRAFT).update(columns=fields):
        raise WrongState
    listed.columns = fields
    note(verb="list.matched", by=by, at=at, area=listed.partnership.area.path, target=listed)


@transaction.atomic
def import_draft(*, listed: ListImport, skip_bad: bool, by: Person, at: datetime) -> Preview:
    """Bring the people of a draft in, all or nothing, and tell each of them; answer what was done row by row.

    ``skip_bad`` leaves the faulty rows out. Raises ``NotAllowed``, ``WrongState``, ``StillFaulty`` or ``NothingNew``.
    """
    partnership = listed.partnership
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    preview = preview_of(listed) if listed.state == Listing.DRAFT else Preview(())
    move(listed, Listing.DONE, table=LISTING, done_at=at)
    counts = preview.counts
    if counts["bad"] and not skip_bad:
        raise StillFaulty(count=counts["bad"])
    if not counts["new"] + counts["added"]:
        raise NothingNew
    version = f"import:{listed.pk.hex}"
    keys = _register(listed, [row for row in preview.rows if row.fate == "new"], version, by=by, at=at)
    added = _add_contacts([row for row in preview.rows if row.fate == "added"], version, by=by, at=at)
    listed.content, listed.made = "", {"persons": keys, "contacts": added}
    listed.created, listed.updated = counts["new"], counts["added"]
    listed.unchanged = counts["known"] + counts["twice"]
    listed.save(update_fields=["content", "made", "created", "updated", "unchanged"])
    update_statistics(Person, ContactPoint, Preference, Membership)
    _write_to_newcomers(listed, by=by, at=at)
    note(
        verb="list.brought_in",
        by=by,
        at=at,
        area=partnership.area.path,
        target=listed,
        created=listed.created,
        updated=listed.updated,
        unchanged=listed.unchanged,
        left_out=counts["bad"],
    )
    return preview


def _consented_at(listed: ListImport) -> datetime:
    return datetime.combine(listed.proof_on, time(12), tzinfo=BRUSSELS)


def _register(listed: ListImport, rows: list[PreviewRow], version: str, *, by: Person, at: datetime) -> list[str]:
    """Register the new ones as members; answer their keys."""
    newcomers = [
        Newcomer(
            row.entry.name, row.entry.language, row.entry.contacts, row.street, row.entry.house if row.street else ""
        )
        for row in rows
    ]
    people = register_persons(
        newcomers=newcomers,
        version=version,
        consented_at=_consented_at(listed),
        confirmed=senders().keys(),
        by=by,
        at=at,
    )
    memberships = (
        Membership(partnership=listed.partnership, person=person, state=Belonging.ACTIVE, asked_at=at, joined_at=at)
        for person in people
    )
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    return [person.pk.hex for person in people]


def _add_contacts(rows: list[PreviewRow], version: str, *, by: Person, at: datetime) -> list[str]:
    """Give members the contacts that the list knows and we did not; answer the keys of these."""
    people = Person.objects.in_bulk([row.person for row in rows])
    keys = []
    for row in rows:
        person = people[row.person]
        for channel, address in row.new_contacts:
            point = persons.add_contact(person=person, channel=channel, address=address, by=by, at=at)
            if channel in senders():
                persons.confirm_contact(contact=point, by=by, at=at)
            kind = Consent.Kind.CHANNEL
            persons.record_consent(person=person, kind=kind, subject=channel, version=version, by=by, at=at)
            keys.append(point.pk.hex)
    return keys


def _write_to_newcomers(listed: ListImport, *, by: Person, at: datetime) -> None:
    """Tell everybody who came in now: by whom, on which proof, and how to leave. Bulk: no alarm waits for it."""
    partnership = listed.partnership
    newcomers = Person.objects.filter(
        created_at=at,
        memberships__partnership=partnership,
        memberships__joined_at=at,
        memberships__state=Belonging.ACTIVE,
    )
    send_letter(
        IMPORTED,
        to=contacts_of(newcomers),
        context=lambda language: {
            "partnership": partnership.name(language),
            "what": listed.proof_what,
            "day": date_format(listed.proof_on, "DATE_FORMAT"),
            "kept": listed.proof_kept,
            "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
            "settings_link": pages.MEMBER_ENTRY.link(),
            "stop_link": Slot.STOP_LINK,
        },
        area=partnership.area,
        by=by,
        at=at,
    )


@transaction.atomic
def undo_import(*, listed: ListImport, by: Person, at: datetime) -> int:
    """Take a list back within a day: whom it brought is erased, contacts it added are removed; answer how many people.

    Whoever got a role with a sign-in since stays. Raises ``NotAllowed``, ``TooLateToUndo`` or ``WrongState``.
    """
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    if listed.done_at is not None and at > listed.done_at + UNDO_WITHIN:
        raise TooLateToUndo
    keys = listed.made
    move(listed, Listing.UNDONE, table=LISTING, undone_at=at, made={})
    ContactPoint.objects.filter(pk__in=[UUID(hex=key) for key in keys.get("contacts", [])]).delete()
    erased = erase_persons(keys=[UUID(hex=key) for key in keys.get("persons", [])], by=by, at=at)
    note(verb="list.undone", by=by, at=at, area=listed.partnership.area.path, target=listed, persons=erased)
    return erased


@transaction.atomic
def discard_draft(*, listed: ListImport, by: Person, at: datetime) -> None:
    """Throw a draft away with all it held. Nothing happens to a list that was brought in."""
    require(by, Permission.MEMBERS_MANAGE, listed.partnership.area, at=at)
    ListImport.objects.filter(pk=listed.pk, state=Listing.DRAFT).delete()
    note(
        verb="list.discarded",
        by=by,
        at=at,
        area=listed.partnership.area.path,
        target=f"partnership.listimport:{listed.pk}",
    )


@transaction.atomic
def delete_old_drafts(*, by: Person | None, at: datetime) -> int:
    """Once a day: drafts that nobody brought in go, and what could be undone is final; answer how many drafts (R84)."""
    ListImport.objects.filter(state=Listing.DONE, done_at__lt=at - UNDO_WITHIN).exclude(made={}).update(made={})
    old = ListImport.objects.filter(state=Listing.DRAFT, started_at__lt=at - DRAFT_LIVES)
    gone = old.count()
    if gone:
        old.delete()
        note(verb="list.forgotten", by=by, at=at, lists=gone)
    return gone
