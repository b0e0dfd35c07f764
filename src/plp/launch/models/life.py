"""The life of a partnership after its launch (R148)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class LifeAct(models.Model):
    """One act in a partnership's life, with its reason: never changed, never erased."""

    class Kind(models.TextChoices):
        CREATION = "creation", _("creation decided")
        LAUNCH = "launch", _("launched")
        REST = "rest", _("paused")
        WAKE = "wake", _("restarted")
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split in two")
        REDRAW = "redraw", _("streets went to a neighbour")
        UNDONE = "undone", _("change of the area undone")
        TO_END = "to_end", _("end decided")
        GOES_ON = "goes_on", _("end taken back")
        END = "end", _("ended")
        CONFIRM = "confirm", _("confirmed for a year")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="life")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=300, blank=True)
    into = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.PositiveIntegerField(default=0)  # how many letters to members and partners were queued
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    interior_told_on = models.DateField(null=True)  # FPS Interior is told of an end or a merger

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "at"]),
            models.Index(fields=["at"], condition=models.Q(kind="to_end"), name="launch_decided_ends"),
        ]
