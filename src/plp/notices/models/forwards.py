"""Where else a message goes: the same words for other partnerships, of the own zone or of another (R55, R120)."""

from django.db import models

from plp.notices.models.notice import Notice
from plp.notices.states import ForwardingState
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Forwarding(models.Model):
    """One more partnership for a message. Once it is forwarded, a copy with the same words goes its own way there.

    ``origin`` is the copy there that a correction or feedback follows: it reaches exactly those whom that copy reached.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    lead = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="forwardings")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ForwardingState, default=ForwardingState.CHOSEN)
    origin = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)  # why the police there refused it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "partnership"], name="notice_forwarding_once")]
        indexes = [models.Index(fields=["partnership", "state"])]
