"""Writes about partnerships: found, launch, join, accept, leave."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require, require_unless_machine
from plp.partnership.models import Partnership
from plp.partnership.states import MOVES, State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import Refused, move
from plp.wording.held_words import require_translations_pass_check


class OnlyAtLaunch(Refused):
    """A partnership becomes active by its launch, or when it is woken: never by a change of its state alone (R27)."""

    sentence = _("A partnership starts by its launch. Open its step plan: the step “Launch” says what is missing.")


@transaction.atomic
def found_partnership(
    *,
    area: Area,
    key: str,
    kind: str,
    languages: Sequence[str],
    purpose: dict[str, str],
    by: Person | None,
    at: datetime,
) -> Partnership:
    """Open the file of a partnership over a quarter. Raises ``NotAllowed`` or ``HeldWords``."""
    require_unless_machine(by, Permission.PARTNERSHIP_FOUND, area, at=at)
    require_translations_pass_check(purpose)
    partnership = Partnership.objects.create(
        area=area, key=key, kind=kind, languages=list(languages), purpose=purpose, founded_at=at
    )
    note(verb="partnership.founded", by=by, at=at, area=area.path, target=partnership, kind=kind)
    return partnership


@transaction.atomic
def change_partnership_state(*, partnership: Partnership, to: State, by: Person | None, at: datetime) -> None:
    """Move a partnership on in its life (R148). Raises ``WrongState``, ``NotAllowed`` or ``OnlyAtLaunch``."""
    if by is not None:
        require(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
        if to == State.ACTIVE:
            raise OnlyAtLaunch
    _move_partnership_state(partnership, to, by=by, at=at)


@transaction.atomic
def activate_partnership(*, partnership: Partnership, by: Person | None, at: datetime) -> None:
    """Let a partnership work: called by the room ``launch`` alone, which keeps the gate (R27)."""
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    _move_partnership_state(partnership, State.ACTIVE, by=by, at=at)


def _move_partnership_state(partnership: Partnership, to: State, *, by: Person | None, at: datetime) -> None:
    """Change the state; the first day of work is kept."""
    launched = {"launched_at": at} if to == State.ACTIVE and partnership.launched_at is None else {}
    move(partnership, to, table=MOVES, **launched)
    note(verb=f"partnership.{to}", by=by, at=at, area=partnership.area.path, target=partnership)
