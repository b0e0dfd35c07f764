"""A list of members from a file, once it was checked: brought in, taken back within a day (R48, ``list_drafts``).

Whoever brings the list in vouches that everybody on it agreed, and says what to, when, and where the proof is kept;
each person is told this by mail or SMS, with a link that ends it by one tap (R81). Telephones and letterboxes that no
machine reaches wait until the coordinator has called or rung at the door. Where they are to say yes anew, nobody is a
member before that (``fresh_consents``).
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.texts import Slot
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.firms import (
    asks_for_firms,
    delete_deserted_firms,
    merge_into_firm_at_same_door,
    register_firm_of_applicant,
    set_firm_and_delete_deserted,
)
from plp.membership.fresh_consents import mail_fresh_consent_requests
from plp.membership.list_drafts import (
    ConsentProof,
    create_list_draft_from_table,
    list_table_of_draft,
    preview_of_draft,
    require_partnership_open_for_list_import,
)
from plp.membership.lists.preview import Preview, PreviewRow
from plp.membership.models import ListImport, Membership
from plp.membership.states import LISTING, Belonging, Listing
from plp.membership.table_statistics import analyze_tables
from plp.partnership.models import Partnership
from plp.people import actions as persons
from plp.people.batches import BATCH, Newcomer, erase_persons_without_sign_in, register_persons
from plp.people.models import Consent, ContactPoint, Person, Preference
from plp.people.queries import contacts_of
from plp.toolbox.clock import BRUSSELS
from plp.toolbox.moves import Refused, move

TEXTS = Path(__file__).parent / "texts"
IMPORTED = LetterTemplate(TEXTS, "imported", "partnership.imported", urgent=False)
UNDO_WITHIN = timedelta(days=1)
DRAFT_LIVES = timedelta(days=1)
VOUCHED = _("to be a member and to be reached, as your coordinator vouches")
WITH_COORDINATOR = _("with your coordinator")


class StillFaulty(Refused):
    """Rows with a problem: all or nothing."""

    sentence = _("Nobody was added: %(count)d rows have a problem. Correct them, or choose to leave them out.")


class NothingNew(Refused):
    """Nobody on the list is new."""

    sentence = _("Nobody was added: nobody on this list is new.")


class TooLateToUndo(Refused):
    """More than a day has passed."""

    sentence = _("A list can be undone for one day only. Let people leave one by one in the list of members.")


@transaction.atomic
def import_good_rows_and_draft_rest(*, list_import: ListImport, by: Person, at: datetime) -> ListImport | None:
    """Bring in the rows without a problem; those that have one stay as a draft of their own, to be corrected.

    Answers that draft, if there is one. Raises as ``import_list_draft``.
    """
    require(by, Permission.MEMBERS_MANAGE, list_import.partnership.area, at=at)
    table = list_table_of_draft(list_import) if list_import.state == Listing.DRAFT else None
    preview = import_list_draft(list_import=list_import, skip_bad=True, by=by, at=at)
    bad = {row.entry.line for row in preview.bad}
    if table is None or not bad:
        return None
    remainder = replace(table, lines=tuple(line for line in table.lines if line[0] in bad))
    proof = ConsentProof(
        list_import.proof_what, list_import.proof_on, list_import.proof_kept, asks_anew=list_import.asks_anew
    )
    return create_list_draft_from_table(list_import.partnership, remainder, list_import.columns, proof, by=by, at=at)


@transaction.atomic
def import_list_draft(*, list_import: ListImport, skip_bad: bool, by: Person, at: datetime) -> Preview:
    """Bring the people of a draft in, all or nothing, and tell each of them; answer what was done row by row.

    ``skip_bad`` leaves the faulty rows out. Raises ``NotAllowed``, ``NotOpenToLists``, ``WrongState``, ``StillFaulty``
    or ``NothingNew``.
    """
    partnership = list_import.partnership
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    require_partnership_open_for_list_import(partnership)
    preview = preview_of_draft(list_import) if list_import.state == Listing.DRAFT else Preview(())
    move(list_import, Listing.DONE, table=LISTING, done_at=at)
    counts = preview.counts
    if counts["bad"] and not skip_bad:
        raise StillFaulty(count=counts["bad"])
    if not counts["new"] + counts["added"]:
        raise NothingNew
    version = f"import:{list_import.pk.hex}"
    keys = _register_new_members_of_list(
        list_import, [row for row in preview.rows if row.fate == "new"], version, by=by, at=at
    )
    added = _add_contacts_to_known_members([row for row in preview.rows if row.fate == "added"], version, by=by, at=at)
    list_import.content, list_import.made = "", {"persons": keys, "contacts": added}
    list_import.created, list_import.updated = counts["new"], counts["added"]
    list_import.unchanged = counts["known"] + counts["twice"]
    list_import.save(update_fields=["content", "made", "created", "updated", "unchanged"])
    analyze_tables(Person, ContactPoint, Preference, Membership)
    if list_import.asks_anew:
        mail_fresh_consent_requests(list_import=list_import, by=by, at=at)
    else:
        _send_import_notices(list_import, by=by, at=at)
    note(
        verb="list.brought_in",
        by=by,
        at=at,
        area=partnership.area.path,
        target=list_import,
        created=list_import.created,
        updated=list_import.updated,
        unchanged=list_import.unchanged,
        left_out=counts["bad"],
    )
    return preview


def _register_new_members_of_list(
    list_import: ListImport, rows: list[PreviewRow], version: str, *, by: Person, at: datetime
) -> list[str]:
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
        consented_at=datetime.combine(list_import.proof_on, time(12), tzinfo=BRUSSELS),
        confirmed=() if list_import.asks_anew else senders().keys(),
        by=by,
        at=at,
    )
    memberships = [_unsaved_membership_by_list(list_import, person, at=at) for person in people]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    _register_firms(list_import.partnership, rows, memberships, by=by, at=at)
    return [person.pk.hex for person in people]


def _unsaved_membership_by_list(list_import: ListImport, person: Person, *, at: datetime) -> Membership:
    """A member at once, or somebody who waits until they say yes."""
    waits = list_import.asks_anew
    return Membership(
        partnership=list_import.partnership,
        person=person,
        state=Belonging.PENDING if waits else Belonging.ACTIVE,
        asked_at=at,
        joined_at=None if waits else at,
        says_yes_anew=waits,
    )


def _register_firms(
    partnership: Partnership, rows: list[PreviewRow], memberships: list[Membership], *, by: Person, at: datetime
) -> None:
    """Give each new member the firm of their row; several rows with one number and door are one firm."""
    for row, membership in zip(rows, memberships, strict=True):
        house = row.entry.house if row.street else ""
        firm = register_firm_of_applicant(partnership, row.entry.firm, street=row.street, house=house, by=by, at=at)
        if firm is not None:
            set_firm_and_delete_deserted(membership, firm, by=by, at=at)
            merge_into_firm_at_same_door(membership, by=by, at=at)


def _add_contacts_to_known_members(rows: list[PreviewRow], version: str, *, by: Person, at: datetime) -> list[str]:
    """Give members the contacts that the list knows and we did not; answer the keys of these."""
    people = Person.objects.in_bulk([row.person for row in rows])
    keys = []
    for row in rows:
        person = people[row.person]
        for channel, address in row.new_contacts:
            point = persons.add_contact(person=person, channel=channel, address=address, by=by, at=at)
            if channel in senders():
                persons.confirm_contact_and_clear_failure(contact=point, by=by, at=at)
            kind = Consent.Kind.CHANNEL
            persons.record_consent(person=person, kind=kind, subject=channel, version=version, by=by, at=at)
            keys.append(point.pk.hex)
    return keys


def _send_import_notices(list_import: ListImport, *, by: Person, at: datetime) -> None:
    """Tell everybody who came in now: by whom, on which proof, and how to leave. Bulk: no alarm waits for it."""
    partnership = list_import.partnership
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
            "what": list_import.proof_what,
            "day": date_format(list_import.proof_on, "DATE_FORMAT"),
            "kept": list_import.proof_kept,
            "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
            "settings_link": pages.MEMBER_ENTRY.link(),
            "stop_link": Slot.STOP_LINK,
        },
        area=partnership.area,
        by=by,
        at=at,
    )


@transaction.atomic
def undo_list_import_erasing_persons(*, list_import: ListImport, by: Person, at: datetime) -> int:
    """Take a list back within a day: whom it brought is erased, contacts it added are removed; answer how many people.

    Whoever got a role with a sign-in since stays. Raises ``NotAllowed``, ``TooLateToUndo`` or ``WrongState``.
    """
    require(by, Permission.MEMBERS_MANAGE, list_import.partnership.area, at=at)
    if list_import.done_at is not None and at > list_import.done_at + UNDO_WITHIN:
        raise TooLateToUndo
    keys = list_import.made
    move(list_import, Listing.UNDONE, table=LISTING, undone_at=at, made={})
    ContactPoint.objects.filter(pk__in=[UUID(hex=key) for key in keys.get("contacts", [])]).delete()
    erased = erase_persons_without_sign_in(keys=[UUID(hex=key) for key in keys.get("persons", [])], by=by, at=at)
    if asks_for_firms(list_import.partnership):
        delete_deserted_firms(by=by, at=at)
    note(verb="list.undone", by=by, at=at, area=list_import.partnership.area.path, target=list_import, persons=erased)
    return erased


@transaction.atomic
def delete_old_list_drafts_and_undo_data(*, by: Person | None, at: datetime) -> int:
    """Once a day: drafts that nobody brought in go, and what could be undone is final; answer how many drafts (R84)."""
    ListImport.objects.filter(state=Listing.DONE, done_at__lt=at - UNDO_WITHIN).exclude(made={}).update(made={})
    old = ListImport.objects.filter(state=Listing.DRAFT, started_at__lt=at - DRAFT_LIVES)
    gone = old.count()
    if gone:
        old.delete()
        note(verb="list.forgotten", by=by, at=at, lists=gone)
    return gone
