"""What this subject offers to the shell."""

from collections.abc import Container, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from plp.documents.dates import date_format
from plp.launch.actions.positions import refresh_stale_plan_positions
from plp.launch.queries import positions
from plp.launch.queries.progress import partnerships_whose_progress_person_sees
from plp.launch.queries.quarter_rights import changes_to_release
from plp.launch.queries.records import (
    END_WAITS,
    life_acts_not_told_to_interior,
    recently_ended_partnership_acts,
    revocable_decided_ends,
)
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of, permitted_areas
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries import streets_of_areas_by_name
from plp.portal.shell.offers import (
    MenuEntry,
    Offers,
    SearchResult,
    Source,
    Task,
)
from plp.portal.shell.search import MOST, matches_search
from plp.toolbox.clock import local
from plp.toolbox.words import colon

MOST_TASKS = 5  # partnerships by name; the list shows all of them
AT_ONCE = 5  # how many copies the first page brings up to date: it must stay quick


def launch_plan_tasks(person: Person, at: datetime) -> list[Task]:
    """What waits for a second person, then the partnerships whose next act falls to a role of ``person``."""
    untold = {act.partnership_id: act.partnership for act in life_acts_not_told_to_interior(person, at=at)}
    return [
        *_quarter_change_release_tasks(person, at),
        *_tasks_to_tell_interior(untold, get_language() or person.language),
        *_tasks_of_decided_ends(person, at),
        *_tasks_of_ends(person, untold, at),
        *_refresh_and_list_step_tasks(person, at),
    ]


def _tasks_of_decided_ends(person: Person, at: datetime) -> list[Task]:
    """Partnerships that end within a day, unless the police take that back."""
    language = get_language() or person.language
    return [
        Task(
            f"{act.partnership.name(language)}{colon(language)} {_('The end is decided')}",
            _("It ends on %s. Until then the police can take the end back.")
            % date_format(local(act.at + END_WAITS), "DATETIME_FORMAT"),
            reverse("launch:plan:life", args=[act.partnership.key]),
            count=1,
        )
        for act in revocable_decided_ends(person, at=at)
    ]


def _tasks_of_ends(person: Person, named: Container[UUID], at: datetime) -> list[Task]:
    """Partnerships that ended lately, for whoever answers for more than a quarter; without those ``named`` already."""
    ends, language = recently_ended_partnership_acts(person, at=at), get_language() or person.language
    if not ends or all(mandate.area.kind == Area.Kind.QUARTER for mandate in mandates_of(person, at=at)):
        return []
    return [
        Task(
            _("The partnership %s has ended") % act.partnership.name(language),
            _("Since %s. See what was decided and what is still to come.") % date_format(local(act.at), "DATE_FORMAT"),
            _partnership_url(act.partnership),
        )
        for act in ends
        if act.partnership_id not in named
    ]


def _tasks_to_tell_interior(partnerships: Mapping[UUID, Partnership], language: str) -> list[Task]:
    """Partnerships that ended or changed their area, of which FPS Interior knows nothing yet (R148)."""
    return [
        Task(
            f"{partnership.name(language)}{colon(language)} {_('FPS Interior must be told')}",
            _("Send the form of the change, then record the day."),
            reverse("launch:plan:life", args=[partnership.key]),
            count=1,
        )
        for partnership in partnerships.values()
    ]


def _quarter_change_release_tasks(person: Person, at: datetime) -> list[Task]:
    language = get_language() or person.language
    return [
        Task(
            f"{change.partnership.name(language)}{colon(language)} {_('a change of the area waits for you')}",
            _("Look at what it would mean, then release it. Until then nobody is told."),
            reverse("launch:plan:change", args=[change.partnership.key, change.pk]),
            count=1,
        )
        for change in changes_to_release(person, at=at)
    ]


def _refresh_and_list_step_tasks(person: Person, at: datetime) -> list[Task]:
    """The late ones first; then how many are late."""
    are_refreshed = _refresh_first_stale_positions_if_any(person, at)
    if not are_refreshed and not positions.MOVING.may_exist_for(person):
        return []
    summaries, today = positions.most_urgent_position_summaries(person, at=at), local(at).date()
    mandates, language = mandates_of(person, at=at) if summaries else [], get_language() or person.language
    next_acts = positions.partnerships_of_summaries(
        [summary for summary in summaries if _is_next_act_of_mandates(mandates, summary)][:MOST_TASKS]
    )
    found = [_step_task(row, language) for row in positions.position_rows(next_acts, at=at)]
    late = sum(summary.is_late(today) for summary in summaries)
    if late:
        title = ngettext("%d partnership waits longer than usual", "%d partnerships wait longer than usual", late)
        words = _("See which step is late, and who must act.")
        found.append(Task(title % late, words, reverse("launch:plan:all"), count=late))
    return found


def _refresh_first_stale_positions_if_any(person: Person, at: datetime) -> bool:
    """Make the copies of the first of them again that are behind; whether there were any."""
    if not positions.BEHIND.may_exist_for(person):
        return False
    behind = [partnership for partnership in positions.most_urgent_partnerships(person, at=at) if partnership.is_behind]
    if behind:
        refresh_stale_plan_positions(partnerships=behind, at=at, most=AT_ONCE)
    return bool(behind)


def _is_next_act_of_mandates(mandates: list[Mandate], summary: positions.PositionSummary) -> bool:
    """Whether the next act of a partnership on its way falls to one of these mandates."""
    if summary.missing is None or summary.is_launched:
        return False
    who, path = summary.missing.who, summary.path
    return any(mandate.role in who and path.startswith(mandate.area.path) for mandate in mandates)


def _step_task(row: positions.PositionRow, language: str) -> Task:
    name = row.partnership.name(language)
    title = f"{name}{colon(language)} {row.step.title}" if row.step else name
    words = row.missing.missing if row.missing else ""
    return Task(title, words, reverse("launch:plan:where", args=[row.partnership.key]))


def search_partnerships_and_streets(person: Person, query: str, at: datetime) -> list[SearchResult]:
    """The partnerships of that name, then the streets that lie in one."""
    language, mine = (
        get_language() or "fr",
        list(partnerships_whose_progress_person_sees(person, at=at).order_by("area__path")),
    )
    named = [one for one in mine if matches_search(query, f"{one.area.name_fr} {one.area.name_nl} {one.area.name_de}")]
    streets = streets_of_areas_by_name(query, permitted_areas(person, Permission.LAUNCH_SEE, at=at), limit=MOST)
    places = {one.area_id: one for one in mine}
    return [
        SearchResult(one.name(language), one.get_state_display(), _partnership_url(one), "house")
        for one in named[:MOST]
    ] + [
        SearchResult(street.name(language), places[area].name(language), _partnership_url(places[area]), "map-pin")
        for street, area in streets
    ]


def _partnership_url(partnership: Partnership) -> str:
    return reverse("launch:plan:where", args=[partnership.key])


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Partnerships"),
            gettext_lazy(
                "The step plan: where each partnership stands, what comes next, its streets, what was decided."
            ),
            "launch:plan:all",
            "house",
            Permission.LAUNCH_SEE,
            order=70,
        ),
    ),
    tasks=Source(launch_plan_tasks, order=110),
    search=Source(search_partnerships_and_streets, order=10),
    help={
        "chief/rules": (
            "launch:plan:zones",
            "launch:plan:zone",
            "launch:plan:numbers",
            "launch:plan:numbers_of",
        ),
        "officer/quarter": (
            "launch:plan:life",
            "launch:plan:act",
            "launch:plan:change",
            "launch:plan:change_members",
        ),
        "municipality/plan": (
            "launch:plan:all",
            "launch:plan:where",
        ),
        "committee/plan": (
            "launch:plan:all",
            "launch:plan:where",
            "launch:plan:step",
        ),
    },
)
