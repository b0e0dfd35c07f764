"""Choose the day on which the charter is looked at again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.charter import refusals
from plp.charter.models import ReviewDay
from plp.charter.queries.reviews import charter_review_day, years_after
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState

LATEST = timedelta(days=5 * 366)


@transaction.atomic
def set_charter_review_day(*, partnership: Partnership, review_on: date, by: Person | None, at: datetime) -> None:
    """Look at the charter again on another day. Raises ``NotAllowed``, ``BadReviewDay``, or ``WrongState`` unsigned."""
    require_unless_machine(by, Permission.CHARTER_WRITE, partnership.area, at=at)
    require_living(partnership)
    if charter_review_day(partnership) is None:
        raise WrongState
    today = local(at).date()
    if not today < review_on <= today + LATEST:
        raise refusals.BadReviewDay
    ReviewDay.objects.update_or_create(partnership=partnership, defaults={"review_on": review_on})
    note(verb="charter.review_day", by=by, at=at, area=partnership.area.path, target=partnership, on=str(review_on))


def postpone_review_of_unchanged_charter(*, partnership: Partnership, by: Person | None, at: datetime) -> None:
    """The charter was looked at and stays: it is looked at again in two years. Raises as ``set_charter_review_day``."""
    set_charter_review_day(partnership=partnership, review_on=years_after(local(at).date()), by=by, at=at)
