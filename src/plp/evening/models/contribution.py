"""What people said and offered at a meeting. Sealed: a word of a neighbour is theirs."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.evening.models.meeting import Meeting
from plp.partnership.translations import TranslatedRow
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id
from plp.toolbox.words import colon


class Opinion(TranslatedRow):
    """An opinion, named or not, with its answer (R26): on what, and which.

    ``words`` are of a version before (ADR 85).
    """

    class About(models.TextChoices):
        PARTNERSHIP = "partnership", _("the partnership and its objectives")
        MESSAGES = "messages", _("the messages and how they reach people")
        COSTS = "costs", _("the costs")
        PEOPLE = "people", _("the coordinator and the committee")
        DATA = "data", _("what is kept about people")
        ORGANISATION = "organisation", _("the organisation")
        EVALUATION = "evaluation", _("the evaluation")

    class View(models.TextChoices):
        AGREES = "agrees", _("agrees")
        DOUBTS = "doubts", _("has doubts")
        DIFFERS = "differs", _("would do it differently")
        DISAGREES = "disagrees", _("does not agree")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="opinions")
    about = models.CharField(max_length=12, choices=About, blank=True, db_default="", default="")
    view = models.CharField(max_length=9, choices=View, blank=True, db_default="", default="")
    words = SealedText(blank=True)
    name = SealedText()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    def in_words(self) -> str:
        """On what, and which: in the active language."""
        if not self.about:
            return self.words
        sign = colon(get_language() or "fr")
        return f"{capfirst(self.get_about_display())}{sign} {_('one person %s') % self.get_view_display()}"


class Offer(models.Model):
    """Somebody who wants to help, what they can do, and how to reach them (R23).

    ``task``: the task that they were asked for, to be done by ``task_until``; it names nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="offers")
    name = SealedText()
    reach = SealedText()
    tasks = models.JSONField(default=list)
    words = SealedText(blank=True)  # of a version before
    taken_up_at = models.DateTimeField(null=True)
    task = models.CharField(max_length=200, blank=True, db_default="", default="")
    task_until = models.DateField(null=True)
