"""Reading: the counters in the form in which a scraper takes them."""

import json
from collections import defaultdict
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as Family

from plp.metrics.models import Counter
from plp.metrics.rules import METRICS, SUM, Metric


def metric_families() -> Iterator[Family]:
    """Every metric with its series. One query."""
    series: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for key, labels, value in Counter.objects.order_by("metric", "labels").values_list("metric", "labels", "value"):
        series[key][tuple(json.loads(labels))] = value
    for name, metric in METRICS.items():
        yield (
            _histogram_family(name, metric, series[name])
            if metric.buckets
            else _counter_family(name, metric, series[name])
        )


def _counter_family(name: str, metric: Metric, series: dict[tuple[str, ...], float]) -> Family:
    family = CounterMetricFamily(name, metric.help, labels=metric.labels)
    for labels, value in series.items():
        family.add_metric(labels, value)
    return family


def _histogram_family(name: str, metric: Metric, series: dict[tuple[str, ...], float]) -> Family:
    """Of the counts of each bucket alone, those up to each bound, as the format wants them."""
    total, buckets = 0.0, []
    for bound in (*map(str, metric.buckets), "+Inf"):
        total += series.get((bound,), 0.0)
        buckets.append((bound, total))
    family = HistogramMetricFamily(name, metric.help)
    family.add_metric((), buckets, sum_value=series.get((SUM,), 0.0))
    return family
