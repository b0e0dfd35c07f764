"""Tokens by which programs of others read. No secret stands in the clear."""

from django.db import models

from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.ids import new_id


class Token(models.Model):
    """A key for one program, over one area, for some things, until a day. It is kept as its digest alone.

    ``minute`` and ``uses`` count the requests of the minute in which it was used last.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
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
