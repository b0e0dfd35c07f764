"""Give the holder of a mandate a sign-in: a mail with a link, by which they choose a password nobody else knows."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts import actions as accounts
from plp.accounts.letters import INVITATION, MAIL
from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.accounts.setup_links import setup_key
from plp.delivery import pages
from plp.delivery.installed import channels
from plp.delivery.letters import send_letter
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed, mandates_in_force, require
from plp.mandates.rules import APPOINTED_WITH
from plp.people import actions as persons
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest
from plp.places.models import Area
from plp.toolbox.moves import Refused


class NoAddress(Refused):
    """Without an e-mail address there is no sign-in."""

    sentence = _("This person gave no e-mail address. Ask for one: the sign-in needs it.")


def first_proven_email(person: Person) -> str:
    """The first proven e-mail address of ``person``; empty if there is none."""
    proven = person.contacts.filter(channel=MAIL, stopped_at=None).exclude(confirmed_at=None).order_by("rank").first()
    return proven.address if proven else ""


def has_way_to_sign_in(person: Person) -> bool:
    """Whether ``person`` signs in already, or gave an e-mail address by which to."""
    return Account.objects.filter(person=person).exists() or bool(first_proven_email(person))


def setup_link(account: Account) -> str:
    """The whole address of the page on which the holder of ``account`` chooses a password."""
    return pages.ACCOUNT_SET_UP.link(setup_key(account))


@transaction.atomic
def appoint_and_invite(
    *, role: Role, area: Area, name: str, email: str, language: str, decision: str, by: Person | None, at: datetime
) -> Mandate:
    """Give somebody a role and a sign-in: an officer by the chief of corps (R53), a chief by the machine's operator.

    Who signs in with ``email`` already keeps their name and gets the role beside the ones they have; who holds this
    very role gets a new link and nothing else. Raises ``NotAllowed``, ``WrongArea``, ``BadName`` or the refusal of a
    bad address.
    """
    address = channels()[MAIL].normalise(email)
    account = Account.objects.filter(username=username_digest_of_email(address)).select_related("person").first()
    person = account.person if account else persons.register_person(name=name, language=language, by=by, at=at)
    mandate = mandates_in_force(at).filter(person=person, role=role, area=area).first()
    if mandate is None:
        mandate = mandates.appoint(person=person, role=role, area=area, decision=decision, by=by, at=at)
    get_or_create_account_and_invite(mandate=mandate, email=address, by=by, at=at)
    return mandate


@transaction.atomic
def get_or_create_account_and_invite(*, mandate: Mandate, email: str, by: Person | None, at: datetime) -> Account:
    """Open the sign-in of somebody with a mandate and mail them the link; a known sign-in gets a new link.

    ``email`` empty: the proven address they gave as a member. ``by`` is who may give the mandate, or ``None`` for the
    machine's operator. Raises ``NotAllowed``, ``NoAddress``, ``AccountExists`` or the refusal of a bad address.
    """
    _require_appointer(mandate, by=by, at=at)
    person = mandate.person
    account = Account.objects.filter(person=person).first()
    if account is None:
        address = channels()[MAIL].normalise(email) if email else first_proven_email(person)
        if not address:
            raise NoAddress
        account = accounts.create_account(person=person, email=address, password=None, by=by, at=at)
    _queue_invitation(mandate, account, by=by, at=at)
    note(verb="account.invited", by=by, at=at, area=mandate.area.path, target=account)
    return account


def _require_appointer(mandate: Mandate, *, by: Person | None, at: datetime) -> None:
    needed = APPOINTED_WITH[Role(mandate.role)]
    if by is None:
        return
    if needed is None:
        raise NotAllowed
    require(by, needed, mandate.area, at=at)


def _queue_invitation(mandate: Mandate, account: Account, *, by: Person | None, at: datetime) -> None:
    person, address = mandate.person, account.email
    persons.add_contact(person=person, channel=MAIL, address=address, by=by, at=at)
    send_letter(
        INVITATION,
        to=ContactPoint.objects.filter(person=person, channel=MAIL, digest=contact_digest(MAIL, address)),
        context=lambda language: {
            "role": str(mandate.get_role_display()),
            "area": mandate.area.name(language),
            "link": setup_link(account),
        },
        area=None,
        by=by,
        at=at,
        expires_at=at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )
