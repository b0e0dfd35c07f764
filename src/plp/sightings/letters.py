"""Letters of this room: that something has come, that a question is answered. Never its words. Texts in ``texts``."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from plp.delivery.letters import send_letter
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.partnership.letters import urgent_places
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.sightings.models import Question, Sighting
from plp.sightings.queries.questions import OFFICES
from plp.toolbox.crypto import sign, signed
from plp.toolbox.texts import LANGUAGES

TEXTS = Path(__file__).parent / "texts"
PURPOSE, QUESTION_PURPOSE = "sighting.follow", "question.follow"


def follow_path(sighting: UUID) -> str:
    """The secret part of the follow-up link of a sighting: signed, stored nowhere."""
    return f"{sighting}/{sign(str(sighting), purpose=PURPOSE)}"


def is_follow_path(sighting: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return signed(str(sighting), signature, purpose=PURPOSE)


def question_path(question: UUID) -> str:
    """The secret part of the link to the answer of a question: signed, stored nowhere."""
    return f"{question}/{sign(str(question), purpose=QUESTION_PURPOSE)}"


def is_question_path(question: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return signed(str(question), signature, purpose=QUESTION_PURPOSE)


def tell_police(sighting: Sighting, *, at: datetime) -> int:
    """Write to everybody who handles sightings there that one has come: the municipality, nothing of its words."""
    area = sighting.municipality
    return send_letter(
        name="sighting_desk",
        folder=TEXTS,
        contacts=contacts_of(holders(Permission.SIGHTING_HANDLE, area, at=at)),
        languages=LANGUAGES,
        places={"place": area.names, "link": f"{settings.ORIGIN}/sightings/"},
        purpose="sighting.filed",
        expires_at=None,
        unconfirmed=False,
        area=None,
        by=None,
        at=at,
    )


def tell_office(question: Question, *, by: Person | None, at: datetime) -> int:
    """Write to whoever answers for the office that a question has come: nothing of its words, nobody's name."""
    permission = OFFICES[Question.To(question.to)]
    return send_letter(
        name="question_desk",
        folder=TEXTS,
        contacts=contacts_of(holders(permission, question.partnership.area, at=at)),
        languages=LANGUAGES,
        places={
            "partnership": question.partnership.name,
            "link": f"{settings.ORIGIN}/questions/{question.to}/",
        },
        purpose="question.asked",
        expires_at=None,
        unconfirmed=False,
        area=question.partnership.area,
        by=by,
        at=at,
    )


def tell_taken(question: Question, contact: ContactPoint, *, at: datetime) -> int:
    """Write to a member, where they wrote from, that their answer reached somebody, and what to do in a hurry."""
    language = contact.person.language
    with override(language):
        office = question.get_to_display()
    return send_letter(
        name="answer_taken",
        folder=TEXTS,
        contacts=contacts_of(Person.objects.filter(pk=contact.person_id)).filter(pk=contact.pk),
        languages=[language],
        places={
            "partnership": question.partnership.name(language),
            "office": office,
            "link": f"{settings.ORIGIN}/questions/mine/",
            **urgent_places(question.partnership, language),
        },
        purpose="question.taken",
        expires_at=None,
        unconfirmed=False,
        area=question.partnership.area,
        by=None,
        at=at,
    )


def tell_asker(question: Question, *, by: Person, at: datetime) -> int:
    """Write to the member who asked that there is an answer, and where it stands."""
    if question.asker is None:
        return 0
    return send_letter(
        name="question_answered",
        folder=TEXTS,
        contacts=contacts_of(Person.objects.filter(pk=question.asker.pk)),
        languages=LANGUAGES,
        places={
            "partnership": question.partnership.name(question.asker.language),
            "link": f"{settings.ORIGIN}/questions/mine/",
        },
        purpose="question.answered",
        expires_at=None,
        unconfirmed=False,
        area=question.partnership.area,
        by=by,
        at=at,
    )
