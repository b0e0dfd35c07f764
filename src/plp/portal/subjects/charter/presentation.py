"""What the pages show of a charter, ready for their templates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.models import SLOT_NAMES, SLOTS, Clause, Deed, Proposal
from plp.charter.queries import CharterFacts
from plp.charter.rules import TextPiece, is_same_text, text_differences
from plp.charter.states import DeedState
from plp.documents.dates import date_format
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class CharterStep:
    """One thing a charter needs: its name, its state in words, and where it is done."""

    title: Any
    text: Any
    url: str
    is_done: bool


def charter_steps(
    partnership: Partnership, facts: CharterFacts, deed: Deed | None, rules: Deed | None
) -> list[CharterStep]:
    """The six things, in the order in which they are done."""
    key = partnership.key
    missing = ", ".join(str(SLOT_NAMES[role.value]) for role in facts.contacts_missing)
    return [
        CharterStep(
            _("Contact details of the partners"),
            _("Still missing: %s.") % missing if missing else _("Every partner can be reached."),
            reverse("charter:contacts", args=[key]),
            not missing,
        ),
        CharterStep(
            _("Communication plan"),
            _("Agreed by both sides.") if facts.plan_agreed else _("Not agreed yet: it says how messages travel."),
            reverse("charter:plan", args=[key]),
            facts.plan_agreed,
        ),
        CharterStep(
            _("Financing plan"),
            _("Settled.") if facts.financing_complete else _("Not settled yet: what it costs and who pays."),
            reverse("charter:financing", args=[key]),
            facts.financing_complete,
        ),
        CharterStep(
            _("Internal rules"),
            _deed_state_text(rules),
            reverse("charter:text", args=[key, "rules"]),
            facts.rules_ready,
        ),
        CharterStep(
            _("Charter, clause by clause"),
            _clauses_state_text(facts, deed),
            reverse("charter:text", args=[key, "charter"]),
            facts.clauses_open == 0,
        ),
        CharterStep(
            _("Signatures"),
            _signing_state_text(facts),
            reverse("charter:signing", args=[key]),
            facts.signed_at is not None and not facts.amendment_due,
        ),
    ]


def _deed_state_text(deed: Deed | None) -> str:
    if deed is None:
        return _("Not begun yet.")
    return _("Version %(version)s: %(state)s.") % {"version": deed.version, "state": deed.get_state_display()}


def _clauses_state_text(facts: CharterFacts, deed: Deed | None) -> str:
    if deed is None or facts.clauses_open is None:
        return _("Not begun yet.")
    if facts.clauses_open:
        words = ngettext("%d clause is not agreed yet.", "%d clauses are not agreed yet.", facts.clauses_open)
        return words % facts.clauses_open
    return _deed_state_text(deed)


def _signing_state_text(facts: CharterFacts) -> str:
    if facts.amendment_due:
        return _("Signed, but something has changed since: a new version is needed.")
    if facts.signed_at:
        return _("Signed on %s.") % date_format(facts.signed_at, "DATE_FORMAT")
    return _("%(number)d of %(all)d signatures.") % {"number": len(facts.signed_by), "all": len(SLOTS)}


@dataclass(frozen=True)
class ComparisonRow:
    """One clause in two versions. ``fate``: "same", "changed", "new" or "gone"."""

    title: str
    pieces: list[TextPiece]
    fate: str


def compare_texts(old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]]) -> list[ComparisonRow]:
    """Two versions clause by clause; each maps a key to title and text, in order."""
    rows = []
    for key in [*new, *(key for key in old if key not in new)]:
        title = (new.get(key) or old[key])[0]
        pieces = text_differences(old.get(key, ("", ""))[1], new.get(key, ("", ""))[1])
        fate = "new" if key not in old else "gone" if key not in new else "same" if is_same_text(pieces) else "changed"
        rows.append(ComparisonRow(title, pieces, fate))
    return rows


def is_text_editable(deed: Deed) -> bool:
    """Whether words may still change: after an end none do."""
    return deed.state in {DeedState.DRAFT, DeedState.AGREED} and not is_over(deed.partnership)


def parse_iso_date_or_none(text: str | None) -> date | None:
    """A date in ISO form, or ``None`` for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@dataclass(frozen=True)
class RevisionRow:
    """One version of a clause: its number, who of which side, why, and what changed since the one before."""

    number: int
    party: Any
    why: str
    at: Any
    pieces: list[TextPiece]


def clause_history(clause: Clause, language: str) -> list[RevisionRow]:
    """Every version of a clause, the newest first, each compared with the one before."""
    found, before = [], ""
    for one in clause.revisions.all():
        words = str(one.texts.get(language, ""))
        found.append(RevisionRow(one.number, one.get_party_display(), one.why, one.at, text_differences(before, words)))
        before = words
    return found[::-1]


def proposal_differences(proposal: Proposal) -> list[TextPiece]:
    """What an open proposal would change; of an answered one its words alone; nothing of a mere remark."""
    if not proposal.text:
        return []
    if proposal.outcome != Proposal.Outcome.OPEN:
        return [TextPiece("same", proposal.text)]
    return text_differences(str(proposal.clause.texts.get(proposal.language, "")), proposal.text)
