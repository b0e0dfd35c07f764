"""Files: listed, opened, read, closed; the letters to print."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.measures.actions import files
from plp.measures.ladders import LADDERS, OFFICES
from plp.measures.papers import measure_paper
from plp.measures.queries import (
    are_roles_of_police,
    files_in_scope,
    ladders_to_open,
    measures_of,
    persons_eligible_for_file,
    possible_next_steps,
)
from plp.measures.states import MeasureState
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.measures.forms import OpenMeasuresFileForm
from plp.portal.subjects.measures.scope import (
    file_or_404,
    letter_to_post,
    measure_or_404,
    measure_rows,
    offices_over_file,
    opener_office_and_day_text,
    own_words_context,
    rungs_with_proposers_in_words,
)

SEE = Permission.MEASURE_SEE
SHOWN = 100
ABOUT = {"member": gettext_lazy("about a member"), "coordinator": gettext_lazy("about a coordinator or deputy")}


@needs(SEE)
def measure_file_list(request: StaffRequest) -> HttpResponse:
    """The files on which one decides, the open ones first; and where one may open another."""
    rows = [(one, one.partnership.name()) for one in files_in_scope(request.person, at=request.at)[:SHOWN]]
    places = ladders_to_open(request.person, at=request.at)
    context = {
        "waiting": [row for row in rows if row[0].closed_at is None],
        "closed": [row for row in rows if row[0].closed_at],
        "choices": [
            PlaceChoice(one.name(), reverse("measures:begin", args=[ladder.key, one.key]), ABOUT[ladder.key])
            for one, ladder in places
        ],
    }
    return render(request, "measures/listed.html", context)


@needs(SEE)
def open_measure_file(request: StaffRequest, ladder: str, key: str) -> HttpResponse:
    """Open a file about somebody: nothing happens to them by that."""
    places = [
        one for one, kind in ladders_to_open(request.person, at=request.at) if (kind.key, one.key) == (ladder, key)
    ]
    if not places:
        raise Http404
    partnership, kind = places[0], LADDERS[ladder]
    persons = persons_eligible_for_file(partnership, kind, at=request.at).exclude(pk=request.person.pk)
    form = OpenMeasuresFileForm(request.POST or None, persons=persons)
    if request.method == "POST" and form.is_valid():
        file = files.open_measures_file(
            partnership=partnership, person=form.chosen_person, ladder=kind, by=request.person, at=request.at
        )
        return success(request, _("The file is open. The first step is a talk."), "measures:detail", file.pk)
    context = {"form": form, "kind": kind, "name": partnership.name()}
    return render(request, "measures/begin.html", context)


@needs(SEE)
def measure_file_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """One file: what was done, whose turn it is, what comes next."""
    file = file_or_404(request, key)
    measures, roles = measures_of(file, seen_by_deciders=True), offices_over_file(request, file)
    rungs = possible_next_steps(file, measures, roles)
    context = {
        "file": file,
        "opened": opener_office_and_day_text(file),
        "name": file.partnership.name(),
        **own_words_context(file, roles),
        "may_pass_on_later": are_roles_of_police(roles) and file.closed_at is None,
        "steps": measure_rows(measures, roles, at=request.at),
        "rungs": rungs,
        "rungs_of_others": [] if rungs else rungs_with_proposers_in_words(possible_next_steps(file, measures, OFFICES)),
        "may_close": file.closed_at is None and bool(set(roles) & set(file.steps.opened_by)),
        "may_decide": file.steps.rungs[-1].signers[-1] in roles,
    }
    return render(request, "measures/detail.html", context)


@needs(SEE)
@require_POST
def pass_on_or_keep_own_words(request: StaffRequest, key: UUID, words: UUID) -> HttpResponse:
    """The police pass on what a member says, or keep it to themselves: what they read, and nothing else."""
    file = file_or_404(request, key)
    own_words, answer = get_object_or_404(file.own_words, pk=words), request.POST.get("passes_on")
    if answer in {"yes", "no"}:
        files.pass_on_or_keep_own_words(words=own_words, passes_on=answer == "yes", by=request.person, at=request.at)
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Choose an answer."))
    return redirect("measures:detail", file.pk)


@needs(SEE)
def close_measure_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """Close a file, after a question."""
    file = file_or_404(request, key)
    if request.method == "POST":
        files.close_measures_file(file=file, by=request.person, at=request.at)
        return success(request, _("The file is closed."), "measures:listed")
    return render(request, "measures/close.html", {"file": file})


@needs(SEE)
def measure_letter_file(request: StaffRequest, key: UUID, measure: UUID) -> HttpResponse:
    """The letter of a measure that was taken, in the language of the person concerned."""
    found = measure_or_404(request, key, measure)
    if found.state in {MeasureState.PROPOSED, MeasureState.DROPPED} or found.taken_at is None:
        raise Http404
    letter = measure_paper(found, found.file.person.language, with_address=True)
    return letter_to_post(request, letter, found.file, name=f"plp-{found.step}.pdf", at=found.taken_at)
