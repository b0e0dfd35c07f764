"""The first step of everybody who signs in: never to depend on one telephone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.people.models import Person
from plp.portal.shell.proof import SECOND_FACTORS
from plp.portal.shell.starting import Start

ENOUGH = 2


def starts(person: Person, at: datetime) -> list[Start]:
    """A second factor beside the first."""
    if not hasattr(person, "account"):
        return []
    number = Authenticator.objects.filter(user=person.account, type__in=SECOND_FACTORS).count()
    return [
        Start(_("Add a second way to prove who you are, for a lost telephone"), reverse("mfa_index"), number >= ENOUGH)
    ]
