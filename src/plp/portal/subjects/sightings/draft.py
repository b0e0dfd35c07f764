"""A report on its way: the place kept sealed in the session between the steps, then sent; the last one followed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.places.queries import Place, places_of
from plp.portal.shell import limits
from plp.portal.shell.codes import keep, kept
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings.forms import SeenForm
from plp.sightings.actions import sightings
from plp.sightings.models import Sighting
from plp.sightings.queries import sighting_behind_link
from plp.toolbox.moves import Refused

DRAFT, FOLLOWED = "sighting.draft", "sighting.followed"
LEAST = timedelta(seconds=3)  # nobody writes down what they saw faster


class WithoutPictures(Refused):
    """So many reports come in that their pictures would fill the disk: the words alone still go (ADR 34)."""

    sentence = _("Many reports are coming in just now. Send yours without pictures: the police can ask you for them.")


def open_gate(request: PortalRequest) -> None:
    """It is not urgent: the next step may be seen."""
    keep(request, DRAFT, {"calm": True})


def note_place(request: PortalRequest, street: str, postcode: str, place: Place) -> None:
    """Keep where, and from when on the last step is written."""
    told = {"street": street, "postcode": postcode, "nis": place.municipality.nis, "since": request.at.isoformat()}
    keep(request, DRAFT, {"calm": True, **told})


def draft(request: PortalRequest) -> dict[str, Any]:
    """What was told so far; empty before the gate."""
    found: dict[str, Any] = kept(request, DRAFT)
    return found


def place_of(told: dict[str, Any]) -> Place | None:
    """The place of a draft; ``None`` when there is none, or none any more."""
    found = places_of(told["street"], told["postcode"]) if "street" in told else []
    return next((place for place in found if place.municipality.nis == told["nis"]), None)


def too_fast(request: PortalRequest, told: dict[str, Any]) -> bool:
    """Whether the form came back faster than anybody writes."""
    return request.at - datetime.fromisoformat(told["since"]) < LEAST


def send(request: PortalRequest, place: Place, told: dict[str, Any], form: SeenForm) -> Refused | None:
    """Send the report to the police and remember it in this browser; answer what was wrong, or how long to wait."""
    zone = ("sighting.zone", place.municipality.parent_path)
    if form.files and not limits.left(*zone):
        return WithoutPictures()
    try:
        with limits.counted(request, ("sighting.network", limits.person_or_network(request)), zone):
            sent = sightings.file_sighting(report=_seen(place, told, form), by=None, at=request.at)
    except Refused as refused:
        return refused
    keep(request, DRAFT, {})
    remember(request, sent.pk)
    return None


def _seen(place: Place, told: dict[str, Any], form: SeenForm) -> sightings.SightingReport:
    given = form.cleaned_data
    where = f"{told['street']}, {told['postcode']}"
    return sightings.SightingReport(
        municipality=place.municipality,
        place=f"{where} ({given['spot']})" if given["spot"] else where,
        kind=given["kind"],
        day=given["day"],
        clock=given["clock"],
        language=get_language() or "fr",
        facts=form.facts,
        reporter=form.reporter,
        pictures=form.pictures,
    )


def remember(request: PortalRequest, key: UUID) -> None:
    """Let this browser see how a report fares."""
    keep(request, FOLLOWED, {"sighting": str(key)})


def remembered(request: PortalRequest) -> Sighting | None:
    """The report that this browser follows."""
    found = kept(request, FOLLOWED)
    return sighting_behind_link(UUID(found["sighting"])) if found else None
