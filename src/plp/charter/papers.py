"""The charter, its annexes and the internal rules as documents: one text for page, PDF and DOCX (R90, R92, R98).

Titles and details go in as values, never as markup; the words of a clause are Markdown that the partners wrote, in
which braces and fences mean nothing.
"""

import re
from collections.abc import Callable, Sequence
from itertools import count

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.charter.diagram import ways_of
from plp.charter.kinds import KINDS
from plp.charter.models import SLOT_NAMES, SLOTS, Clause, CommunicationPlan, CostLine, Deed, FinancingPlan
from plp.charter.queries import contacts_of, financing_settled, in_numbers, plan_that_holds, rules_of, rules_to_sign
from plp.charter.queries.deeds import title_of
from plp.charter.reading import answers, sentences, silence
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Document, Grid, Lines, Value, compose, places_of
from plp.documents.dates import date_format
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.queries import public_page_url
from plp.toolbox.clock import local

FENCE = re.compile(r"^\s*:::", re.MULTILINE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Draft:
    """A text under construction: Markdown lines, and the values of its places."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.values: dict[str, Value] = {}
        self.numbers = count()

    def place(self, value: Value) -> str:
        """The place that holds ``value``; nothing in it acts as markup."""
        number = next(self.numbers)
        name = f"v_{LETTERS[number // 26]}{LETTERS[number % 26]}"
        self.values[name] = value
        return f"{{{name}}}"

    def heading(self, level: int, words: str) -> None:
        """A title."""
        self.lines.append(f"{'#' * level} {self.place(words)}")

    def paragraph(self, value: Value) -> None:
        """A paragraph, list or table of its own."""
        self.lines.append(self.place(value))

    def markdown(self, words: str) -> None:
        """Markdown of the partners: braces stay braces, fences stay words."""
        self.values |= {name: f"{{{name}}}" for name in places_of(words)}
        self.lines.append(FENCE.sub(r"\\:::", words))

    def page(self) -> None:
        """A new page."""
        self.lines.append("---")

    def document(self, partnership: Partnership, language: str, title: str) -> Document:
        """What it came to."""
        source = "\n\n".join(self.lines)
        return compose(source, self.values, language=language, title=title, kind=partnership.kind)


def charter_paper(deed: Deed, language: str) -> Document:
    """The charter with its annexes (contacts, communication plan, financing plan, internal rules) and room to sign."""
    with override(language):
        return _charter(deed, language)


def _charter(deed: Deed, language: str) -> Document:
    draft, partnership = _Draft(), deed.partnership
    title = _("Local charter: %s") % partnership.name(language)
    _head(draft, deed, title)
    _clauses(draft, deed, language)
    plan, money = deed.plan or plan_that_holds(partnership), deed.financing or financing_settled(partnership)
    rules = deed.rules or rules_to_sign(partnership)
    annexes: list[tuple[str, Callable[[], None]]] = [
        (_("Contact details of the partners"), lambda: _contacts(draft, partnership)),
        (_("Communication plan"), lambda: _plan(draft, plan)),
        (_("Financing plan"), lambda: _money(draft, money)),
        (_("Internal rules"), lambda: _clauses(draft, rules, language, level=3)),
    ]
    for number, (name, write) in enumerate(annexes, start=1):
        draft.page()
        draft.heading(2, _("Annex %(number)d. %(name)s") % {"number": number, "name": name})
        write()
    _signatures(draft, deed)
    return draft.document(partnership, language, title)


def rules_paper(deed: Deed, language: str) -> Document:
    """The internal rules by themselves, as a member reads and accepts them."""
    with override(language):
        draft, title = _Draft(), _("Internal rules: %s") % deed.partnership.name(language)
        _head(draft, deed, title)
        _clauses(draft, deed, language)
        return draft.document(deed.partnership, language, title)


def plan_paper(plan: CommunicationPlan, language: str) -> Document:
    """The communication plan by itself."""
    with override(language):
        draft, title = _Draft(), _("Communication plan: %s") % plan.partnership.name(language)
        draft.heading(1, title)
        draft.paragraph(
            _("Version %(version)d, %(state)s") % {"version": plan.version, "state": plan.get_state_display()}
        )
        _plan(draft, plan, level=2)
        return draft.document(plan.partnership, language, title)


def financing_paper(plan: FinancingPlan, language: str) -> Document:
    """The financing plan by itself."""
    with override(language):
        draft, title = _Draft(), _("Financing plan: %s") % plan.partnership.name(language)
        draft.heading(1, title)
        draft.paragraph(
            _("Version %(version)d, %(state)s") % {"version": plan.version, "state": plan.get_state_display()}
        )
        _money(draft, plan)
        return draft.document(plan.partnership, language, title)


def contacts_paper(partnership: Partnership, language: str) -> Document:
    """The contact details of the partners by themselves."""
    with override(language):
        draft, title = _Draft(), _("Contact details of the partners: %s") % partnership.name(language)
        draft.heading(1, title)
        _contacts(draft, partnership)
        return draft.document(partnership, language, title)


def _head(draft: _Draft, deed: Deed, title: str) -> None:
    """Title, version, and the circular that it keeps for ever (R31)."""
    draft.heading(1, title)
    day = date_format(deed.circular_on, "DATE_FORMAT")
    draft.paragraph(
        _("Version %(version)d, under the ministerial circular of %(day)s") % {"version": deed.version, "day": day}
    )


def _clauses(draft: _Draft, deed: Deed | None, language: str, *, level: int = 2) -> None:
    if deed is None:
        draft.paragraph(_("Not written yet."))
        return
    for number, clause in enumerate(deed.clauses.all(), start=1):
        draft.heading(level, f"{number}. {title_of(clause, language)}")
        draft.markdown(clause.texts.get(language) or next(iter(clause.texts.values())))


def _contacts(draft: _Draft, partnership: Partnership) -> None:
    known = {contact.slot: contact for contact in contacts_of(partnership)}
    rows = []
    for role in SLOTS:
        one = known.get(role.value)
        cells = (
            [one.organisation, one.name, " · ".join(filter(None, [format_phone_number(one.phone), one.email]))]
            if one
            else [""] * 3
        )
        rows.append([str(SLOT_NAMES[role.value]), *cells])
    draft.paragraph(Grid([_("Role or title"), _("Service"), _("Name"), _("How to reach")], rows))


def _plan(draft: _Draft, plan: CommunicationPlan | None, *, level: int = 3) -> None:
    if plan is None:
        draft.paragraph(_("Not agreed yet."))
        return
    rules = rules_of(plan)
    for way in ways_of(rules, plan.answers_to):
        draft.heading(level, way.kinds)
        draft.paragraph(way.flow)
        draft.paragraph(way.grid)
    for rule in rules:
        draft.heading(level, str(KINDS[rule.kind].label))
        draft.paragraph(" ".join(sentences(rule)))
    draft.heading(level, _("If no message comes"))
    draft.paragraph(silence(plan.silence_days))
    draft.heading(level, _("If a member answers"))
    draft.paragraph(answers(plan.answers_to))


def _money(draft: _Draft, plan: FinancingPlan | None) -> None:
    if plan is None:
        draft.paragraph(_("Not settled yet."))
        return
    rows = [_cost(line) for line in plan.lines.all()]
    if rows:
        draft.paragraph(Grid([_("Cost"), _("Euros a year"), _("Paid by"), _("Paid until")], rows))
        draft.paragraph(_("In total, euros a year: %s") % formats.number_format(in_numbers(plan).whole, 2))
    else:
        draft.paragraph(_("The partnership costs nothing."))
    if plan.contribution:
        amount = formats.number_format(plan.contribution, 2)
        draft.paragraph(_("Contribution, euros a member a year: %s.") % amount)
        draft.paragraph(_("It is voluntary, covers costs only, and is never a condition of membership."))
    else:
        draft.paragraph(_("Members pay nothing."))
    if plan.alternative:
        draft.paragraph(_("If funding stops: %s") % plan.alternative)
    draft.paragraph(_insurance(plan))


def _cost(line: CostLine) -> Sequence[str]:
    until = date_format(line.paid_until, "DATE_FORMAT") if line.paid_until else _("no end set")
    return [line.what, formats.number_format(line.yearly, 2), str(line.get_payer_display()), until]


def _insurance(plan: FinancingPlan) -> str:
    if not plan.insurer or plan.insured_until is None:
        return _("Insurance: none yet. %s") % plan.uninsured_because
    until = date_format(plan.insured_until, "DATE_FORMAT")
    told = {"insurer": plan.insurer, "insured": plan.insured, "until": until}
    return _("Insurance: %(insurer)s insures %(insured)s until %(until)s.") % told


def _signatures(draft: _Draft, deed: Deed) -> None:
    """Room for four signatures on paper; what is signed in the portal stands in the record of signatures."""
    draft.page()
    draft.heading(2, _("Signatures"))
    order = [Role(slot) for slot in deed.order] or list(SLOTS)
    rows = [[str(SLOT_NAMES[role.value]), "", "", ""] for role in order]
    draft.paragraph(Grid([_("Role or title"), _("Name"), _("Date"), _("Signature")], rows))
    draft.paragraph(_("A signature given in the portal leaves its line empty: it stands in the record of signatures."))
    if page := public_page_url(deed.partnership):
        draft.paragraph(_("The page of the partnership:"))
        draft.lines.append(f"![qr]({draft.place(page)})")


def clause_paper(clause: Clause, language: str) -> Document:
    """The words of one clause, to stand on a page under its title."""
    draft = _Draft()
    draft.markdown(clause.texts.get(language) or next(iter(clause.texts.values())))
    return draft.document(clause.deed.partnership, language, title_of(clause, language))


def record_paper(deed: Deed, language: str) -> Document:
    """The record of signatures: who signed which text, in which quality, when and how. Sealed with the charter."""
    with override(language):
        draft, title = _Draft(), _("Record of signatures: %s") % deed.partnership.name(language)
        draft.heading(1, title)
        rows = [
            [
                one.get_slot_display(),
                one.name,
                one.quality,
                date_format(one.signed_on, "DATE_FORMAT"),
                one.get_way_display(),
            ]
            for one in deed.signatures.order_by("recorded_at")
        ]
        draft.paragraph(Grid([_("Signature"), _("Name"), _("Role or title"), _("Date"), _("How")], rows))
        day = date_format(local(deed.frozen_at), "DATETIME_FORMAT") if deed.frozen_at else ""
        draft.paragraph(_("The text was submitted for signature on %s.") % day)
        draft.paragraph(Lines([_("Fingerprint of the signed text (SHA-256): %s") % deed.fingerprint]))
        return draft.document(deed.partnership, language, title)
