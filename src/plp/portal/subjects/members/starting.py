"""The first steps of everybody whom messages reach: a second way, a trial, hours of rest."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from plp.membership.trial_messages import tests_of
from plp.people.models import Person
from plp.portal.shell.starting import Start

ENOUGH = 2


def starts(person: Person, at: datetime) -> list[Start]:
    """Two ways to be reached, and a message to oneself; for members their quiet hours."""
    settings = reverse("members:settings")
    ways = person.contacts.filter(stopped_at=None).exclude(confirmed_at=None).count()
    found = [
        Start(
            _("Give a second way to reach you, such as your mobile number"),
            reverse("members:add_contact"),
            ways >= ENOUGH,
        ),
        Start(_("Send yourself a message, to see that it arrives"), f"{settings}#contacts", bool(tests_of(person))),
    ]
    if not hasattr(person, "account"):
        preference = getattr(person, "preference", None)
        chosen = preference is not None and preference.quiet_from is not None
        found.append(Start(_("Choose the hours in which messages wait"), f"{settings}#quiet", chosen))
    return found
