"""Policy plans, the partnerships that work within them, and their annex (R59)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp import documents
from plp.followup.actions import policies
from plp.followup.papers import policy_annex_paper
from plp.followup.queries.policies import policies_in_scope, policies_of
from plp.followup.queries.services import mandated_areas
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.register import PolicyPlanForm
from plp.portal.subjects.followup.scope import PDF, POLICIES, TALK, language, partnership_or_404
from plp.toolbox.clock import local

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(POLICIES)
def policy_plan_list(request: StaffRequest) -> HttpResponse:
    """The plans of one's areas, with their partnerships."""
    rows = [
        (one, ", ".join(linked.name(language()) for linked in one.partnerships.all()))
        for one in policies_in_scope(request.person, at=request.at)
    ]
    return render(request, "followup/plans.html", {"rows": rows})


@needs(POLICIES)
def add_policy_plan(request: StaffRequest) -> HttpResponse:
    """Write a plan down."""
    areas = mandated_areas(request.person, POLICIES, at=request.at)
    mine = partnerships_in_scope(request.person, POLICIES, at=request.at).order_by("key")
    form = PolicyPlanForm(
        request.POST or None, areas=areas, partnerships=mine, language=language(), initial={"language": language()}
    )
    if request.method == "POST" and form.is_valid():
        area = form.pop_chosen_area()
        told = {**form.policy_values(), "by": request.person, "at": request.at}
        policies.add_policy(area=area, **told)
        return success(request, _("Saved. The partnerships that you chose are linked to it."), "followup:plans")
    return render(request, "followup/plan_form.html", {"form": form})


@needs(POLICIES)
def change_policy_plan(request: StaffRequest, policy: UUID) -> HttpResponse:
    """Correct a plan, and who is linked to it."""
    found = get_object_or_404(policies_in_scope(request.person, at=request.at), pk=policy)
    names = ("kind", "title", "begins", "until", "language", "extract", "link", "included_on")
    known = {key: getattr(found, key) for key in names}
    linked = [one.key for one in found.partnerships.all()]
    mine = partnerships_in_scope(request.person, POLICIES, at=request.at).order_by("key")
    initial = {**known, "partnerships": linked}
    form = PolicyPlanForm(request.POST or None, partnerships=mine, language=language(), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {**form.policy_values(), "by": request.person, "at": request.at}
        policies.change_policy(policy=found, **told)
        return success(request, _("Corrected."), "followup:plans")
    return render(request, "followup/plan_form.html", {"form": form, "policy": found})


@needs(POLICIES)
def remove_policy_plan(request: StaffRequest, policy: UUID) -> HttpResponse:
    """Take a plan away, after a question."""
    found = get_object_or_404(policies_in_scope(request.person, at=request.at), pk=policy)
    if request.method == "POST":
        policies.soft_delete_policy(policy=found, by=request.person, at=request.at)
        return success(request, _("The plan is removed."), "followup:plans")
    return render(request, "followup/plan_strike.html", {"policy": found})


@needs(TALK)
def annex_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The plans of a partnership as an annex, PDF or DOCX."""
    found, today = partnership_or_404(request, key, TALK), local(request.at).date()
    paper = policy_annex_paper(found, policies_of(found, begins=today, until=today), language())
    if form == "pdf":
        return download(documents.pdf(paper, at=request.at), name="annex.pdf", content_type=PDF)
    if form == "docx":
        return download(documents.docx(paper), name="annex.docx", content_type=WORD)
    raise Http404
