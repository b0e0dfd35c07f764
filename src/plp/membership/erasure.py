"""A member takes everything back (R79), or left a month ago and is forgotten (R84)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.delivery.actions import redact_terms_in_sent_texts
from plp.delivery.texts import strip_slots
from plp.mandates.models import Mandate
from plp.membership.actions import leave_partnership_with_receipt
from plp.membership.models import Membership
from plp.membership.queries import open_memberships_of
from plp.membership.states import Belonging
from plp.people import actions as persons
from plp.people.models import Person
from plp.people.retention_terms import retention_term
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused

KEPT = timedelta(days=30)  # of a member who left
AT_ONCE = 200  # persons in one transaction


class HoldsOffice(Refused):
    """Somebody with a sign-in has a role: that ends first, by whom gave it."""

    sentence = _("You have a role and a sign-in here. Ask the chief of corps of your zone to end them first.")


def first_erasure_day_of_leavers(left_at: datetime) -> date:
    """The day from which whoever left at ``left_at``, and belongs nowhere else, is erased."""
    return local(left_at + retention_term("members", KEPT)).date()


@transaction.atomic
def erase_own_data(*, person: Person, by: Person, at: datetime) -> None:
    """Leave every partnership and be forgotten, by one's own wish. Raises ``NotYours`` or ``HoldsOffice``."""
    if by.pk != person.pk:
        raise persons.NotYours
    leave_and_erase(person=person, by=by, at=at)


@transaction.atomic
def leave_and_erase(*, person: Person, by: Person, at: datetime) -> None:
    """Leave every partnership and be forgotten. Whoever calls has seen to it that the person wants it.

    Raises ``HoldsOffice``.
    """
    if Account.objects.filter(person=person).exists():
        raise HoldsOffice
    for membership in open_memberships_of(person):
        leave_partnership_with_receipt(membership=membership, by=person, at=at)
    erase_person(person=person, by=by, at=at)


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: datetime) -> None:
    """Erase a person, and their name and addresses from letters to others. Whoever calls decides that it is time."""
    words = [strip_slots(person.name), *(contact.address for contact in person.contacts.all())]
    redact_terms_in_sent_texts(terms=words, by=by, at=at)
    persons.erase_person(person=person, by=by, at=at)


@transaction.atomic
def erase_former_members(*, by: Person | None, at: datetime) -> int:
    """Once a day: erase whoever left everywhere ``KEPT`` ago (R84); answer how many.

    Somebody who has or had a role, signs in, stands for a function or receives for somebody else is not only a member.
    """
    inside = Membership.objects.filter(
        ~Q(state=Belonging.LEFT) | Q(left_at__gt=at - retention_term("members", KEPT)), person=OuterRef("pk")
    )
    roles = Mandate.objects.filter(person=OuterRef("pk"))
    gone = Person.objects.filter(
        ~Exists(inside), ~Exists(roles), memberships__state=Belonging.LEFT, account=None, candidacies=None, helps=None
    )
    forgotten = list(gone.distinct()[:AT_ONCE])
    for person in forgotten:
        erase_person(person=person, by=by, at=at)
    return len(forgotten)
