"""The communication plan as a picture: whose hands a message passes, by what, when, and within how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.charter.models import CommunicationPlan
from plp.charter.plan_in_words import (
    DAY,
    HOUR,
    channels_in_words,
    deadline_or_working_day_in_words,
    duration_in_words,
    kinds_in_words,
    roles_in_words,
    sending_hours_in_words,
    silence_in_words,
    supralocal_in_words,
    urgent_hours_in_words,
)
from plp.charter.rules import MessageRule
from plp.documents import Flow, FlowStation, Grid
from plp.toolbox.words import colon

NOTHING = "–"
PAPER = "paper"  # the channel that needs somebody who walks


@dataclass(frozen=True)
class MessageWay:
    """The kinds that pass the same hands: their names, the diagram, and a row for each with what differs."""

    kinds: str
    flow: Flow
    grid: Grid

    @property
    def rows_as_head_cell_pairs(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with its head, as narrow screens need them."""
        return [list(zip(self.grid.head, row, strict=True)) for row in self.grid.rows]


def message_routes_of_plan(rules: Sequence[MessageRule]) -> list[MessageWay]:
    """The ways of a plan, in the order of the kinds."""
    known = {rule.kind: rule for rule in rules}
    grouped: dict[tuple[object, ...], list[MessageRule]] = {}
    for key in KINDS:
        if key in known:
            rule = known[key]
            grouped.setdefault((rule.route, rule.writers, rule.releasers, rule.relayers), []).append(rule)
    if len(grouped) == 1:
        return [_message_route(group, _("All kinds of message")) for group in grouped.values()]
    return [_message_route(group, kinds_in_words(rule.kind for rule in group)) for group in grouped.values()]


def _message_route(group: Sequence[MessageRule], kinds: str) -> MessageWay:
    return MessageWay(kinds, Flow(_("How it travels: %s") % kinds, _route_stations(group)), _rules_table(group))


def _route_stations(group: Sequence[MessageRule]) -> tuple[FlowStation, ...]:
    first = group[0]
    late: tuple[str, ...] = (_("If late, the chief of corps is told."),)
    found = [
        FlowStation(_("Written by"), roles_in_words(first.writers)),
        FlowStation(_("Read and released by a second person"), roles_in_words(first.releasers), late),
    ]
    if first.route != "direct":
        late = (_("If late, the next one: deputy, committee, at last the police."),)
        found.append(FlowStation(_("Relayed by"), roles_in_words(first.relayers), late))
    found.append(FlowStation(_("Received by"), _("the members"), (_("By the means that each one chose."),)))
    return tuple(found)


def _rules_table(group: Sequence[MessageRule]) -> Grid:
    """What differs: a row for all the kinds that go the same way."""
    head = [_("Kind"), _("Means"), _("Hours"), _("Not sent any more after"), _("Feedback within")]
    is_direct = group[0].route == "direct"
    late = _("Not released? Chief of corps told after") if is_direct else _("Not relayed? Goes to the deputy after")
    head += [late, _("Who reads answers")]
    kinds_by_way: dict[tuple[str, ...], list[str]] = {}
    for rule in group:
        kinds_by_way.setdefault(_route_detail_cells(rule), []).append(rule.kind)
    return Grid(head, [[kinds_in_words(kinds), *cells] for cells, kinds in kinds_by_way.items()])


def _route_detail_cells(rule: MessageRule) -> tuple[str, ...]:
    urgent = KINDS[rule.kind].urgent
    return (
        capfirst(channels_in_words(rule.channels)),
        urgent_hours_in_words() if urgent else sending_hours_in_words(rule.hours_from, rule.hours_until),
        _expiry_and_letter_note_in_words(rule),
        duration_in_words(rule.feedback_hours * HOUR) if rule.feedback_hours else NOTHING,
        deadline_or_working_day_in_words(
            (rule.release_minutes if rule.route == "direct" else rule.relay_minutes) or rule.default_term_minutes
        ),
        str(rule.office_for_answers.label),
    )


def _expiry_and_letter_note_in_words(rule: MessageRule) -> str:
    """After how long it is not sent any more; a letter in the box is no use then unless somebody carries it at once."""
    if not rule.expiry_minutes:
        return NOTHING
    life = duration_in_words(rule.expiry_minutes)
    if PAPER in rule.channels and rule.expiry_minutes < DAY:
        return _("%s; a letter only where somebody carries it within that time") % life
    return life


def three_column_grid(grid: Grid) -> Grid:
    """The rules of the kinds of message in three columns: seven leave no room to read on a paper.

    The terms that a kind has stand below each other, each with its name.
    """
    kind, _means, _hours, *terms = grid.head
    rows, sign = [], colon(get_language() or "fr")
    for row in grid.rows:
        own_terms = [f"{name}{sign} {cell}" for name, cell in zip(terms, row[3:], strict=True) if cell != NOTHING]
        rows.append([row[0].replace(", ", ",\n"), f"{row[1]}\n{row[2]}", "\n".join(own_terms)])
    return Grid([kind, _("Means and hours"), _("Time limits and answers")], rows)


def plan_rules_table(rules: Sequence[MessageRule]) -> Grid:
    """The rules of every kind of message in one table, as the annex of the charter has them way by way."""
    first, *others = [three_column_grid(way.grid) for way in message_routes_of_plan(rules)]
    return Grid(first.head, [row for grid in (first, *others) for row in grid.rows])


def plan_sentences(plan: CommunicationPlan | None, rules: Sequence[MessageRule]) -> list[str]:
    """Whose hands a message passes, a sentence a way, and what else was agreed; nothing while there is no plan."""
    if plan is None:
        return []
    ways = [f"{way.kinds} – {_stations_before_members_in_words(way.flow)}." for way in message_routes_of_plan(rules)]
    return [*ways, silence_in_words(plan.silence_days), supralocal_in_words(plan.takes_supralocal)]


def _stations_before_members_in_words(flow: Flow) -> str:
    """Who writes, releases and relays, in one line."""
    sign = colon(get_language() or "fr")
    hands = (f"{hand.head[:1].lower()}{hand.head[1:]}{sign} {hand.who}" for hand in flow.stations[:-1])
    return ", ".join(hands)
