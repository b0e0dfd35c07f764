"""An idea on its way: kept sealed in the session between the steps, then filed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.places.queries import Place, possible_municipalities_of_street
from plp.portal.shell import limits
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.contact_forms import key_and_channel_for_email
from plp.portal.shell.place_form import municipalities_as_places
from plp.portal.shell.requests import PortalRequest

DRAFT, FOLLOWED = "idea.draft", "idea.followed"
TYPED = ("origin", "kind", "words", "email", "telephone")
LEAST = timedelta(seconds=3)  # nobody writes down an idea faster


def store_draft_place(request: PortalRequest, street: str, postcode: str, place: Place) -> None:
    """Keep where, and from when on the second step is written."""
    told = {"street": street, "postcode": postcode, "nis": place.municipality.nis, "since": request.at.isoformat()}
    store_sealed(request, DRAFT, told)


def store_typed_idea_fields(request: PortalRequest, answers: dict[str, Any], typed: dict[str, str]) -> None:
    """Keep what was typed in the second step, so that no refusal loses it."""
    store_sealed(request, DRAFT, {**answers, "typed": {name: typed.get(name, "") for name in TYPED}})


def load_idea_draft(request: PortalRequest) -> dict[str, Any]:
    """What was told so far; empty before the first step."""
    found: dict[str, Any] = load_sealed(request, DRAFT)
    return found


def place_of_draft(answers: dict[str, Any]) -> Place | None:
    """The place of a draft; ``None`` when there is none, or none any more."""
    if not answers:
        return None
    found = possible_municipalities_of_street(answers["street"], answers["postcode"])
    found = found or municipalities_as_places(answers["postcode"])
    return next((place for place in found if place.municipality.nis == answers["nis"]), None)


def is_form_sent_too_fast(request: PortalRequest, answers: dict[str, Any]) -> bool:
    """Whether the form came back faster than anybody writes."""
    return request.at - datetime.fromisoformat(answers["since"]) < LEAST


def file_idea_and_remember(
    request: PortalRequest, place: Place, answers: dict[str, Any], given: dict[str, Any]
) -> Idea:
    """Send the idea to the desk of its zone and remember it in this browser. Raises ``MustWait`` and refusals."""
    channel = key_and_channel_for_email()
    telling = ideas.IdeaDetails(
        municipality=place.municipality,
        street=place.street,
        street_text=answers["street"],
        postcode=answers["postcode"],
        origin=given["origin"],
        kind=given["kind"],
        words=given["words"],
        language=get_language() or "fr",
        telephone=given["telephone"],
        contact=(channel[0], given["email"]) if channel and given["email"] else None,
    )
    zone = ("idea.zone", place.municipality.parent_path)
    with limits.enforce_then_count(request, ("idea.network", limits.personal_or_network_limit_key(request)), zone):
        filed = ideas.file_idea_and_notify_zone_desk(telling=telling, by=request.person, at=request.at)
    store_sealed(request, DRAFT, {})
    remember_idea_in_session(request, filed.pk)
    return filed


def remember_idea_in_session(request: PortalRequest, idea_key: UUID) -> None:
    """Let this browser see how an idea fares."""
    store_sealed(request, FOLLOWED, {"idea": str(idea_key)})


def remembered_idea_key(request: PortalRequest) -> UUID | None:
    """The idea that this browser follows."""
    found = load_sealed(request, FOLLOWED)
    return UUID(found["idea"]) if found else None
