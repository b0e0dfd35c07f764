"""Pages of the shell itself: language, drafts, the living page of the design."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from plp.delivery.queries import Tally
from plp.documents import Flow, FlowStation
from plp.drafts import actions as drafts
from plp.drafts.queries import drafts_of
from plp.people.preferences import hide_first_steps
from plp.places.models import Area
from plp.portal.shell.design import COMPONENTS, SIZES, STEPS, contrasts_of_pairs
from plp.portal.shell.form_drafts import (
    PAGE,
    draft_owner,
    page_address_of_draft,
    typed_values_for_draft,
    was_form_sent_before,
)
from plp.portal.shell.forms import Form
from plp.portal.shell.guards import member_or_staff_or_404, own_data, public
from plp.portal.shell.language_switch import switch_language
from plp.portal.shell.maps import quarter_map
from plp.portal.shell.offers import Task
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.shell.return_address import own_path_or_empty


@public
@require_POST
def choose_language(request: PortalRequest) -> HttpResponse:
    """Remember the chosen language and go back to the same page, with what was typed there."""
    return switch_language(request)


@own_data
@require_POST
def dismiss_first_steps(request: PortalRequest) -> HttpResponse:
    """Show the first steps no more, and go back to where they stood."""
    person = member_or_staff_or_404(request)
    hide_first_steps(person=person, by=person, at=request.at)
    return redirect(own_path_or_empty(request.POST.get("next")) or "/")


@public
@require_POST
def save_form_draft(request: PortalRequest) -> HttpResponse:
    """Keep what is typed in a form, for whoever is signed in, and go back to it."""
    person, page = draft_owner(request), request.POST.get(PAGE, "")
    if person is None or not page:
        raise Http404
    if request.htmx and was_form_sent_before(request):
        return HttpResponse(status=204)
    kept = drafts.save_draft(page=page, typed=typed_values_for_draft(request.POST), by=person, at=request.at)
    if request.htmx:
        return render(request, "shell/kept.html", {"kept": kept})
    if kept:
        messages.success(request, _("Saved for you alone, for two weeks. Come back to this page to finish it."))
    else:
        messages.info(request, _("There was nothing to save."))
    return redirect(page_address_of_draft(page))


@own_data
def delete_form_draft(request: PortalRequest, key: UUID) -> HttpResponse:
    """Throw away one's own draft, after a question."""
    person = draft_owner(request)
    draft = get_object_or_404(drafts_of(person, at=request.at), pk=key) if person else None
    if draft is None:
        raise Http404
    if request.method == "POST":
        drafts.delete_draft(page=draft.page, by=draft.person, at=request.at)
        return success(request, _("Thrown away."), page_address_of_draft(draft.page))
    return render(request, "shell/drop_draft.html", {"draft": draft, "back": page_address_of_draft(draft.page)})


class Sample(Form):
    """One field of each kind."""

    focuses_on_faults = False  # it is a specimen: who reads the page wants to begin at its head

    name = forms.CharField(label=_("Name"), help_text=_("As your neighbours know you."))
    channel = forms.ChoiceField(
        label=_("Channel"), widget=forms.RadioSelect, choices=[("sms", "SMS"), ("email", _("E-mail"))]
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("I have read this."))


SQUARE = {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.8], [4.52, 50.86], [4.43, 50.88], [4.4, 50.8]]]}


@public
def design_page(request: PortalRequest) -> HttpResponse:
    """The living page: tokens and components with invented content. Of whoever builds: on a public origin it is not."""
    if not settings.IS_LOCAL:
        raise Http404
    at = request.at
    context: dict[str, Any] = {
        "measured": contrasts_of_pairs(),
        "sizes": SIZES,
        "steps": STEPS,
        "components": COMPONENTS,
        "tasks": [
            Task(
                _("Relay a message"), _("An alarm from the police is waiting for you."), "#tasks", urgent=True, count=1
            ),
            Task(_("Welcome new members"), _("Two neighbours asked to join."), "#tasks", count=2, due_at=at),
            Task(_("Read the minutes"), _("Of the last meeting."), "#tasks"),
        ],
        "form": Sample(data={"name": "", "channel": "fax"}),
        "clean": Sample(prefix="clean"),
        "map": quarter_map(Area(path="be/", boundary=SQUARE), get_language() or "fr"),
        "tally": Tally(audience=120, waiting=9, sent=30, delivered=68, failed=12, unknown=1, expired=0, stopped=0),
        "chain": Flow(
            "",
            (
                FlowStation(gettext("Written by"), gettext("the police")),
                FlowStation(gettext("Relayed by"), gettext("the coordinator")),
            ),
        ),
        "list_page": Paginator(range(30), 10).get_page(request.GET.get("page", 2)),
        "now": at,
        "before": at - timedelta(hours=3),
    }
    return render(request, "shell/design.html", context)
