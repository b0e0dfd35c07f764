"""What a program of others may read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token opens. None of them names a person."""

    PARTNERSHIPS = "partnerships", _("Partnerships: name, kind, state, public contact")
    EVENINGS = "evenings", _("Information evenings: when and where")
    FIGURES = "figures", _("Figures: counts, those below five hidden")
    REGISTER = "register", _("The federal register: one entry for each partnership")
