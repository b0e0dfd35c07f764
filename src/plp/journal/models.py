"""The journal: append-only, hash-chained, without foreign keys, so that it outlives its subjects (T38)."""

from django.db import models

from plp.journal.rules import READS
from plp.toolbox.ids import new_random_id


class Chain(models.Model):
    """The head of one chain: one per partnership and one for the platform (key ``platform``)."""

    key = models.CharField(max_length=200, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """What was done, by whom, when, to what. Holds ids and digests only, never a personal value.

    Without a verb it only holds its place: it said who looked (``actions.empty_batch_of_old_read_entries``).
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    chain = models.CharField(max_length=200)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=60)
    area = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=100, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="journal_entry_once")]
        indexes = [
            models.Index(fields=["target", "at"]),
            models.Index(fields=["area", "at"]),
            models.Index(fields=["at"], condition=models.Q(verb__in=READS), name="journal_reads"),
        ]
