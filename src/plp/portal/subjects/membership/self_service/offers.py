"""What this subject offers to the shell: first steps, where its pages are explained."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.membership.firms import active_trader_memberships
from plp.membership.trial_messages import last_trial_messages
from plp.people.models import Person
from plp.portal.shell.offers import (
    FirstStep,
    Offers,
    Source,
)

ENOUGH = 2


def own_contact_first_steps(person: Person, at: datetime) -> list[FirstStep]:
    """Two ways to be reached, a message to oneself; for members their quiet hours, for traders their opening hours."""
    ways = person.contacts.filter(stopped_at=None).exclude(confirmed_at=None).count()
    found = [
        FirstStep(
            _("Give a second way to reach you, such as your mobile number"),
            reverse("membership:self_service:add_contact"),
            ways >= ENOUGH,
        ),
        FirstStep(
            _("Send yourself a message, to see that it arrives"),
            f"{reverse('membership:self_service:settings')}#contacts",
            bool(last_trial_messages(person)),
        ),
    ]
    firms = [(own, own.firm) for own in active_trader_memberships(person) if own.firm is not None]
    for own, firm in firms:
        address = f"{reverse('membership:self_service:firm', args=[own.pk])}#hours"
        found.append(FirstStep(_("Say when your shop is open, and which number is there"), address, bool(firm.hours)))
    if not firms and not hasattr(person, "account"):
        preference = getattr(person, "preference", None)
        chosen = preference is not None and preference.quiet_from is not None
        quiet = reverse("membership:self_service:quiet")
        found.append(FirstStep(_("Choose the hours in which messages wait"), quiet, chosen))
    return found


OFFERS = Offers(
    first_steps=Source(own_contact_first_steps, order=20),
    help={
        "member/enter": (
            "membership:self_service:ask",
            "membership:self_service:code",
        ),
        "member/read": ("membership:self_service:messages",),
        "member/reach": (
            "membership:self_service:settings",
            "membership:self_service:add_contact",
            "membership:self_service:confirm_contact",
        ),
        "member/quiet": (
            "membership:self_service:topics",
            "membership:self_service:together",
        ),
        "member/shop": ("membership:self_service:firm",),
        "member/stop": (
            "membership:self_service:leave",
            "membership:self_service:erase",
        ),
    },
)
