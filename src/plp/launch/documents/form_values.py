"""What fills the forms of the pack: a fact where there is one, else room to write by hand. Nothing here is missing.

The reads are in ``form_data``; each value is said in the active language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.charter.models import SLOT_NAMES, SLOTS, CostLine, FinancingPlan
from plp.charter.papers import cost_kind_words
from plp.documents import Blank, Grid, Lines, Value
from plp.documents.dates import date_format
from plp.evening.models import AgendaPoint, Meeting, Question
from plp.evening.models.meeting import voters_choices
from plp.evening.queries import names_of_meeting_opener_and_minutes_writer, presence_counts
from plp.evening.queries.sheet_votes import unasked_candidates
from plp.evening.states import AGENDAS, MeetingState, Purpose
from plp.launch.models import Sign
from plp.mandates.grants import Role
from plp.membership.models import Candidate
from plp.membership.states import Function
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import texts_in
from plp.places.models import Street
from plp.places.typed_addresses import address_in_language
from plp.toolbox.words import join_with_semicolons

FORM_PLACES = frozenset(
    "agenda statements cost_lines funding_end contribution insurance vote_rule quorum voters_present "
    "vote_on_partnership votes_on_questions sign_places stickers sign_costs road_managers objectives_to_review "
    "screening_outcomes screening_consent".split()
)
SIGNING_PLACES = {  # who signs a form or a letter
    "charter_signers": SLOTS,
    "agreement_signers": SLOTS,
    "ministry_signers": (Role.MUNICIPALITY, Role.CHIEF),
}
NAMING_FORM_PLACES = frozenset(
    {
        "ballot",
        "votes_on_persons",
        "evening_chair",
        "informed_parties",
        "screened_persons",
        "screening_officers",
        "screening_days",
        *SIGNING_PLACES,
    }
)  # they name (R43)
EVENING_OVER = frozenset({MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED})
SIGN_WORDS = re.compile(
    r"\b(panneau|autocoll|bord(en)?\b|sticker|schild|aufkleber|signs?\b)", re.IGNORECASE
)  # in a line of costs
BOX, BLANK_PERSONS = "☐", 4
BLANK_WITH_NAMES = 2  # on a ballot, for who comes forward in the room
DUTCH_CAPITAL = ("Één", "Eén")  # a capital has no accent in Dutch: "Eén stem"


@dataclass(frozen=True)
class FormData:
    """What only forms say: agenda and votes of the evening, the signs."""

    evening: Meeting | None
    points: Sequence[AgendaPoint]
    votes: Sequence[Question]
    questions: Sequence[Question]  # every vote, held or not
    candidates: Sequence[Candidate]  # whom no vote is prepared on yet
    voters_present: int
    signs: Sequence[Sign]
    stickers: int = 0  # ordered, in all
    chair: str = ""  # who led the evening


def gather_form_data(partnership: Partnership, evening: Meeting | None) -> FormData:
    """Gather it, in seven queries at most."""
    questions = list(evening.questions.all()) if evening else []
    orders = list(partnership.signs.order_by("ordered_on", "pk"))
    return FormData(
        evening=evening,
        points=list(evening.points.all()) if evening else [],
        votes=[vote for vote in questions if vote.result],
        candidates=unasked_candidates(evening, questions) if evening else [],
        questions=questions,
        voters_present=presence_counts(evening).total if evening else 0,
        chair=names_of_meeting_opener_and_minutes_writer(evening).chair if evening else "",
        signs=[order for order in orders if order.kind == Sign.Kind.SIGN],
        stickers=sum(order.count for order in orders if order.kind == Sign.Kind.STICKER),
    )


def values_of_form_placeholders(
    partnership: Partnership,
    data: FormData,
    statements: Sequence[Statement],
    financing: FinancingPlan | None,
    language: str,
    *,
    signers: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    signed_with_charter: Mapping[str, str] = MappingProxyType({}),
    agreed: Decimal | None = None,
    elected: Sequence[Candidate] = (),
    municipality_titles: Mapping[str, str] = MappingProxyType({}),
    streets_of_addresses: Sequence[Street] = (),
) -> dict[str, Value]:
    """The value of each of ``FORM_PLACES`` and ``NAMING_FORM_PLACES`` in ``language``, which is the active one.

    ``signers``: office and name of those who sign, by slot; ``signed_with_charter``: the day on which they signed the
    financing plan, which is an annex of the charter. ``agreed``: the contribution, euros a year, on which the
    evening agreed; the financing plan comes before it. ``elected``: whom the members chose. ``municipality_titles``:
    what a municipality is called in ``language``, by its titles: an order of signs has the manager in one.
    ``streets_of_addresses``: those that the place of a sign names in two.
    """
    signs = [
        (
            sign,
            address_in_language(sign.place, language, streets_of_addresses).replace("'", "’"),
            municipality_titles.get(sign.road_manager, sign.road_manager),
        )
        for sign in data.signs
    ]
    return {
        **_evening_form_values(partnership, data, language),
        **_financing_form_values(partnership, financing, language, agreed),
        "objectives_to_review": _objectives_table(statements, language, partnership.languages),
        "statements": _motives_expectations_and_objectives_table(partnership, data, statements, language),
        "sign_places": _signs_table(signs),
        "stickers": str(data.stickers) if data.stickers else Blank(),
        "road_managers": _road_managers_table(signs),
        **values_of_screening_placeholders(candidates_to_be_screened(elected)),
        **{place: _signers_table(slots, signers) for place, slots in SIGNING_PLACES.items()},
        "agreement_signers": _signers_table(SIGNING_PLACES["agreement_signers"], signers, signed_with_charter),
    }


def _signers_table(
    slots: Sequence[Role], signers: Mapping[str, tuple[str, str]], days: Mapping[str, str] = MappingProxyType({})
) -> Grid:
    """Who signs: the office, the name where it is known, and room for day and signature; or the day of the charter that
    holds it.
    """
    rows = []
    for slot in slots:
        office, name = signers.get(slot.value, (str(SLOT_NAMES[slot.value]), ""))
        day = days.get(slot.value)
        rows.append([capfirst(office), name, _("With the charter, %s") % day if day else ""])
    return Grid([_("Who"), _("Name"), _("Date and signature")], rows)


def candidates_to_be_screened(elected: Sequence[Candidate]) -> list[Candidate]:
    """Whom the police check, of those whom the members chose."""
    return [candidate for candidate in elected if candidate.function != Function.COMMITTEE]


def values_of_screening_placeholders(checked: Sequence[Candidate]) -> dict[str, Value]:
    """Whom the police check, or room for a name in each office while nobody is chosen;
    once every outcome is known, it with its day and who gave it, where the consent before it lies, and never a reason.
    """
    persons = [f"{row.person.name} ({row.get_function_display()})" for row in checked]
    lines = persons or [f"____ ({function.label})" for function in (Function.COORDINATOR, Function.DEPUTY)]
    is_known = bool(checked) and all(candidate.screened_on for candidate in checked)
    days = [(row.person.name, date_format(row.screened_on, "DATE_FORMAT")) for row in checked if row.screened_on]
    officers = [(row.person.name, row.screened_by.name) for row in checked if row.screened_by]
    return {
        "screened_persons": Lines(lines, () if checked else [False] * len(lines)),
        "screening_consent": _("see the signed candidature, in the police file") if is_known else Blank(),
        "screening_outcomes": Lines([_("May hold the office"), _("May not hold the office")], [is_known, False]),
        "screening_days": _person_facts_text(days) if is_known else Blank(),
        "screening_officers": _person_facts_text(officers) if is_known and officers else Blank(),
    }


def _person_facts_text(facts: Sequence[tuple[str, str]]) -> str:
    """What is so of each person: said alone where it is the same of all."""
    words = dict.fromkeys(fact for _name, fact in facts)
    if len(words) == 1:
        return next(iter(words))
    return join_with_semicolons((f"{name}, {fact}" for name, fact in facts), get_language())


def _evening_form_values(partnership: Partnership, data: FormData, language: str) -> dict[str, Value]:
    """Agenda and record of the votes."""
    approval = next((vote for vote in data.votes if vote.kind == Question.Kind.APPROVAL), None)
    persons = [vote for vote in data.votes if vote.kind == Question.Kind.PERSON]
    free = [vote for vote in data.votes if vote.kind == Question.Kind.FREE]
    return {
        "agenda": _agenda_table(data, language),
        "vote_rule": _voting_rule(partnership, data.evening),
        "quorum": _quorum_text(approval),
        "voters_present": str(data.voters_present) if data.voters_present else Blank(),
        "vote_on_partnership": _votes_table([approval] if approval else [], str(Question.Kind.APPROVAL.label)),
        "votes_on_persons": _("There was no vote.")
        if data.votes and not persons
        else _votes_table(persons, *_titles_to_vote_on(data, Question.Kind.PERSON)),
        "evening_chair": _("%s, signature") % data.chair if data.chair else _("name, signature"),
        "votes_on_questions": _("There was no vote.") if data.votes and not free else _votes_table(free, ""),
        "ballot": _ballot_table(data),
    }


def _quorum_text(approval: Question | None) -> Value:
    """How many votes had to be cast; room to write before the vote."""
    if approval is None:
        return Blank()
    return str(approval.quorum) if approval.quorum else _("none")


def _ballot_table(data: FormData) -> Grid:
    """What the evening votes on, with a box for each answer: the partnership, then person by person."""
    head = [_("On what"), _("Yes"), _("No"), _("Abstain")]
    rows = _titles_to_vote_on(data, Question.Kind.PERSON, Question.Kind.FREE)
    titles = [Question.Kind.APPROVAL.label, *(title or _("Person (write the name):") for title in rows)]
    return Grid(head, [[capfirst(str(title)), BOX, BOX, BOX] for title in titles])


def _titles_to_vote_on(data: FormData, *kinds: str) -> list[str]:
    """The votes of ``kinds`` and the persons put forward, and room for who comes forward in the room."""
    titles = [str(vote.title) for vote in data.questions if vote.kind in kinds]
    titles += [f"{row.person.name} ({row.get_function_display()})" for row in data.candidates]
    return titles + [""] * (BLANK_WITH_NAMES if titles else BLANK_PERSONS)


def _agenda_table(data: FormData, language: str) -> Grid:
    """The points with their minutes and a box to tick; before an evening is planned, the usual ones."""
    if data.evening is None:
        points = [(str(kind.label), minutes) for kind, minutes in AGENDAS[Purpose.INFORMATION].items()]
    else:
        points = [(point.title_in(language, data.evening.languages), point.duration) for point in data.points]
    rows = [[f"{place}. {title}", str(minutes), BOX] for place, (title, minutes) in enumerate(points, start=1)]
    return Grid([_("Point"), _("Time (minutes)"), _("Done")], rows)


def _voting_rule(partnership: Partnership, evening: Meeting | None) -> Value:
    """The rule of the evening; until one is planned, both to choose from."""
    if evening is None:
        return Lines(
            [_capitalised_voting_rule_label(label) for _rule, label in voters_choices(partnership.kind)], [False, False]
        )
    return _capitalised_voting_rule_label(evening.voters_label)


def _capitalised_voting_rule_label(label: str) -> str:
    return capfirst(label).replace(*DUTCH_CAPITAL)


def _votes_table(votes: Sequence[Question], *blanks: str) -> Grid:
    """What was decided with its counts; else a row to fill in for each of ``blanks``: its title where it is known."""
    head = [_("On what"), _("Yes"), _("No"), _("Abstentions"), _("Result")]
    rows = [
        [capfirst(vote.title), str(vote.yes), str(vote.no), str(vote.abstain), _vote_outcome_text(vote)]
        for vote in votes
    ]
    return Grid(head, rows or [[capfirst(title), *[""] * (len(head) - 1)] for title in blanks])


def _vote_outcome_text(vote: Question) -> str:
    """What the vote came to, as the minutes say it."""
    result = vote.result
    if result is None or not result.quorum_met:
        return _("not enough votes (%d needed)") % max(vote.quorum, 1)
    return _("approved") if result.is_approved else _("not approved")


def _financing_form_values(
    partnership: Partnership, plan: FinancingPlan | None, language: str, agreed: Decimal | None
) -> dict[str, Value]:
    """Costs, contribution, insurance and what happens when the support stops."""
    spoken = partnership.languages
    alternative = plan.text_in("alternative", language, spoken) if plan else ""
    return {
        "cost_lines": _costs_table(plan, language, spoken),
        "sign_costs": _sign_costs_table(plan, language, spoken),
        "funding_end": alternative or Blank(),
        "contribution": _contribution_text(plan.contribution or Decimal(0) if plan else agreed),
        "insurance": _insurance_table(plan, language, spoken),
    }


def _costs_table(plan: FinancingPlan | None, language: str, spoken: Sequence[str]) -> Value:
    lines = list(plan.lines.all()) if plan else []
    if plan and plan.costs_nothing and not lines:
        return _("There are no costs.")
    return _cost_rows_table(lines, language, spoken, total=len(lines) > 1)


def _cost_rows_table(lines: Sequence[CostLine], language: str, spoken: Sequence[str], *, total: bool = False) -> Grid:
    """``lines`` as a table, with their sum if it is asked for; without any, room to write four."""
    head = [_("What"), _("Kind of cost"), _("A year"), _("Who pays"), _("Until")]
    rows = [table_cells_of_cost(line, language, spoken) for line in lines]
    if total:
        together = formats.number_format(sum((line.yearly for line in lines), Decimal(0)), 2)
        rows.append([_("Total"), "–", _("%s euros") % together, "–", "–"])
    return Grid(head, rows or [[""] * len(head)] * 4)


def table_cells_of_cost(line: CostLine, language: str, spoken: Sequence[str]) -> Sequence[str]:
    """A cost as the cells of a row: what, of which kind, how much a year, who pays, until when."""
    return [
        line.text_in("what", language, spoken),
        cost_kind_words(line),
        _("%s euros") % formats.number_format(line.yearly, 2),
        str(line.get_payer_display()),
        date_format(line.paid_until, "DATE_FORMAT") if line.paid_until else _("no end set"),
    ]


def _sign_costs_table(plan: FinancingPlan | None, language: str, spoken: Sequence[str]) -> Value:
    """Who pays signs and stickers: the lines of the plan that name them, or all of it where none does."""
    lines = list(plan.lines.all()) if plan else []
    of_signs = [line for line in lines if SIGN_WORDS.search(str(line.what))]
    return _cost_rows_table(of_signs, language, spoken) if of_signs else _costs_table(plan, language, spoken)


def _objectives_table(statements: Sequence[Statement], language: str, spoken: Sequence[str]) -> Grid:
    """Each objective with room for what was done; some rows to fill in while none is written."""
    objectives = texts_in([it for it in statements if it.kind == Statement.Kind.OBJECTIVE], "text", language, spoken)
    head = [capfirst(str(Statement.Kind.OBJECTIVE.label)), _("What was done")]
    return Grid(head, [[objective, ""] for objective in objectives] or [[""] * len(head)] * 3)


def _contribution_text(euros: Decimal | None) -> Value:
    if euros is None:
        return Lines([_("No contribution"), _("A voluntary contribution, at most (a year): ____")], [False, False])
    if not euros:
        return _("Members pay nothing.")
    amount = formats.number_format(euros, 2)
    return " ".join(
        [
            _("Contribution, euros a member a year: %s.") % amount,
            _("It is voluntary, covers costs only, and is never a condition of membership."),
        ]
    )


def _insurance_table(plan: FinancingPlan | None, language: str, spoken: Sequence[str]) -> Value:
    head = [_("Who insures"), _("For what"), _("Until")]
    if plan and plan.insurer and plan.insured_until:
        insured = plan.text_in("insured", language, spoken)
        return Grid(head, [[plan.insurer, insured, date_format(plan.insured_until, "DATE_FORMAT")]])
    if plan and plan.uninsured_because:
        return _("Insurance: none yet. %s") % plan.text_in("uninsured_because", language, spoken)
    return Grid(head, [[""] * len(head)] * 2)


def _motives_expectations_and_objectives_table(
    partnership: Partnership, data: FormData, statements: Sequence[Statement], language: str
) -> Grid:
    """What each party said; until the evening, room for the party that has not. Those whom the partnership is for come
    first.
    """
    is_evening_held = data.evening is not None and data.evening.state in EVENING_OVER
    kinds = [Statement.Kind.MOTIVE, Statement.Kind.EXPECTATION, Statement.Kind.OBJECTIVE]
    rows = []
    for party in _parties_in_order(partnership, statements):
        texts = [
            texts_in(
                [it for it in statements if (it.party, it.kind) == (party, kind)],
                "text",
                language,
                partnership.languages,
            )
            for kind in kinds
        ]
        cells = ["\n".join(text) for text in texts]
        if any(cells) or not is_evening_held:
            rows.append([capfirst(str(party.label)), *cells])
    return Grid([_("Party"), *(capfirst(str(kind.label)) for kind in kinds)], rows)


def _parties_in_order(partnership: Partnership, statements: Sequence[Statement]) -> list[Statement.Party]:
    """The parties in their order; residents have no part in a partnership of traders, unless they said something."""
    residents, *others = Statement.Party
    if partnership.kind == "plp":
        return [residents, *others]
    has_residents = any(it.party == residents for it in statements)
    return [others[0], *([residents] if has_residents else []), *others[1:]]


def _signs_table(signs: Sequence[tuple[Sign, str, str]]) -> Grid:
    """Each order: where, how many, who manages the road, and room for the consent without which it does not leave."""
    head = [_("Road and place"), _("Count"), _("Manager of the road"), _("The manager agreed on")]
    rows = [[place, str(sign.count), manager, ""] for sign, place, manager in signs]
    return Grid(head, rows or [[""] * len(head)] * 5)


def _road_managers_table(signs: Sequence[tuple[Sign, str, str]]) -> Grid:
    """Who manages which road, as far as an order of signs says it, and room for the others."""
    head = [_("Road"), _("Manager (municipality, region, other)"), _("Contact of the service")]
    managers = dict.fromkeys((place, manager) for _sign, place, manager in signs if manager)
    rows = [[place, manager, ""] for place, manager in managers]
    return Grid(head, [*rows, *[[""] * len(head)] * 3])
