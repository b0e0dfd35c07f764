"""The plan of a partnership: its key, what is said by hand, openings anew with their reason, and where it stands."""

from django.db import models
from django.db.models import F, Q

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Course(models.Model):
    """The plan with which a partnership began: it keeps it when a new circular brings another (R31).

    ``launch_on`` is another day for the launch than the one on which the evening agreed.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, primary_key=True, related_name="course")
    plan = models.CharField(max_length=30)
    began_at = models.DateTimeField()
    launch_on = models.DateField(null=True)  # planned; empty: as the information evening agreed


class Position(models.Model):
    """Where a partnership stood when its journal had ``entries`` lines: a copy for lists, made again when it grows.

    Never asked for a decision: gates look at the facts themselves.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, primary_key=True, related_name="position")
    step = models.CharField(max_length=20, blank=True)  # the first that is not done; empty when all are
    since = models.DateField(null=True)
    due = models.DateField(null=True, db_index=True)
    missing = models.CharField(max_length=40, blank=True)  # the key of the first missing fact
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    passed = models.JSONField(default=dict)  # step to the day on which it was first seen done: no row tells that day
    entries = models.PositiveIntegerField()
    at = models.DateTimeField()


class Tick(models.Model):
    """A fact that no row tells, said by hand by somebody on a day. Taken back, it stays on file."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="ticks")
    fact = models.CharField(max_length=40)  # a key of plan.FACTS that may be ticked
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    happened_on = models.DateField()
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "fact"], condition=Q(undone_at=None), name="launch_tick_once"
            ),
            models.CheckConstraint(condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="launch_tick_dates"),
        ]


class Reopening(models.Model):
    """A finished step was opened again, for a reason that is kept, until it is closed again."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="reopenings")
    step = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "step"], condition=Q(closed_at=None), name="launch_reopening_once"
            ),
        ]
