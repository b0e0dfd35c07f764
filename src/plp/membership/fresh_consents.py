"""People on a list who say yes anew before they are members (R48, R81): by the link of a mail or SMS, or by a letter.

Until then nothing else is sent to them. Whoever says no is forgotten at once, and whoever says nothing after
``ANSWER_WITHIN``.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from plp.delivery import pages
from plp.delivery.answer_codes import dispatch_id_of_code
from plp.delivery.installed import senders
from plp.delivery.letters import LetterTemplate, send_letter
from plp.delivery.models import Dispatch
from plp.delivery.texts import Slot
from plp.journal.actions import note
from plp.membership.actions import accept_and_welcome_member
from plp.membership.erasure import erase_person
from plp.membership.models import ListImport, Membership
from plp.membership.states import Belonging
from plp.people import actions as persons
from plp.people.models import Consent, ContactPoint, Person
from plp.toolbox.moves import WrongState

TEXTS = Path(__file__).parent / "texts"
PURPOSE = "partnership.asked_anew"
ANSWER_WITHIN = timedelta(days=30)
ASKED_ANEW = LetterTemplate(TEXTS, "asked_anew", PURPOSE, urgent=False, lasts=ANSWER_WITHIN, to_unconfirmed=True)


@transaction.atomic
def mail_fresh_consent_requests(*, list_import: ListImport, by: Person, at: datetime) -> int:
    """Ask everybody whom a list brought in now whether they agree; answer how many letters leave.

    Whoever calls has checked that ``by`` may.
    """
    partnership = list_import.partnership
    waiting = Membership.objects.filter(partnership=partnership, state=Belonging.PENDING, says_yes_anew=True)
    return send_letter(
        ASKED_ANEW,
        to=ContactPoint.objects.filter(person__in=waiting.filter(asked_at=at).values("person"), person__created_at=at),
        context=lambda language: {
            "partnership": partnership.name(language),
            "link": pages.LETTERBOX_CODE.link(Slot.ANSWER_CODE),
            "days": str(ANSWER_WITHIN.days),
            "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )


def membership_of_consent_code(code: str) -> Membership | None:
    """Who holds the mail or SMS with this code, while they wait; ``None`` for any other code."""
    dispatches = Dispatch.objects.filter(pk=dispatch_id_of_code(code) or 0, message__purpose=PURPOSE)
    dispatch = dispatches.select_related("contact", "message").first()
    if dispatch is None or dispatch.contact is None:
        return None
    waiting = Membership.objects.filter(
        person=dispatch.contact.person_id,
        state=Belonging.PENDING,
        says_yes_anew=True,
        partnership__area__path=dispatch.message.on_behalf_of,
    )
    return waiting.select_related("partnership__area", "person").first()


@transaction.atomic
def give_fresh_consent_and_welcome(*, membership: Membership, by: Person | None, at: datetime) -> bool:
    """They said yes: a member from now on, by this consent and no longer by that of the list; whether a welcome leaves.

    ``by``: the coordinator, to whom they said it. Raises ``WrongState``, ``NotAllowed`` or ``PartnershipOver``.
    """
    person, version = membership.person, f"anew:{membership.pk.hex}"
    is_welcomed = _confirm_contacts_and_welcome(membership, by=by, at=at)
    earlier = list(Consent.objects.filter(person=person, withdrawn_at=None).values_list("kind", "subject"))
    for kind, subject in earlier:
        persons.withdraw_consent(person=person, kind=kind, subject=subject, by=by, at=at)
        persons.record_consent(person=person, kind=kind, subject=subject, version=version, by=by, at=at)
    for kind in (Consent.Kind.ADULT, Consent.Kind.LIVES_OR_WORKS, Consent.Kind.CONDUCT):
        persons.record_consent(person=person, kind=kind, version=version, by=by, at=at)
    return is_welcomed


def _confirm_contacts_and_welcome(membership: Membership, *, by: Person | None, at: datetime) -> bool:
    """Let them in; the addresses that machines reach are in use first, so that the welcome arrives."""
    for contact in membership.person.contacts.filter(channel__in=senders().keys(), confirmed_at=None):
        persons.confirm_contact_and_clear_failure(contact=contact, by=by, at=at)
    return accept_and_welcome_member(membership=membership, by=by, at=at)


@transaction.atomic
def decline_fresh_consent_and_erase(*, membership: Membership, by: Person | None, at: datetime) -> None:
    """They said no: forgotten, and nothing more is sent to them. Raises ``WrongState`` once they are a member."""
    waiting = Membership.objects.filter(pk=membership.pk, state=Belonging.PENDING, says_yes_anew=True)
    if not waiting.select_for_update().exists():
        raise WrongState
    note(verb="membership.declined", by=by, at=at, area=membership.partnership.area.path)
    erase_person(person=membership.person, by=by, at=at)
