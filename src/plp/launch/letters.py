"""Letters about ideas: to the desk of the zone, and to whoever left an address. Texts in ``launch/texts``."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from plp.delivery.letters import LetterTemplate, send_letter
from plp.launch.models import Idea
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.toolbox.crypto import sign, signed

TEXTS = Path(__file__).parent / "texts"
IDEA_DESK = LetterTemplate(TEXTS, "idea_desk", "launch.idea")
IDEA_ANSWER = LetterTemplate(TEXTS, "idea_answer", "launch.idea_answer", to_unconfirmed=True)
PURPOSE = "idea.follow"


def follow_path(idea: UUID) -> str:
    """The secret part of the follow-up link of an idea: signed, stored nowhere."""
    return f"{idea}/{sign(str(idea), purpose=PURPOSE)}"


def is_follow_path(idea: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return signed(str(idea), signature, purpose=PURPOSE)


def tell_desk(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to everybody who handles ideas there that one has come: the place, nothing of its words."""
    return send_letter(
        IDEA_DESK,
        to=contacts_of(holders(Permission.IDEA_HANDLE, idea.municipality, at=at)),
        context={"place": idea.municipality.names, "link": f"{settings.ORIGIN}/groundwork/ideas/"},
        area=None,
        by=by,
        at=at,
    )


def tell_teller(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to whoever left an e-mail address that the idea is answered: one mail, for the address was never proven."""
    link = f"{settings.ORIGIN}/idea/follow/{follow_path(idea.pk)}/"
    return send_letter(
        IDEA_ANSWER,
        to=ContactPoint.objects.filter(person=idea.teller_id),
        context={"place": idea.municipality.names, "link": link},
        area=None,
        by=by,
        at=at,
    )
