"""What people said and offered at a meeting. Sealed: a word of a neighbour is theirs."""

from django.db import models

from plp.evening.models.meeting import Meeting
from plp.partnership.translations import TranslatedRow
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Opinion(TranslatedRow):
    """An opinion, named or not, with its answer (R26)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="opinions")
    words = SealedText()
    name = SealedText()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class Offer(models.Model):
    """Somebody who wants to help, what they can do, and how to reach them (R23).

    ``task``: the task that they were asked for, to be done by ``task_until``; it names nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="offers")
    name = SealedText()
    reach = SealedText()
    tasks = models.JSONField(default=list)
    words = SealedText()
    taken_up_at = models.DateTimeField(null=True)
    task = models.CharField(max_length=200, blank=True, db_default="", default="")
    task_until = models.DateField(null=True)
