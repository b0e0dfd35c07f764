"""Writes about members: join, accept, leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.delivery.letters import LetterTemplate, send_letter
from plp.firms.models import Firm
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, require, require_unless_machine
from plp.membership.firms import (
    FirmEntry,
    leave_and_delete_deserted_firm,
    merge_into_firm_at_same_door,
    register_firm_of_applicant,
)
from plp.membership.house_moves import end_membership_moved_from
from plp.membership.letters import TEXTS, membership_letter_values
from plp.membership.models import Membership
from plp.membership.states import JOINING, STAYING, Belonging
from plp.membership.street_recruits import increment_street_recruits
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.partnership.states import OPEN, State
from plp.people import actions as persons
from plp.people.models import Consent, ContactPoint, Person
from plp.places.models import Street
from plp.toolbox.moves import Refused, WrongState, move

WELCOME = LetterTemplate(TEXTS, "welcome", "partnership.welcome")
GOODBYE = LetterTemplate(TEXTS, "goodbye", "partnership.goodbye", despite_stop=True)  # a receipt: no pause holds it


class NotOpen(Refused):
    """The partnership is only an idea, rests or has ended, so nobody can join it."""

    sentence = _("This partnership is not open for joining at the moment.")


class MustDeclare(Refused):
    """A condition of joining was not ticked (R64, R65, R68)."""

    sentence = _(
        "To join, confirm that you are 18 or older, that you live or work here, and that you accept the rules."
    )


@dataclass(frozen=True)
class JoinRequest:
    """What somebody tells in the join form. ``contacts`` are (channel, normal address) in the member's own order."""

    name: str
    language: str
    contacts: Sequence[tuple[str, str]]
    rules_version: str
    is_adult: bool
    lives_or_works_here: bool
    accepts_rules: bool
    street: Street | None = None
    house: str = ""
    police_sees_name: bool = False
    internal_rules: str = ""  # version of the partnership's own internal rules, where it has some (R98)
    recruited_by: Street | None = None  # the street whose paper led here
    firm: FirmEntry | None = None  # of a trader: at the street and number above
    colleague_of: Firm | None = None  # the firm whose link led here


@transaction.atomic
def request_membership(
    *, partnership: Partnership, joining: JoinRequest, by: Person | None, at: datetime
) -> Membership:
    """Ask to join: open to everybody who lives or works there and is an adult (R63-R65), from the creation on (R24).

    Waits for the coordinator. Whether an address is known already is never told here: its owner alone learns it by
    mail (T13). Raises ``NotOpen``, ``MustDeclare``, ``BadName``, ``BadHouse``, and what ``register_firm`` raises.
    """
    if partnership.state not in OPEN:
        raise NotOpen
    if not (joining.is_adult and joining.lives_or_works_here and joining.accepts_rules and joining.contacts):
        raise MustDeclare
    person = persons.register_person(
        name=joining.name,
        language=joining.language,
        street=joining.street,
        house=joining.house,
        is_new=True,
        by=by,
        at=at,
    )
    kinds = [
        Consent.Kind.JOINING,
        Consent.Kind.ADULT,
        Consent.Kind.LIVES_OR_WORKS,
        Consent.Kind.CONDUCT,
        Consent.Kind.INTERNAL_RULES,
        *([Consent.Kind.POLICE_SEES_NAME] if joining.police_sees_name else []),
    ]
    own = {Consent.Kind.INTERNAL_RULES: joining.internal_rules or joining.rules_version}
    for kind in kinds:
        persons.record_consent(person=person, kind=kind, version=own.get(kind, joining.rules_version), by=by, at=at)
    for channel, address in joining.contacts:
        persons.add_contact(person=person, channel=channel, address=address, by=by, at=at)
        persons.record_consent(
            person=person, kind=Consent.Kind.CHANNEL, subject=channel, version=joining.rules_version, by=by, at=at
        )
    membership = Membership.objects.create(
        partnership=partnership,
        person=person,
        asked_at=at,
        firm=joining.colleague_of
        or register_firm_of_applicant(
            partnership, joining.firm, street=joining.street, house=joining.house, by=by, at=at
        ),
    )
    if joining.recruited_by is not None:
        increment_street_recruits(partnership, joining.recruited_by)
    note(verb="membership.asked", by=by, at=at, area=partnership.area.path, target=membership)
    return membership


@transaction.atomic
def accept_and_welcome_member(*, membership: Membership, by: Person | None, at: datetime) -> bool:
    """Let somebody in and welcome them (R45); whether a welcome leaves.

    Raises ``WrongState``, ``NotAllowed`` or ``PartnershipOver``.

    None leaves where no e-mail or SMS of theirs is confirmed: the welcome is then printed.
    """
    partnership = membership.partnership
    require_unless_machine(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    require_living(partnership)
    move(membership, Belonging.ACTIVE, table=JOINING, joined_at=at)
    end_membership_moved_from(membership, by=by, at=at)
    merge_into_firm_at_same_door(membership, by=by, at=at)
    note(verb="membership.accepted", by=by, at=at, area=partnership.area.path, target=membership)
    return _send_membership_letter(WELCOME, membership, by=by, at=at)


@transaction.atomic
def leave_partnership_with_receipt(*, membership: Membership, by: Person, at: datetime) -> bool:
    """Leave, at any moment, without a reason. By the member, or by the coordinator on their word (R79).

    Whether a receipt leaves: at once, also during a pause, by a way of theirs that is confirmed and not stopped.
    """
    if by.pk != membership.person_id:
        require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    has_receipt = _send_membership_letter(GOODBYE, membership, by=by, at=at)
    move(membership, Belonging.LEFT, table=JOINING, left_at=at)
    leave_and_delete_deserted_firm(membership, by=by, at=at)
    note(verb="membership.left", by=by, at=at, area=membership.partnership.area.path, target=membership)
    return has_receipt


@transaction.atomic
def end_all_memberships(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Let everybody leave a partnership that has ended or merged; answer how many. They were told before (R148)."""
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    if partnership.state not in {State.MERGED, State.ENDED}:
        raise WrongState
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING)
    count = inside.update(state=Belonging.LEFT, left_at=at)
    note(verb="partnership.dissolved", by=by, at=at, area=partnership.area.path, target=partnership, left=count)
    return count


@transaction.atomic
def confirm_contact_by_hand(*, membership: Membership, contact: ContactPoint, by: Person, at: datetime) -> None:
    """Confirm a member's contact that no code can reach: by a call to it, or at the door (R66)."""
    require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    if contact.person_id != membership.person_id:
        raise NotAllowed
    persons.confirm_contact_and_clear_failure(contact=contact, by=by, at=at)


def _send_membership_letter(
    template: LetterTemplate, membership: Membership, *, by: Person | None, at: datetime
) -> bool:
    """Write one of our letters to a member by their own channels; whether one leaves."""
    copies = send_letter(
        template,
        to=ContactPoint.objects.filter(person=membership.person_id, stopped_at=None),
        context=membership_letter_values(membership),
        area=membership.partnership.area,
        by=by,
        at=at,
    )
    return copies > 0
