"""Letters about ideas: to the desk of the zone, and to whoever left an address. Texts in ``launch/texts``."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from plp.delivery.letters import send_letter
from plp.launch.models import Idea
from plp.mandates.grants import Permission
from plp.mandates.queries import holders
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.crypto import sign, signed
from plp.toolbox.texts import LANGUAGES

TEXTS = Path(__file__).parent / "texts"
PURPOSE = "idea.follow"


def follow_path(idea: UUID) -> str:
    """The secret part of the follow-up link of an idea: signed, stored nowhere."""
    return f"{idea}/{sign(str(idea), purpose=PURPOSE)}"


def is_follow_path(idea: UUID, signature: str) -> bool:
    """Whether the link is one that we gave out."""
    return signed(str(idea), signature, purpose=PURPOSE)


def tell_desk(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to everybody who handles ideas there that one has come: the place, nothing of its words."""
    officers = holders(Permission.IDEA_HANDLE, idea.municipality, at=at)
    return send_letter(
        name="idea_desk",
        folder=TEXTS,
        contacts=contacts_of(officers),
        languages=LANGUAGES,
        places={"place": idea.municipality.names, "link": f"{settings.ORIGIN}/groundwork/ideas/"},
        purpose="launch.idea",
        expires_at=None,
        unconfirmed=False,
        area=None,
        by=by,
        at=at,
    )


def tell_teller(idea: Idea, *, by: Person | None, at: datetime) -> int:
    """Write to whoever left an e-mail address that the idea is answered: one mail, for the address was never proven."""
    if idea.teller is None:
        return 0
    return send_letter(
        name="idea_answer",
        folder=TEXTS,
        contacts=contacts_of(Person.objects.filter(pk=idea.teller.pk)),
        languages=[idea.teller.language],
        places={
            "place": idea.municipality.names,
            "link": f"{settings.ORIGIN}/idea/follow/{follow_path(idea.pk)}/",
        },
        purpose="launch.idea_answer",
        expires_at=None,
        unconfirmed=True,
        area=None,
        by=by,
        at=at,
    )
