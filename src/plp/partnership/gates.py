"""The gates of the plan, for the actions of every room: what must be finished before an act (R12, R27).

The rooms below the plan do not know it. Each of their actions that comes after a gate names the gate; the room that
knows the plan answers in a module called ``gatekeeper``, which is found by itself (ADR 42).
"""

from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.moves import Refused


class Gate(StrEnum):
    """The steps before which an act waits; values are keys of steps of the plan."""

    AREA = "area"
    INFORMING = "informing"
    COMMITTEE = "committee"
    SCREENING = "screening"


class PartnershipOver(Refused):
    """Nothing is prepared for a partnership that has ended."""

    sentence = _("This partnership has ended. No messages are sent any more.")


OVER = (State.MERGED, State.ENDED)


def is_over(partnership: Partnership) -> bool:
    """Whether a partnership has ended or merged."""
    return partnership.state in OVER


def require_living(partnership: Partnership) -> None:
    """Refuse what makes no sense once a partnership has ended or merged."""
    if is_over(partnership):
        raise PartnershipOver


def require_gate(partnership: Partnership, gate: Gate, *, by: Person | None, at: datetime) -> None:
    """Refuse what comes before ``gate``. A partnership that was launched has passed them all, until it has ended.

    The platform itself (``by`` is ``None``) passes, as it needs no permission: what is brought in was done elsewhere.
    """
    if by is None:
        return
    require_living(partnership)
    if partnership.launched_at is None:
        for gatekeeper in _gatekeeper_modules():
            gatekeeper.require_step_open(partnership, gate.value, at=at)


@cache
def _gatekeeper_modules() -> tuple[ModuleType, ...]:
    names = [f"{room.name}.gatekeeper" for room in apps.get_app_configs() if room.name.startswith("plp.")]
    return tuple(import_module(name) for name in names if find_spec(name) is not None)
