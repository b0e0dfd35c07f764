"""One thing that somebody must do by a certain moment, and on whose desk it lies."""

from django.db import models
from django.db.models import Q

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Due(models.Model):
    """A due thing. ``kind`` is a key of ``clocks``; ``matter`` is the row it is about, known to the room that owns it.

    ``holder`` is the one person on whose desk it lies now, ``desk`` the hand they are, ``hand`` how far it was passed
    on (both of ``rules.desk_holders.Hand``), ``given_at`` when it changed desks for the last time.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    kind = models.CharField(max_length=20)
    matter = models.UUIDField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="dues")
    holder = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="dues")
    hand = models.PositiveSmallIntegerField(default=0)
    desk = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "matter"], condition=Q(done_at=None), name="followup_due_once"),
        ]
        indexes = [models.Index(fields=["holder", "done_at", "due_at"])]
