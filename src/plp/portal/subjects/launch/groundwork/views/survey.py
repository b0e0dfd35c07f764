"""The survey as its makers see it: numbers, letters, paper forms (R17)."""

from math import ceil

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.launch.actions import surveys
from plp.launch.actions.summaries import add_statements_from_survey
from plp.launch.models import Survey
from plp.launch.queries.informed_streets import covered_addresses_in_streets, progress_of_information_round
from plp.launch.queries.surveys import street_counts_of, survey_result_as_far_as_shown, surveys_newest_first
from plp.launch.sheets import survey_letters_pdf
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.places.queries import streets_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.area import HandsForm, OpenSurveyForm, SupportCountForm
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404

GROUNDWORK = Permission.GROUNDWORK
AT_ONCE = 120  # doors whose letters are set in one document, in up to three languages, well within its time


def running_survey_or_404(partnership: Partnership) -> Survey:
    """The open survey of a partnership, or 404."""
    return get_object_or_404(partnership.surveys.select_related("partnership__area"), closed_at=None)


def _streets_with_letter_parts(partnership: Partnership, language: str) -> list[tuple[int, str, range]]:
    """Each street with doors: its key, its name, and the numbers of the parts in which its letters are printed."""
    return [
        (one.street.pk, one.street.names, range(1, ceil(one.doors / AT_ONCE) + 1))
        for one in progress_of_information_round(partnership).streets
        if one.doors
    ]


def _number_in_query(request: StaffRequest, name: str) -> int:
    """A number in the address of the page; 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@needs(GROUNDWORK)
def see_or_open_survey(request: StaffRequest, key: str) -> HttpResponse:
    """Every survey with its numbers; when none runs, a form to open one."""
    partnership = partnership_or_404(request, key)
    all_of_them = surveys_newest_first(partnership)
    running = next((one for one in all_of_them if one.closed_at is None), None)
    are_traders = partnership.is_of_businesses
    form = OpenSurveyForm(request.POST or None, languages=partnership.languages, are_traders=are_traders)
    if request.method == "POST" and form.is_valid():
        surveys.open_survey_and_create_address_codes(
            partnership=partnership, by=request.person, at=request.at, **form.survey_values
        )
        return success(request, _("The survey runs. Now print the letters."), "launch:groundwork:survey", key)
    streets = _streets_with_letter_parts(partnership, request.LANGUAGE_CODE) if running else []
    ended = [(one, survey_result_as_far_as_shown(one)) for one in all_of_them if one.closed_at]
    numbers = survey_result_as_far_as_shown(running) if running else None
    shown = {"form": form, "running": running, "numbers": numbers, "ended": ended, "streets": streets}
    hands = partnership.shows_of_hands.order_by("-held_on")
    return render(request, "launch/groundwork/survey.html", page_context(partnership, hands=hands, **shown))


@needs(GROUNDWORK)
@require_POST
def add_survey_answers_to_statements(request: StaffRequest, key: str) -> HttpResponse:
    """Put what most homes answered into the reasons and expectations of the residents, there to be reworded."""
    partnership = partnership_or_404(request, key)
    number = add_statements_from_survey(partnership=partnership, by=request.person, at=request.at)
    if number:
        messages.success(request, _("Taken over, in each language. Reword it as you like."))
    else:
        messages.info(request, _("There is nothing to take over, or it stands here already."))
    return redirect("launch:groundwork:statements", key)


@needs(GROUNDWORK)
def note_show_of_hands(request: StaffRequest, key: str) -> HttpResponse:
    """Note a show of hands, where no survey is held."""
    partnership = partnership_or_404(request, key)
    raised = HandsForm(request.POST or None)
    if request.method == "POST" and raised.is_valid():
        surveys.record_show_of_hands(partnership=partnership, by=request.person, at=request.at, **raised.cleaned_data)
        return success(request, _("Noted: numbers only."), "launch:groundwork:survey", key)
    return render(request, "launch/groundwork/hands.html", page_context(partnership, form=raised))


@needs(GROUNDWORK)
def enter_form_counts_of_street(request: StaffRequest, key: str) -> HttpResponse:
    """Enter how many forms without a code came back from a street."""
    partnership = partnership_or_404(request, key)
    survey = running_survey_or_404(partnership)
    count = SupportCountForm(request.POST or None, streets=list(streets_of(partnership.area)))
    if request.method == "POST" and count.is_valid():
        given = count.cleaned_data
        numbers = {name: given[name] for name in ("yes", "no", "unsure")}
        where = count.known[given["street"]]
        surveys.save_support_counts_of_street(survey=survey, street=where, by=request.person, at=request.at, **numbers)
        return success(
            request, _("Saved. Entering the street again replaces it."), "launch:groundwork:survey_street", key
        )
    rows = [(row, row.street.names) for row in street_counts_of(survey)]
    return render(
        request, "launch/groundwork/survey_street.html", page_context(partnership, form=count, survey=survey, rows=rows)
    )


@needs(GROUNDWORK)
def print_survey_letters(request: StaffRequest, key: str) -> HttpResponse:
    """The letters of one street, or of a part of a long one, each with the code of its home."""
    partnership = partnership_or_404(request, key)
    survey = running_survey_or_404(partnership)
    last = _number_in_query(request, "part") * AT_ONCE
    where = streets_of(partnership.area).filter(pk=_number_in_query(request, "street"))
    doors = covered_addresses_in_streets(partnership, where)[max(last - AT_ONCE, 0) : last]
    if not doors:
        raise Http404
    made = survey_letters_pdf(survey, doors, at=request.at)
    surveys.record_survey_letters_printed(survey=survey, letters=len(doors), by=request.person, at=request.at)
    return download(made, name=f"survey-{partnership.key}.pdf", content_type="application/pdf", inline=True)


@needs(GROUNDWORK)
def close_survey(request: StaffRequest, key: str) -> HttpResponse:
    """End the survey, after a question."""
    partnership = partnership_or_404(request, key)
    survey = running_survey_or_404(partnership)
    if request.method == "POST":
        surveys.close_survey(survey=survey, by=request.person, at=request.at)
        return success(request, _("Closed. The result can be read."), "launch:groundwork:survey", key)
    return render(
        request,
        "launch/groundwork/survey_close.html",
        page_context(partnership, survey=survey, numbers=survey_result_as_far_as_shown(survey)),
    )
