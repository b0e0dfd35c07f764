"""The communication plan: read it, try it, change a row, agree, compare (R49, R104)."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.charter.diagram import message_routes_of_plan
from plp.charter.kinds import KINDS
from plp.charter.models import CommunicationPlan
from plp.charter.papers import plan_paper
from plp.charter.plan_in_words import silence_in_words as silence_words
from plp.charter.plan_in_words import supralocal_in_words
from plp.charter.queries import default_plan_rules, plan_in_force_now, plan_in_preparation, plan_versions, rules_of_plan
from plp.charter.queries.plan import rule_of_row
from plp.charter.reasons import REASONS
from plp.charter.rules.plan import SILENCE_DAYS
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.advice import rows_of_police_advice_on_plan
from plp.portal.subjects.charter.communication_plan import (
    PlanRuleForm,
    SilenceForm,
    SupralocalForm,
    TrialForm,
    compare_plans,
    message_rule_rows,
    simulate_trial,
)
from plp.portal.subjects.charter.downloads import document_response
from plp.portal.subjects.charter.scope import reading_language, writable_partnership_or_404
from plp.toolbox.clock import local

WRITE = Permission.CHARTER_WRITE
NIGHT = {"kind": "alarm", "day": 6, "time": "03:00"}  # the question that everybody asks


@needs(WRITE)
def communication_plan_page(request: StaffRequest, key: str) -> HttpResponse:
    """The plan in force and the draft beside it, in sentences and as a table; and the simulation."""
    partnership = writable_partnership_or_404(request, key)
    draft, held = plan_in_preparation(partnership), plan_in_force_now(partnership)
    wanted = draft if request.GET.get("show") == "draft" or not held else held
    form = TrialForm(request.GET if "kind" in request.GET else None, initial=NIGHT)
    rules = rules_of_plan(wanted) if wanted else []
    context = {
        "partnership": partnership,
        "reason": REASONS["communication"],
        "draft": draft,
        "held": held,
        "shown": wanted,
        "rows": message_rule_rows(rules),
        "ways": message_routes_of_plan(rules),
        "silence": silence_words(wanted.silence_days) if wanted else "",
        "supralocal": supralocal_in_words(wanted.takes_supralocal) if wanted else "",
        "form": form,
        "trial": simulate_trial(rules, form, local(request.at)) if form.is_valid() else None,
        "may_write": may(request.person, Permission.PLAN_WRITE, partnership.area, at=request.at),
        "may_agree": may(request.person, Permission.PLAN_AGREE, partnership.area, at=request.at),
        "may_advise": may(request.person, Permission.PLAN_ADVISE, partnership.area, at=request.at),
        "advice": rows_of_police_advice_on_plan(partnership, get_language() or "fr"),
    }
    return render(request, "charter/plan.html", context)


@needs(WRITE)
@require_POST
def begin_communication_plan_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Begin the next version from the one in force, or the first one from ours."""
    partnership = writable_partnership_or_404(request, key)
    held = plan_in_force_now(partnership)
    if plan_in_preparation(partnership) is None:
        rules = rules_of_plan(held) if held else default_plan_rules()
        charter.draft_next_plan_version(
            partnership=partnership,
            rules=rules,
            silence_days=held.silence_days if held else SILENCE_DAYS,
            takes_supralocal=held.takes_supralocal if held else True,
            by=request.person,
            at=request.at,
        )
        messages.success(request, _("A new version is open. The plan in force stays until both sides agree."))
    return redirect(f"{_plan_url(key)}?show=draft")


def _plan_url(partnership_key: str) -> str:
    return redirect("charter:plan", partnership_key).url


def _draft_or_404(request: StaffRequest, partnership_key: str) -> CommunicationPlan:
    """The draft. 404 when there is none."""
    found = plan_in_preparation(writable_partnership_or_404(request, partnership_key))
    if found is None:
        raise Http404
    return found


def _confirm_and_redirect_to_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Back to the draft, which both sides have to agree to."""
    return success(request, _("Changed. Both sides have to agree to the new version."), f"{_plan_url(key)}?show=draft")


def _draft_change_page(
    request: StaffRequest, plan: CommunicationPlan, form: Form, title: str, help_text: str
) -> HttpResponse:
    """The page that changes one thing of a draft."""
    context = {"form": form, "partnership": plan.partnership, "label": title, "help": help_text}
    return render(request, "charter/plan_edit.html", context)


@needs(WRITE)
def edit_message_rule(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Change how one kind of message travels; what either side agreed to is void."""
    plan = _draft_or_404(request, key)
    row = plan.rules.filter(kind=kind).first()
    if row is None:
        raise Http404
    rule = rule_of_row(row, plan.partnership.languages)
    form = PlanRuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        charter.change_plan_rule_and_void_agreements(plan=plan, rule=form.rule(), by=request.person, at=request.at)
        return _confirm_and_redirect_to_draft(request, key)
    return _draft_change_page(request, plan, form, str(KINDS[kind].label), str(KINDS[kind].help))


@needs(WRITE)
def edit_silence_term(request: StaffRequest, key: str) -> HttpResponse:
    """Change after how long without a message both sides are told (R130)."""
    plan = _draft_or_404(request, key)
    form = SilenceForm(request.POST or None, initial={"days": plan.silence_days})
    if request.method == "POST" and form.is_valid():
        charter.set_silence_days_and_void_agreements(
            plan=plan, days=form.cleaned_data["days"], by=request.person, at=request.at
        )
        return _confirm_and_redirect_to_draft(request, key)
    words = _("Members lose heart when nothing comes. The plan says how long a silence may last.")
    return _draft_change_page(request, plan, form, _("If no message comes"), words)


@needs(WRITE)
def redirect_to_plan_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Who reads answers is said kind by kind (R127): this address leads to the plan."""
    _draft_or_404(request, key)
    return redirect(f"{_plan_url(key)}?show=draft")


@needs(WRITE)
def edit_supralocal_offers(request: StaffRequest, key: str) -> HttpResponse:
    """Change whether messages of other zones may be offered (R120)."""
    plan = _draft_or_404(request, key)
    form = SupralocalForm(request.POST or None, initial={"takes": "yes" if plan.takes_supralocal else "no"})
    if request.method == "POST" and form.is_valid():
        charter.set_takes_supralocal_and_void_agreements(
            plan=plan, takes=form.cleaned_data["takes"], by=request.person, at=request.at
        )
        return _confirm_and_redirect_to_draft(request, key)
    words = _("What happens beside your zone may matter here. The plan says whether you hear of it.")
    return _draft_change_page(request, plan, form, _("Messages from other police zones"), words)


@needs(WRITE)
def agree_to_communication_plan_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Agree for one's side, after a look at what changes."""
    plan = _draft_or_404(request, key)
    if request.method == "POST":
        charter.agree_plan_and_enforce_when_both(plan=plan, by=request.person, at=request.at)
        plan.refresh_from_db()
        is_held = plan.state == "in_force"
        words = _("The plan is in force.") if is_held else _("Your side agrees. The other side is next.")
        return success(request, words, "charter:plan", key)
    held = plan_in_force_now(plan.partnership)
    context = {
        "plan": plan,
        "held": held,
        "partnership": plan.partnership,
        "rows": compare_plans(held, plan),
    }
    return render(request, "charter/plan_agree.html", context)


@needs(WRITE)
def compare_plan_versions(request: StaffRequest, key: str) -> HttpResponse:
    """Two versions of the plan, kind by kind."""
    partnership = writable_partnership_or_404(request, key)
    found = {str(one.version): one for one in plan_versions(partnership)}
    newest = next(iter(found.values()), None)
    new = found.get(request.GET.get("new", ""), newest)
    if new is None:
        raise Http404
    old = found.get(request.GET.get("old", ""), found.get(str(new.version - 1), new))
    context = {
        "partnership": partnership,
        "versions": list(found.values()),
        "old": old,
        "new": new,
        "rows": compare_plans(old, new),
    }
    return render(request, "charter/plan_compare.html", context)


@needs(WRITE)
def communication_plan_file(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """The plan in force, else the draft, as PDF or DOCX."""
    partnership = writable_partnership_or_404(request, key)
    found = plan_in_force_now(partnership) or plan_in_preparation(partnership)
    if found is None:
        raise Http404
    document = plan_paper(found, reading_language(request, partnership.languages))
    return document_response(request, document, name=f"plan-{key}-{found.version}", form=form)
