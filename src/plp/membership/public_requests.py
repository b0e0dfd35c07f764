"""Doors through which strangers come: equal work whether or not somebody is known, so that time tells nothing (T13)."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from plp.delivery import pages
from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, languages_of, send_letter
from plp.journal.actions import note
from plp.membership.actions import JoinRequest, request_membership
from plp.membership.codes import send_one_time_code
from plp.membership.letters import TEXTS
from plp.membership.queries import confirmed_contacts_of_members
from plp.partnership.models import Partnership
from plp.people import actions as persons
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_at
from plp.toolbox.ids import new_random_id

ALREADY_MEMBER = LetterTemplate(TEXTS, "already_member", "partnership.known")
MOST_AT_ONE_ADDRESS = 3  # persons who share one address and each get a code


@contextmanager
def _rolled_back_if(*, undone: bool) -> Iterator[None]:
    """Do something, and take it back when ``undone``: the work is the same either way."""
    with transaction.atomic():
        yield
        transaction.set_rollback(undone)


@transaction.atomic
def apply_to_join_and_send_codes(
    *,
    partnership: Partnership,
    joining: JoinRequest,
    to_confirm: Collection[tuple[str, str]],
    browser: str,
    by: Person | None,
    at: datetime,
) -> list[ContactPoint]:
    """Ask to join, and get a code at each address of ``to_confirm``; answer the contacts in the order of ``joining``.

    ``to_confirm`` are those of the (channel, address) pairs to which a code may go today (T55). When one of the
    addresses is that of a member already, or none may get a code, nothing is registered, the answer is empty, and a
    letter tells the owner of the address alone. Raises what ``join`` raises.
    """
    carried = [pair for pair in joining.contacts if pair[0] in senders()]
    owners = confirmed_contacts_of_members(partnership, carried)
    is_known = bool(owners)
    with _rolled_back_if(undone=is_known or bool(carried and not to_confirm)):
        membership = request_membership(partnership=partnership, joining=joining, by=by, at=at)
        contacts = list(membership.person.contacts.order_by("rank"))
        for contact in contacts:
            if (contact.channel, contact.address) in to_confirm:
                send_one_time_code(contact=contact, purpose="confirm_contact", browser=browser, by=by, at=at)
    notified = [contact.pk for contact in owners if (contact.channel, contact.address) in to_confirm]
    with _rolled_back_if(undone=not notified):
        known_addresses = ContactPoint.objects.filter(pk__in=notified or [new_random_id()])
        _send_already_member_letter(partnership, known_addresses, language=joining.language, by=by, at=at)
    return [] if is_known or (carried and not to_confirm) else contacts


def _send_already_member_letter(
    partnership: Partnership, contacts: QuerySet[ContactPoint], *, language: str, by: Person | None, at: datetime
) -> None:
    """Tell the owners of these contacts that somebody filled in the form with them.

    Where there are none the same is written in ``language``, so that it takes the same work.
    """
    send_letter(
        ALREADY_MEMBER,
        to=contacts,
        context=lambda language: {
            "partnership": partnership.name(language),
            "settings_link": pages.MEMBER_ENTRY.link(),
        },
        area=partnership.area,
        by=by,
        at=at,
        languages=languages_of(contacts) or [language],
    )


def contacts_opened_by_code(channel: str, address: str) -> list[ContactPoint]:
    """The contacts that a code to this address opens."""
    contacts = contacts_at(channel, address).filter(stopped_at=None).exclude(confirmed_at=None)
    return list(contacts.select_related("person").order_by("created_at")[:MOST_AT_ONE_ADDRESS])


@transaction.atomic
def send_settings_codes(
    *, channel: str, address: str, browser: str, by: Person | None, at: datetime, until: datetime | None = None
) -> list[ContactPoint]:
    """Send a code to open one's settings to every member at this address; answer their contacts, empty if none.

    For an unknown address the same is done for somebody who does not exist, and taken back. ``until``: the code stands
    until then, in every browser.
    """
    note(verb="contact.code_asked", by=by, at=at, channel=channel)
    contacts = contacts_opened_by_code(channel, address)
    send = partial(send_one_time_code, purpose="settings_code", browser=browser, by=by, at=at, until=until)
    with _rolled_back_if(undone=True):
        nobody = persons.register_person(name="Nobody", language="en", by=by, at=at)
        decoy = persons.add_contact(person=nobody, channel=channel, address=address, by=by, at=at)
        if not contacts:
            send(contact=decoy)
    for contact in contacts:
        send(contact=contact)
    return contacts
