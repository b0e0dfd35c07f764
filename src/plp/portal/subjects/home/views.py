"""The first page: for visitors what this is, for staff what waits for them, how things are, and a way to find."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_of
from plp.portal.shell import offers
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.guards import needs, own_account, public
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import PortalRequest, StaffRequest
from plp.portal.shell.search import search_in_all_subjects

SOUGHT, LONGEST = "sought", 80


@public
def start_page(request: PortalRequest) -> HttpResponse:
    """Answer "what do I have to do now?" first, then "how are things?"; a visitor learns what this is."""
    person, at = request.person, request.at
    if person is None:
        return render(request, "home/welcome.html", {"is_demo": settings.DEMO})
    if second_factor_proven_at(request) is None:
        return redirect("mfa_index")
    language = get_language() or person.language
    context = {
        "person": person,
        "tasks": offers.tasks_of_person(person, at),
        "figures": offers.figures_of_person(person, at),
        "shortcuts": offers.shortcuts_of_person(person, at),
        "listens": not request.permissions.isdisjoint({Permission.QUESTION_COORDINATOR, Permission.QUESTION_POLICE}),
        "may_find": Permission.FIND in request.permissions,
        "roles": [
            (mandate.get_role_display(), mandate.area.bilingual_name(language))
            for mandate in mandates_of(person, at=at)
        ],
    }
    return render(request, "home/today.html", context)


@own_account
def menu_section_page(request: PortalRequest, key: str) -> HttpResponse:
    """The pages of one section of the menu, each with what one does there."""
    sections = {
        menu_section.key: (menu_section, entries) for menu_section, entries in offers.menu_sections(request.permissions)
    }
    if key not in sections:
        raise Http404
    chosen, entries = sections[key]
    return render(request, "home/section.html", {"section": chosen, "entries": entries})


@needs(Permission.FIND)
def store_query_or_show_results(request: StaffRequest) -> HttpResponse:
    """A place, a partnership or a person by name. What was typed may name somebody: it stands in no address."""
    if request.method == "POST":
        store_sealed(request, SOUGHT, {"words": request.POST.get("q", "")[:LONGEST]})
        return redirect("home:find")
    words = load_sealed(request, SOUGHT).get("words", "")
    results = search_in_all_subjects(request.person, words, request.at)
    return render(request, "home/find.html", {"words": words, "results": results})
