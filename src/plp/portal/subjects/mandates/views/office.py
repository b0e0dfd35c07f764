"""Those in office in a partnership: a new link, the tasks of the committee (R37)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.accounts import invitations
from plp.mandates import actions as mandates
from plp.mandates.grants import TASKS, Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import delegations_in_area, mandates_managed_by, mandates_of_exact_area
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.mandates.forms import TasksForm

APPOINT, DELEGATE = Permission.MANDATE_APPOINT_COORDINATOR, Permission.TASK_DELEGATE


def _managed_mandate_or_404(request: StaffRequest, key: str, mandate: UUID) -> Mandate:
    """Somebody in office within one's scope; absent and foreign are the same 404 (T10)."""
    scope = mandates_managed_by(request.person, APPOINT, at=request.at)
    return get_object_or_404(scope, area__partnership__key=key, pk=mandate)


@needs(APPOINT)
@require_POST
def send_new_sign_in_link(request: StaffRequest, key: str, mandate: UUID) -> HttpResponse:
    """Send a new link, to whoever lost the first one or the password."""
    found = _managed_mandate_or_404(request, key, mandate)
    invitations.get_or_create_account_and_invite(mandate=found, email="", by=request.person, at=request.at)
    return success(request, _("A new link is on its way to their own e-mail address."), "mandates:people", key)


@needs(DELEGATE)
def edit_committee_tasks(request: StaffRequest, key: str, mandate: UUID) -> HttpResponse:
    """Which tasks of the coordinator a committee member holds: each ticked by itself."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, DELEGATE, at=request.at), key=key)
    committee = mandates_of_exact_area(partnership.area, at=request.at).filter(role=Role.COMMITTEE)
    found = get_object_or_404(committee.select_related("area"), pk=mandate)
    given = {
        one.task: one for one in delegations_in_area(partnership.area, at=request.at) if one.mandate_id == found.pk
    }
    form = TasksForm(request.POST if request.method == "POST" else None, initial={"tasks": list(given)})
    if form.is_valid():
        wanted = set(form.cleaned_data["tasks"])
        for task in [task for task in TASKS if task in wanted - set(given)]:
            mandates.delegate_task(mandate=found, task=task, by=request.person, at=request.at)
        for delegation in [given[task] for task in given if task not in wanted]:
            mandates.end_delegation(delegation=delegation, by=request.person, at=request.at)
        return success(request, _("The tasks are noted. They apply from now on."), "mandates:people", key)
    return render(request, "mandates/tasks.html", {"form": form, "mandate": found, "partnership": partnership})
