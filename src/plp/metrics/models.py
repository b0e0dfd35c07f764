"""The table of the counters: one row a series."""

from django.db import models


class Counter(models.Model):
    """How often something happened since the database was made, over all processes and machines.

    ``labels`` are the values of the metric's labels as a JSON list, in the order of ``rules.METRICS``. Of a histogram
    each bucket is a row under its upper bound, and the sum of what was observed one under ``sum``.
    """

    metric = models.CharField(max_length=60)
    labels = models.CharField(max_length=200)
    value = models.FloatField(default=0.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["metric", "labels"], name="metrics_one_row_a_series")]
