"""What became of an official alert in one quarter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What was done to a notice, or is proposed to a human: a machine never stops what people released."""

    DRAFTED = "drafted", _("a draft was made")
    RENEWED = "renewed", _("the draft was brought up to date")
    CORRECTED = "corrected", _("a draft of a correction was made")
    DROPPED = "dropped", _("the draft was dropped: the alert is cancelled")
    TO_STOP = "to_stop", _("the message should be stopped")
