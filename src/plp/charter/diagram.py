"""The communication plan as a picture: whose hands a message passes, by what, when, and within how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.charter.reading import HOUR, duration, hours, roles, ways
from plp.charter.rules import Rule
from plp.documents import Flow, FlowStation, Grid

NOTHING = "–"


@dataclass(frozen=True)
class Way:
    """The kinds that pass the same hands: their names, the diagram, and a row for each with what differs."""

    kinds: str
    flow: Flow
    grid: Grid

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with its head, as narrow screens need them."""
        return [list(zip(self.grid.head, row, strict=True)) for row in self.grid.rows]


def ways_of(rules: Sequence[Rule], answers_to: str) -> list[Way]:
    """The ways of a plan, in the order of the kinds; ``answers_to`` reads what a member writes back."""
    known = {rule.kind: rule for rule in rules}
    grouped: dict[tuple[object, ...], list[Rule]] = {}
    for key in KINDS:
        if key in known:
            rule = known[key]
            grouped.setdefault((rule.route, rule.writers, rule.releasers, rule.relayers), []).append(rule)
    if len(grouped) == 1:
        return [_way(group, _("All kinds of message"), answers_to) for group in grouped.values()]
    return [_way(group, _named(group), answers_to) for group in grouped.values()]


def _named(group: Sequence[Rule]) -> str:
    return ", ".join(str(KINDS[rule.kind].label) for rule in group)


def _way(group: Sequence[Rule], kinds: str, answers_to: str) -> Way:
    return Way(kinds, Flow(_("How it travels: %s") % kinds, _stations(group, answers_to)), _grid(group))


def _stations(group: Sequence[Rule], answers_to: str) -> tuple[FlowStation, ...]:
    first = group[0]
    found = [
        FlowStation(_("Written by"), roles(first.writers)),
        FlowStation(_("Read and released by a second person"), roles(first.releasers)),
    ]
    if first.route != "direct":
        found.append(FlowStation(_("Relayed by"), roles(first.relayers)))
    to_police = answers_to == "police"
    back = _("Answers go to the police.") if to_police else _("Answers go to the coordinator.")
    found.append(FlowStation(_("Received by"), _("the members"), (_("By the means that each one chose."), back)))
    return tuple(found)


def _grid(group: Sequence[Rule]) -> Grid:
    head = [_("Kind"), _("Means"), _("Hours"), _("Not sent any more after"), _("Feedback within")]
    return Grid(head, [_row(rule) for rule in group])


def _row(rule: Rule) -> Sequence[str]:
    urgent = KINDS[rule.kind].urgent
    return [
        str(KINDS[rule.kind].label),
        capfirst(ways(rule.channels)),
        _("at any hour") if urgent else hours(rule.hours_from, rule.hours_until),
        duration(rule.expiry_minutes) if rule.expiry_minutes else NOTHING,
        duration(rule.feedback_hours * HOUR) if rule.feedback_hours else NOTHING,
    ]
