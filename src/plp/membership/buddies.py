"""A relative or neighbour receives on behalf of a member who cannot be reached well themselves (R66).

Asked by the member, or by the coordinator on their word; agreed by the link in a letter to the helper's own contact.
Nobody learns here whether an address was known before (T13).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, can_channel_carry_letter, send_letter
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, require
from plp.membership import erasure
from plp.membership.letters import TEXTS
from plp.membership.models import Membership
from plp.membership.replies import area_of_earliest_partnership, member_letter_values
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people import actions as persons
from plp.people import buddies
from plp.people.models import Buddy, ContactPoint, Person
from plp.people.queries import buddy_agreements_in_force, contacts_at, open_agreements_as_helper
from plp.toolbox.crypto import is_valid_signature, sign
from plp.toolbox.moves import Refused

PURPOSE = "buddy"
VERSION = "buddy"  # the text read is the page, or the letter, itself
LASTS = timedelta(days=14)  # an invitation that nobody answers
ASKED = LetterTemplate(TEXTS, "buddy_asked", "people.buddy", lasts=LASTS, to_unconfirmed=True)
AGREED = LetterTemplate(TEXTS, "buddy_agreed", "people.buddy", lasts=LASTS)
ENDED = LetterTemplate(TEXTS, "buddy_ended", "people.buddy", lasts=LASTS)


def contacts_of_members_and_helpers(
    partnership: Partnership, *, person_condition: Q | None = None, has_firm: bool | None = None
) -> QuerySet[ContactPoint]:
    """The contacts of every active member, and of whoever receives on behalf of one.

    ``person_condition``: such as that they live behind certain doors. ``has_firm``: only those of a firm, or only the
    others.
    """
    active = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    if person_condition is not None:
        active = active.filter(person__in=Person.objects.filter(person_condition))
    if has_firm is not None:
        active = active.filter(firm__isnull=not has_firm)
    members = active.values("person")
    helpers = buddy_agreements_in_force(members).values("helper")
    return ContactPoint.objects.filter(person__in=members.union(helpers))  # one list: of two each contact is asked


def buddy_answer_link(buddy: Buddy) -> str:
    """Where the helper says yes or no, and ends it later: the signature is the proof that the letter came."""
    return pages.BUDDY_ANSWER.link(buddy.pk.hex, sign(buddy.pk.hex, purpose=PURPOSE))


def buddy_by_link(key: str, signature: str) -> Buddy | None:
    """The agreement behind such a link; ``None`` for a wrong one, also when it is gone."""
    if not is_valid_signature(key, signature, purpose=PURPOSE):
        return None
    return Buddy.objects.filter(pk=key).select_related("person", "helper").first()


class BuddyUnreachable(Refused):
    """The question goes in writing."""

    sentence = _("The question goes by e-mail or SMS: this number takes neither. Give an e-mail or a mobile number.")
    field = "address"


@transaction.atomic
def invite_buddy(
    *, person: Person, name: str, language: str, channel: str, address: str, by: Person, at: datetime
) -> Buddy:
    """Invite somebody, by a letter to their own address, to receive a copy of what ``person`` receives.

    By the person, or by their coordinator on their word. Raises ``NotAllowed``, ``BadName``, ``BuddyExists``,
    ``OwnHelper``, ``BuddyUnreachable``.
    """
    _require_self_or_manager(person, by=by, at=at)
    contact = _find_or_create_helper_contact(
        name=name, language=language, channel=channel, address=address, by=by, at=at
    )
    buddy = buddies.request_buddy(person=person, helper=contact.person, version=VERSION, by=by, at=at)
    if not can_channel_carry_letter(ASKED, contact.channel):
        raise BuddyUnreachable
    _send_buddy_letter(ASKED, buddy, ContactPoint.objects.filter(pk=contact.pk), by=by, at=at)
    return buddy


def _find_or_create_helper_contact(
    *, name: str, language: str, channel: str, address: str, by: Person, at: datetime
) -> ContactPoint:
    """The helper's contact: the known one, so that a neighbour gets one copy and not two, else that of a new person."""
    proven = list(contacts_at(channel, address).filter(stopped_at=None).exclude(confirmed_at=None)[:2])
    if len(proven) == 1:
        return proven[0]
    helper = persons.register_person(name=name, language=language, by=by, at=at)
    return persons.add_contact(person=helper, channel=channel, address=address, by=by, at=at)


@transaction.atomic
def accept_buddy_invitation(*, buddy: Buddy, at: datetime) -> None:
    """The helper says yes by the link that came to their contact, which is proven by it. Raises ``BuddyEnded``."""
    if not buddies.confirm_buddy(buddy=buddy, version=VERSION, by=buddy.helper, at=at):
        return
    for contact in buddy.helper.contacts.filter(confirmed_at=None)[:1]:
        persons.confirm_contact_and_clear_failure(contact=contact, by=buddy.helper, at=at)
    _send_buddy_letter(AGREED, buddy, buddy.person.contacts.all(), by=buddy.helper, at=at)


@transaction.atomic
def end_buddy_agreement(*, buddy: Buddy, by: Person, at: datetime) -> None:
    """Either of them ends it, or the coordinator on their word; both get a receipt. Raises ``NotAllowed``.

    A helper who is nothing else here is forgotten once the receipt has left.
    """
    if by.pk not in {buddy.person_id, buddy.helper_id}:
        _require_self_or_manager(buddy.person, by=by, at=at)
    agreed = buddy.agreed_at is not None
    if buddies.end_buddy(buddy=buddy, by=by, at=at) and agreed:
        for person in (buddy.person, buddy.helper):
            _send_buddy_letter(ENDED, buddy, person.contacts.all(), by=by, at=at)


@transaction.atomic
def erase_idle_helpers(*, by: Person | None, at: datetime) -> int:
    """End invitations that nobody answered, and erase helpers who are nothing else here. Answers how many persons."""
    for buddy in Buddy.objects.filter(agreed_at=None, ended_at=None, asked_at__lte=at - LASTS):
        buddies.end_buddy(buddy=buddy, by=by, at=at)
    ended = Buddy.objects.filter(Q(ended_at__lte=at - timedelta(days=1)) | Q(agreed_at=None, ended_at__lte=at))
    idle = Person.objects.filter(pk__in=ended.values("helper"), memberships=None, mandates=None, account=None)
    forgotten = [person for person in idle if not open_agreements_as_helper(person).exists()]
    for person in forgotten:
        erasure.erase_person(person=person, by=by, at=at)
    return len(forgotten)


def _require_self_or_manager(person: Person, *, by: Person, at: datetime) -> None:
    """The person, or whoever keeps the list of a partnership to which they belong."""
    if by.pk == person.pk:
        return
    for membership in Membership.objects.filter(person=person).select_related("partnership__area"):
        require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
        return
    raise NotAllowed


def _send_buddy_letter(
    template: LetterTemplate, buddy: Buddy, contacts: QuerySet[ContactPoint], *, by: Person, at: datetime
) -> int:
    """One of the letters about this agreement, to one of the two; how many copies."""
    return send_letter(
        template,
        to=contacts,
        context=member_letter_values(buddy.person) | {"link": buddy_answer_link(buddy)},
        area=area_of_earliest_partnership(buddy.person),
        by=by,
        at=at,
    )
