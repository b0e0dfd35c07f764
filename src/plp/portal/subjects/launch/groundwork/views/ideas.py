"""The ideas of the zone: read, and answered once (R10, R11)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.launch.queries.ideas import (
    ideas_and_partnerships_idea_may_join,
    ideas_person_may_read,
    municipalities_to_found_across,
    zones_whose_desk_person_may_set,
)
from plp.launch.states import Hearing
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.places.rules.bilingual import required_languages
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.ideas import (
    DeclineForm,
    FoundPartnershipForm,
    MergeIdeaForm,
    ZoneDeskForm,
)

HANDLE = Permission.IDEA_HANDLE
MOST = 100  # on one page: the oldest that wait, the newest that were answered


def _idea_or_404(request: StaffRequest, pk: UUID) -> Idea:
    """An idea of one's zone; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(ideas_person_may_read(request.person, at=request.at), pk=pk)


def _idea_context(idea: Idea, **more: object) -> dict[str, object]:
    language = get_language() or "fr"
    place = f"{idea.street_text}, {idea.postcode} {idea.municipality.bilingual_name(language)}"
    return {"idea": idea, "place": place, "language": language, **more}


@needs(HANDLE)
def idea_list(request: StaffRequest) -> HttpResponse:
    """Open ideas first, then those answered in the last place."""
    found, language = ideas_person_may_read(request.person, at=request.at), get_language() or "fr"
    waiting = list(found.filter(state=Hearing.OPEN)[:MOST])
    answered = list(found.exclude(state=Hearing.OPEN).order_by("-answered_at")[:MOST])
    zones = [
        (zone, zone.name(language), getattr(zone, "desk", None))
        for zone in zones_whose_desk_person_may_set(request.person, at=request.at)
    ]
    rows = [[(one, one.municipality.bilingual_name(language)) for one in some] for some in (waiting, answered)]
    return render(request, "launch/groundwork/ideas.html", {"waiting": rows[0], "answered": rows[1], "zones": zones})


@needs(HANDLE)
def idea_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One idea: its words, its teller's contact, what one may do."""
    idea = _idea_or_404(request, pk)
    contacts = [contact.address for contact in idea.teller.contacts.all()] if idea.teller else []
    partnership = idea.partnership.name() if idea.partnership else ""
    return render(
        request, "launch/groundwork/idea.html", _idea_context(idea, contacts=contacts, partnership=partnership)
    )


@needs(HANDLE)
def decline_idea(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say why not; the reason is told to whoever had the idea."""
    idea = _idea_or_404(request, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ideas.decline_idea_and_notify_teller(
            idea=idea, reason=form.cleaned_data["reason"], by=request.person, at=request.at
        )
        return success(request, _("Answered. The reason is on the follow-up page."), "launch:groundwork:ideas")
    return render(request, "launch/groundwork/decline.html", _idea_context(idea, form=form))


@needs(HANDLE)
def merge_into_idea_or_partnership(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Join it to another idea or to a partnership."""
    idea = _idea_or_404(request, pk)
    beside, partnerships = ideas_and_partnerships_idea_may_join(idea, request.person, at=request.at)
    form = MergeIdeaForm(request.POST or None, ideas=beside, partnerships=partnerships)
    if request.method == "POST" and form.is_valid():
        into = form.targets[form.cleaned_data["into"]]
        ideas.merge_idea_and_notify_teller(
            idea=idea, into=into, words=form.cleaned_data["words"], by=request.person, at=request.at
        )
        return success(request, _("Joined. The follow-up page says so."), "launch:groundwork:ideas")
    return render(request, "launch/groundwork/merge.html", _idea_context(idea, form=form, targets=bool(form.targets)))


@needs(HANDLE)
def take_up_idea_and_found_partnership(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin a partnership with it."""
    idea = _idea_or_404(request, pk)
    across = [one.name() for one in municipalities_to_found_across(idea, request.person, at=request.at)]
    spoken = required_languages(idea.municipality.nis)
    start, first = {"kind": idea.kind, "languages": spoken}, idea.language if idea.language in spoken else spoken[0]
    form = FoundPartnershipForm(request.POST or None, initial=start, main_language=first, across=across)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        partnership = ideas.found_partnership_from_idea_and_notify_teller(
            idea=idea, founding=form.partnership_details, words=words, by=request.person, at=request.at
        )
        messages.success(request, _("Taken up. The next step is to talk with the municipality."))
        if may(request.person, Permission.GROUNDWORK, partnership.area, at=request.at):
            return redirect("launch:groundwork:home", partnership.key)
        return redirect("launch:groundwork:ideas")  # a supervisor leaves the groundwork to the officer
    return render(request, "launch/groundwork/take_up.html", _idea_context(idea, form=form))


@needs(HANDLE)
def edit_zone_contact(request: StaffRequest, zone: UUID) -> HttpResponse:
    """How the public reaches the zone."""
    found = get_object_or_404(zones_whose_desk_person_may_set(request.person, at=request.at), pk=zone)
    known = getattr(found, "desk", None)
    initial = {name: getattr(known, name) for name in ("office", "telephone", "mail", "website")} if known else None
    form = ZoneDeskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ideas.set_public_desk_of_zone(zone=found, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Saved. Everybody who sends an idea sees it."), "launch:groundwork:ideas")
    return render(request, "launch/groundwork/desk.html", {"form": form, "zone": found.name()})
