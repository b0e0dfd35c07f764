"""Dates that leave the house: the calendar link and the reminders that were sent."""

from django.db import models

from plp.partnership.models import Partnership
from plp.toolbox.ids import new_random_id


class CalendarLink(models.Model):
    """The generation of a partnership's secret calendar link. The link itself is signed and stored nowhere."""

    partnership = models.OneToOneField(
        Partnership, on_delete=models.CASCADE, primary_key=True, related_name="calendar_link"
    )
    generation = models.PositiveIntegerField(default=1)


class Reminder(models.Model):
    """A reminder that was queued: never twice for the same thing on the same date."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=80)
    due_on = models.DateField()
    at = models.DateTimeField()
    told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key", "due_on"], name="launch_reminder_once"),
        ]
