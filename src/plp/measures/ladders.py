"""The two ladders as data: who begins, who signs in which order, what it does, whether one may appeal (R99-R101).

The sources name the signatures of the last rung and of the reprimand. For the provisional exclusion they name nobody:
we ask for those who would sign the final one, without the administrative authority, so that it can be quick.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission, Role
from plp.measures.states import MeasureGround, MeasureStep

COORDINATOR, OFFICER, CHIEF, MUNICIPALITY = Role.COORDINATOR, Role.OFFICER, Role.CHIEF, Role.MUNICIPALITY
OFFICES = (COORDINATOR, OFFICER, CHIEF, MUNICIPALITY)
THREE_WEEKS = 21


class Effect(StrEnum):
    """What a measure does to a membership or an office."""

    NONE = "none"
    SUSPENDS = "suspends"
    ENDS = "ends"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder. ``signers`` sign in this order, each for their own office and with fresh proof.

    ``after``: what must have taken place before. ``must``: a ground without which it is not taken, as the FAQ wants it
    of the provisional exclusion of a member. ``kept_days``: how long after the file was closed it is erased (R102).
    """

    step: MeasureStep
    title: Any
    proposers: tuple[Role, ...]
    signers: tuple[Role, ...]
    paper: str
    kept_days: int
    effect: Effect = Effect.NONE
    after: tuple[MeasureStep, ...] = ()
    must: str = ""
    appeal_days: int = 0
    copy_to_interior: bool = False


@dataclass(frozen=True)
class Ladder:
    """One ladder: for whom, who opens a file, its rungs from the mildest on."""

    key: str
    title: Any
    permission: Permission
    opened_by: tuple[Role, ...]
    rungs: tuple[Rung, ...]

    def rung(self, step: str) -> Rung:
        """The rung of a step."""
        return next(rung for rung in self.rungs if rung.step == step)

    def always_seen_by(self, role: Role) -> bool:
        """Whether an office sees every file of this ladder: who opens files or proposes steps does."""
        return role in self.opened_by or any(role in rung.proposers for rung in self.rungs)

    def reads_words_at_once(self, role: Role) -> bool:
        """Whether an office reads what the person says as it comes: those that decide, but for the neighbour among
        them (R122).
        """
        return role != COORDINATOR and any(role in (*rung.proposers, *rung.signers) for rung in self.rungs)

    @property
    def is_signed_by_coordinator(self) -> bool:
        """Whether the coordinator, a neighbour, is among those who decide."""
        return bool(self.steps_signed_by(COORDINATOR))

    def steps_signed_by(self, role: Role) -> list[MeasureStep]:
        """The steps on which an office signs."""
        return [rung.step for rung in self.rungs if role in rung.signers]


MEMBER = Ladder(
    "member",
    _("member"),
    Permission.MEASURE_MEMBER,
    (COORDINATOR,),
    (
        Rung(MeasureStep.TALK, capfirst(_("talk")), (COORDINATOR, OFFICER), (), "talk_paper", 365),
        Rung(
            MeasureStep.REPRIMAND,
            capfirst(_("written reprimand")),
            (OFFICER,),
            (CHIEF,),
            "reprimand_paper",
            730,
            after=(MeasureStep.TALK,),
        ),
        Rung(
            MeasureStep.SUSPENSION,
            capfirst(_("provisional exclusion")),
            (COORDINATOR, OFFICER),
            (COORDINATOR, OFFICER, CHIEF),
            "suspension_paper",
            730,
            effect=Effect.SUSPENDS,
            must=MeasureGround.HARM,
        ),
        Rung(
            MeasureStep.EXCLUSION,
            capfirst(_("final exclusion")),
            (COORDINATOR, OFFICER),
            (COORDINATOR, OFFICER, CHIEF),
            "exclusion_paper",
            1095,
            effect=Effect.ENDS,
            after=(MeasureStep.TALK,),
        ),
    ),
)
OFFICE = Ladder(
    "coordinator",
    _("coordinator"),
    Permission.MEASURE_COORDINATOR,
    (OFFICER, CHIEF),
    (
        Rung(MeasureStep.TALK, capfirst(_("talk")), (OFFICER,), (), "talk_paper", 365),
        Rung(
            MeasureStep.REPRIMAND,
            capfirst(_("written reprimand")),
            (OFFICER,),
            (CHIEF,),
            "reprimand_paper",
            730,
            after=(MeasureStep.TALK,),
        ),
        Rung(
            MeasureStep.SUSPENSION,
            _("Suspension from the function"),
            (OFFICER,),
            (OFFICER, CHIEF),
            "suspension_paper",
            730,
            effect=Effect.SUSPENDS,
        ),
        Rung(
            MeasureStep.EXCLUSION,
            _("Final removal from the function"),
            (OFFICER,),
            (OFFICER, CHIEF, MUNICIPALITY),
            "removal_paper",
            1095,
            effect=Effect.ENDS,
            after=(MeasureStep.TALK,),
            appeal_days=THREE_WEEKS,
            copy_to_interior=True,
        ),
    ),
)
LADDERS: dict[str, Ladder] = {ladder.key: ladder for ladder in (MEMBER, OFFICE)}
