"""What a membership, a candidacy and a list of members can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plp.toolbox.moves import Moves


class Belonging(models.TextChoices):
    """Where somebody stands who asked to join."""

    PENDING = "pending", _("waiting for the coordinator")
    ACTIVE = "active", _("member")
    REFUSED = "refused", _("not accepted")
    LEFT = "left", _("left")
    SUSPENDED = "suspended", _("suspended for a while")  # by a measure: receives nothing, stands on no list (R99)
    EXCLUDED = "excluded", _("excluded")


JOINING = Moves(
    Belonging,
    start=Belonging.PENDING,
    table={
        Belonging.PENDING: (Belonging.ACTIVE, Belonging.REFUSED, Belonging.LEFT),
        Belonging.ACTIVE: (Belonging.LEFT, Belonging.SUSPENDED, Belonging.EXCLUDED),
        Belonging.SUSPENDED: (Belonging.ACTIVE, Belonging.LEFT, Belonging.EXCLUDED),
        Belonging.EXCLUDED: (Belonging.LEFT,),  # when the measure is erased, nothing tells of it any more (R102)
        Belonging.REFUSED: (),
        Belonging.LEFT: (),
    },
)
STAYING = (Belonging.PENDING, Belonging.ACTIVE, Belonging.SUSPENDED)  # once a person and partnership


class Ground(models.TextChoices):
    """Why somebody is not let in: one of these and no other, for a partnership is open to all (R63-R66)."""

    OUTSIDE = "outside", _("They neither live nor work in the neighbourhood.")
    TWICE = "twice", _("They are a member already.")
    UNREACHED = "unreached", _("They could not be reached, and did not answer.")
    UNDECLARED = "undeclared", _("They did not confirm that they are 18 or older and accept the rules.")


class Function(models.TextChoices):
    """What somebody is a candidate for: each is a role of ``mandates.grants.Role`` by the same key."""

    COORDINATOR = "coordinator", pgettext_lazy("office", "coordinator")
    DEPUTY = "deputy", pgettext_lazy("office", "deputy coordinator")
    COMMITTEE = "committee", _("committee member")


class Candidacy(models.TextChoices):
    """How far a choice of the members has come (R23, R35, R36)."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved by the members")
    NOT_APPROVED = "not_approved", _("not approved by the members")
    SCREENED = "screened", _("screening favourable")
    UNFIT = "unfit", _("screening not favourable")
    APPOINTED = "appointed", _("appointed")
    WITHDRAWN = "withdrawn", _("withdrawn")


CHOOSING = Moves(
    Candidacy,
    start=Candidacy.PROPOSED,
    table={
        Candidacy.PROPOSED: (Candidacy.APPROVED, Candidacy.NOT_APPROVED, Candidacy.WITHDRAWN),
        Candidacy.APPROVED: (Candidacy.SCREENED, Candidacy.UNFIT, Candidacy.APPOINTED, Candidacy.WITHDRAWN),
        Candidacy.SCREENED: (Candidacy.APPOINTED, Candidacy.WITHDRAWN),
        Candidacy.NOT_APPROVED: (),
        Candidacy.UNFIT: (),
        Candidacy.APPOINTED: (),
        Candidacy.WITHDRAWN: (),
    },
)
CLOSED_CANDIDACIES = (Candidacy.NOT_APPROVED, Candidacy.UNFIT, Candidacy.WITHDRAWN)
OPEN_CANDIDACIES = (Candidacy.PROPOSED, Candidacy.APPROVED, Candidacy.SCREENED)


class Listing(models.TextChoices):
    """How far a list of members that was read from a file has come (R48)."""

    DRAFT = "draft", _("to be checked")
    DONE = "done", _("added")
    UNDONE = "undone", _("undone")


LISTING = Moves(
    Listing,
    start=Listing.DRAFT,
    table={
        Listing.DRAFT: (Listing.DONE,),
        Listing.DONE: (Listing.UNDONE,),
        Listing.UNDONE: (),
    },
)
