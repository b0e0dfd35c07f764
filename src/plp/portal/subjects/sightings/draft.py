"""A report on its way: kept sealed in the session between the steps, then sent; the last one followed."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.places.models import Area
from plp.places.queries import Place
from plp.portal.shell import limits
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings.forms import PlaceAndDayForm, SightingFactsForm, UrgencyAndKindForm
from plp.sightings.actions import sightings
from plp.sightings.facts import FIELDS
from plp.sightings.models import Sighting
from plp.sightings.queries import sighting_behind_link
from plp.toolbox.moves import Refused

DRAFT, FOLLOWED = "sighting.draft", "sighting.followed"
LEAST = timedelta(seconds=3)  # nobody writes down what they saw faster


class WithoutPictures(Refused):
    """So many reports come in that their pictures would fill the disk: the words alone still go (ADR 34)."""

    sentence = _("Many reports are coming in just now. Send yours without pictures: the police can ask you for them.")


def save_kind_in_draft(request: PortalRequest, form: UrgencyAndKindForm) -> None:
    """It is not urgent: keep what it is about, and what a step back shows again."""
    store_sealed(request, DRAFT, sighting_draft(request) | {name: form.cleaned_data[name] for name in ("when", "kind")})


def save_place_in_draft(request: PortalRequest, form: PlaceAndDayForm, place: Place) -> None:
    """Keep where and when, and from when on the last step is written."""
    where = {"nis": place.municipality.nis, "since": request.at.isoformat()}
    typed = {name: form.cleaned_data[name] for name in ("street", "postcode", "which")}
    store_sealed(request, DRAFT, sighting_draft(request) | typed | _moment_and_place(form) | where)


def place_and_kind_of_whole_report(kind: UrgencyAndKindForm, form: PlaceAndDayForm) -> dict[str, Any]:
    """What the first two steps would have kept, of a report that comes whole."""
    return {"kind": kind.cleaned_data["kind"], **_moment_and_place(form)}


def _moment_and_place(form: PlaceAndDayForm) -> dict[str, str]:
    clock = form.cleaned_data["clock"]
    day = form.cleaned_data["day"].isoformat()
    return {"place": form.place_words, "day": day, "clock": f"{clock:%H:%M}" if clock else ""}


def sighting_draft(request: PortalRequest) -> dict[str, Any]:
    """What was told so far; empty before the three questions."""
    found: dict[str, Any] = load_sealed(request, DRAFT)
    return found


def municipality_of_draft(answers: dict[str, Any]) -> Area | None:
    """Where the draft says that it was; ``None`` before the three questions."""
    areas = Area.objects.filter(kind=Area.Kind.MUNICIPALITY, nis=answers.get("nis", ""))
    return areas.order_by("path").first() if answers.get("kind") in FIELDS and "nis" in answers else None


def is_form_sent_too_fast(request: PortalRequest, answers: dict[str, Any]) -> bool:
    """Whether the form came back faster than anybody writes."""
    return request.at - datetime.fromisoformat(answers["since"]) < LEAST


def send_and_remember_sighting(
    request: PortalRequest, municipality: Area, answers: dict[str, Any], form: SightingFactsForm
) -> Refused | None:
    """Send the report to the police and remember it in this browser; answer what was wrong, or how long to wait."""
    zone = ("sighting.zone", municipality.parent_path)
    if form.files and not limits.is_under_limit(*zone):
        return WithoutPictures()
    try:
        with limits.enforce_then_count(
            request, ("sighting.network", limits.personal_or_network_limit_key(request)), zone
        ):
            sent = sightings.file_and_assign_sighting(
                report=_sighting_report(municipality, answers, form), by=None, at=request.at
            )
    except Refused as refused:
        return refused
    store_sealed(request, DRAFT, {})
    remember_sighting(request, sent.pk)
    return None


def _sighting_report(municipality: Area, answers: dict[str, Any], form: SightingFactsForm) -> sightings.SightingReport:
    return sightings.SightingReport(
        municipality=municipality,
        place=answers["place"],
        kind=answers["kind"],
        day=date.fromisoformat(answers["day"]),
        clock=time.fromisoformat(answers["clock"]) if answers["clock"] else None,
        language=get_language() or "fr",
        facts=form.facts,
        reporter=form.name_and_reach_for_police,
        service_sees_name=form.cleaned_data["service_sees"],
        email=form.reporter_channel_and_address,
        pictures=[file.read() for file in form.cleaned_data["pictures"]],
        key=UUID(answers["key"]) if "key" in answers else None,
    )


def remember_sighting(request: PortalRequest, sighting_id: UUID) -> None:
    """Let this browser see how a report fares."""
    store_sealed(request, FOLLOWED, {"sighting": str(sighting_id)})


def remembered_sighting(request: PortalRequest) -> Sighting | None:
    """The report that this browser follows."""
    found = load_sealed(request, FOLLOWED)
    return sighting_behind_link(UUID(found["sighting"])) if found else None
