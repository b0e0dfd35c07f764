"""What whoever is on call was told, and how far it went on from there (ADR 74)."""

from django.db import models

from plp.mandates.models import Rota
from plp.toolbox.ids import new_random_id


class OnCallAlert(models.Model):
    """One thing that cannot wait, on one rota, until somebody sees to it; then the row goes.

    ``step``: 0 whoever is on call was told, 1 the next person, 2 both were rung, 3 the whole desk.
    """

    class Step(models.IntegerChoices):
        ON_CALL = 0
        NEXT = 1
        TELEPHONE = 2
        DESK = 3

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="alerts")
    matter = models.UUIDField()  # the message or the call for help
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.ON_CALL)
    stepped_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rota", "matter"], name="on_call_alert_once")]
