"""The outbox: one row per message, contact and channel *is* the queue (design, section 16)."""

from django.db import models

from plp.delivery.states import State
from plp.people.models import ContactPoint
from plp.toolbox.ids import check_code, new_id


class Message(models.Model):
    """One thing said to an audience. ``purpose`` and ``subject`` tell the room above what it was about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=40)  # "notice.alarm", "people.code": the room and its own word
    subject = models.UUIDField(null=True, db_index=True)  # the notice, meeting, ...: no foreign key upwards
    area = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    check_code = models.CharField(max_length=9, default=check_code, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class MessageChannel(models.Model):
    """A channel the message may take, in the plan's order; the next one is the fall-back."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_channel_once")]


class MessageText(models.Model):
    """The text of a message for one channel and language, rendered once; slots are filled per recipient."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="texts")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel", "language"], name="delivery_text_once"),
        ]


class Dispatch(models.Model):
    """One message on its way to one contact."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches")
    contact = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="dispatches")
    person = models.UUIDField()  # a pseudonym once the person is forgotten: proof of sending stays (T51)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    unknowns = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    reference = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "contact"], name="delivery_dispatch_once")]
