"""Motives, expectations and objectives of each party (R14)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.queries.groundwork import PARTIES
from plp.mandates.grants import Permission
from plp.partnership.queries import statements_of
from plp.partnership.statements import TooManyStatements, save_statements
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.groundwork.forms.statements import StatementsForm
from plp.portal.subjects.launch.groundwork.scope import context, find

GROUNDWORK = Permission.GROUNDWORK


@needs(GROUNDWORK)
def listed(request: StaffRequest, key: str) -> HttpResponse:
    """What every party said, to write and to change in one go."""
    partnership = find(request, key)
    statements = list(statements_of(partnership))
    parties = list(dict.fromkeys([*PARTIES[partnership.kind], *(statement.party for statement in statements)]))
    form = StatementsForm(request.POST or None, partnership=partnership, parties=parties, statements=statements)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_statements(partnership=partnership, entries=form.entries(), by=request.person, at=request.at)
        except TooManyStatements as too_many:
            form.add_error(None, too_many.in_words())
        else:
            _warn(request, [entry.text.words for entry in changed if entry.text])
            messages.success(request, _("Saved."))
            return redirect("launch:groundwork:statements", key)
    return render(request, "launch/groundwork/statements.html", context(partnership, form=form))


def _warn(request: StaffRequest, texts: list[str]) -> None:
    """A hint, not a refusal: research does not bear out that crime falls (R151)."""
    if any(promises_fewer_crimes(text) for text in texts):
        words = _("This sounds like a promise of fewer crimes. Nobody can promise that. Say what you will do instead.")
        messages.warning(request, words)


@needs(GROUNDWORK)
def change(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """One statement had a page of its own once: it stands among the others now."""
    find(request, key)
    return redirect("launch:groundwork:statements", key)
