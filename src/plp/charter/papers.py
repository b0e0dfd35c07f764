"""The charter, its annexes and the internal rules as documents: one text for page, PDF and DOCX (R90, R92, R98).

Titles and details go in as values, never as markup; the words of a clause are Markdown that the partners wrote, in
which braces and fences mean nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.charter.diagram import message_routes_of_plan, three_column_grid
from plp.charter.models import SLOT_NAMES, SLOTS, Clause, CommunicationPlan, CostLine, Deed, FinancingPlan, Signature
from plp.charter.plan_in_words import silence_in_words, supralocal_in_words
from plp.charter.queries import (
    contacts_of_partners,
    financing_figures,
    financing_plan_in_force,
    plan_in_force_now,
    rules_for_next_signature,
    rules_of_plan,
    signed_title_or_office,
)
from plp.charter.queries.deeds import clause_title_in_language_or_first
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Document, ForeignText, Grid, Lines, Signer, Signers, Value, compose, placeholder_names
from plp.documents.dates import date_format
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.quarter_map import quarter_map_svg
from plp.partnership.queries import public_page_url, statements_of
from plp.toolbox.clock import local

FENCE = re.compile(r"^\s*:::", re.MULTILINE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _PaperDraft:
    """A text under construction: Markdown lines, and the values of its places."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.values: dict[str, Value] = {}
        self.drawings: dict[str, str] = {}
        self.numbers = count()

    def add_value(self, value: Value) -> str:
        """The place that holds ``value``; nothing in it acts as markup."""
        number = next(self.numbers)
        name = f"v_{LETTERS[number // 26]}{LETTERS[number % 26]}"
        self.values[name] = value
        return f"{{{name}}}"

    def add_heading(self, level: int, words: str) -> None:
        """A title."""
        self.lines.append(f"{'#' * level} {self.add_value(words)}")

    def add_paragraph(self, value: Value) -> None:
        """A paragraph, list or table of its own."""
        self.lines.append(self.add_value(value))

    def add_markdown(self, words: str, statements: Mapping[str, str] | None = None) -> None:
        """Markdown of the partners: braces stay braces, fences stay words. ``statements`` are put in as values."""
        self.values |= {name: f"{{{name}}}" for name in placeholder_names(words)}
        words = FENCE.sub(r"\\:::", words)
        for written, text in (statements or {}).items():
            words = words.replace(written, self.add_value(text)) if written in words else words
        self.lines.append(words)

    def new_page(self) -> None:
        """A new page."""
        self.lines.append("---")

    def build_document(self, partnership: Partnership, language: str, title: str) -> Document:
        """What it came to."""
        source = "\n\n".join(self.lines)
        return compose(
            source, self.values, language=language, title=title, kind=partnership.kind, drawings=self.drawings
        )


def charter_paper(deed: Deed, language: str) -> Document:
    """The charter with its annexes (contacts, both plans, internal rules, map) and room to sign."""
    with override(language):
        return _charter_document(deed, language)


def _charter_document(deed: Deed, language: str) -> Document:
    draft, partnership, signatures = _PaperDraft(), deed.partnership, list(deed.signatures.all())
    title = _("Local charter: %s") % partnership.name(language)
    _add_title_and_version(draft, deed, title)
    _add_clauses(draft, deed, language)
    plan, money = deed.plan or plan_in_force_now(partnership), deed.financing or financing_plan_in_force(partnership)
    rules = deed.rules or rules_for_next_signature(partnership)
    annexes: list[tuple[str, Callable[[], None]]] = [
        (
            _("Contact details of the partners"),
            lambda: _add_table_of_all_contact_slots(draft, deed, signatures, language),
        ),
        (_("Communication plan"), lambda: _add_plan(draft, plan)),
        (_("Financing plan"), lambda: _add_financing(draft, money, language)),
        (_("Internal rules"), lambda: _add_clauses(draft, rules, language, level=3)),
    ]
    if drawing := quarter_map_svg(partnership.area, height_ratio=1):
        annexes.append((_("Map of the area"), lambda: _add_map(draft, drawing)))
    for number, (name, write) in enumerate(annexes, start=1):
        if number in {1, 4, 5}:  # the tables follow each other, rules and map stand by themselves
            draft.new_page()
        draft.add_heading(2, _("Annex %(number)d. %(name)s") % {"number": number, "name": name})
        write()
    _add_signature_lines(draft, deed, signatures, language)
    return draft.build_document(partnership, language, title)


def rules_paper(deed: Deed, language: str) -> Document:
    """The internal rules by themselves, as a member reads and accepts them."""
    with override(language):
        draft, title = _PaperDraft(), _("Internal rules: %s") % deed.partnership.name(language)
        _add_title_and_version(draft, deed, title)
        _add_clauses(draft, deed, language)
        return draft.build_document(deed.partnership, language, title)


def plan_paper(plan: CommunicationPlan, language: str) -> Document:
    """The communication plan by itself."""
    with override(language):
        draft, title = _PaperDraft(), _("Communication plan: %s") % plan.partnership.name(language)
        draft.add_heading(1, title)
        draft.add_paragraph(
            _("Version %(version)d, %(state)s") % {"version": plan.version, "state": plan.get_state_display()}
        )
        _add_plan(draft, plan, level=2)
        return draft.build_document(plan.partnership, language, title)


def financing_paper(plan: FinancingPlan, language: str) -> Document:
    """The financing plan by itself."""
    with override(language):
        draft, title = _PaperDraft(), _("Financing plan: %s") % plan.partnership.name(language)
        draft.add_heading(1, title)
        draft.add_paragraph(
            _("Version %(version)d, %(state)s") % {"version": plan.version, "state": plan.get_state_display()}
        )
        _add_financing(draft, plan, language)
        return draft.build_document(plan.partnership, language, title)


def _add_title_and_version(draft: _PaperDraft, deed: Deed, title: str) -> None:
    """Title, version, and the circular that it keeps for ever (R31)."""
    draft.add_heading(1, title)
    day = date_format(deed.circular_on, "DATE_FORMAT")
    draft.add_paragraph(
        _("Version %(version)d, under the ministerial circular of %(day)s") % {"version": deed.version, "day": day}
    )


def _add_clauses(draft: _PaperDraft, deed: Deed | None, language: str, *, level: int = 2) -> None:
    if deed is None:
        draft.add_paragraph(_("Not written yet."))
        return
    statements = _statement_translations(deed.partnership, language)
    for number, clause in enumerate(deed.clauses.all(), start=1):
        title = clause_title_in_language_or_first(clause, language)
        draft.add_heading(level, _("Article %(number)d. %(title)s") % {"number": number, "title": title})
        draft.add_markdown(clause.texts.get(language) or next(iter(clause.texts.values())), statements)


def _statement_translations(partnership: Partnership, language: str) -> dict[str, str]:
    """What parties said in another language, as a clause in ``language`` has it, and what stands there today.

    A clause may be older than the sister of what it cites.
    """
    statements = [row for row in statements_of(partnership) if row.language != language]
    return {
        ForeignText(row.text, row.language, reader=language): row.text_in("text", language, partnership.languages)
        for row in statements
    }


def _add_table_of_all_contact_slots(
    draft: _PaperDraft, deed: Deed, signatures: Sequence[Signature], language: str
) -> None:
    partnership = deed.partnership
    contacts = {contact.slot: contact for contact in contacts_of_partners(partnership)}
    rows = []
    for role in SLOTS:
        contact = contacts.get(role.value)
        office, cells = str(SLOT_NAMES[role.value]), [""] * 3
        if contact:
            office = signed_title_or_office(role.value, contact.name, signatures, language)
            reach = "\n".join(filter(None, [format_phone_number(contact.phone), contact.email]))
            cells = [contact.text_in("organisation", language, partnership.languages), contact.name, reach]
        rows.append([office, *cells])
    draft.add_paragraph(Grid([_("Role or title"), _("Service"), _("Name"), _("How to reach")], rows))


def _add_plan(draft: _PaperDraft, plan: CommunicationPlan | None, *, level: int = 3) -> None:
    if plan is None:
        draft.add_paragraph(_("Not agreed yet."))
        return
    rules = rules_of_plan(plan)
    for way in message_routes_of_plan(rules):
        draft.add_heading(level, way.kinds)
        draft.add_paragraph(way.flow)
        draft.add_paragraph(three_column_grid(way.grid))
    draft.add_heading(level, _("If no message comes"))
    draft.add_paragraph(silence_in_words(plan.silence_days))
    draft.add_heading(level, _("Messages from other police zones"))
    draft.add_paragraph(supralocal_in_words(plan.takes_supralocal))


def _add_financing(draft: _PaperDraft, plan: FinancingPlan | None, language: str) -> None:
    if plan is None:
        draft.add_paragraph(_("Not settled yet."))
        return
    lines = sorted(plan.lines.all(), key=lambda line: list(CostLine.Kind).index(CostLine.Kind(line.kind)))
    if lines:
        head = [_("Cost"), _("Kind of cost"), _("Euros a year"), _("Paid by"), _("Paid until")]
        draft.add_paragraph(Grid(head, [_cost_cells(line, plan, language) for line in lines]))
        draft.add_paragraph(_yearly_costs_text(plan))
    else:
        draft.add_paragraph(_("The partnership costs nothing."))
    if plan.contribution:
        amount = formats.number_format(plan.contribution, 2)
        draft.add_paragraph(_("Contribution, euros a member a year: %s.") % amount)
        draft.add_paragraph(_("It is voluntary, covers costs only, and is never a condition of membership."))
    else:
        draft.add_paragraph(_("Members pay nothing."))
    if plan.alternative:
        alternative = plan.text_in("alternative", language, plan.partnership.languages)
        draft.lines.append(_("If funding stops: %s") % draft.add_value(alternative))
    draft.lines.append(_insurance_sentence(draft, plan, language))


def _add_map(draft: _PaperDraft, drawing: str) -> None:
    draft.drawings["page_map"] = drawing
    draft.lines.append(f"![{_('Map of the area')}](illustration:page_map)")
    draft.add_paragraph(
        _(
            "Thick yellow lines: the streets of the partnership. The list of streets in the charter decides. "
            "Source: the register of addresses."
        )
    )


def _yearly_costs_text(plan: FinancingPlan) -> str:
    """What it costs a year, running and extra costs apart where there are both."""
    figures = financing_figures(plan)
    total_text = _("In total, euros a year: %s") % formats.number_format(figures.yearly_total, 2)
    if not (figures.base and figures.extra):
        return total_text
    base, extra = (formats.number_format(amount, 2) for amount in (figures.base, figures.extra))
    return f"{total_text} ({_('running costs: %(base)s, extra costs: %(extra)s') % {'base': base, 'extra': extra}})"


def cost_kind_words(line: CostLine) -> str:
    """Whether a cost runs day by day or is extra, in short."""
    return _("extra cost") if line.kind == CostLine.Kind.EXTRA else _("running cost")


def _cost_cells(line: CostLine, plan: FinancingPlan, language: str) -> Sequence[str]:
    until = date_format(line.paid_until, "DATE_FORMAT") if line.paid_until else _("no end set")
    what = line.text_in("what", language, plan.partnership.languages)
    return [what, cost_kind_words(line), formats.number_format(line.yearly, 2), str(line.get_payer_display()), until]


def _insurance_sentence(draft: _PaperDraft, plan: FinancingPlan, language: str) -> str:
    """Our sentence, with places for what the partners wrote."""
    if not plan.insurer or plan.insured_until is None:
        reason = plan.text_in("uninsured_because", language, plan.partnership.languages)
        return _("Insurance: none yet. %s") % (draft.add_value(reason) if reason else "")
    insured = plan.text_in("insured", language, plan.partnership.languages)
    values = {"insurer": plan.insurer, "insured": insured, "until": date_format(plan.insured_until, "DATE_FORMAT")}
    places = {name: draft.add_value(value) if value else "" for name, value in values.items()}
    return _("Insurance: %(insurer)s insures %(insured)s until %(until)s.") % places


def _add_signature_lines(draft: _PaperDraft, deed: Deed, signatures: Sequence[Signature], language: str) -> None:
    """Who signed, when and how, and room for the signatures that are still to come."""
    draft.new_page()
    draft.add_heading(2, _("Signatures"))
    order = [Role(slot) for slot in deed.order] or list(SLOTS)
    names = {contact.slot: contact.name for contact in contacts_of_partners(deed.partnership)}
    signed = {signature.slot: signature for signature in signatures}
    rows = []
    for role in order:
        signature = signed.get(role.value)
        name = signature.name if signature else names.get(role.value, "")
        rows.append(
            _signer_with_signing_day(signed_title_or_office(role.value, name, signatures, language), name, signature)
        )
    draft.add_paragraph(Signers(rows))
    if not signatures:
        draft.add_paragraph(
            _("A signature given in the portal leaves its line empty: it stands in the record of signatures.")
        )
    if page := public_page_url(deed.partnership):
        draft.add_paragraph(_("The page of the partnership:"))
        draft.lines.append(f"![qr]({draft.add_value(page)})")


def _signer_with_signing_day(office: str, name: str, signature: Signature | None) -> Signer:
    """Whoever signs for a partner, with the day and the way once it is done."""
    if signature is None:
        return Signer(capfirst(office), name)
    day = date_format(signature.signed_on, "DATE_FORMAT")
    return Signer(capfirst(office), name, day, capfirst(str(signature.get_way_display())))


def clause_paper(clause: Clause, language: str) -> Document:
    """The words of one clause, to stand on a page under its title."""
    draft, partnership = _PaperDraft(), clause.deed.partnership
    words = clause.texts.get(language) or next(iter(clause.texts.values()))
    draft.add_markdown(words, _statement_translations(partnership, language))
    return draft.build_document(partnership, language, clause_title_in_language_or_first(clause, language))


def signature_record_paper(deed: Deed, language: str) -> Document:
    """The record of signatures: who signed which text, in which quality, when and how. Sealed with the charter."""
    with override(language):
        draft, title = _PaperDraft(), _("Record of signatures: %s") % deed.partnership.name(language)
        draft.add_heading(1, title)
        rows = [
            [
                one.get_slot_display(),
                one.name,
                one.text_in("quality", language, deed.partnership.languages),
                date_format(one.signed_on, "DATE_FORMAT"),
                one.get_way_display(),
            ]
            for one in deed.signatures.order_by("recorded_at")
        ]
        draft.add_paragraph(Grid([_("Signature"), _("Name"), _("Role or title"), _("Date"), _("How")], rows))
        day = date_format(local(deed.frozen_at), "DATETIME_FORMAT") if deed.frozen_at else ""
        draft.add_paragraph(_("The text was submitted for signature on %s.") % day)
        draft.add_paragraph(Lines([_("Fingerprint of the signed text (SHA-256): %s") % deed.fingerprint]))
        return draft.build_document(deed.partnership, language, title)
