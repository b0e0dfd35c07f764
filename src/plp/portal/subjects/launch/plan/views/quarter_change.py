"""A quarter is split, merged or redrawn: prepared, looked at before anything happens, released, undone (ADR 72)."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.launch.actions import quarter_changes, quarter_undo
from plp.launch.letters import name_of_other_or_future_partnership
from plp.launch.models import QuarterChange, QuarterChangeMember
from plp.launch.queries import quarter_rights
from plp.launch.queries.progress import led_neighbours_that_can_take_streets
from plp.launch.queries.quarter_changes import (
    parts_of_change,
    preview_of_change,
    quarter_changes_of,
    rough_areas_after_change,
)
from plp.launch.refusals import NothingGoes
from plp.launch.states import QuarterState
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.membership.looks import note_look_at_members
from plp.partnership.models import Partnership
from plp.people.small_counts import mask_count
from plp.places.actions import BadSelector
from plp.places.models import Street
from plp.places.queries import streets_of
from plp.places.queries.maps import map_of_quarters
from plp.places.rules import Selector
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan import quarter_forms, scope
from plp.toolbox.moves import Refused, WrongState

LEAD, MANAGE = Permission.PARTNERSHIP_LEAD, Permission.MEMBERS_MANAGE
Answer = QuarterChangeMember.Answer


def _quarter_change_form(request: StaffRequest, partnership: Partnership, kind: str) -> quarter_forms.QuarterChangeForm:
    data, streets = request.POST or None, list(streets_of(partnership.area))
    if kind == QuarterChange.Kind.SPLIT:
        return quarter_forms.SplitQuarterForm(data, streets=streets)
    neighbours = led_neighbours_that_can_take_streets(partnership, request.person, at=request.at)
    if kind == QuarterChange.Kind.REDRAW:
        return quarter_forms.RedrawQuartersForm(data, streets=streets, partnerships=neighbours)
    same = [other for other in neighbours if other.area.parent_path == partnership.area.parent_path]
    return quarter_forms.MergeQuartersForm(data, partnerships=same)


def quarter_change_title(kind: str, partnership: Partnership) -> str:
    """What is done to which partnership: "Split Haren in two"."""
    names = {"name": partnership.name()}
    if kind == QuarterChange.Kind.SPLIT:
        return _("Split %(name)s in two") % names
    if kind == QuarterChange.Kind.MERGE:
        return _("Merge %(name)s into a neighbour") % names
    return _("Give streets of %(name)s to a neighbour") % names


@needs(LEAD)
def prepare_quarter_change(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Say what should change; nothing happens yet."""
    partnership = scope.partnership_or_404(request, key, LEAD)
    current = quarter_changes_of(partnership).filter(partnership=partnership, state__in=["draft", "told"]).first()
    if current is not None:
        return redirect("launch:plan:change", key, current.pk)
    form = _quarter_change_form(request, partnership, kind)
    if request.method == "POST" and form.is_valid():
        change = quarter_changes.create_unannounced_quarter_change(
            partnership=partnership, plan=form.quarter_plan(), by=request.person, at=request.at
        )
        return redirect("launch:plan:change", key, change.pk)
    lacks_neighbour = "other" in form.fields and not getattr(form, "neighbours", None)
    context = {"form": form, "title": quarter_change_title(kind, partnership), "lacks_neighbour": lacks_neighbour}
    return render(request, "launch/plan/change_form.html", scope.page_context(partnership, **context))


@needs(Permission.LAUNCH_SEE)
def see_and_act_on_quarter_change(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """The dry run before, the answers meanwhile, the way back after; by POST one of the acts."""
    partnership = scope.partnership_or_404(request, key)
    row = get_object_or_404(quarter_changes_of(partnership), pk=pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        try:
            messages.success(request, act(request, row))
        except Refused as refused:
            messages.error(request, refused.in_words())
        return redirect("launch:plan:change", key, pk)
    return render(
        request, "launch/plan/change.html", scope.page_context(partnership, **_quarter_change_context(request, row))
    )


def _quarter_change_context(request: StaffRequest, change: QuarterChange) -> dict[str, Any]:
    language, access = request.LANGUAGE_CODE, PageAccess(request, change.partnership)
    is_open = change.state in {QuarterState.DRAFT, QuarterState.TOLD}
    preview = preview_of_change(change, at=request.at) if is_open else None
    may_lead, decides = (
        access.has_permission(LEAD),
        quarter_rights.has_authority_over_change(request.person, change, at=request.at),
    )
    counted = change.members.exclude(answer="")
    return {
        "change": change,
        "title": quarter_change_title(change.kind, change.partnership),
        "other": name_of_other_or_future_partnership(change, language),
        "is_open": is_open,
        "preview": preview,
        "parts": [] if change.kind == QuarterChange.Kind.MERGE else _street_part_rows(change, language),
        "maps": _maps_before_and_after(change, language) if is_open else [],
        "uncoordinated": _quarters_without_coordinator(change, preview.roles, language) if preview else [],
        "roles": quarter_forms.MandatesAfterChangeForm(change=change, mandates=preview.roles)
        if preview and may_lead
        else None,
        "more_streets": quarter_forms.LeavingStreetPartsForm(streets=_streets_not_wholly_leaving(change))
        if change.state == QuarterState.DRAFT and may_lead and change.kind != QuarterChange.Kind.MERGE
        else None,
        "may_release": change.state == QuarterState.DRAFT
        and quarter_rights.may_release_change(request.person, change, at=request.at),
        "may_give_up": is_open and decides,
        "may_undo": quarter_rights.may_undo_change(request.person, change, at=request.at),
        "manages": change.state == QuarterState.TOLD and access.has_permission(MANAGE),
        "stays": mask_count(counted.filter(answer=Answer.STAYS).count()),
        "asks": mask_count(counted.filter(answer=Answer.ASKS).count()),
    }


def _quarters_without_coordinator(change: QuarterChange, mandates: Iterable[Mandate], language: str) -> list[str]:
    """The names of the parts that nobody would coordinate; a merged one needs nobody."""
    choices = {change.roles.get(str(mandate.pk), "stays") for mandate in mandates if mandate.role == Role.COORDINATOR}
    lacking = (
        [] if "stays" in choices or change.kind == QuarterChange.Kind.MERGE else [change.partnership.name(language)]
    )
    if change.kind == QuarterChange.Kind.SPLIT and "goes" not in choices:
        lacking.append(name_of_other_or_future_partnership(change, language))
    return lacking


def _street_part_rows(change: QuarterChange, language: str) -> list[dict[str, Any]]:
    sides = dict(quarter_forms.SIDES)
    return [
        {"street": part.street.name(language), "side": sides[part.selector.side], "selector": part.selector}
        for part in parts_of_change(change)
    ]


def _streets_not_wholly_leaving(change: QuarterChange) -> list[Street]:
    """The streets of which something can still be added."""
    whole_streets = {part.street.pk for part in parts_of_change(change) if part.selector == Selector("all", "", "")}
    return [street for street in streets_of(change.partnership.area) if street.pk not in whole_streets]


def _maps_before_and_after(change: QuarterChange, language: str) -> list[tuple[str, Any]]:
    """The quarters as they are and as they would be, where something of them has a place."""
    now = {area.path: area for area in (change.partnership.area, change.other.area if change.other else None) if area}
    drawn = [(_("Today"), map_of_quarters(now, language))]
    drawn.append((_("Afterwards"), map_of_quarters(rough_areas_after_change(change), language)))
    return [(title, drawing) for title, drawing in drawn if drawing]


def _release_change_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    quarter_changes.release_quarter_change_and_tell_members(change=change, by=request.person, at=request.at)
    return _("Released. The members concerned are told.")


def _cancel_change_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    quarter_changes.cancel_quarter_change_and_tell(change=change, by=request.person, at=request.at)
    return _("Given up. Whoever was told hears so.")


def _undo_change_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    quarter_undo.undo_quarter_change_within_a_day(change=change, by=request.person, at=request.at)
    return _("Undone. Everything is as it was, and members are told.")


def _set_mandates_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    mandates = preview_of_change(change, at=request.at).roles
    form = quarter_forms.MandatesAfterChangeForm(request.POST, change=change, mandates=mandates)
    if not form.is_valid():  # somebody got or lost a role meanwhile
        raise WrongState
    quarter_changes.set_mandates_that_move_or_end(
        change=change, choices=form.cleaned_data, by=request.person, at=request.at
    )
    return _("Saved.")


def _add_street_parts_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    form = quarter_forms.LeavingStreetPartsForm(request.POST, streets=list(streets_of(change.partnership.area)))
    if not form.is_valid():
        raise BadSelector if form.has_error("first") else NothingGoes
    parts = [*parts_of_change(change), *form.parts]
    quarter_changes.replace_street_parts_of_change(change=change, parts=parts, by=request.person, at=request.at)
    return _("Saved.")


def _remove_street_part_and_return_success_text(request: StaffRequest, change: QuarterChange) -> str:
    parts = [part for number, part in enumerate(parts_of_change(change)) if str(number) != request.POST.get("part")]
    quarter_changes.replace_street_parts_of_change(change=change, parts=parts, by=request.person, at=request.at)
    return _("Removed.")


ACTS: dict[str, Callable[[StaffRequest, QuarterChange], str]] = {
    "release": _release_change_and_return_success_text,
    "give_up": _cancel_change_and_return_success_text,
    "undo": _undo_change_and_return_success_text,
    "roles": _set_mandates_and_return_success_text,
    "add": _add_street_parts_and_return_success_text,
    "remove": _remove_street_part_and_return_success_text,
}


@needs(MANAGE)
def list_members_and_record_answers(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Who goes along and who asks, by name, for the coordinator; by POST what somebody said by telephone (R80)."""
    partnership = scope.partnership_or_404(request, key, MANAGE)
    row = get_object_or_404(quarter_changes_of(partnership), pk=pk, partnership=partnership, state=QuarterState.TOLD)
    rows = row.members.select_related("membership__person", "membership__partnership__area", "change")
    if request.method == "POST":
        told = get_object_or_404(rows, pk=request.POST.get("member", "0"))
        answer = Answer.STAYS if request.POST.get("answer") == Answer.STAYS else Answer.NONE
        quarter_changes.save_member_answer_to_quarter_change(told=told, answer=answer, by=request.person, at=request.at)
        return success(request, _("Saved."), "launch:plan:change_members", key, pk)
    note_look_at_members(partnership, "change", len(rows), by=request.person, at=request.at)
    ordered = sorted(rows, key=lambda told: (told.answer != Answer.ASKS, told.membership.person.name.casefold()))
    context = {
        "change": row,
        "title": quarter_change_title(row.kind, row.partnership),
        "rows": ordered,
        "other": name_of_other_or_future_partnership(row, request.LANGUAGE_CODE),
    }
    return render(request, "launch/plan/change_members.html", scope.page_context(partnership, **context))
