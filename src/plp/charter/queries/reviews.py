"""When a signed charter is looked at again (two years after its last signature, unless the partners choose a day)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from plp.charter.models import Deed, ReviewDay
from plp.charter.states import DeedState
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

YEARS = 2


def years_after(day: date, years: int = YEARS) -> date:
    """The same day some years later; the 1st of March for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def charter_review_day_by_partnership(partnerships: Iterable[UUID]) -> dict[UUID, date]:
    """The day of each partnership with a signed charter: two queries."""
    keys = list(partnerships)
    signed = Deed.objects.filter(partnership__in=keys, kind=Deed.Kind.CHARTER, state=DeedState.SIGNED)
    chosen = dict(ReviewDay.objects.filter(partnership__in=keys).values_list("partnership", "review_on"))
    days = {}
    for key, signed_at in signed.values_list("partnership", "signed_at"):
        if signed_at is not None:
            signed_on = local(signed_at).date()
            day = chosen.get(key)
            days[key] = day if day and day > signed_on else years_after(signed_on)
    return days


def charter_review_day(partnership: Partnership) -> date | None:
    """The day of one partnership; ``None`` while no charter is signed."""
    return charter_review_day_by_partnership([partnership.pk]).get(partnership.pk)
