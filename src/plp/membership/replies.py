"""What members ask for by answering a message: STOP is done at once, the rest is shown the way (R79, T41)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from plp.delivery import actions as delivery
from plp.delivery import pages
from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.models import Dispatch
from plp.delivery.texts import Slot
from plp.journal.actions import note
from plp.membership.letters import TEXTS
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_at
from plp.places.models import Area
from plp.places.queries.emergency import help_numbers_in
from plp.places.rules.emergency import HelpNumbers
from plp.toolbox.texts import text
from plp.wording.length import gsm7_spelling_if_possible
from plp.wording.wishes import Wish

WAY = "people.way"
ONCE_IN = timedelta(days=1)  # the way is shown to one contact no more often: each copy costs
STOP_RECEIPT = LetterTemplate(TEXTS, "stop_receipt", "people.stop", despite_stop=True)
YOUR_WAY = LetterTemplate(TEXTS, "your_way", WAY)
NO_PARTNERSHIP = "PLP · BIN · LPP"


@transaction.atomic
def carry_out_wish_and_return_receipt(
    *,
    channel: str,
    address: str,
    wish: Wish | None,
    how: str,
    at: datetime,
    is_proven: bool = True,
    says_back: bool = False,
) -> str:
    """Do what whoever is at this address asks for. Answers the receipt to say back at once, or nothing.

    STOP ends this address and no other; the receipt is answered where the door can say it back (``says_back``), else
    queued as the last word. Where it is not proven that the owner asks, and for every other wish, the way to go is
    written to the address itself, once a day. A stranger hears nothing.
    """
    contacts = (
        contacts_at(channel, address).select_related("person") if wish is not None else ContactPoint.objects.none()
    )
    if wish is Wish.STOP and is_proven:
        fresh = list(contacts.filter(stopped_at=None))
        for contact in fresh:
            stop_contact_and_queue_receipt(contact=contact, how=how, by=None, at=at, sends_receipt=not says_back)
        return stop_receipt_text(fresh[0]) if fresh and says_back else ""
    for contact in contacts.filter(stopped_at=None).exclude(confirmed_at=None):
        send_settings_letter_once_a_day(contact=contact, wish=str(wish), how=how, at=at)
    return ""


@transaction.atomic
def stop_contact_and_queue_receipt(
    *, contact: ContactPoint, how: str, by: Person | None, at: datetime, sends_receipt: bool = True
) -> None:
    """Stop a contact for its owner, who asked for it in some way, and queue the receipt (R79).

    The receipt goes to the contact itself, as the last word, where its channel sends. Rights are the caller's matter.
    """
    delivery.stop_contact(contact=contact, how=how, by=by, at=at)
    if sends_receipt and contact.confirmed_at is not None and contact.channel in senders():
        _send_reply_letter(STOP_RECEIPT, contact, at=at)


@transaction.atomic
def send_settings_letter_once_a_day(*, contact: ContactPoint, wish: str, how: str, at: datetime) -> bool:
    """Write to a contact how its owner sees, corrects or erases their data, or leaves. Whether that was done."""
    lately = Dispatch.objects.filter(contact=contact, message__purpose=WAY, queued_at__gt=at - ONCE_IN)
    if lately.exists():
        return False
    _send_reply_letter(YOUR_WAY, contact, at=at)
    note(verb="contact.way_shown", by=None, at=at, target=contact, wish=wish, how=how)
    return True


def stop_receipt_text(contact: ContactPoint) -> str:
    """The receipt of a STOP in a few words, in the language of its owner."""
    return gsm7_spelling_if_possible(
        text(TEXTS, "stop_receipt_sms", contact.person.language, **member_letter_values(contact.person))
    )


def member_letter_values(person: Person) -> dict[str, str]:
    """The places of a letter to somebody: their partnership, how to reach its coordinator, settings, whom to phone."""
    partnership = earliest_partnership_of(person)
    numbers = help_numbers_in(partnership.area, person.language) if partnership else HelpNumbers()
    home = pages.PARTNERSHIP.link(partnership.key) if partnership else settings.ORIGIN
    return {
        "partnership": partnership.name(person.language) if partnership else NO_PARTNERSHIP,
        "police": numbers.police,
        "help": numbers.help,
        "coordinator_contact": (partnership.contact_email if partnership else "") or home,
        "settings_link": pages.MEMBER_ENTRY.link(),
        "stop_link": Slot.STOP_LINK,
    }


def _send_reply_letter(template: LetterTemplate, contact: ContactPoint, *, at: datetime) -> None:
    """Queue one of our letters to one contact alone."""
    send_letter(
        template,
        to=ContactPoint.objects.filter(pk=contact.pk),
        context=member_letter_values(contact.person),
        area=area_of_earliest_partnership(contact.person),
        by=None,
        at=at,
    )


def area_of_earliest_partnership(person: Person) -> Area | None:
    """The area of that partnership: in whose name somebody is written to."""
    partnership = earliest_partnership_of(person)
    return partnership.area if partnership else None


def earliest_partnership_of(person: Person) -> Partnership | None:
    """The partnership to which somebody belongs, or asked to, first."""
    partnerships = Partnership.objects.filter(memberships__person=person).select_related("area")
    return partnerships.order_by("memberships__asked_at").first()
