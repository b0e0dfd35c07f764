"""What a coordinator does for a member on their word, by telephone, on paper or at the door (R66, R79).

The member gets a receipt by their own e-mail or SMS; whoever has neither gets it on paper (``sheets``). Whoever has a
sign-in does it alone, for a role hangs on their addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.delivery.letters import LetterTemplate, send_letter
from plp.firms.actions import set_opening_hours
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, require
from plp.membership import erasure, replies
from plp.membership.firms import FirmEntry, enter_firm_of_member
from plp.membership.house_moves import HouseMove, record_move_and_ask_to_join_there
from plp.membership.models import Membership
from plp.people import actions as persons
from plp.people import preferences
from plp.people.models import Consent, ContactPoint, Person
from plp.places.models import Street
from plp.toolbox.moves import Refused

TEXTS = Path(__file__).parent / "texts"
CHANGED = LetterTemplate(TEXTS, "changed", "people.changed")


class RequestWay(StrEnum):
    """How the word came."""

    PHONE = "phone"
    PAPER = "paper"
    DOOR = "door"


class DoesItAlone(Refused):
    """The member has a sign-in: nobody else changes where their messages of office go."""

    sentence = _("This person has a sign-in here and changes their own settings. Nobody can do it for them.")


@dataclass(frozen=True)
class Correction:
    """What is right about a member, as they told it. No street: they only work in the quarter."""

    name: str
    language: str
    street: Street | None = None
    house: str = ""
    large_print: bool = False
    easy_to_read: bool = False
    shares_letters: bool = False
    call_note: str = ""
    firm: FirmEntry | None = None  # of a trader; None leaves what is there


@transaction.atomic
def correct_member_with_receipt(
    *, membership: Membership, correction: Correction, way: str, by: Person, at: datetime
) -> tuple[bool, HouseMove]:
    """Correct name, language, door, firm, print, the word for callers; whether a receipt leaves, where they move.

    Raises ``DoesItAlone`` and what ``rules`` raise.
    """
    person, moved = _require_member_without_account(membership, by=by, at=at), HouseMove()
    if correction.name != person.name:
        persons.rename_person(person=person, name=correction.name, by=by, at=at)
    if correction.language != person.language:
        persons.set_language(person=person, language=correction.language, by=by, at=at)
    if correction.street is not None:
        moved = record_move_and_ask_to_join_there(
            person=person, street=correction.street, house=correction.house, by=by, at=at
        )
    if correction.firm is not None:
        enter_firm_of_member(membership=membership, entry=correction.firm, by=by, at=at)
    preferences.set_reading_aids(
        person=person,
        large_print=correction.large_print,
        easy_to_read=correction.easy_to_read,
        shares_letters=correction.shares_letters,
        call_note=correction.call_note,
        by=by,
        at=at,
    )
    _note_on_behalf(membership, "corrected", way, by=by, at=at)
    return _send_change_receipt(membership, by=by, at=at), moved


@dataclass(frozen=True)
class ToldHours:
    """When a member is to be called and when left alone, as they told it.

    ``opening``: Monday to Sunday of their firm, ``at_firm`` the keys of the contacts in the shop; ``None`` without a
    firm. ``quiet``: from when until when, and whether an alarm breaks it; ``None`` leaves what they chose.
    """

    opening: Sequence[str] | None
    at_firm: Sequence[UUID]
    quiet: tuple[time | None, time | None, bool] | None


@transaction.atomic
def set_member_hours_with_receipt(
    *, membership: Membership, hours: ToldHours, way: str, by: Person, at: datetime
) -> bool:
    """Record opening hours and quiet hours on the member's word; whether a receipt leaves.

    Raises ``DoesItAlone`` and ``BadHours``.
    """
    person = _require_member_without_account(membership, by=by, at=at)
    if hours.opening is not None and membership.firm is not None:
        set_opening_hours(firm=membership.firm, hours=hours.opening, by=by, at=at)
        persons.set_contacts_at_firm(person=person, keys=hours.at_firm, by=by, at=at)
    if hours.quiet is not None:
        first, last, may_break = hours.quiet
        preferences.set_quiet_hours(
            person=person, quiet_from=first, quiet_until=last, alarm_breaks_quiet=may_break, by=by, at=at
        )
    _note_on_behalf(membership, "hours_set", way, by=by, at=at)
    return _send_change_receipt(membership, by=by, at=at)


@transaction.atomic
def add_member_contact(
    *, membership: Membership, channel: str, address: str, way: str, by: Person, at: datetime
) -> ContactPoint:
    """Add a way to be reached, with its consent; used once proven by a code, a call or at the door."""
    person = _require_member_without_account(membership, by=by, at=at)
    contact = persons.add_contact(person=person, channel=channel, address=address, by=by, at=at)
    kind = Consent.Kind.CHANNEL
    persons.record_consent(person=person, kind=kind, subject=channel, version=f"word:{RequestWay(way)}", by=by, at=at)
    _note_on_behalf(membership, "contact_added", way, by=by, at=at)
    _send_change_receipt(membership, by=by, at=at)
    return contact


@transaction.atomic
def stop_member_contact(*, membership: Membership, contact: ContactPoint, way: str, by: Person, at: datetime) -> None:
    """Stop a contact; its receipt is the last word that goes there."""
    if contact.person_id != membership.person_id:
        raise NotAllowed
    _require_member_without_account(membership, by=by, at=at)
    replies.stop_contact_and_queue_receipt(contact=contact, how=RequestWay(way).value, by=by, at=at)
    _note_on_behalf(membership, "stopped", way, by=by, at=at)


@transaction.atomic
def erase_member(*, membership: Membership, way: str, by: Person, at: datetime) -> None:
    """Let a member leave everywhere and be forgotten. Raises ``DoesItAlone``.

    The receipt is the page that the caller shows and prints: nothing is left to send one to.
    """
    person = _require_member_without_account(membership, by=by, at=at)
    _note_on_behalf(membership, "erased", way, by=by, at=at)
    erasure.leave_and_erase(person=person, by=by, at=at)


def _require_member_without_account(membership: Membership, *, by: Person, at: datetime) -> Person:
    """The member; may ``by`` do it for them?"""
    require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    if Account.objects.filter(person=membership.person_id).exists():
        raise DoesItAlone
    return membership.person


def _note_on_behalf(membership: Membership, what: str, way: str, *, by: Person, at: datetime) -> None:
    area, whom = membership.partnership.area.path, str(membership.person_id)
    how = RequestWay(way).value
    note(verb=f"membership.{what}_on_word", by=by, at=at, area=area, target=membership, how=how, done_for=whom)


def _send_change_receipt(membership: Membership, *, by: Person, at: datetime) -> bool:
    """Tell the member by their own e-mail or SMS that something was changed on their word; whether that leaves."""
    copies = send_letter(
        CHANGED,
        to=ContactPoint.objects.filter(person=membership.person_id),
        context=replies.member_letter_values(membership.person),
        area=membership.partnership.area,
        by=by,
        at=at,
    )
    return copies > 0
