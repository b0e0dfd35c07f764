"""A member takes everything back (R79)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.partnership.actions import leave
from plp.partnership.queries import memberships_of
from plp.people import actions as persons
from plp.people.models import Account, Person
from plp.toolbox.moves import Refused


class HoldsOffice(Refused):
    """Somebody with a sign-in has a role: that ends first, by whom gave it."""

    sentence = _("You have a role and a sign-in here. Ask the chief of corps of your zone to end them first.")


@transaction.atomic
def erase(*, person: Person, by: Person, at: datetime) -> None:
    """Leave every partnership and be forgotten, by one's own wish. Raises ``NotYours`` or ``HoldsOffice``."""
    if by.pk != person.pk:
        raise persons.NotYours
    forget_everywhere(person=person, by=by, at=at)


@transaction.atomic
def forget_everywhere(*, person: Person, by: Person, at: datetime) -> None:
    """Leave every partnership and be forgotten. Whoever calls has seen to it that the person wants it.

    Raises ``HoldsOffice``.
    """
    if Account.objects.filter(person=person).exists():
        raise HoldsOffice
    for membership in memberships_of(person):
        leave(membership=membership, by=person, at=at)
    persons.forget(person=person, by=by, at=at)
