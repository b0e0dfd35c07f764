"""The groundwork at a glance: each piece of work, how it stands in words, and where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.launch.queries.groundwork import GroundworkFacts, gather_groundwork_facts
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class Work:
    """One line: its title, what is so or missing, its address, and the kind of its state."""

    title: Any
    words: str
    url: str
    state: str
    kind: str  # of the state component: good, busy, plain


class WorkStanding(NamedTuple):
    """How a piece of work stands: in words, whether it is done, and if not whether it is begun."""

    words: str
    is_done: bool
    is_begun: bool


def groundwork_overview(partnership: Partnership) -> list[Work]:
    """The six pieces of work, in the order of the step plan."""
    known = gather_groundwork_facts(partnership)
    return [_build_work(partnership, title, view, say(known)) for title, view, say in WORKS]


def _build_work(partnership: Partnership, title: Any, view: str, standing: WorkStanding) -> Work:
    words, is_done, is_begun = standing
    state, kind = (_("done"), "good") if is_done else (_("under way"), "busy") if is_begun else (_("to do"), "plain")
    return Work(title(), words, reverse(f"launch:groundwork:{view}", args=[partnership.key]), state, kind)


def _talks_standing(facts: GroundworkFacts) -> WorkStanding:
    missing = list(_names_of_missing_talks(facts))
    begun = len(missing) < 4
    words = _("Still missing: %s.") % ", ".join(missing) if missing else _("Everybody was spoken to.")
    if facts.objections:
        words += " " + _("An authority advises against it.")
    return WorkStanding(words, not missing, begun)


def _names_of_missing_talks(facts: GroundworkFacts) -> Iterator[str]:
    if facts.police_consulted is None:
        yield _("talk with the local police")
    if facts.authority_consulted is None:
        yield _("talk with the municipality")
    if facts.administrative_contacted is None:
        yield _("answer of the administrative authority")
    if facts.judicial_contacted is None:
        yield _("answer of the public prosecutor")


def _area_standing(facts: GroundworkFacts) -> WorkStanding:
    if not facts.streets:
        return WorkStanding(_("No street is chosen yet."), False, False)
    streets = ngettext("%d street", "%d streets", facts.streets) % facts.streets
    homes = ngettext("%d address", "%d addresses", facts.addresses) % facts.addresses
    return WorkStanding(f"{streets}, {homes}.", True, True)


def _statements_standing(facts: GroundworkFacts) -> WorkStanding:
    missing = len(facts.missing_statements)
    if not missing:
        return WorkStanding(_("Every party said what it wants."), True, True)
    words = ngettext("%d answer of a party is missing.", "%d answers of the parties are missing.", missing) % missing
    return WorkStanding(words, False, missing < 9)


def _stakeholders_standing(facts: GroundworkFacts) -> WorkStanding:
    if not facts.stakeholders:
        return WorkStanding(_("Nobody is on the list yet."), False, False)
    words = _("%(told)d of %(all)d were told.") % {"told": facts.stakeholders_told, "all": facts.stakeholders}
    return WorkStanding(words, facts.are_stakeholders_told, True)


def _informing_standing(facts: GroundworkFacts) -> WorkStanding:
    if not facts.streets:
        return WorkStanding(_("First choose the streets."), False, False)
    words = ngettext(
        "%(told)d of %(all)d street is informed.", "%(told)d of %(all)d streets are informed.", facts.streets
    ) % {"told": facts.streets_informed, "all": facts.streets}
    return WorkStanding(words, facts.is_area_informed, facts.streets_informed > 0)


def _survey_standing(facts: GroundworkFacts) -> WorkStanding:
    answers = ngettext("%d address answered.", "%d addresses answered.", facts.survey_answers) % facts.survey_answers
    if facts.survey_open:
        return WorkStanding(_("It is running.") + " " + answers, False, True)
    if facts.survey_closed and facts.has_too_few_answers:
        return WorkStanding(answers + " " + _("So few say nothing about support."), facts.is_support_measured, True)
    if facts.survey_closed:
        return WorkStanding(answers, facts.is_support_measured, True)
    if facts.shows_of_hands:
        return WorkStanding(_("Hands were counted."), True, True)
    return WorkStanding(_("Not opened yet. A show of hands counts too."), False, False)


WORKS: tuple[tuple[Callable[[], str], str, Callable[[GroundworkFacts], WorkStanding]], ...] = (
    (lambda: _("Talks with the authorities"), "talks", _talks_standing),
    (lambda: _("Streets of the area"), "area", _area_standing),
    (lambda: _("Reasons, expectations, objectives"), "statements", _statements_standing),
    (lambda: _("Who must know"), "stakeholders", _stakeholders_standing),
    (lambda: _("Informing the area"), "informing", _informing_standing),
    (lambda: _("Survey or show of hands"), "survey", _survey_standing),
)
