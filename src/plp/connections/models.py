"""Tokens by which programs read, and receivers that are told what happened. No secret stands in the clear."""

from django.db import models

from plp.connections.states import Event
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Token(models.Model):
    """A key for one program, over one area, for some things, until a day. It is kept as its digest alone.

    ``minute`` and ``uses`` count the requests of the minute in which it was used last.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back
    used_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)


class Receiver(models.Model):
    """A program that is told what happens in an area. Its address and the secret of its signatures are sealed.

    ``host`` is shown to people. ``seen``: per chain of the journal the number of the last line that was looked at.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    label = models.CharField(max_length=80)
    address = SealedText()
    secret = SealedText()
    host = models.CharField(max_length=255)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    events = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen = models.JSONField(default=dict)


class Call(models.Model):
    """One thing told to one receiver, until it is taken or given up. ``body`` stays the same over every try."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="calls")
    event = models.CharField(max_length=40, choices=Event)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer
    reason = models.CharField(max_length=60, blank=True, default="")  # why there was none
    taken = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(ended_at=None), name="connections_call_due")]


class Calendar(models.Model):
    """The secret address by which somebody's calendar program reads their meetings; kept as its digest."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
