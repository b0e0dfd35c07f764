"""Words to people about their own sign-in, so that nobody takes it over unseen: new browser, new address, new start."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import holders, in_force, require, within
from plp.mandates.rules import APPOINTED_WITH
from plp.partnership.inviting import MAIL, invite
from plp.partnership.letters import send_letter
from plp.partnership.queries import contacts_of
from plp.people import actions as people
from plp.people import moving, recovering
from plp.people.models import Account, AddressChange, ContactPoint, Person, Recovery
from plp.people.queries import contact_digest
from plp.toolbox.clock import local
from plp.toolbox.dates import date_format
from plp.toolbox.moves import Refused

LASTS = timedelta(days=7)  # a word about a sign-in that comes later helps nobody
type Places = Mapping[str, str | Callable[[str], str]]
OVERSEEN = (Role.COORDINATOR, Role.DEPUTY)  # a new browser of theirs is told to the officer as well (T4)


class NoSignIn(Refused):
    """There is nothing to begin anew."""

    sentence = _("This person has no sign-in yet. Send them a link to it first.")


def tell_new_device(account: Account, *, at: datetime) -> None:
    """Tell the holder that somebody signed in in a browser that is new; of a coordinator also the officers (T4)."""
    person = account.person
    _write("new_device", _mailbox(person, account.email, at=at), person, {"moment": _moment(at)}, at=at)
    for mandate in in_force(at).filter(person=person, role__in=OVERSEEN).select_related("area"):
        officers = holders(Permission.MANDATE_APPOINT_COORDINATOR, mandate.area, at=at).exclude(pk=person.pk)
        for officer in officers:
            places: Places = {"moment": _moment(at), "area": mandate.area.name, "role": _role(mandate)}
            _write("new_device_of", contacts_of(Person.objects.filter(pk=officer.pk)), officer, places, at=at)


@transaction.atomic
def ask_for_address(account: Account, *, email: str, at: datetime) -> AddressChange:
    """Ask for another address: a link to prove it goes there, a link to cancel it to the old one.

    Raises ``people.actions.AccountExists``.
    """
    change, person = moving.ask(account=account, email=email, at=at), account.person
    for name, address, page, purpose in (
        ("address_old", account.email, "cancel-address", moving.CANCEL),
        ("address_new", email, "prove-address", moving.PROVE),
    ):
        places: Places = {"moment": _moment(change.due_at), "link": _link(page, moving.key_of(change, purpose))}
        _write(name, _mailbox(person, address, at=at), person, places, at=at)
    return change


def bring_addresses_into_force(*, at: datetime) -> int:
    """The changes that were proven and waited a day; the new address takes the place of the old one in the contacts."""
    changed = moving.take_effect(at=at)
    for account, old_address in changed:
        person = account.person
        own = {one.digest: one for one in person.contacts.filter(channel=MAIL)}
        old, new = (own.get(contact_digest(MAIL, one)) for one in (old_address, account.email))
        if new is not None:
            people.confirm_contact(contact=new, by=person, at=at)
        if old is not None and new is not None:
            order = [new if one == old else one for one in person.contacts.order_by("rank", "created_at") if one != new]
            people.rank_contacts(person=person, order=order, by=person, at=at)
            people.remove_contact(contact=old, by=person, at=at)
    return len(changed)


@transaction.atomic
def ask_for_new_start(mandate: Mandate, *, by: Person, at: datetime) -> Recovery:
    """Whoever may give this mandate asks for a new start of its holder, who is told. Raises ``NotAllowed``."""
    needed = APPOINTED_WITH[Role(mandate.role)] or Permission.PLATFORM_RUN
    require(by, needed, mandate.area, at=at)
    account = Account.objects.select_related("person").filter(person=mandate.person).first()
    if account is None:
        raise NoSignIn
    recovery = recovering.ask(account=account, by=by, at=at)
    mailbox = _mailbox(account.person, account.email, at=at)
    _write("new_start", mailbox, account.person, {"moment": _moment(at)}, at=at)
    return recovery


def recoveries_for(person: Person, *, at: datetime) -> QuerySet[Recovery]:
    """The new starts on which ``person`` may have the second word now: within their scope, asked by somebody else."""
    areas = within(person, Permission.RECOVERY_AGREE, at=at)
    held = in_force(at).filter(area__in=areas)
    found = Recovery.objects.filter(ended_at=None, asked_at__gt=at - recovering.LASTS)
    found = found.filter(account__person__in=held.values("person")).exclude(asked_by=person)
    return found.exclude(account__person=person).select_related("account__person", "asked_by").order_by("asked_at")


@transaction.atomic
def agree_to_new_start(recovery: Recovery, *, by: Person, at: datetime) -> None:
    """The second word: what they signed in with is gone, and a link goes to their own address.

    Raises ``NotAllowed``, ``recovering.NotTheSecond`` or ``recovering.RecoveryOver``.
    """
    mandate = _mandate_of(recovery, at=at)
    require(by, Permission.RECOVERY_AGREE, mandate.area, at=at)
    recovering.agree(recovery=recovery, by=by, at=at)
    invite(mandate=mandate, email="", by=recovery.asked_by, at=at)


@transaction.atomic
def refuse_new_start(recovery: Recovery, *, by: Person, at: datetime) -> None:
    """The second person says no. Raises ``NotAllowed`` or ``recovering.RecoveryOver``."""
    require(by, Permission.RECOVERY_AGREE, _mandate_of(recovery, at=at).area, at=at)
    recovering.refuse(recovery=recovery, by=by, at=at)


def _mandate_of(recovery: Recovery, *, at: datetime) -> Mandate:
    """The mandate about which somebody asked: one that its asker may give. Raises ``RecoveryOver``."""
    for mandate in in_force(at).filter(person=recovery.account.person).select_related("area", "person"):
        needed = APPOINTED_WITH[Role(mandate.role)]
        if needed and within(recovery.asked_by, needed, at=at).filter(pk=mandate.area_id).exists():
            return mandate
    raise recovering.RecoveryOver


def _mailbox(person: Person, email: str, *, at: datetime) -> QuerySet[ContactPoint]:
    """The contact of ``person`` with this address, made if it is not there."""
    people.add_contact(person=person, channel=MAIL, address=email, by=person, at=at)
    found = contacts_of(Person.objects.filter(pk=person.pk))
    return found.filter(channel=MAIL, digest=contact_digest(MAIL, email))


def _write(
    name: str,
    contacts: QuerySet[ContactPoint],
    person: Person,
    places: Places,
    *,
    at: datetime,
) -> None:
    send_letter(
        name=name,
        contacts=contacts,
        languages=[person.language],
        places=places,
        purpose=f"people.{name}",
        expires_at=at + LASTS,
        unconfirmed=True,
        partnership=None,
        despite_stop=True,
        by=None,
        at=at,
    )


def _link(page: str, key: str) -> str:
    return f"{settings.ORIGIN}/account/{page}/{key}/"


def _moment(at: datetime) -> Callable[[str], str]:
    def said(language: str) -> str:
        with translation.override(language):
            return date_format(local(at), "DATETIME_FORMAT")

    return said


def _role(mandate: Mandate) -> Callable[[str], str]:
    def said(language: str) -> str:
        with translation.override(language):
            return str(mandate.get_role_display())

    return said
