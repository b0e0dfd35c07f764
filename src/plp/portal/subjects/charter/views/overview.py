"""Which partnerships, and where the charter of one of them stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from plp.charter.models import Deed
from plp.charter.queries import charter_facts, deed_in_preparation_or_signed, partnerships_with_writable_charter
from plp.mandates.grants import Permission
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.charter.presentation import charter_steps
from plp.portal.subjects.charter.scope import writable_partnership_or_404

WRITE = Permission.CHARTER_WRITE
INDEX = ChoicePage(
    gettext_lazy("Charter"),
    gettext_lazy("The charter of which partnership?"),
    gettext_lazy("No partnership yet"),
    gettext_lazy("A charter begins with a partnership. The mandated officer opens one when an idea is taken up."),
    "scroll-text",
)


@needs(WRITE)
def list_charters_or_open_only_one(request: StaffRequest) -> HttpResponse:
    """The partnerships whose charter one writes; straight to the charter when there is one."""
    return redirect_to_only_place_or_list(
        request,
        INDEX,
        partnerships_with_writable_charter(request.person, at=request.at).order_by("key"),
        lambda one: PlaceChoice(one.name(), reverse("charter:home", args=[one.key]), one.get_state_display()),
    )


@needs(WRITE)
def charter_overview_page(request: StaffRequest, key: str) -> HttpResponse:
    """Everything a signed charter needs: what is there, what is missing, where to go on."""
    partnership = writable_partnership_or_404(request, key)
    found = charter_facts(partnership)
    deed, rules = (
        deed_in_preparation_or_signed(partnership, Deed.Kind.CHARTER),
        deed_in_preparation_or_signed(partnership, Deed.Kind.RULES),
    )
    context = {
        "partnership": partnership,
        "name": partnership.name(),
        "facts": found,
        "steps": charter_steps(partnership, found, deed, rules),
        "deed": deed,
    }
    return render(request, "charter/home.html", context)
