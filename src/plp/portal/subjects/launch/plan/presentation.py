"""A partnership in its plan, ready for a page: words, addresses, colours; no rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.launch.documents.files import official_languages_own_first
from plp.launch.documents.pack_document import PackDocument
from plp.launch.plan import StepFact
from plp.launch.queries.offices import AwaitedOffice
from plp.launch.queries.progress import Progress
from plp.launch.rules import StepState
from plp.launch.states import Standing
from plp.mandates.grants import Role
from plp.partnership.gates import is_over
from plp.portal.shell.page_access import PageAccess
from plp.portal.subjects.launch.plan.fact_pages import url_of_fact_form
from plp.toolbox.texts import OFFICIAL_LANGUAGES

COLOURS = {Standing.CLOSED: "plain", Standing.OPEN: "busy", Standing.STALLED: "warn", Standing.DONE: "good"}


@dataclass(frozen=True)
class FactRow:
    """One fact of a step: what is missing, or that it is so; where it is brought about, and by whom."""

    fact: StepFact
    is_so: bool
    url: str
    who: str

    @property
    def words(self) -> Any:
        """The sentence."""
        return self.fact.label if self.is_so else self.fact.missing


@dataclass(frozen=True)
class StepRow:
    """One step of the list."""

    number: int
    state: StepState
    url: str
    label: Any
    colour: str

    @property
    def is_now(self) -> bool:
        """Whether one works on it now."""
        return self.state.standing in {Standing.OPEN, Standing.STALLED} and not self.state.is_waived

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.state.standing == Standing.DONE


def role_names(roles: Sequence[Role]) -> str:
    """Roles in words, joined."""
    return ", ".join(str(role.label) for role in roles)


def step_rows(progress: Progress) -> list[StepRow]:
    """Every step with its address and the words of its standing."""
    key = progress.partnership.key
    return [
        StepRow(
            number,
            state,
            reverse("launch:plan:step", args=[key, state.step.key]),
            standing_label(state),
            COLOURS[state.standing],
        )
        for number, state in enumerate(progress.states, 1)
    ]


def standing_label(state: StepState) -> str:
    """The standing in words; a step that the zone does without says so."""
    if state.is_waived and state.standing != Standing.DONE:
        return _("not asked for in this zone")
    return str(state.standing.label) if isinstance(state.standing, Standing) else str(state.standing)


def fact_rows(state: StepState, access: PageAccess) -> list[FactRow]:
    """The facts of a step, in order: those that are so, and those that are missing."""
    missing = {fact.key for fact in state.missing}
    return [fact_row(fact, access, is_so=fact.key not in missing) for fact in state.step.facts]


def fact_row(fact: StepFact, access: PageAccess, *, is_so: bool, is_ready: bool = True) -> FactRow:
    """One fact with the address of the form that brings it about, if the person may open it and it is time."""
    return FactRow(fact, is_so, "" if is_so or not is_ready else url_of_fact_form(fact, access), role_names(fact.who))


def awaited_offices_by_role_name(offices: Iterable[AwaitedOffice]) -> list[tuple[str, list[AwaitedOffice]]]:
    """Who waits for whom: an office in words, and what the others wait for from it, step by step."""
    by_role: dict[Role, list[AwaitedOffice]] = {}
    for office in offices:
        by_role.setdefault(office.role, []).append(office)
    return [(str(role.label), awaited) for role, awaited in by_role.items()]


PAGES: dict[str, tuple[Any, str]] = {  # the name of a page, and its icon
    "launch:groundwork:home": (gettext_lazy("Groundwork"), "shovel"),
    "evening:home": (gettext_lazy("Evenings and meetings"), "presentation"),
    "mandates:people": (gettext_lazy("People"), "user-round-check"),
    "charter:home": (gettext_lazy("Charter and internal rules"), "scroll-text"),
    "charter:plan": (gettext_lazy("Communication plan"), "megaphone"),
    "followup:partnership": (gettext_lazy("Coordinator and police"), "handshake"),
    "evaluation:home": (gettext_lazy("Evaluation"), "clipboard-check"),
    "launch:pack:home": (gettext_lazy("Documents"), "folder-open"),
    "evaluation:trail": (gettext_lazy("What was decided"), "list-checks"),
    "launch:plan:recognition": (gettext_lazy("Recognition"), "badge-check"),
    "launch:plan:publicity": (gettext_lazy("Publications and signs"), "signpost"),
    "launch:plan:life": (gettext_lazy("Life of the partnership"), "sprout"),
    "launch:plan:calendar": (gettext_lazy("Calendar"), "calendar-days"),
}
AFTER_LAUNCH = {"evaluation:home"}  # pages of a partnership that is launched; before, they are not there
ACTS = {"creation_decided": gettext_lazy("Decide to go on"), "opened": gettext_lazy("Go to the launch")}


@dataclass(frozen=True)
class Button:
    """The one thing to do now: words and address; no address when somebody else must act."""

    words: Any
    url: str


@dataclass(frozen=True)
class ToDo:
    """What to do now in one open step; ``tick`` is where it can be said by hand that there is nothing to do."""

    state: StepState
    row: FactRow | None
    act: Button
    tick: str


def next_things_to_do(progress: Progress, access: PageAccess) -> list[ToDo]:
    """What to do now, step by step: the first missing fact of each open step."""
    return [
        ToDo(
            state,
            fact_row(state.missing[0], access, is_so=False) if state.missing else None,
            next_act_button(state, access),
            url_to_tick_next_fact(state, access),
        )
        for state in progress.open_steps
        if not state.is_waived
    ]


def next_act_button(state: StepState, access: PageAccess) -> Button:
    """The act that brings the next missing fact about, if the person may do it."""
    if not state.missing or state.standing == Standing.CLOSED:
        return Button("", "")
    fact = state.missing[0]
    return Button(ACTS.get(fact.key, gettext_lazy("Do it now")), url_of_fact_form(fact, access))


def url_to_tick_next_fact(state: StepState, access: PageAccess) -> str:
    """Where the next missing fact can be ticked instead; empty when it cannot, or when that is the act itself."""
    fact = next(iter(state.missing), None)
    if fact is None or not fact.by_hand:
        return ""
    tick = access.url_if_allowed("launch:plan:tick", fact.key)
    return "" if tick == url_of_fact_form(fact, access) else tick


def partnership_links(access: PageAccess) -> list[tuple[Any, str, str]]:
    """The pages of a partnership that the person may open: name, address and icon."""
    return [
        (label, url, icon)
        for view, (label, icon) in PAGES.items()
        if (access.partnership.launched_at or view not in AFTER_LAUNCH) and (url := access.url_if_allowed(view))
    ]


def document_links(entries: Iterable[PackDocument], access: PageAccess) -> list[tuple[str, str]]:
    """The documents of a step that are of use, each with its page; no address for whoever may not open the pack."""
    useful = [entry for entry in entries if entry.outlasts_end or not is_over(access.partnership)]
    reading = get_language() or "fr"
    written = reading if reading in OFFICIAL_LANGUAGES else official_languages_own_first(access.partnership)[0]
    return [
        (entry.title(reading), access.url_if_allowed("launch:pack:document", entry.key, written)) for entry in useful
    ]
