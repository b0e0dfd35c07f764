"""A report that was written without a connection and kept on a device: taken once, whenever it comes."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.places.models import Area
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings import draft
from plp.portal.subjects.sightings.forms import PlaceAndDayForm, SightingFactsForm, UrgencyAndKindForm
from plp.sightings.facts import FIELDS
from plp.sightings.letters import report_code
from plp.sightings.models import Sighting
from plp.sightings.queries import sighting_behind_link
from plp.sightings.refusals import StillUrgent
from plp.toolbox.crypto import digest
from plp.toolbox.moves import Refused
from plp.toolbox.words import colon


class KeptFormBroken(Refused):
    """What came is no form of ours."""

    sentence = gettext_lazy("Something is missing. Change it, then send it again.")


class PlaceToChoose(Refused):
    """The form that is kept on a device cannot ask in which municipality it was."""

    sentence = gettext_lazy(
        "Several municipalities share this postcode. Choose yours on the page “Report something you saw”."
    )


@public
def send_offline_report(request: PortalRequest) -> HttpResponse:
    """The token for whoever is about to send; then whether it was taken, in words. A second time changes nothing."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        key = UUID(digest(str(UUID(request.POST.get("key", ""))), purpose="sighting.kept")[:32])
    except ValueError:
        return _report_refused_json(request, KeptFormBroken().in_words())
    filed = sighting_behind_link(key)
    if filed is not None:
        return _report_taken_json(request, filed)
    why = _send_offline_sighting_or_name_fault(request, key)
    filed = sighting_behind_link(key)
    return _report_taken_json(request, filed, is_new=True) if filed else _report_refused_json(request, why)


def _send_offline_sighting_or_name_fault(request: PortalRequest, sighting_id: UUID) -> str:
    """What is wrong with it; empty once it is with the police."""
    kind, place = UrgencyAndKindForm(request.POST), PlaceAndDayForm(request.POST, at=request.at)
    if kind.is_urgent:
        return StillUrgent().in_words()
    if not kind.is_valid() or request.POST.get("kind") not in FIELDS:
        return _first_fault_sentence(kind)
    seen = SightingFactsForm(request.POST, request.FILES, kind=kind.cleaned_data["kind"])
    if not place.is_valid() or place.place is None:
        return PlaceToChoose().in_words() if place.has_choice else _first_fault_sentence(place)
    if not seen.is_valid():
        return _first_fault_sentence(seen)
    told = draft.place_and_kind_of_whole_report(kind, place) | {"key": str(sighting_id)}
    municipality: Area = place.place.municipality
    try:
        refused = draft.send_and_remember_sighting(request, municipality, told, seen)
    except IntegrityError:  # the same report came twice at the same moment
        return ""
    return refused.in_words() if refused else ""


def _first_fault_sentence(form: UrgencyAndKindForm | PlaceAndDayForm | SightingFactsForm) -> str:
    for name, words in form.errors.items():
        label = f"{form[name].label}{colon(get_language())} " if name in form.fields else ""
        return f"{label}{words[0]}"
    return KeptFormBroken().in_words()


def _report_taken_json(request: PortalRequest, sighting: Sighting, *, is_new: bool = False) -> JsonResponse:
    news = _("What you wrote without a connection is with the police. Its code, to see what becomes of it: %(code)s")
    words = news % {"code": report_code(sighting)}
    if is_new:
        messages.success(request, words)
    return JsonResponse({"sent": True, "words": words})


def _report_refused_json(request: PortalRequest, why: str) -> JsonResponse:
    messages.error(request, _("The report that waits on this device could not be sent: %(why)s") % {"why": why})
    return JsonResponse({"sent": False, "words": why})
