"""The police of a zone: designated, ended, given a new link, by the chief of corps (R53)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.accounts import invitations
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import MOST, spreadsheet
from plp.portal.subjects.mandates import staff
from plp.portal.subjects.mandates.forms import DesignateForm
from plp.toolbox.clock import local

POLICE = Permission.MANDATE_APPOINT_POLICE
PER_PAGE = 50


@needs(POLICE)
def zone(request: StaffRequest) -> HttpResponse:
    """Who is officer, deputy or supervisor, where, since when, and by which decision."""
    language = get_language() or "fr"
    found = staff.in_office(request.person, at=request.at)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, one.person.name, one.area.name(language)) for one in page]
    context = {"page": page, "rows": rows, "bare": staff.zones_without_officer(request.person, at=request.at)}
    return render(request, "mandates/zone.html", context)


@needs(POLICE)
def listed(request: StaffRequest, form: str) -> HttpResponse:
    """The same list for a spreadsheet; that names were taken out stands in the journal."""
    heads = [_("Name"), _("Role"), _("For"), _("Since"), _("Decision")]
    language, found = get_language() or "fr", list(staff.in_office(request.person, at=request.at)[:MOST])
    rows = [
        (one.person.name, one.get_role_display(), one.area.name(language), local(one.starts_at).date(), one.decision)
        for one in found
    ]
    answer = spreadsheet(form, heads, rows, name="police")
    area = staff.areas(request.person, at=request.at)[0].path
    note(verb="mandates.taken_out", by=request.person, at=request.at, area=area, people=len(rows), form=form)
    return answer


@needs(POLICE)
@freshly_proven
def designate(request: StaffRequest) -> HttpResponse:
    """Give somebody a role of the police, with a sign-in of their own."""
    areas = staff.areas(request.person, at=request.at)
    form = DesignateForm(request.POST or None, areas=areas, spoken=get_language() or "fr")
    if form.is_valid():
        invitations.appoint_and_invite(**form.cleaned_data, by=request.person, at=request.at)
        messages.success(request, _("Designated. An e-mail with a link to the sign-in is on its way."))
        return redirect("mandates:zone")
    return render(request, "mandates/designate.html", {"form": form})


@needs(POLICE)
@freshly_proven
def end(request: StaffRequest, mandate: UUID) -> HttpResponse:
    """End a mandate, after a question; its rights are gone at once."""
    found = get_object_or_404(staff.in_office(request.person, at=request.at), pk=mandate)
    if request.method == "POST":
        mandates.end_mandate(mandate=found, by=request.person, at=request.at)
        messages.success(request, _("The mandate has ended."))
        return redirect("mandates:zone")
    context = {"mandate": found, "area": found.area.name(get_language() or "fr")}
    return render(request, "mandates/end_police.html", context)


@needs(POLICE)
@require_POST
def link(request: StaffRequest, mandate: UUID) -> HttpResponse:
    """Send a new link, to whoever lost the first one or the password."""
    found = get_object_or_404(staff.in_office(request.person, at=request.at), pk=mandate)
    invitations.send_invitation(mandate=found, email="", by=request.person, at=request.at)
    messages.success(request, _("A new link is on its way to their own e-mail address."))
    return redirect("mandates:zone")
