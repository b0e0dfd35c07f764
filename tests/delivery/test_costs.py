"""What channels have cost, this month and year, and will cost at this pace."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plp.delivery import costs
from plp.delivery.costs import PeriodCosts, costs_by_area, costs_by_channel
from plp.delivery.models import Spending
from plp.delivery.rules import start_of_belgian_day

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HERE, THERE = "be/5343/21004/a/", "be/5343/21004/b/"


@pytest.fixture(autouse=True)
def prices(settings) -> None:
    """Seven cents a part; ten parts a day for a quarter, a thousand cents a day in all."""
    settings.SMS_CENTS, settings.SMS_PARTS_A_QUARTER, settings.SMS_CENTS_A_DAY = 7, 10, 1000


def spent(day: date, parts: int, *, area: str = "") -> None:
    """So many parts on a Belgian day, of an area or in all."""
    since = start_of_belgian_day(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    scope = Spending.Scope.AREA if area else Spending.Scope.DAY
    Spending.objects.create(channel="sms", scope=scope, key=area, since=since, parts=parts)


def test_days_are_added_up_by_month_and_year_and_today() -> None:
    for day, parts in (
        (date(2026, 11, 30), 4),
        (date(2026, 11, 1), 5),
        (date(2026, 1, 1), 6),
        (date(2025, 12, 31), 900),
    ):
        spent(day, parts, area=HERE)

    quarter = costs_by_area([HERE], at=AT)[HERE]["sms"]

    assert (quarter.today, quarter.month, quarter.year) == (28, 63, 105)
    assert (quarter.cap, quarter.cents_left_today) == (70, 42)


def test_the_rest_of_the_year_goes_on_at_the_pace_of_three_months() -> None:
    for days in range(0, 90, 10):
        spent(AT.date() - timedelta(days=days), 10, area=HERE)  # 90 parts in 81 days

    quarter = costs_by_area([HERE], at=AT)[HERE]["sms"]

    assert quarter.forecast == (90 + round(90 * 31 / 81)) * 7


def test_one_alarm_is_no_habit() -> None:
    spent(AT.date(), 30, area=HERE)

    assert costs_by_area([HERE], at=AT)[HERE]["sms"].forecast == (30 + 31) * 7  # thirty days at least


def test_in_january_the_pace_is_that_of_the_year_before() -> None:
    spent(date(2026, 12, 31), 30, area=HERE)

    quarter = costs_by_area([HERE], at=datetime(2027, 1, 1, 12, tzinfo=UTC))[HERE]["sms"]

    assert (quarter.year, quarter.forecast) == (0, 364 * 7)


def test_each_area_has_its_own_and_its_cap_even_without_costs(django_assert_num_queries) -> None:
    spent(AT.date(), 3, area=HERE)
    spent(AT.date(), 100)

    with django_assert_num_queries(1):
        counted = costs_by_area([HERE, THERE], at=AT)

    assert counted[HERE]["sms"].month == 21
    assert counted[THERE]["sms"] == PeriodCosts(cap=70)
    assert costs_by_channel(AT)["sms"].month == 700


def test_the_last_day_of_a_month_ends_at_belgian_midnight() -> None:
    spent(date(2026, 10, 31), 5, area=HERE)
    evening, midnight = datetime(2026, 10, 31, 22, 59, tzinfo=UTC), datetime(2026, 10, 31, 23, 1, tzinfo=UTC)

    months = [costs_by_area([HERE], at=at)[HERE]["sms"].month for at in (evening, midnight)]

    assert months == [35, 0]


def test_a_channel_without_a_price_is_none_of_this() -> None:
    assert "email" not in costs.metered_channels()
    assert "sms" in costs.metered_channels()
