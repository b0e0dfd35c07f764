"""Where the evaluation of each partnership stands, its figures and files, and what was decided."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.evaluation.actions import reports
from plp.evaluation.queries.reports import (
    Cycle,
    evaluation_cycle_of,
    evaluation_cycles_of,
    filed_reports,
    files_of_report,
    launched_partnerships_in_scope,
    report_file_bytes,
    report_files_in_scope,
    reports_in_scope,
    signature_slots_held_by,
    signatures_by_slot,
)
from plp.evaluation.queries.surveys import surveys_of
from plp.evaluation.queries.tasks import open_tasks_of_frozen_reports
from plp.evaluation.queries.trail import OFFICES, PARTIES, TOPICS, filtered_journal_entries, journal_trail_lines
from plp.evaluation.trail_words import WORDS
from plp.exchange.move_queries import moved_history_of
from plp.partnership.gates import is_over
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.tags import belgian_date
from plp.portal.subjects.evaluation.forms import DueForm
from plp.portal.subjects.evaluation.presentation import report_figures_context
from plp.portal.subjects.evaluation.scope import READ, TRAIL, WRITE, has_write_right, launched_partnership_or_404
from plp.toolbox.clock import local

INDEX = ChoicePage(
    gettext_lazy("Evaluation"),
    gettext_lazy("Once a year coordinator and officer look back together. In which partnership?"),
    gettext_lazy("Nothing to evaluate yet"),
    gettext_lazy("The first evaluation begins with the launch of a partnership. Come back then."),
    "clipboard-check",
)
A_PAGE = 50
MOST_EARLIER = 1_000  # lines of the time before a partnership moved here
LONGEST = 18  # digits of an entry's number
FILTERS = {  # of the trail: the name in its address, its words, its choices
    "topic": (gettext_lazy("About"), [(name, label) for name, (label, _verbs) in TOPICS.items()]),
    "office": (gettext_lazy("By which office"), OFFICES),
    "party": (gettext_lazy("Which party it concerns"), [(name, label) for name, (label, _sides) in PARTIES.items()]),
}
ENDINGS = {"application/pdf": "pdf"}


@needs(READ)
def list_evaluations_or_open_only_one(request: StaffRequest) -> HttpResponse:
    """The partnerships, each with its due day; straight to the evaluation when there is one."""
    mine = evaluation_cycles_of(launched_partnerships_in_scope(request.person, READ, at=request.at))
    return redirect_to_only_place_or_list(
        request, INDEX, mine, lambda cycle: _cycle_choice(cycle, local(request.at).date())
    )


def _cycle_choice(cycle: Cycle, today: date) -> PlaceChoice:
    """A partnership with the day of its next evaluation, in the colour of how near that is."""
    kind = "bad" if cycle.is_late(today) else "warn" if cycle.is_near(today) else "plain"
    day = {"day": belgian_date(cycle.due_on)}
    words = (_("late since %(day)s") if cycle.is_late(today) else _("By %(day)s")) % day
    url = reverse("evaluation:home", args=[cycle.partnership.key])
    return PlaceChoice(cycle.partnership.name(), url, words, kind)


@needs(READ)
def partnership_evaluation_page(request: StaffRequest, key: str) -> HttpResponse:
    """The cycle of one partnership: what is due, the report at work, the filed ones."""
    partnership = launched_partnership_or_404(request, key, READ)
    cycle, may_write = evaluation_cycle_of(partnership), has_write_right(request, partnership)
    report = cycle.report if cycle and may_write else None
    context = {
        "partnership": partnership,
        "name": partnership.name(),
        "cycle": cycle,
        "is_late": cycle is not None and cycle.is_late(local(request.at).date()),
        "may_write": may_write,
        "may_trail": launched_partnerships_in_scope(request.person, TRAIL, at=request.at)
        .filter(pk=partnership.pk)
        .exists(),
        "report": report,
        "signatures": list(signatures_by_slot(report).items()) if report else [],
        "mine": signature_slots_held_by(request.person, partnership.area, at=request.at) if report else [],
        "files": list(files_of_report(report)) if report else [],
        "open_tasks": open_tasks_of_frozen_reports(partnership).count(),
        "has_survey_to_read": is_over(partnership) and surveys_of(partnership).exists(),
        "filed": [(one, list(files_of_report(one))) for one in filed_reports(partnership)],
    }
    return render(request, "evaluation/home.html", context)


@needs(WRITE)
def edit_evaluation_due_day(request: StaffRequest, key: str) -> HttpResponse:
    """Choose another due day."""
    partnership = launched_partnership_or_404(request, key, WRITE)
    cycle = evaluation_cycle_of(partnership)
    form = DueForm(request.POST or None, initial={"due_on": cycle.due_on if cycle else None})
    if request.method == "POST" and form.is_valid():
        reports.choose_evaluation_due_day(
            partnership=partnership, by=request.person, at=request.at, **form.cleaned_data
        )
        return success(request, _("The due day is saved."), "evaluation:home", key)
    return render(request, "evaluation/due.html", {"form": form, "partnership": partnership})


@needs(READ)
def report_figures_page(request: StaffRequest, key: str, number: UUID) -> HttpResponse:
    """The figures of a report with charts: those of a draft for whoever writes it."""
    partnership = launched_partnership_or_404(request, key, READ)
    found = reports_in_scope(partnership, may_write=has_write_right(request, partnership))
    report = get_object_or_404(found, pk=number)
    report.partnership = partnership
    context = {"partnership": partnership, "report": report, **report_figures_context(report, at=request.at)}
    return render(request, "evaluation/figures.html", context)


@needs(READ)
def download_report_file(request: StaffRequest, key: str, number: UUID) -> HttpResponse:
    """A file of a report, byte for byte."""
    partnership = launched_partnership_or_404(request, key, READ)
    found = get_object_or_404(
        report_files_in_scope(partnership, may_write=has_write_right(request, partnership)), pk=number
    )
    ending = ENDINGS.get(found.media, "docx")
    name = f"evaluation-{key}-{found.report.until}-{found.kind}-{found.language}.{ending}"
    return download(report_file_bytes(found), name=name, content_type=found.media, inline=ending == "pdf")


@needs(TRAIL)
def decision_trail_page(request: StaffRequest, key: str) -> HttpResponse:
    """What was decided, in words, the newest first; of one topic, office, party or thing if that is asked for."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, TRAIL, at=request.at), key=key)
    language, filters = get_language() or "fr", {name: request.GET.get(name, "") for name in FILTERS}
    like = request.GET.get("like", "")
    entries = filtered_journal_entries(
        partnership, **filters, same_target_as=int(like) if like.isdecimal() and len(like) < LONGEST else 0
    )
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "partnership": partnership,
        "name": partnership.name(language),
        "page": page,
        "acts": journal_trail_lines(list(page.object_list), language=language),
        "filters": [(name, label, choices, filters[name]) for name, (label, choices) in FILTERS.items()],
        "is_filtered": any([*filters.values(), like]),
        "earlier": [
            (entry.at, WORDS[entry.verb])
            for entry in moved_history_of(partnership)[:MOST_EARLIER]
            if entry.verb in WORDS
        ],
    }
    return render(request, "evaluation/trail.html", context)
