"""What a program of others may read, and what it may be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token opens. None of them names a person."""

    PARTNERSHIPS = "partnerships", _("Partnerships: name, kind, state, public contact")
    EVENINGS = "evenings", _("Information evenings: when and where")
    FIGURES = "figures", _("Figures: counts, those below five hidden")
    REGISTER = "register", _("The federal register: one entry for each partnership")


class Event(models.TextChoices):
    """One thing that a receiver is told. None but a report holds words or a person: it is for the police alone."""

    TEST = "connection.test", _("A test")
    FOUNDED = "partnership.founded", _("A partnership was founded")
    LAUNCHED = "partnership.launched", _("A partnership was launched")
    RECOGNISED = "partnership.recognised", _("A partnership was recognised")
    CONVENED = "evening.convened", _("An evening or a meeting was convened")
    CANCELLED = "evening.cancelled", _("An evening or a meeting was cancelled")
    RELAYED = "message.relayed", _("A message was passed on to the members")
    STOPPED = "message.stopped", _("A message was stopped")
    REPORT = "report.filed", _("A citizen's report came")
    PUBLISHED = "warning.published", _("A warning was opened to everybody")


# Which line of the journal tells which event.
TOLD_BY: dict[str, Event] = {
    "partnership.founded": Event.FOUNDED,
    "launch.opened": Event.LAUNCHED,
    "recognition.validated": Event.RECOGNISED,
    "evening.convened": Event.CONVENED,
    "evening.cancelled": Event.CANCELLED,
    "notice.relayed": Event.RELAYED,
    "notice.relayed_by_answer": Event.RELAYED,
    "notice.retracted": Event.STOPPED,
    "alert.published": Event.PUBLISHED,
    "sighting.filed": Event.REPORT,
}
