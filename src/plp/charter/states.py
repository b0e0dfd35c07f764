"""What a plan, a charter and a financing plan can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class PlanState(models.TextChoices):
    """A plan is written together, agreed by both sides, in force, and then replaced: never changed (R49, R103)."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("replaced")


PLAN_MOVES = Moves(
    PlanState,
    start=PlanState.DRAFT,
    table={
        PlanState.DRAFT: (PlanState.IN_FORCE,),
        PlanState.IN_FORCE: (PlanState.SUPERSEDED,),
        PlanState.SUPERSEDED: (),
    },
)


class DeedState(models.TextChoices):
    """The life of a charter or of internal rules: written, agreed clause by clause, put up, signed, replaced (R103)."""

    DRAFT = "draft", _("draft")
    AGREED = "agreed", _("agreed by every partner")
    SIGNING = "signing", _("submitted for signature")
    SIGNED = "signed", _("signed and in force")
    SUPERSEDED = "superseded", _("replaced by a newer version")


DEED_MOVES = Moves(
    DeedState,
    start=DeedState.DRAFT,
    table={
        DeedState.DRAFT: (DeedState.AGREED,),
        DeedState.AGREED: (DeedState.DRAFT, DeedState.SIGNING),
        DeedState.SIGNING: (DeedState.AGREED, DeedState.SIGNED, DeedState.SUPERSEDED),
        DeedState.SIGNED: (DeedState.SUPERSEDED,),
        DeedState.SUPERSEDED: (),
    },
)


class FinancingState(models.TextChoices):
    """A financing plan is written freely, settled once it contradicts nothing, and then replaced: never changed."""

    DRAFT = "draft", _("draft")
    SETTLED = "settled", _("settled")
    SUPERSEDED = "superseded", _("replaced")


FINANCING_MOVES = Moves(
    FinancingState,
    start=FinancingState.DRAFT,
    table={
        FinancingState.DRAFT: (FinancingState.SETTLED,),
        FinancingState.SETTLED: (FinancingState.SUPERSEDED,),
        FinancingState.SUPERSEDED: (),
    },
)
