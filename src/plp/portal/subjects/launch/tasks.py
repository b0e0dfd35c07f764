"""What waits for whoever takes part in a launch: the next act of their role, partnership by partnership (R2, R30)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plp.launch.actions.positions import refresh_positions
from plp.launch.queries import positions
from plp.mandates.models import Mandate
from plp.mandates.queries import roles_of
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.portal.shell.offers import Task
from plp.toolbox.words import colon

MOST = 5  # partnerships by name; the list shows all of them
AT_ONCE = 5  # how many copies the first page brings up to date: it must stay quick


def tasks(person: Person, at: datetime) -> list[Task]:
    """The partnerships whose next act falls to a role of ``person``, the late ones first; then how many are late."""
    language = get_language() or person.language
    rows = positions.position_rows(_up_to_date(person, at), at=at)
    held = roles_of(person, at=at) if rows else []
    found = [_task(row, language) for row in rows if _falls_to(held, row)][:MOST]
    late = sum(row.late_days > 0 for row in rows)
    if late:
        title = ngettext("%d partnership waits longer than usual", "%d partnerships wait longer than usual", late)
        words = _("See which step is late, and who must act.")
        found.append(Task(title % late, words, reverse("launch:all"), count=late))
    return found


def _up_to_date(person: Person, at: datetime) -> list[Partnership]:
    """The first of them: one query, unless copies are to be made again."""
    found = positions.first_partnerships(person, at=at)
    behind = [one for one in found if one.is_behind]
    if not behind:
        return found
    refresh_positions(partnerships=behind, at=at, most=AT_ONCE)
    return positions.first_partnerships(person, at=at)


def _falls_to(held: list[Mandate], row: positions.PositionRow) -> bool:
    """Whether the next act of a partnership on its way falls to one of these mandates."""
    if row.missing is None or row.partnership.launched_at is not None:
        return False
    path = row.partnership.area.path
    return any(mandate.role in row.missing.who and path.startswith(mandate.area.path) for mandate in held)


def _task(row: positions.PositionRow, language: str) -> Task:
    name = row.partnership.name(language)
    title = f"{name}{colon(language)} {row.step.title}" if row.step else name
    words = row.missing.missing if row.missing else ""
    return Task(title, words, reverse("launch:where", args=[row.partnership.key]))
