"""What is counted. The names are those that a scraper reads: never rename one."""

from bisect import bisect_left
from dataclasses import dataclass

SUM = "sum"


@dataclass(frozen=True)
class Metric:
    """A counter, or a histogram where there are ``buckets`` (upper bounds in seconds, without the last, infinite)."""

    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()

    def bucket_bound(self, value: float) -> str:
        """The upper bound under which ``value`` is counted."""
        place = bisect_left(self.buckets, value)
        return str(self.buckets[place]) if place < len(self.buckets) else "+Inf"


METRICS = {
    "plp_requests": Metric("Requests answered, by subject of the portal and class of status.", ("subject", "status")),
    "plp_request_seconds": Metric(
        "Time in which a request was answered.", buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
    ),
    "plp_sends": Metric("Copies handed to a channel, by what became of the try.", ("channel", "outcome")),
    "plp_receipts": Metric("Receipts and bounces that changed something.", ("channel", "state")),
}
