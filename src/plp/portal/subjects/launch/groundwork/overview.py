"""The groundwork at a glance: each piece of work, how it stands in words, and where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.launch.queries.groundwork import GroundworkFacts, groundwork_facts
from plp.partnership.models import Partnership


@dataclass(frozen=True)
class Work:
    """One line: its title, what is so or missing, its address, and the kind of its state."""

    title: Any
    words: str
    url: str
    state: str
    kind: str  # of the state component: good, busy, plain


def overview(partnership: Partnership) -> list[Work]:
    """The six pieces of work, in the order of the step plan."""
    known = groundwork_facts(partnership)
    return [_work(partnership, title, view, say(known)) for title, view, say in WORKS]


def _work(partnership: Partnership, title: Any, view: str, said: tuple[str, bool, bool]) -> Work:
    words, is_done, is_begun = said
    state, kind = (_("done"), "good") if is_done else (_("under way"), "busy") if is_begun else (_("to do"), "plain")
    return Work(title(), words, reverse(f"launch:groundwork:{view}", args=[partnership.key]), state, kind)


def _talks(known: GroundworkFacts) -> tuple[str, bool, bool]:
    missing = list(_missing_talks(known))
    begun = len(missing) < 4
    words = _("Still missing: %s.") % ", ".join(missing) if missing else _("Everybody was spoken to.")
    if known.objections:
        words += " " + _("An authority advises against it.")
    return words, not missing, begun


def _missing_talks(known: GroundworkFacts) -> Iterator[str]:
    if known.police_consulted is None:
        yield _("talk with the local police")
    if known.authority_consulted is None:
        yield _("talk with the municipality")
    if known.administrative_contacted is None:
        yield _("answer of the administrative authority")
    if known.judicial_contacted is None:
        yield _("answer of the public prosecutor")


def _area(known: GroundworkFacts) -> tuple[str, bool, bool]:
    if not known.streets:
        return _("No street is chosen yet."), False, False
    streets = ngettext("%d street", "%d streets", known.streets) % known.streets
    homes = ngettext("%d address", "%d addresses", known.addresses) % known.addresses
    return f"{streets}, {homes}.", True, True


def _statements(known: GroundworkFacts) -> tuple[str, bool, bool]:
    missing = len(known.missing_statements)
    if not missing:
        return _("Every party said what it wants."), True, True
    words = ngettext("%d answer of a party is missing.", "%d answers of the parties are missing.", missing) % missing
    return words, False, missing < 9


def _stakeholders(known: GroundworkFacts) -> tuple[str, bool, bool]:
    if not known.stakeholders:
        return _("Nobody is on the list yet."), False, False
    words = _("%(told)d of %(all)d were told.") % {"told": known.stakeholders_told, "all": known.stakeholders}
    return words, known.are_stakeholders_told, True


def _informing(known: GroundworkFacts) -> tuple[str, bool, bool]:
    if not known.streets:
        return _("First choose the streets."), False, False
    words = _("%(told)d of %(all)d streets are informed.") % {"told": known.streets_informed, "all": known.streets}
    return words, known.is_area_informed, known.streets_informed > 0


def _survey(known: GroundworkFacts) -> tuple[str, bool, bool]:
    answers = ngettext("%d home answered.", "%d homes answered.", known.survey_answers) % known.survey_answers
    if known.survey_open:
        return _("It is running.") + " " + answers, False, True
    if known.survey_closed and known.says_little:
        return answers + " " + _("So few say nothing about support."), known.is_support_measured, True
    if known.survey_closed:
        return answers, known.is_support_measured, True
    if known.shows_of_hands:
        return _("Hands were counted."), True, True
    return _("Not opened yet. A show of hands counts too."), False, False


WORKS: tuple[tuple[Callable[[], str], str, Callable[[GroundworkFacts], tuple[str, bool, bool]]], ...] = (
    (lambda: _("Talks with the authorities"), "talks", _talks),
    (lambda: _("Streets of the area"), "area", _area),
    (lambda: _("Reasons, expectations, objectives"), "statements", _statements),
    (lambda: _("Who must know"), "stakeholders", _stakeholders),
    (lambda: _("Informing the area"), "informing", _informing),
    (lambda: _("Survey or show of hands"), "survey", _survey),
)
