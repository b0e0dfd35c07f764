"""What the objectives of the charter are measured by, and what an evaluation found that must be done."""

from django.db import models

from plp.evaluation.models.report import Report
from plp.followup.models import Activity
from plp.partnership.models import Partnership, Statement
from plp.toolbox.ids import new_random_id


class Indicator(models.Model):
    """What the partners chose about one way to measure; without a row the usual ones of ``indicators.SOURCES`` hold.

    ``objective``: which objective of the charter it measures, where somebody said so; else that of the catalogue.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="indicators")
    source = models.CharField(max_length=30)  # a key of ``indicators.SOURCES``
    is_followed = models.BooleanField(default=True)
    target = models.PositiveIntegerField()
    due_on = models.DateField(null=True)  # by when; without one by the next evaluation
    objective = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "source"], name="evaluation_indicator_once")]


class ReportTask(models.Model):
    """What is to be done because of a report: whose it is, by when, and in the end what became of it.

    ``words`` are empty where the task is to work on the objective that ``source`` measures: each reads it in their own
    language.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tasks")
    source = models.CharField(max_length=30, blank=True)
    words = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=12, choices=Activity.Side)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["side", "done_at", "due_on"])]
