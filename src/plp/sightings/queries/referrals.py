"""Reads about reports that went to the municipality: where it is written to, what is behind its link."""

import json
from typing import Any
from uuid import UUID

from plp.charter.models import Contact
from plp.mandates.grants import Role
from plp.places.models import Area
from plp.sightings.facts import EVENT
from plp.sightings.models import Referral, Sighting
from plp.sightings.states import State

LOOKED_AT = 5  # referrals whose address is opened, the newest first


def service_email_to_suggest(municipality: Area) -> str:
    """Where the municipality is written to: as the last time, else as in the contacts of a partnership; or empty."""
    lately = Referral.objects.filter(sighting__municipality=municipality).order_by("-referred_at")[:LOOKED_AT]
    address = next((referral.address for referral in lately if referral.address), "")
    if address:
        return address
    contacts = Contact.objects.filter(
        slot=Role.MUNICIPALITY.value, partnership__area__path__startswith=municipality.path
    )
    contact = contacts.order_by("-changed_at").first()
    return contact.email if contact else ""


def event_text_for_service(sighting: Sighting) -> str:
    """What was seen, to begin from: no person and no vehicle is in it."""
    facts = json.loads(sighting.facts) if sighting.facts else {}
    return str(facts.get(EVENT.key, ""))


def referral_of_sighting(sighting: Sighting) -> Referral | None:
    """What became of a report at the municipality; ``None`` when it was not handed over."""
    return Referral.objects.filter(sighting=sighting).first()


def referral_behind_link(referral_id: UUID) -> Referral | None:
    """The referral behind the link of a service; ``None`` when there is none."""
    return Referral.objects.select_related("sighting__municipality").filter(pk=referral_id).first()


def referral_document(referral: Referral) -> dict[str, Any]:
    """What a service takes into its own system. The reporter is there only if they agreed."""
    sighting = referral.sighting
    is_named = sighting.service_sees_name and bool(sighting.reporter_name)
    return {
        "reference": sighting.reference,
        "referred_at": referral.referred_at.isoformat(timespec="seconds"),
        "language": sighting.language,
        "municipality_nis": sighting.municipality.nis,
        "place": sighting.place,
        "day": sighting.day.isoformat(),
        "words": referral.words,
        "reporter": {"name": sighting.reporter_name, "reach": sighting.reporter_reach} if is_named else None,
    }


def can_be_referred(sighting: Sighting) -> bool:
    """Whether a report was closed as one for another service, and has not gone there yet."""
    is_elsewhere = sighting.state == State.CLOSED and sighting.reason == Sighting.Reason.ELSEWHERE
    return is_elsewhere and referral_of_sighting(sighting) is None
