"""How often people reported something to the police, as numbers (R138)."""

from django.db import models

from plp.partnership.models import Partnership
from plp.toolbox.ids import new_random_id


class ReportCount(models.Model):
    """The reports of one month, by members and by others of the quarter: counted by the police, no content."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="report_counts")
    month = models.DateField()  # its first day
    members = models.PositiveIntegerField()
    others = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "month"], name="followup_month_once"),
        ]
