"""Who looks, and what is theirs: everything here starts at the person and finds nothing of others (T10)."""

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from plp.delivery import actions as delivery
from plp.delivery.installed import channels, senders
from plp.partnership.unseen import ask_for_code
from plp.people import actions as people
from plp.people.models import Consent, ContactPoint, Person
from plp.people.queries import contacts_in
from plp.portal.shell import limits
from plp.portal.shell.codes import browser_of, keep, kept
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.sessions import member_of

ASKED = "code"
RULES_VERSION = "settings"  # a consent given here was read on the settings page itself
WORDS = {
    Consent.Kind.JOINING: _("To be a member"),
    Consent.Kind.CHANNEL: _("To be reached"),
    Consent.Kind.POLICE_SEES_NAME: _("The police may see my name"),
    Consent.Kind.CONDUCT: _("Rules of conduct"),
    Consent.Kind.INTERNAL_RULES: _("Internal rules"),
    Consent.Kind.ADULT: _("18 or older"),
    Consent.Kind.LIVES_OR_WORKS: _("Lives or works in the quarter"),
}


def me(request: PortalRequest) -> Person:
    """The member, or the staff member, about whom the page is."""
    person = request.member or request.person
    if person is None:
        raise Http404
    return person


def my_contact(request: PortalRequest, key: UUID) -> ContactPoint:
    """One of one's own contacts; 404 for any other."""
    contact: ContactPoint = get_object_or_404(me(request).contacts.select_related("person"), pk=key)
    return contact


@transaction.atomic
def ask(request: PortalRequest, *, channel: str, address: str, at: datetime) -> None:
    """Send a code if somebody is known at the address: same answer and same work if not (T13). Raises ``TooOften``."""
    if not (limits.take("code.network", limits.network_of(request)) and limits.left("wrong.everywhere", "")):
        raise limits.TooOften
    contacts = []
    box = limits.one_box(channel, address)
    if limits.take("code.address", box) and limits.take("code.address.day", box):
        contacts = ask_for_code(channel=channel, address=address, browser=browser_of(request), by=None, at=at)
    known = contacts or asked(request) if kept(request, ASKED).get("address") == address else contacts
    keep(request, ASKED, {"address": address, "contacts": [contact.pk.hex for contact in known]})


def asked(request: PortalRequest) -> list[ContactPoint]:
    """The contacts to which this browser had a code sent."""
    return list(contacts_in(kept(request, ASKED).get("contacts", [])))


@transaction.atomic
def add_contact(person: Person, *, channel: str, address: str, at: datetime) -> ContactPoint:
    """Add a way to be reached, with its consent."""
    contact = people.add_contact(person=person, channel=channel, address=address, by=person, at=at)
    people.consent(person=person, kind=Consent.Kind.CHANNEL, subject=channel, version=RULES_VERSION, by=person, at=at)
    return contact


def may_send_code(request: PortalRequest, contact: ContactPoint) -> bool:
    """Whether a code may go to an unproven contact now: its channel carries codes, and today none went yet (T55)."""
    free = contact.channel in senders() and contact.confirmed_at is None
    return (
        free
        and limits.take("code.network", limits.network_of(request))
        and limits.take("confirm.address", limits.one_box(contact.channel, contact.address))
    )


def everything(person: Person) -> dict[str, Any]:
    """What each room holds of ``person`` (R79): the ``export`` of every ``privacy.py``."""
    found: dict[str, Any] = {}
    for app in settings.INSTALLED_APPS:
        if app.startswith("plp.") and find_spec(f"{app}.privacy") is not None:
            room = import_module(f"{app}.privacy")
            if hasattr(room, "export"):
                found[app.removeprefix("plp.")] = room.export(person)
    return found


@transaction.atomic
def withdraw(person: Person, given: Consent, *, at: datetime) -> None:
    """Take one consent back; without that of a channel nothing more goes by it."""
    people.withdraw(person=person, kind=given.kind, subject=given.subject, by=person, at=at)
    if given.kind == Consent.Kind.CHANNEL:
        for contact in person.contacts.filter(channel=given.subject):
            delivery.stop_contact(contact=contact, how="page", at=at)


@transaction.atomic
def resume(contact: ContactPoint, *, at: datetime) -> None:
    """Take a stop back, which is a consent again."""
    person = contact.person
    people.resume_contact(contact=contact, by=person, at=at)
    people.consent(
        person=person, kind=Consent.Kind.CHANNEL, subject=contact.channel, version=RULES_VERSION, by=person, at=at
    )


def is_closed(request: PortalRequest) -> bool:
    """Whether the contact that opened these settings was just stopped, which closes them."""
    return member_of(request, at=request.at) is None


def words_of(given: Consent) -> Any:
    """A consent in words."""
    channel = channels().get(given.subject)
    words = WORDS[Consent.Kind(given.kind)]
    return f"{words}: {channel.label}" if channel else words
