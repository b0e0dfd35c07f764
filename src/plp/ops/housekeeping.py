"""What has to be swept once a day on every machine that delivers."""

from django.core.management import call_command

from plp.delivery.engine.chores import Chore

DAY = 86_400.0  # seconds


def tidy() -> None:
    """Delete the sessions that are over: each names who was signed in."""
    call_command("clearsessions", verbosity=0)


def daily() -> list[Chore]:
    """The chores of a worker: at its start, then once a day."""
    return [Chore(DAY, tidy)]
