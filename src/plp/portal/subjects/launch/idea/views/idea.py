"""An idea for a partnership: where, what, sent, followed (R10, R11)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.actions.ideas import LinkInIdea
from plp.launch.letters import idea_key_with_signature, is_valid_idea_link_signature
from plp.launch.queries.ideas import idea_after_merges, idea_by_key, zone_that_answers_for_municipality
from plp.partnership.queries import public_partnerships
from plp.places.queries import find_quarters_of_street_or_door
from plp.portal.shell.guards import public
from plp.portal.shell.place_form import PlaceForm
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.launch.idea import draft as telling
from plp.portal.subjects.launch.idea.forms import IdeaDetailsForm
from plp.portal.subjects.launch.idea.path import followed_idea_or_404, idea_path_context
from plp.toolbox.words import BadWords


@public
def ask_street_of_idea(request: PortalRequest) -> HttpResponse:
    """Step 1: which street; by POST, for an address belongs in no log."""
    form = PlaceForm(request.POST or None, initial=telling.load_idea_draft(request))
    if request.method == "POST" and form.is_valid() and form.place is not None:
        telling.store_draft_place(request, form.cleaned_data["street"], form.cleaned_data["postcode"], form.place)
        return redirect("launch:idea:describe")
    return render(request, "launch/idea/where.html", {"form": form})


@public
def ask_and_file_idea(request: PortalRequest) -> HttpResponse:
    """Step 2: which police answer there, and what one would like."""
    draft = telling.load_idea_draft(request)
    place = telling.place_of_draft(draft)
    if place is None:
        return redirect("launch:idea:tell")
    form = IdeaDetailsForm(request.POST or None, initial=draft.get("typed"))
    if request.method == "POST":
        telling.store_typed_idea_fields(request, draft, request.POST.dict())
    if request.method == "POST" and form.is_valid():
        if telling.is_form_sent_too_fast(request, draft):
            form.add_error(None, _("That was faster than anybody writes. Wait a moment, then send again."))
        else:
            try:
                telling.file_idea_and_remember(request, place, draft, form.cleaned_data)
                return redirect("launch:idea:sent")
            except (LinkInIdea, BadWords) as bad:
                form.add_error("words", bad.in_words())
    found, language = zone_that_answers_for_municipality(place.municipality, at=request.at), get_language() or "fr"
    there = public_partnerships().filter(
        area__in=find_quarters_of_street_or_door(street=draft["street"], postcode=draft["postcode"])
    )
    named = {"zone": found.zone.name(language), "municipality": found.municipality.bilingual_name(language)}
    return render(
        request,
        "launch/idea/describe.html",
        {
            "form": form,
            "answering": found,
            "draft": draft,
            "partnerships": [(one.key, one.name(language), one.get_kind_display()) for one in there],
            **named,
        },
    )


@public
def idea_sent_confirmation_page(request: PortalRequest) -> HttpResponse:
    """It is sent: the secret link by which one sees what becomes of it."""
    key = telling.remembered_idea_key(request)
    idea = idea_by_key(key) if key else None
    if idea is None:
        return redirect("launch:idea:tell")
    found = zone_that_answers_for_municipality(idea.municipality, at=request.at)
    link = f"{settings.ORIGIN}/idea/follow/{idea_key_with_signature(idea.pk)}/"
    context = {"idea": idea, "link": link, "answering": found, "zone": found.zone.name()}
    return render(request, "launch/idea/sent.html", context)


@public
def follow_idea_link(request: PortalRequest, key: UUID, signature: str) -> HttpResponse:
    """The secret link: exchanged at once for a mark in this browser, so that it stands in no address bar (T19)."""
    if not is_valid_idea_link_signature(key, signature) or idea_by_key(key) is None:
        raise Http404
    telling.remember_idea_in_session(request, key)
    return redirect("launch:idea:status")


@public
def idea_status(request: PortalRequest) -> HttpResponse:
    """How the idea fares: its state and the answer; once it is taken up, its path."""
    idea = followed_idea_or_404(request)
    found, language = zone_that_answers_for_municipality(idea.municipality, at=request.at), get_language() or "fr"
    lead = idea_after_merges(idea)
    context = {
        "idea": idea,
        "lead": lead,
        "answering": found,
        "zone": found.zone.name(language),
        "municipality": found.municipality.bilingual_name(language),
        "partnership": lead.partnership.name(language) if lead.partnership else "",
    }
    if lead.partnership is not None:
        context |= idea_path_context(lead.partnership, at=request.at)
    return render(request, "launch/idea/status.html", context)
