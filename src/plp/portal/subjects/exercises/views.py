"""Exercises: which there are, which one did, and how many of one's partnerships did them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.membership.queries import person_keys_of_members
from plp.partnership.queries import partnerships_in_scope
from plp.people.exercises import finished_counts_by_exercise, finished_exercises, record_finished_exercise
from plp.people.small_counts import mask_count
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.exercises.cases import MESSAGE, REPORT, Exercise
from plp.portal.subjects.exercises.decisions import ABSENCE, NEIGHBOUR, RELAY
from plp.portal.subjects.exercises.forms import form_class_of

EXERCISES = {exercise.key: exercise for exercise in (REPORT, MESSAGE, RELAY, NEIGHBOUR, ABSENCE)}


@own_data
def exercise_list(request: PortalRequest) -> HttpResponse:
    """The exercises, and when one did each; whoever leads sees how many of their members did."""
    done, counts = finished_exercises(member_or_staff_or_404(request)), _masked_member_counts_by_exercise(request)
    rows = [(row, done.get(row.key), counts.get(row.key, "")) for row in _exercises_for_reader(request, counts)]
    return render(request, "exercises/overview.html", {"rows": rows, "sees_counts": bool(counts)})


def _exercises_for_reader(request: PortalRequest, counts: dict[str, str]) -> list[Exercise]:
    """Those that somebody has a use for: of their own role, or to see how many did them."""
    return [row for row in EXERCISES.values() if counts or row.needs is None or row.needs in request.permissions]


def _masked_member_counts_by_exercise(request: PortalRequest) -> dict[str, str]:
    """How many members of the partnerships that one leads did each exercise; few are not told apart (T53)."""
    if request.person is None or Permission.PARTNERSHIP_LEAD not in request.permissions:
        return {}
    partnerships = partnerships_in_scope(request.person, Permission.PARTNERSHIP_LEAD, at=request.at)
    finished = finished_counts_by_exercise(person_keys_of_members(partnerships))
    return {key: mask_count(finished.get(key, 0)) for key in EXERCISES}


@own_data
def show_exercise_and_record_when_solved(request: PortalRequest, key: str) -> HttpResponse:
    """One exercise: what is wrong is said at its field; what was typed is kept nowhere."""
    if key not in EXERCISES:
        raise Http404
    person, chosen = member_or_staff_or_404(request), EXERCISES[key]
    form = form_class_of(chosen)(request.POST or None, exercise=chosen, language=get_language() or "fr")
    if request.method == "POST" and form.is_valid():
        record_finished_exercise(person=person, exercise=key, by=person, at=request.at)
        return success(request, _("Well done. The day is noted, your words are not."), "exercises:overview")
    return render(request, "exercises/exercise.html", {"exercise": chosen, "form": form})
