"""The charter has a day on which it is looked at again (C8)."""

from datetime import date, timedelta

import pytest

from plp.charter.actions import postpone_review_of_unchanged_charter, set_charter_review_day
from plp.charter.models import ReviewDay
from plp.charter.queries.reviews import charter_review_day, years_after
from plp.charter.refusals import BadReviewDay
from plp.evaluation.queries import due_matters
from plp.mandates.queries import NotAllowed
from plp.partnership.models import Partnership
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from tests.charter.stage import Stage, signed
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db
DAY = date(2028, 1, 10)


def test_two_years_after_the_last_signature(stage: Stage) -> None:
    signed_at = signed(stage).signed_at

    assert signed_at is not None
    assert charter_review_day(stage.partnership) == years_after(local(signed_at).date())
    assert years_after(date(2028, 2, 29)) == date(2030, 3, 1)


def test_partners_choose_a_day_or_leave_it_as_it_is(stage: Stage) -> None:
    partnership = signed(stage).partnership

    set_charter_review_day(partnership=partnership, review_on=DAY, by=stage.officer, at=NOW)
    chosen = charter_review_day(partnership)
    postpone_review_of_unchanged_charter(partnership=partnership, by=stage.here.coordinator, at=NOW)

    assert (chosen, charter_review_day(partnership)) == (DAY, years_after(local(NOW).date()))


def test_a_day_that_cannot_be_is_refused(stage: Stage) -> None:
    with pytest.raises(WrongState):
        set_charter_review_day(partnership=stage.partnership, review_on=DAY, by=stage.officer, at=NOW)
    signed(stage)
    with pytest.raises(BadReviewDay):
        set_charter_review_day(partnership=stage.partnership, review_on=local(NOW).date(), by=stage.officer, at=NOW)
    with pytest.raises(NotAllowed):
        set_charter_review_day(partnership=stage.partnership, review_on=DAY, by=stage.next_door.coordinator, at=NOW)

    assert not ReviewDay.objects.exists()


def test_it_is_recalled_a_month_before(stage: Stage) -> None:
    partnership = signed(stage).partnership
    set_charter_review_day(partnership=partnership, review_on=DAY, by=None, at=NOW)
    near = NOW + (DAY - local(NOW).date()) - timedelta(days=20)

    recalled = due_matters.due_charter_reviews(Partnership.objects.all(), near)

    assert [matter.partnership for matter in recalled] == [partnership.pk]
    assert due_matters.due_charter_reviews(Partnership.objects.all(), NOW) == []
