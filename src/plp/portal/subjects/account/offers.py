"""What this subject offers to the shell: its place in the menu, first steps, where its pages are explained."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.people.models import Person
from plp.portal.shell.offers import (
    ME,
    FirstStep,
    MenuEntry,
    Offers,
    Source,
)
from plp.portal.shell.reauthentication import SECOND_FACTORS

ENOUGH = 2


def spare_factor_first_steps(person: Person, at: datetime) -> list[FirstStep]:
    """A second factor beside the first."""
    if not hasattr(person, "account"):
        return []
    number = Authenticator.objects.filter(user=person.account, type__in=SECOND_FACTORS).count()
    return [
        FirstStep(
            _("Add a second way to prove who you are, for a lost telephone"), reverse("mfa_index"), number >= ENOUGH
        )
    ]


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Me"),
            gettext_lazy("Password, second proof, e-mail address and language."),
            "mfa_index",
            "user-round",
            None,
            ME,
            order=230,
        ),
    ),
    first_steps=Source(spare_factor_first_steps, order=10),
    help={
        "coordinator/signin": (
            "account_login",
            "mfa_authenticate",
        ),
    },
)
