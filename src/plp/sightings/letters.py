"""Letters of this room: that something has come, that a question is answered. Never its words. Texts in ``texts``."""

import hmac
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.partnership.letters import emergency_number_values
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.sightings.models import Question, Referral, Sighting, SightingReader
from plp.sightings.queries.questions import OFFICES
from plp.sightings.queries.sightings import normalise_report_code
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign

TEXTS = Path(__file__).parent / "texts"
SIGHTING_FILED = LetterTemplate(TEXTS, "sighting_desk", "sighting.filed")
SIGHTING_WAITS = LetterTemplate(TEXTS, "sighting_waits", "sighting.waits")
SIGHTING_NEWS = LetterTemplate(TEXTS, "sighting_news", "sighting.news", to_unconfirmed=True)
REFERRAL = LetterTemplate(TEXTS, "referral", "sighting.referred", to_unconfirmed=True)
REFERRAL_BACK = LetterTemplate(TEXTS, "referral_back", "sighting.referral_back")
QUESTION_ASKED = LetterTemplate(TEXTS, "question_desk", "question.asked")
ANSWER_TAKEN = LetterTemplate(TEXTS, "answer_taken", "question.taken")
QUESTION_ANSWERED = LetterTemplate(TEXTS, "question_answered", "question.answered")
PURPOSE, QUESTION_PURPOSE, CODE_PURPOSE = "sighting.follow", "question.follow", "sighting.code"
SERVICE_PURPOSE = "sighting.service"
CODE_SIGNS = 8


def signed_follow_up_path(sighting: UUID) -> str:
    """The secret part of the follow-up link of a sighting: signed, stored nowhere."""
    return f"{sighting}/{sign(str(sighting), purpose=PURPOSE)}"


def is_follow_up_signature(sighting: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return is_valid_signature(str(sighting), signature, purpose=PURPOSE)


def signed_service_path(referral: UUID) -> str:
    """The secret part of the link by which a service says what it made of a report: signed, stored nowhere."""
    return f"{referral}/{sign(str(referral), purpose=SERVICE_PURPOSE)}"


def is_service_link_signature(referral: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return is_valid_signature(str(referral), signature, purpose=SERVICE_PURPOSE)


def service_link(referral: Referral) -> str:
    """The whole link of a service, for its letter and for the police."""
    return pages.REPORT_SERVICE.link(*signed_service_path(referral.pk).split("/"))


def signed_question_path(question: UUID) -> str:
    """The secret part of the link to the answer of a question: signed, stored nowhere."""
    return f"{question}/{sign(str(question), purpose=QUESTION_PURPOSE)}"


def is_question_link_signature(question: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return is_valid_signature(str(question), signature, purpose=QUESTION_PURPOSE)


def report_code(sighting: Sighting) -> str:
    """What a reporter types to see what becomes of their report: its reference, and eight signs that nobody guesses."""
    return f"{sighting.reference}-{sign(str(sighting.pk), purpose=CODE_PURPOSE)[:CODE_SIGNS]}"


def is_report_code(sighting: Sighting, typed: str) -> bool:
    """Whether ``typed`` is the code of ``sighting``, however it is spaced and spelled."""
    return hmac.compare_digest(normalise_report_code(typed), normalise_report_code(report_code(sighting)))


def mail_new_sighting_to_officers(
    sighting: Sighting, officers: QuerySet[Person], *, by: Person | None, at: datetime
) -> int:
    """Write to whoever has it now that a report came: the municipality, nothing of its words."""
    return _mail_sighting_letter_to_officers(SIGHTING_FILED, sighting, officers, by=by, at=at)


def mail_waiting_sighting_to_desk(sighting: Sighting, *, at: datetime) -> int:
    """Write to everybody who handles reports there that one was left lying."""
    officers = permission_holders(Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    return _mail_sighting_letter_to_officers(SIGHTING_WAITS, sighting, officers, by=None, at=at)


def _mail_sighting_letter_to_officers(
    template: LetterTemplate, sighting: Sighting, officers: QuerySet[Person], *, by: Person | None, at: datetime
) -> int:
    link, due_at = pages.SIGHTING_DESK.link(), local(sighting.due_at)
    return send_letter(
        template,
        to=contacts_of(officers),
        context=lambda language: {
            "place": sighting.municipality.name(language),
            "link": link,
            "due": date_format(due_at, "DATE_FORMAT"),
        },
        area=None,
        by=by,
        at=at,
    )


def mail_state_to_reporter(sighting: Sighting, *, by: Person | None, at: datetime) -> int:
    """Write to whoever left an e-mail address what became of their report: its state, never a word of it (R123)."""
    return _mail_news_to_reporter(sighting, lambda: str(sighting.get_state_display()), by=by, at=at)


def mail_outcome_to_reporter(referral: Referral, *, at: datetime) -> int:
    """Write to whoever left an e-mail address what the municipality says: its outcome, never a word of it."""
    return _mail_news_to_reporter(
        referral.sighting,
        lambda: _("the municipality says: %(outcome)s") % {"outcome": referral.get_outcome_display()},
        by=None,
        at=at,
    )


def mail_link_to_service(referral: Referral, *, by: Person, at: datetime) -> int:
    """Write to a service that there is a report for it: the municipality and the link, nothing of its words."""
    if not referral.service:
        return 0
    sighting, link = referral.sighting, service_link(referral)
    return send_letter(
        REFERRAL,
        to=ContactPoint.objects.filter(person_id=UUID(referral.service)),
        context=lambda language: {
            "place": sighting.municipality.name(language),
            "reference": sighting.reference,
            "link": link,
        },
        area=None,
        by=by,
        at=at,
    )


def mail_not_competent_to_referrer(referral: Referral, *, at: datetime) -> int:
    """Write to whoever handed it over that the municipality says it is not for them."""
    reference, officers = referral.sighting.reference, [referral.referred_by_id] if referral.referred_by_id else []
    return send_letter(
        REFERRAL_BACK,
        to=contacts_of(Person.objects.filter(pk__in=officers)),
        context=lambda _language: {"reference": reference, "link": pages.SIGHTING_DESK.link()},
        area=None,
        by=None,
        at=at,
    )


def _mail_news_to_reporter(sighting: Sighting, news: Callable[[], str], *, by: Person | None, at: datetime) -> int:
    reader = SightingReader.objects.filter(sighting=sighting).first()
    if reader is None:
        return 0
    link = pages.SIGHTING_FOLLOW.link(*signed_follow_up_path(sighting.pk).split("/"))
    return send_letter(
        SIGHTING_NEWS,
        to=ContactPoint.objects.filter(person_id=UUID(reader.reader)),
        context=lambda _language: {"news": news(), "reference": sighting.reference, "link": link},
        area=None,
        by=by,
        at=at,
    )


def mail_new_question_to_office(question: Question, *, by: Person | None, at: datetime) -> int:
    """Write to whoever answers for the office that a question has come: nothing of its words, nobody's name."""
    partnership = question.partnership
    is_police = question.to == Question.To.POLICE
    link = (pages.QUESTIONS_POLICE if is_police else pages.QUESTIONS_COORDINATOR).link()
    return send_letter(
        QUESTION_ASKED,
        to=contacts_of(permission_holders(OFFICES[Question.To(question.to)], partnership.area, at=at)),
        context=lambda language: {"partnership": partnership.name(language), "link": link},
        area=partnership.area,
        by=by,
        at=at,
    )


def mail_receipt_of_reply_to_member(question: Question, contact: ContactPoint, *, at: datetime) -> int:
    """Write to a member, where they wrote from, that their answer reached somebody, and what to do in a hurry."""
    partnership = question.partnership
    return send_letter(
        ANSWER_TAKEN,
        to=ContactPoint.objects.filter(pk=contact.pk),
        context=lambda language: {
            "partnership": partnership.name(language),
            "office": _("the police, for the coordinator") if question.for_coordinator else question.get_to_display(),
            "link": pages.QUESTIONS_MINE.link(),
            **emergency_number_values(partnership, language),
        },
        area=partnership.area,
        by=None,
        at=at,
    )


def mail_answer_link_to_asker(question: Question, *, by: Person, at: datetime) -> int:
    """Write to the member who asked that there is an answer, and where it stands."""
    partnership, link = question.partnership, pages.QUESTIONS_MINE.link()
    return send_letter(
        QUESTION_ANSWERED,
        to=ContactPoint.objects.filter(person=question.asker_id),
        context=lambda language: {"partnership": partnership.name(language), "link": link},
        area=partnership.area,
        by=by,
        at=at,
    )
