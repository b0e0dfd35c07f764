"""``./plp seed``, the same each time: ids count upwards in the order in which things are made.

By chance they would be sorted otherwise on each day, and "the first message of the quarter" be another one each time.
"""

import random
import sys
import uuid
from itertools import count

BELOW = 80  # bits under the count: as hard to guess as before for whoever does not know the dice


def use_counted_ids(seed: str) -> None:
    """From now on each new id is greater than the one before, and the same at each run."""
    numbers, dice = count(1), random.Random(seed)
    uuid.uuid4 = lambda: uuid.UUID(int=next(numbers) << BELOW | dice.getrandbits(BELOW))


if __name__ == "__main__":
    from plp.ops.cli import run

    use_counted_ids("proof")
    sys.exit(run(["seed", *sys.argv[1:]]))
