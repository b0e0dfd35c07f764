"""``./plp`` with workers that pause for a tenth of a second before another try, instead of seconds. They do nothing but
deliver, and are started again at once, however often they die.
"""

import sys

from plp.delivery import rules
from plp.delivery.engine import channel_queues, circuit_breakers, senders
from plp.delivery.rules import retry_pause
from plp.ops.cli import import_command_module_with_django, main

FASTER = 50


def shortened_retry_pause(tries: int, *, urgent: bool, random_share: float, requested: float | None = None) -> object:
    """The same steps, shorter; what a supplier asks for is shorter, too."""
    return retry_pause(tries, urgent=urgent, random_share=random_share, requested=requested) / FASTER


if __name__ == "__main__":
    senders.UNKNOWN_PAUSE /= FASTER
    senders.RECEIPT_PAUSE /= FASTER
    rules.FAULT_PAUSE /= FASTER
    circuit_breakers.FIRST_PAUSE /= FASTER
    circuit_breakers.LONGEST_PAUSE /= FASTER
    channel_queues.REROUTE_AFTER /= FASTER
    senders.retry_pause = shortened_retry_pause  # type: ignore[assignment]
    worker = import_command_module_with_django("worker")
    worker.RESTART_PAUSE = (0.02, 0.02)
    worker.daily_chores = worker.frequent_chores = list
    sys.exit(main())
