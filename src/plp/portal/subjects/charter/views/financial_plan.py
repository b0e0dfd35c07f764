"""The financing plan: read it, fill it in bit by bit, settle it (R144-R146)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.charter.actions.money import CONTRADICTIONS
from plp.charter.models import FinancingPlan
from plp.charter.papers import financing_paper
from plp.charter.queries import (
    PLAN_TEXTS,
    financing_as_data,
    financing_figures,
    financing_in_preparation,
    financing_plan_in_force,
)
from plp.charter.reasons import REASONS
from plp.charter.rules import financing_contradictions, indexes_of_contradictory_costs
from plp.evening.queries.decisions import EveningAgreement, agreement_of_last_held_evening
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.untranslated import UntranslatedForm
from plp.portal.subjects.charter.downloads import document_response
from plp.portal.subjects.charter.financial_plan import (
    FinancingPlanForm,
    FinancingProposal,
    LineForms,
    financing_entry_of,
    financing_proposal,
    initial_lines_of,
)
from plp.portal.subjects.charter.scope import reading_language, writable_partnership_or_404
from plp.portal.subjects.charter.untranslated import missing_translation_rows_of_plan
from plp.toolbox.clock import local

WRITE = Permission.CHARTER_WRITE


@needs(WRITE)
def financing_plan_page(request: StaffRequest, key: str) -> HttpResponse:
    """The plan that holds, the draft, and what still contradicts itself in it."""
    partnership = writable_partnership_or_404(request, key)
    draft, held = financing_in_preparation(partnership), financing_plan_in_force(partnership)
    shown = draft or held
    today = local(request.at).date()
    untranslated = missing_translation_rows_of_plan(draft, request) if draft else []
    context = {
        "partnership": partnership,
        "reason": REASONS["financing"],
        "draft": draft,
        "held": held,
        "shown": shown,
        "texts": _plan_texts_for_reader(shown, get_language() or "fr") if shown else {},
        "numbers": financing_figures(shown) if shown else None,
        "faults": _contradictions_and_cost_names(draft, today) if draft else [],
        "untranslated": untranslated,
        "settling": UntranslatedForm(is_untranslated=bool(untranslated)),
        "agreement": _agreement_on_other_contribution(shown) if shown else None,
    }
    return render(request, "charter/financing.html", context)


def _plan_texts_for_reader(plan: FinancingPlan, language: str) -> dict[str, Any]:
    """What somebody wrote in the plan, in the reader's ``language`` where it was said in it; its costs by row."""
    spoken = plan.partnership.languages
    texts: dict[str, Any] = {name: plan.text_in(name, language, spoken) for name in PLAN_TEXTS}
    return texts | {"costs": [(line, line.text_in("what", language, spoken)) for line in plan.lines.all()]}


def _agreement_on_other_contribution(plan: FinancingPlan) -> EveningAgreement | None:
    """What the evening agreed on, where the plan asks for another contribution."""
    agreement = agreement_of_last_held_evening(plan.partnership)
    if agreement is None or agreement.contribution is None or agreement.contribution == (plan.contribution or 0):
        return None
    return agreement


def _contradictions_and_cost_names(draft: FinancingPlan, today: date) -> list[tuple[Any, list[str]]]:
    """What still contradicts itself, each with the names of the costs that it is about."""
    money, names = financing_as_data(draft), [line.what for line in draft.lines.all()]
    return [
        (CONTRADICTIONS[one], [names[place] for place in indexes_of_contradictory_costs(one, money.costs, today=today)])
        for one in financing_contradictions(money, today=today)
    ]


@needs(WRITE)
def edit_financing_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Fill in the draft. It is kept as it is typed, even half, and need not fit yet."""
    partnership = writable_partnership_or_404(request, key)
    start = financing_in_preparation(partnership) or financing_plan_in_force(partnership)
    languages = partnership.languages
    proposal = FinancingProposal() if start else financing_proposal(partnership, request.person, at=request.at)
    form = FinancingPlanForm(request.POST or None, plan=start, proposal=proposal, languages=languages)
    lines = LineForms(
        request.POST or None, initial=initial_lines_of(start, languages), form_kwargs={"languages": languages}
    )
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        draft = charter.get_or_begin_financing_draft(partnership=partnership, by=request.person, at=request.at)
        charter.save_financing_draft(
            plan=draft, entry=financing_entry_of(form, lines), by=request.person, at=request.at
        )
        return success(
            request,
            _("Saved as a draft."),
            "charter:financing_write" if "more" in request.POST else "charter:financing",
            key,
        )
    shown = {"form": form, "lines": lines, "partnership": partnership, "proposal": proposal}
    return render(request, "charter/financing_write.html", shown)


@needs(WRITE)
@require_POST
def put_financing_draft_in_force(request: StaffRequest, key: str) -> HttpResponse:
    """Let the draft hold."""
    draft = financing_in_preparation(writable_partnership_or_404(request, key))
    if draft is None:
        raise Http404
    is_known = request.POST.get("untranslated") == "on"
    charter.adopt_financing_and_amend_charter(
        plan=draft, may_be_untranslated=is_known, by=request.person, at=request.at
    )
    return success(request, _("The financing plan is now in force."), "charter:financing", key)


@needs(WRITE)
def financing_plan_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The plan as PDF or DOCX."""
    partnership = writable_partnership_or_404(request, key)
    shown = financing_plan_in_force(partnership) or financing_in_preparation(partnership)
    if shown is None:
        raise Http404
    document = financing_paper(shown, reading_language(request, partnership.languages))
    return document_response(request, document, name=f"financing-{key}-{shown.version}", form=form)
