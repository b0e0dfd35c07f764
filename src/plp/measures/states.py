"""What a measure, its ground and its appeal can be (R99-R101)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Moves


class MeasureStep(models.TextChoices):
    """The rungs of both ladders, the mildest first (FAQ of the FPS Interior for members and for coordinators)."""

    TALK = "talk", _("talk")
    REPRIMAND = "reprimand", _("written reprimand")
    SUSPENSION = "suspension", _("provisional exclusion")
    EXCLUSION = "exclusion", _("final exclusion")


class MeasureGround(models.TextChoices):
    """Why: one or more of these and no word of one's own. Nothing about offences or suspicions is kept (R85)."""

    RULES = "rules", _("The internal rules or the charter were not followed.")
    CIRCULAR = "circular", _("The ministerial circular on local prevention partnerships was not followed.")
    RACISM = "racism", _("People were treated or addressed in a racist or discriminatory way.")
    MILITIA = "militia", _("Acts that the law on private militias forbids: patrols, checks or searches by citizens.")
    PRIVACY = "privacy", _("Data or pictures of other people were passed on against the law on privacy.")
    HARM = (
        "harm",
        _(
            "Conduct that harms the partnership seriously. The police deal with it elsewhere: nothing of it "
            "is kept here."
        ),
    )


class MeasureState(models.TextChoices):
    """How far a measure has come."""

    PROPOSED = "proposed", _("waiting for signatures")
    TAKEN = "taken", _("taken")
    DROPPED = "dropped", _("not taken")
    LIFTED = "lifted", _("over")
    ANNULLED = "annulled", _("annulled on appeal")


MOVES = Moves(
    MeasureState,
    start=MeasureState.PROPOSED,
    table={
        MeasureState.PROPOSED: (MeasureState.TAKEN, MeasureState.DROPPED),
        MeasureState.TAKEN: (MeasureState.LIFTED, MeasureState.ANNULLED),
        MeasureState.DROPPED: (),
        MeasureState.LIFTED: (),
        MeasureState.ANNULLED: (),
    },
)


class Appealing(models.TextChoices):
    """Where an appeal stands."""

    OPEN = "open", _("waiting for a decision")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")


APPEALING = Moves(
    Appealing,
    start=Appealing.OPEN,
    table={
        Appealing.OPEN: (Appealing.UPHELD, Appealing.REJECTED),
        Appealing.UPHELD: (),
        Appealing.REJECTED: (),
    },
)
