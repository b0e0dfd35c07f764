"""The register of police and judicial services, and its log (R58)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.followup.actions import services
from plp.followup.models import Service
from plp.followup.queries.services import mandated_areas, services_in_scope
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.register import LogContactForm, ServiceForm
from plp.portal.subjects.followup.scope import SERVICES, TALK, language
from plp.toolbox.clock import local

SHOWN = 50


def _service_or_404(request: StaffRequest, key: UUID) -> Service:
    return get_object_or_404(services_in_scope(request.person, at=request.at), pk=key)


@needs(SERVICES)
def service_list(request: StaffRequest) -> HttpResponse:
    """Whom one can turn to, and when one last did."""
    found = services_in_scope(request.person, at=request.at)
    return render(request, "followup/services.html", {"services": found, "may_talk": TALK in request.permissions})


@needs(SERVICES)
def add_service(request: StaffRequest) -> HttpResponse:
    """A new entry of the register."""
    form = ServiceForm(
        request.POST or None, areas=mandated_areas(request.person, SERVICES, at=request.at), language=language()
    )
    if request.method == "POST" and form.is_valid():
        area = form.pop_chosen_area()
        entry = services.ServiceDetails(**form.cleaned_data)
        made = services.add_service(area=area, entry=entry, by=request.person, at=request.at)
        return success(request, _("It is in the register."), "followup:service", made.pk)
    return render(request, "followup/service_form.html", {"form": form})


@needs(SERVICES)
def show_service_and_log_contact(request: StaffRequest, service: UUID) -> HttpResponse:
    """One service, its log, and a form for one more contact."""
    found = _service_or_404(request, service)
    mine = partnerships_in_scope(request.person, SERVICES, at=request.at).order_by("key")
    form = LogContactForm(
        request.POST or None, partnerships=mine, language=language(), initial={"on": local(request.at).date()}
    )
    if request.method == "POST" and form.is_valid():
        told = {**form.log_entry_values(), "by": request.person, "at": request.at}
        services.log_contact(service=found, **told)
        return success(request, _("Noted."), "followup:service", found.pk)
    rows = found.contacts.select_related("partnership__area").order_by("-on", "-at")[:SHOWN]
    contacts = [(one, one.partnership.name(language()) if one.partnership else "") for one in rows]
    return render(request, "followup/service.html", {"service": found, "form": form, "contacts": contacts})


@needs(SERVICES)
def change_service(request: StaffRequest, service: UUID) -> HttpResponse:
    """Correct an entry."""
    found = _service_or_404(request, service)
    known = {key: getattr(found, key) for key in ("kind", "name", "about", "person", "phone", "email")}
    form = ServiceForm(request.POST or None, language=language(), initial=known)
    if request.method == "POST" and form.is_valid():
        entry = services.ServiceDetails(**form.cleaned_data)
        services.change_service(service=found, entry=entry, by=request.person, at=request.at)
        return success(request, _("Corrected."), "followup:service", found.pk)
    return render(request, "followup/service_form.html", {"form": form, "service": found})


@needs(SERVICES)
def remove_service(request: StaffRequest, service: UUID) -> HttpResponse:
    """Take an entry out, after a question."""
    found = _service_or_404(request, service)
    if request.method == "POST":
        services.soft_delete_service_and_erase_contact(service=found, by=request.person, at=request.at)
        return success(request, _("Removed from the register."), "followup:services")
    return render(request, "followup/service_strike.html", {"service": found})
