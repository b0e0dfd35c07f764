"""Whoever cannot be reached at one address is asked for another one, once, by a way that still works."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.models import Dispatch
from plp.membership.letters import TEXTS
from plp.membership.models import Membership
from plp.membership.replies import area_of_earliest_partnership, member_letter_values
from plp.membership.states import Belonging
from plp.people.contact_failures import failure_text
from plp.people.models import ContactPoint, Person

OTHER_CONTACT = LetterTemplate(TEXTS, "other_contact", "people.failing", urgent=False)
ASKED_OF = (ContactPoint.Failure.GONE, ContactPoint.Failure.FULL, ContactPoint.Failure.UNREACHABLE)
AT_ONCE = 200  # members in one transaction


@transaction.atomic
def ask_members_for_working_contact(*, by: Person | None, at: datetime) -> int:
    """Once a day: write to members whose address fails and who have another way that works; answer how many.

    Each is asked once about each failure. Whoever has no other way stands on the coordinator's list.
    """
    works = ContactPoint.objects.filter(
        person=OuterRef("person"), channel__in=senders(), confirmed_at__isnull=False, stopped_at=None, failure=""
    )
    inside = Membership.objects.filter(person=OuterRef("person"), state=Belonging.ACTIVE)
    was_asked = Dispatch.objects.filter(
        person=OuterRef("person"), message__purpose=OTHER_CONTACT.purpose, queued_at__gte=OuterRef("failed_at")
    )
    failing = ContactPoint.objects.filter(
        Exists(works), Exists(inside), ~Exists(was_asked), failure__in=ASKED_OF, stopped_at=None
    )
    first = {contact.person_id: contact for contact in failing.select_related("person").order_by("-failed_at", "pk")}
    contacts = list(first.values())[:AT_ONCE]
    for contact in contacts:
        _send_other_contact_request(contact, by=by, at=at)
    return len(contacts)


def _send_other_contact_request(contact: ContactPoint, *, by: Person | None, at: datetime) -> None:
    person, words = contact.person, failure_text(contact)
    with translation.override(person.language):
        reason = str(words.to_owner) if words else ""
    send_letter(
        OTHER_CONTACT,
        to=person.contacts.filter(failure="", stopped_at=None),
        context=member_letter_values(person) | {"reason": reason},
        area=area_of_earliest_partnership(person),
        by=by,
        at=at,
    )
