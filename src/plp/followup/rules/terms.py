"""How long somebody has: by the plan in force where it says so, else by the settings of the house. Pure."""

from datetime import datetime, timedelta

from plp.followup.rules.days import working_days_after

SHARE = 16  # of the life of a message that each hand may let pass: a quarter of an hour of an alarm of four hours
SHORTEST = timedelta(minutes=10)
REQUEST_DAYS = 10  # working days for the answer to a request for information (R52)
SCREENING_DAYS = 20  # working days from the vote to the screening (R36)
ENROLMENT_DAYS = 10  # working days for the answer to somebody who asks to join (R45)


def opening_term(expiry_minutes: int | None, at: datetime) -> timedelta:
    """How long a hand has for a message released at ``at``: a share of its life, else until the next working day."""
    if expiry_minutes is None:
        return working_days_after(at, 1) - at
    return max(timedelta(minutes=expiry_minutes) / SHARE, SHORTEST)
