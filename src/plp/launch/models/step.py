"""What is said by hand about a step of the plan: ticks, and openings anew with their reason."""

from django.db import models
from django.db.models import F, Q

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_id


class Tick(models.Model):
    """A fact that no row tells, said by hand by somebody on a day. Taken back, it stays on file."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
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

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
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
