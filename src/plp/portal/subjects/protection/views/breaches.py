"""Breaches: recorded, decided, told, closed (R86)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp import documents
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_of, permitted_areas
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.protection.forms import (
    AuthorityForm,
    BreachRiskForm,
    CompleteBreachForm,
    PersonsForm,
    RecordBreachForm,
    datetime_local_value,
)
from plp.portal.subjects.protection.views.papers import FORMS
from plp.protection import actions
from plp.protection.models import Breach
from plp.protection.papers import compose_breach_letter as made_letter
from plp.protection.queries import breaches_in_scope
from plp.protection.rules import missing_steps, notification_deadline
from plp.protection.states import Data
from plp.toolbox.clock import local

KEEP = Permission.BREACH_KEEP
SHOWN = 100
LETTERS = {"authority", "persons"}


@needs(KEEP)
def breach_list(request: StaffRequest) -> HttpResponse:
    """The breaches of one's areas."""
    rows = [
        (one, notification_deadline(one.noticed_at)) for one in breaches_in_scope(request.person, at=request.at)[:SHOWN]
    ]
    return render(request, "protection/breaches.html", {"rows": rows})


@needs(KEEP)
def record_breach(request: StaffRequest) -> HttpResponse:
    """Write one down."""
    language = get_language() or "fr"
    allowed = permitted_areas(request.person, KEEP, at=request.at)
    own = [one.area for one in mandates_of(request.person, at=request.at) if not one.area.path.count("/q-")]
    form = RecordBreachForm(
        request.POST or None,
        partnerships=partnerships_in_scope(request.person, KEEP, at=request.at),
        areas=[area for area in dict.fromkeys(own) if allowed.filter(pk=area.pk).exists()],
        language=language,
        initial={"noticed_at": datetime_local_value(local(request.at))},
    )
    if request.method == "POST" and form.is_valid():
        breach = actions.record_breach(**form.breach_values(), by=request.person, at=request.at)
        return success(request, _("Recorded. Now decide how serious it is."), "protection:breach", breach.pk)
    return render(request, "protection/record.html", {"form": form})


@needs(KEEP)
def breach_detail_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """One breach: what is known, what is still to be done, the letters."""
    breach = _breach_or_404(request, key)
    todo = missing_steps(breach.facts())
    context = {
        "breach": breach,
        "data": [Data(one).label for one in breach.data],
        "deadline": notification_deadline(breach.noticed_at),
        "is_late": breach.authority_told_at is None and request.at > notification_deadline(breach.noticed_at),
        "todo": todo,
        "must_tell": breach.risk in {"some", "high"},
    }
    return render(request, "protection/breach.html", context)


@needs(KEEP)
def complete_breach(request: StaffRequest, key: UUID) -> HttpResponse:
    """What came to light since it was recorded."""
    breach = _breach_or_404(request, key)
    form = CompleteBreachForm(request.POST or None, breach=breach)
    told: dict[str, Any] = {"breach": breach, "by": request.person, "at": request.at}
    title = _("Complete what is known")
    return _act_on_breach_or_show_form(
        request, breach, form, title, lambda: actions.complete_or_correct_breach(**form.breach_values(), **told)
    )


@needs(KEEP)
def decide_risk(request: StaffRequest, key: UUID) -> HttpResponse:
    """How grave it is, and why."""
    breach = _breach_or_404(request, key)
    form = BreachRiskForm(
        request.POST or None, initial={name: getattr(breach, name) for name in ("risk", "reason", "done", "plain")}
    )
    told: dict[str, Any] = {"breach": breach, "by": request.person, "at": request.at}
    return _act_on_breach_or_show_form(
        request, breach, form, _("How serious is it?"), lambda: actions.decide_breach_risk(**form.cleaned_data, **told)
    )


@needs(KEEP)
def record_authority_told(request: StaffRequest, key: UUID) -> HttpResponse:
    """Note that the authority was told."""
    breach = _breach_or_404(request, key)
    form = AuthorityForm(request.POST or None, initial={"on": datetime_local_value(local(request.at))})
    told: dict[str, Any] = {"breach": breach, "by": request.person, "at": request.at}
    title = _("The authority was told")
    return _act_on_breach_or_show_form(
        request, breach, form, title, lambda: actions.note_authority_told(**form.cleaned_data, **told)
    )


@needs(KEEP)
def record_persons_told(request: StaffRequest, key: UUID) -> HttpResponse:
    """Note that the persons were told, or why not."""
    breach = _breach_or_404(request, key)
    form = PersonsForm(request.POST or None)
    told: dict[str, Any] = {"breach": breach, "by": request.person, "at": request.at}
    title = _("The persons concerned")
    return _act_on_breach_or_show_form(
        request, breach, form, title, lambda: actions.note_persons_told(**form.cleaned_data, **told)
    )


@needs(KEEP)
def close_breach(request: StaffRequest, key: UUID) -> HttpResponse:
    """Close it, after a question."""
    breach = _breach_or_404(request, key)
    if request.method == "POST":
        actions.close_breach(breach=breach, by=request.person, at=request.at)
        return success(request, _("Closed. The record stays for five years."), "protection:breaches")
    return render(request, "protection/close.html", {"breach": breach})


@needs(KEEP)
def breach_letter_file(request: StaffRequest, key: UUID, name: str, form: str) -> HttpResponse:
    """The notice to the authority, or to the persons, to be completed and sent."""
    breach = _breach_or_404(request, key)
    if name not in LETTERS or form not in FORMS:
        raise Http404
    made = made_letter(name, breach, language=get_language() or "fr", at=request.at)
    content = documents.pdf(made, at=request.at) if form == "pdf" else documents.docx(made)
    return download(content, name=f"{name}.{form}", content_type=FORMS[form])


def _breach_or_404(request: StaffRequest, key: UUID) -> Breach:
    return get_object_or_404(breaches_in_scope(request.person, at=request.at), pk=key)


def _act_on_breach_or_show_form(
    request: StaffRequest, breach: Breach, form: forms.Form, title: str, act: Callable[[], None]
) -> HttpResponse:
    """A form that moves a breach on."""
    if request.method == "POST" and form.is_valid():
        act()
        return success(request, _("Saved."), "protection:breach", breach.pk)
    return render(request, "protection/step.html", {"form": form, "breach": breach, "title": title})
