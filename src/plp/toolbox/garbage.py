"""Garbage: things that hold each other in a ring do not end with their last user, but when somebody looks for them."""

import gc

THRESHOLD = 5_000  # things made since garbage was last looked for, and not yet gone


def collect_garbage_if_due() -> None:
    """Look for garbage, if there may be much, at a moment when few wait.

    Left to itself, Python looks amid the work, takes what is in use just then for old, and looks among the old so
    seldom that a process keeps tens of megabytes of it.
    """
    if gc.get_count()[0] > THRESHOLD:
        gc.collect(1)
