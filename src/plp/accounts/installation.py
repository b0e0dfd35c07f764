"""The first quarter of an hour of an installation: its administrator, the first chief of corps, a message to oneself.

What nobody appoints on a page later is open here once: while the house is empty, and until the first holder is there.
"""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts.invitations import appoint_and_invite
from plp.accounts.models import Account
from plp.delivery import pages
from plp.journal.actions import note
from plp.mandates.grants import Permission, Role
from plp.mandates.models import BY_OPERATOR, Mandate
from plp.mandates.queries import require
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused

SIGNER = signing.TimestampSigner(salt="plp.setting-up")
WORD = "first"
HOURS = 24
FIRST_ROLES = (Role.CHIEF, Role.MUNICIPALITY)


class SetUpAlready(Refused):
    """Somebody holds a role already, or the link is too old: one answer for all."""

    sentence = _("This link is too old, or somebody set this installation up already. ./plp setup says which.")


class HeldAlready(Refused):
    """The first holder is there: the next one is appointed at the machine."""

    sentence = _("Somebody holds this role already. Another one is appointed with the command ./plp appoint.")


def is_nobody_appointed_yet() -> bool:
    """Whether nobody ever held a role here."""
    return not Mandate.objects.exists()


def first_administrator_link() -> str:
    """The address on which the first administrator begins: for the terminal of whoever runs the machine."""
    return pages.SETUP_BEGIN.link(SIGNER.sign(WORD))


def require_setup_key_and_nobody_appointed(key: str) -> None:
    """Raise ``SetUpAlready`` unless ``key`` is of a link of the last day and the house is empty."""
    try:
        SIGNER.unsign(key, max_age=HOURS * 3_600)
    except signing.BadSignature as bad:
        raise SetUpAlready from bad
    if not is_nobody_appointed_yet():
        raise SetUpAlready


@transaction.atomic
def appoint_and_invite_first_administrator(*, key: str, name: str, email: str, language: str, at: datetime) -> Account:
    """Make whoever holds the link the administrator; the link is worth nothing from then on. Raises ``SetUpAlready``.

    Two at one moment wait for each other at the row of the country.
    """
    country = Area.objects.select_for_update(no_key=True).get(kind=Area.Kind.COUNTRY)
    require_setup_key_and_nobody_appointed(key)
    mandate = appoint_and_invite(
        role=Role.ADMINISTRATOR,
        area=country,
        name=name,
        email=email,
        language=language,
        decision=BY_OPERATOR,
        by=None,
        at=at,
    )
    return mandate.person.account


def was_role_ever_held(role: Role) -> bool:
    """Whether anybody ever held ``role``."""
    return Mandate.objects.filter(role=role).exists()


@transaction.atomic
def appoint_and_invite_first_holder(
    *, role: Role, area: Area, name: str, email: str, language: str, by: Person, at: datetime
) -> Mandate:
    """The administrator names the first chief of corps or the first municipality, who get a link by mail.

    Raises ``NotAllowed``, ``HeldAlready``, or what ``appoint_and_invite`` raises.
    """
    country = Area.objects.select_for_update(no_key=True).get(kind=Area.Kind.COUNTRY)
    require(by, Permission.PLATFORM_RUN, country, at=at)
    if role not in FIRST_ROLES or was_role_ever_held(role):
        raise HeldAlready
    mandate = appoint_and_invite(
        role=role, area=area, name=name, email=email, language=language, decision=BY_OPERATOR, by=None, at=at
    )
    note(verb="installation.first_named", by=by, at=at, area=area.path, target=mandate)
    return mandate
