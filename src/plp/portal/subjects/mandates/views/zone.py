"""Who holds which role, as a table; the police of a zone designated and given a new link by the chief (R53)."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.accounts import invitations
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.terms import MONTH, mandates_to_confirm, visible_mandates
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.spreadsheets import MOST, spreadsheet
from plp.portal.subjects.mandates import staff
from plp.portal.subjects.mandates.forms import DesignateForm
from plp.portal.subjects.mandates.rows import MandateRow
from plp.toolbox.clock import local

LIST, POLICE = Permission.MANDATE_LIST, Permission.MANDATE_APPOINT_POLICE
PER_PAGE = 100


@needs(LIST)
def zone_mandates(request: StaffRequest) -> HttpResponse:
    """Who holds which role, where, since when, confirmed when, until when; those of one's own giving can be ticked."""
    page = Paginator(visible_mandates(request.person, at=request.at), PER_PAGE).get_page(request.GET.get("page"))
    confirmable = set(mandates_to_confirm(request.person, at=request.at).filter(pk__in=[row.pk for row in page]))
    rows = [
        MandateRow(
            mandate,
            mandate.area.name(),
            is_kept=mandate in confirmable,
            is_designated=mandate in confirmable and mandate.role in staff.DESIGNATED,
            ends_soon=mandate.lasts_until <= request.at + MONTH,
        )
        for mandate in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "bare": staff.zones_without_officer(request.person, at=request.at),
        "designates": POLICE in request.permissions,
        "to_confirm": any(row.is_confirmable for row in rows),
    }
    return render(request, "mandates/zone.html", context)


@needs(LIST)
def mandates_spreadsheet(request: StaffRequest, form: str) -> HttpResponse:
    """The same list for a spreadsheet; that names were taken out stands in the journal."""
    heads = [_("Name"), _("Role"), _("For"), _("Since"), capfirst(_("confirmed")), _("Until"), _("Decision")]
    rows = [
        (
            mandate.person.name,
            mandate.get_role_display(),
            mandate.area.name(),
            local(mandate.starts_at).date(),
            local(mandate.confirmed_at).date() if mandate.confirmed_at else "",
            mandate.last_day,
            mandate.decision_in_words,
        )
        for mandate in visible_mandates(request.person, at=request.at)[:MOST]
    ]
    answer = spreadsheet(form, heads, rows, name="police")
    area = permitted_areas(request.person, LIST, at=request.at).order_by("path")[0].path
    note(verb="mandates.taken_out", by=request.person, at=request.at, area=area, people=len(rows), form=form)
    return answer


@needs(POLICE)
@freshly_proven
def designate_person(request: StaffRequest) -> HttpResponse:
    """Give somebody a role of the police, with a sign-in of their own."""
    areas = staff.areas_to_designate_in(request.person, at=request.at)
    form = DesignateForm(request.POST or None, areas=areas, spoken=get_language() or "fr")
    if form.is_valid():
        invitations.appoint_and_invite(**form.cleaned_data, by=request.person, at=request.at)
        return success(request, _("Designated. An e-mail with a link to the sign-in is on its way."), "mandates:zone")
    return render(request, "mandates/designate.html", {"form": form})


@needs(POLICE)
@require_POST
def send_new_sign_in_link(request: StaffRequest, mandate: UUID) -> HttpResponse:
    """Send a new link, to whoever lost the first one or the password."""
    found = get_object_or_404(staff.police_mandates_managed_by(request.person, at=request.at), pk=mandate)
    invitations.get_or_create_account_and_invite(mandate=found, email="", by=request.person, at=request.at)
    return success(request, _("A new link is on its way to their own e-mail address."), "mandates:zone")
