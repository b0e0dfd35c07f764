"""Motives, expectations and objectives of each party (R14)."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.queries.groundwork import PARTIES, missing_statements
from plp.mandates.grants import Permission
from plp.partnership import statements as party_statements
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements_of
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.groundwork.forms.ground import RestateForm, StatementForm
from plp.portal.subjects.launch.groundwork.scope import context, find

GROUNDWORK = Permission.GROUNDWORK


def _parties(partnership: Partnership) -> list[tuple[str, list[Statement], list[str]]]:
    """Each party that must speak or spoke: its name, what it said, which kinds are missing."""
    said = {party: list(some) for party, some in groupby(statements_of(partnership), key=lambda one: one.party)}
    missing = missing_statements(partnership)
    shown = [*PARTIES[partnership.kind], *(party for party in said if party not in PARTIES[partnership.kind])]
    return [
        (
            str(Statement.Party(party).label),
            said.get(party, []),
            [str(Statement.Kind(kind).label) for one, kind in missing if one == party],
        )
        for party in shown
    ]


def _warn(request: StaffRequest, text: str) -> None:
    """A hint, not a refusal: research does not bear out that crime falls (R151)."""
    if promises_fewer_crimes(text):
        words = _("This sounds like a promise of fewer crimes. Nobody can promise that. Say what you will do instead.")
        messages.warning(request, words)


@needs(GROUNDWORK)
def listed(request: StaffRequest, key: str) -> HttpResponse:
    """What each party said, and a form for one more."""
    partnership = find(request, key)
    asked = {name: request.GET.get(name, "") for name in ("party", "kind")}
    form = StatementForm(request.POST or None, initial=asked, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            party_statements.add_statement(
                partnership=partnership, language=request.LANGUAGE_CODE, by=request.person, at=request.at, **given
            )
            _warn(request, given["text"])
            messages.success(request, _("Noted."))
            return redirect("launch:groundwork:statements", key)
        except (party_statements.BadStatement, party_statements.TooManyStatements) as bad:
            form.add_error("text", bad.in_words())
    parties = _parties(partnership)
    return render(request, "launch/groundwork/statements.html", context(partnership, form=form, parties=parties))


@needs(GROUNDWORK)
def change(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Put a statement in other words, or take it out."""
    partnership = find(request, key)
    statement = get_object_or_404(partnership.statements.select_related("partnership__area"), pk=pk)
    form = RestateForm(request.POST or None, initial={"text": statement.text})
    if request.method == "POST" and "withdraw" in request.POST:
        party_statements.delete_statement(statement=statement, by=request.person, at=request.at)
        messages.success(request, _("Removed."))
        return redirect("launch:groundwork:statements", key)
    if request.method == "POST" and form.is_valid():
        try:
            party_statements.change_statement(
                statement=statement, text=form.cleaned_data["text"], by=request.person, at=request.at
            )
            _warn(request, form.cleaned_data["text"])
            messages.success(request, _("Changed."))
            return redirect("launch:groundwork:statements", key)
        except party_statements.BadStatement as bad:
            form.add_error("text", bad.in_words())
    return render(request, "launch/groundwork/statement.html", context(partnership, form=form, statement=statement))
