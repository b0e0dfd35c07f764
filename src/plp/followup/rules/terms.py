"""How long somebody has: by the plan in force where it says so, else by the settings of the house. Pure."""

from datetime import datetime, timedelta

from plp.charter.rules.plan import LIFE_SHARE, SHORTEST_TERM
from plp.followup.rules.days import working_days_after

REQUEST_DAYS = 10  # working days for the answer to a request for information (R52)
SCREENING_DAYS = 20  # working days from the vote to the screening (R36)
ENROLMENT_DAYS = 10  # working days for the answer to somebody who asks to join (R45)


def response_term(expiry_minutes: int | None, at: datetime, *, minutes: int | None = None) -> timedelta:
    """How long a hand has for a message that came to it at ``at``: ``minutes`` as the plan says, else a share of the
    life of the message, else until the next working day.
    """
    if minutes:
        return timedelta(minutes=minutes)
    if expiry_minutes is None:
        return working_days_after(at, 1) - at
    return timedelta(minutes=max(expiry_minutes / LIFE_SHARE, SHORTEST_TERM))
