"""A question of the coordinator to somebody who asks to join (R45): by their own channel, with a link to answer.

Nobody else reads it. Whoever no machine reaches gets it by letter or by a call, and the coordinator writes down what
they said.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require, require_unless_machine
from plp.membership.models import Enquiry, Membership
from plp.membership.queries import memberships_in_scope
from plp.membership.states import Belonging
from plp.people.models import ContactPoint, Person
from plp.toolbox.crypto import is_valid_signature, sign
from plp.toolbox.moves import Refused, WrongState
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

TEXTS = Path(__file__).parent / "texts"
ANSWER_WITHIN = timedelta(days=14)
MOST_WORDS = 400
PURPOSE = "partnership.enquiry"
ENQUIRY = LetterTemplate(TEXTS, "enquiry", PURPOSE, lasts=ANSWER_WITHIN)


class EnquiryOpen(Refused):
    """A question waits for its answer."""

    sentence = _("Your earlier question still waits for its answer. Wait for it, or write down what they told you.")


def enquiries_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Enquiry]:
    """The questions to those whose membership ``person`` may see, the newest first (R80)."""
    enquiries = Enquiry.objects.filter(membership__in=memberships_in_scope(person, at=at))
    return enquiries.select_related("membership__person__household__street", "membership__partnership__area").order_by(
        "-asked_at"
    )


def enquiry_answer_path(enquiry: Enquiry) -> str:
    """The secret part of the link to answer: signed, stored nowhere."""
    return f"{enquiry.pk.hex}/{sign(enquiry.pk.hex, purpose=PURPOSE)}"


def waiting_enquiry_by_link(key: str, signature: str) -> Enquiry | None:
    """The question of a link that we gave out, as long as its asker waits; ``None`` for any other link."""
    if not is_valid_signature(key, signature, purpose=PURPOSE):
        return None
    waiting = Enquiry.objects.filter(pk=UUID(hex=key), membership__state=Belonging.PENDING)
    return waiting.select_related("membership__person", "membership__partnership__area").first()


@transaction.atomic
def send_enquiry(*, membership: Membership, words: str, by: Person, at: datetime) -> Enquiry:
    """Ask somebody who waits something; an answer is due within fourteen days, and until then they wait for nobody.

    ``sent`` of the answer counts the copies that left. Raises ``NotAllowed``, ``WrongState`` (no longer waiting),
    ``EnquiryOpen``, ``BadWords`` or ``HeldWords``.
    """
    require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    if not Membership.objects.filter(pk=membership.pk, state=Belonging.PENDING).exists():
        raise WrongState
    if membership.enquiries.filter(answered_at=None).exists():
        raise EnquiryOpen
    question = normalise_text(words, most=MOST_WORDS, lines=True)
    require_text_passes_check(question, language=membership.person.language)
    enquiry = Enquiry.objects.create(
        membership=membership, words=question, asked_by=by, asked_at=at, due_at=at + ANSWER_WITHIN
    )
    enquiry.sent = send_letter(
        ENQUIRY,
        to=ContactPoint.objects.filter(person=membership.person_id),
        context=enquiry_letter_values(enquiry),
        area=membership.partnership.area,
        by=by,
        at=at,
    )
    enquiry.save(update_fields=["sent"])
    _note_enquiry_act("enquired", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def record_enquiry_answer(*, enquiry: Enquiry, words: str, by: Person | None, at: datetime) -> None:
    """Keep the answer: what whoever opened the link chose (``by`` is ``None``), or as the coordinator heard it.

    Whoever was asked writes no words: no officer would have read them (ADR 85). Raises ``NotAllowed``, ``BadWords``,
    ``ValueError`` for no choice, or ``WrongState`` when it was answered or its asker waits no longer.
    """
    membership = enquiry.membership
    require_unless_machine(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    answer = normalise_text(words, most=MOST_WORDS, lines=True) if by else Enquiry.ChosenAnswer(words).value
    waiting = Enquiry.objects.filter(pk=enquiry.pk, answered_at=None, membership__state=Belonging.PENDING)
    if not waiting.update(answered_at=at):
        raise WrongState
    enquiry.answered_at, enquiry.answer = at, answer
    enquiry.save(update_fields=["answer"])
    _note_enquiry_act("answered", enquiry, by=by, at=at)


def enquiry_letter_values(enquiry: Enquiry) -> dict[str, str]:
    """What fills the places of the question's letter."""
    membership = enquiry.membership
    partnership, language = membership.partnership, membership.person.language
    return {
        "partnership": partnership.name(language),
        "words": enquiry.words,
        "link": pages.APPLICANT_ANSWER.link(*enquiry_answer_path(enquiry).split("/")),
        "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
    }


def _note_enquiry_act(verb: str, enquiry: Enquiry, *, by: Person | None, at: datetime) -> None:
    area = enquiry.membership.partnership.area.path
    note(verb=f"membership.{verb}", by=by, at=at, area=area, target=enquiry.membership)
