"""Motives, expectations and objectives of each party (R14): written by those who prepare, or ticked by the party."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.launch.actions.party_words import mail_party_words_to_police
from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.queries.groundwork import PARTIES, last_talk_conditions_by_party
from plp.launch.queries.statement_links import (
    may_parties_still_write,
    partnership_of_statement_link,
    statement_link_secret,
    unsealed_party_words,
)
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements_of
from plp.partnership.statements import save_changed_statements
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.portal.shell.guards import needs, public
from plp.portal.shell.limits import TooOften, count_if_under_limit
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.statements import PartyStatementsForm, StatementsForm
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404

GROUNDWORK = Permission.GROUNDWORK


@needs(GROUNDWORK)
def edit_statements(request: StaffRequest, key: str) -> HttpResponse:
    """What every party said, to write and to change in one go."""
    partnership = partnership_or_404(request, key)
    statements = list(statements_of(partnership))
    parties = list(dict.fromkeys([*PARTIES[partnership.kind], *(statement.party for statement in statements)]))
    form = StatementsForm(
        request.POST or None,
        partnership=partnership,
        parties=parties,
        statements=statements,
        conditions=last_talk_conditions_by_party(partnership),
        own_words=_own_words_of_mail(request, partnership),
    )
    if request.method == "POST" and _save_statements_or_add_errors(request, partnership, form, by=request.person):
        return success(request, _("Saved."), "launch:groundwork:statements", key)
    links = _party_links(request, partnership, parties) if may_parties_still_write(partnership) else []
    context = page_context(partnership, form=form, links=links, statements=statements)
    return render(request, "launch/groundwork/statements.html", context)


@public
def edit_party_statements_by_link(request: PortalRequest, key: str, party: str, secret: str) -> HttpResponse:
    """What one party says, ticked by itself, and in other words told the police: its link shows that, nothing else."""
    partnership = partnership_of_statement_link(key, party, secret)
    if partnership is None:
        raise Http404
    own = [statement for statement in statements_of(partnership) if statement.party == party]
    form = PartyStatementsForm(request.POST or None, party=party, statements=own)
    if (
        request.method == "POST"
        and form.is_valid()
        and not count_if_under_limit("statement.link", f"{partnership.pk}:{party}")
    ):
        raise TooOften
    if request.method == "POST" and _save_statements_or_add_errors(request, partnership, form, by=None):
        if words := form.cleaned_data["words"]:
            details = {"words": words, "language": get_language() or "fr"}
            mail_party_words_to_police(partnership=partnership, party=party, **details, by=None, at=request.at)
            messages.info(request, _("Your own words go to the police: they read them first, and take them over."))
        return success(request, _("Thank you. Those who prepare the partnership see what you ticked."), request.path)
    said_by = {"party": Statement.Party(party).label, "form": form}
    return render(request, "launch/groundwork/party_statements.html", page_context(partnership, **said_by))


def _save_statements_or_add_errors(
    request: PortalRequest, partnership: Partnership, form: StatementsForm | PartyStatementsForm, *, by: Person | None
) -> bool:
    """Keep what was typed; what is refused is said on the form."""
    if not form.is_valid():
        return False
    changed = save_changed_statements(partnership=partnership, entries=form.entries_to_save(), by=by, at=request.at)
    _warn_of_promises(request, [entry.text.words for entry in changed if entry.text])
    return True


def _own_words_of_mail(request: StaffRequest, partnership: Partnership) -> dict[str, TranslatedText]:
    """By party its own words, for an officer who comes from the mail that brought them (ADR 85)."""
    if not may(request.person, Permission.QUESTION_POLICE, partnership.area, at=request.at):
        return {}
    party_and_words = unsealed_party_words(partnership, request.GET.get("words", ""))
    return dict([party_and_words]) if party_and_words else {}


def _party_links(request: StaffRequest, partnership: Partnership, parties: list[str]) -> list[tuple[str, str]]:
    """Of each party its name and the address under which it ticks what it says."""
    return [
        (
            str(Statement.Party(party).label),
            request.build_absolute_uri(
                reverse(
                    "launch:groundwork:party_statements",
                    args=[partnership.key, party, statement_link_secret(partnership, party)],
                )
            ),
        )
        for party in parties
    ]


def _warn_of_promises(request: PortalRequest, texts: list[str]) -> None:
    """A hint, not a refusal: research does not bear out that crime falls (R151)."""
    if any(promises_fewer_crimes(text) for text in texts):
        words = _("This sounds like a promise of fewer crimes. Nobody can promise that. Say what you will do instead.")
        messages.warning(request, words)


@needs(GROUNDWORK)
def redirect_to_statements(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """One statement had a page of its own once: it stands among the others now."""
    get_object_or_404(statements_of(partnership_or_404(request, key)), pk=pk)
    return redirect("launch:groundwork:statements", key)
