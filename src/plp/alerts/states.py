"""What became of an official alert in one quarter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TraceOutcome(models.TextChoices):
    """What was done to a notice, or is proposed to a human: a machine never stops what people released."""

    DRAFTED = "drafted", _("draft made")
    RENEWED = "renewed", _("draft renewed")
    CORRECTED = "corrected", _("correction drafted")
    DROPPED = "dropped", _("draft dropped")
    TO_STOP = "to_stop", _("to be stopped")
