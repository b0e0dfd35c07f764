"""An idea on its way: kept sealed in the session between the steps, then filed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.places.queries import Place, places_of
from plp.portal.shell import limits
from plp.portal.shell.codes import keep, kept
from plp.portal.shell.contact_forms import mail_channel
from plp.portal.shell.requests import PortalRequest

DRAFT, FOLLOWED = "idea.draft", "idea.followed"
TYPED = ("origin", "kind", "words", "email", "telephone")
LEAST = timedelta(seconds=3)  # nobody writes down an idea faster


def note_place(request: PortalRequest, street: str, postcode: str, place: Place) -> None:
    """Keep where, and from when on the second step is written."""
    told = {"street": street, "postcode": postcode, "nis": place.municipality.nis, "since": request.at.isoformat()}
    keep(request, DRAFT, told)


def note_words(request: PortalRequest, told: dict[str, Any], typed: dict[str, str]) -> None:
    """Keep what was typed in the second step, so that no refusal loses it."""
    keep(request, DRAFT, {**told, "typed": {name: typed.get(name, "") for name in TYPED}})


def draft(request: PortalRequest) -> dict[str, Any]:
    """What was told so far; empty before the first step."""
    found: dict[str, Any] = kept(request, DRAFT)
    return found


def place_of(told: dict[str, Any]) -> Place | None:
    """The place of a draft; ``None`` when there is none, or none any more."""
    found = places_of(told["street"], told["postcode"]) if told else []
    return next((place for place in found if place.municipality.nis == told["nis"]), None)


def too_fast(request: PortalRequest, told: dict[str, Any]) -> bool:
    """Whether the form came back faster than anybody writes."""
    return request.at - datetime.fromisoformat(told["since"]) < LEAST


def file(request: PortalRequest, place: Place, told: dict[str, Any], given: dict[str, Any]) -> Idea:
    """Send the idea to the desk of its zone and remember it in this browser. Raises ``Wait`` and refusals."""
    channel = mail_channel()
    telling = ideas.IdeaDetails(
        municipality=place.municipality,
        street=place.street,
        street_text=told["street"],
        postcode=told["postcode"],
        origin=given["origin"],
        kind=given["kind"],
        words=given["words"],
        language=get_language() or "fr",
        telephone=given["telephone"],
        contact=(channel[0], given["email"]) if channel and given["email"] else None,
    )
    zone = ("idea.zone", place.municipality.parent_path)
    with limits.counted(request, ("idea.network", limits.person_or_network(request)), zone):
        filed = ideas.file_idea(telling=telling, by=request.person, at=request.at)
    keep(request, DRAFT, {})
    remember(request, filed.pk)
    return filed


def remember(request: PortalRequest, key: UUID) -> None:
    """Let this browser see how an idea fares."""
    keep(request, FOLLOWED, {"idea": str(key)})


def remembered(request: PortalRequest) -> UUID | None:
    """The idea that this browser follows."""
    found = kept(request, FOLLOWED)
    return UUID(found["idea"]) if found else None
