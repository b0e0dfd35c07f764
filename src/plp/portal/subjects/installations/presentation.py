"""Lines about partner installations, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from plp.exchange.models import PartnerInstallation, PartnershipMove
from plp.exchange.states import MoveState, PartnerPurpose, PartnerState

COLOURS = {PartnerState.INVITED: "plain", PartnerState.MET: "warn", PartnerState.OPEN: "good"}
MOVE_COLOURS = {
    MoveState.OFFERED: "warn",
    MoveState.AGREED: "good",
    MoveState.SENT: "warn",
    MoveState.RECALLED: "warn",
    MoveState.MOVED: "good",
}
TROUBLE_AFTER = 3  # tries in a row


@dataclass(frozen=True)
class PartnerRow:
    """A partner, how it stands, and what is wrong with it in words."""

    partner: PartnerInstallation
    name: str
    area: str
    purpose: Any
    state: Any
    colour: str
    trouble: str


def partner_rows(partners: Iterable[PartnerInstallation], language: str) -> list[PartnerRow]:
    """A line for each partner."""
    return [_partner_row(partner, language) for partner in partners]


def _partner_row(partner: PartnerInstallation, language: str) -> PartnerRow:
    state = PartnerState(partner.state)
    words: Any = state.label
    if state == PartnerState.MET and partner.confirmed_at:
        words = _("waiting for the other side to confirm")
    return PartnerRow(
        partner,
        partner.name or _("Invitation"),
        partner.area.name(language),
        PartnerPurpose(partner.purpose).label,
        words,
        COLOURS.get(state, "plain"),
        _delivery_trouble_text(partner),
    )


def _delivery_trouble_text(partner: PartnerInstallation) -> str:
    """Why letters do not arrive, if they do not."""
    if partner.reason == "clock":
        return _("The clocks of the two installations differ. Whoever runs them sets the wrong one right.")
    if partner.tries >= TROUBLE_AFTER:
        return _("The other installation does not answer. Letters wait, and go as soon as it does.")
    return ""


@dataclass(frozen=True)
class MoveRow:
    """A partnership that moves, as a line of a list."""

    move: PartnershipMove
    name: str
    state: Any
    colour: str


def move_rows(moves: Iterable[PartnershipMove], language: str) -> list[MoveRow]:
    """A line for each move."""
    return [
        MoveRow(move, move.name(language), move_state_text(move), MOVE_COLOURS.get(MoveState(move.state), "plain"))
        for move in moves
    ]


def move_state_text(move: PartnershipMove) -> Any:
    """How a move stands, for whoever reads it on this side."""
    waits_here = not move.is_ours and move.state == MoveState.OFFERED
    return _("waiting for your answer") if waits_here else MoveState(move.state).label


def archive_progress_text(move: PartnershipMove) -> str:
    """How many parts of the archive the other side has, while it is under way."""
    if move.state not in {MoveState.SENT, MoveState.RECALLED} or not move.is_ours:
        return ""
    waiting = move.partner.letters.filter(kind="move_part", taken_at=None).count()
    return f"{max(move.parts - waiting, 0)} / {move.parts}"
