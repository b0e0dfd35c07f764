"""The year on one page: squares where they belong, words beside them, any year that a calendar may show."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from plp.launch.actions.dates import set_planned_launch_day
from plp.launch.documents.placeholder_values import gather_partnership_data
from plp.launch.queries.dates import DueDate, planned_day_of_coming_launch
from plp.partnership.models import Partnership
from plp.portal.subjects.launch.plan.year_picture import months_with_dates
from plp.toolbox.moves import WrongState
from tests.evaluation.test_year import meeting
from tests.evaluation.year import launched
from tests.factories.cast import Cast
from tests.portal.signing import AT, signed_in, stop_clock


def test_a_month_begins_on_its_weekday() -> None:
    """The first of March 2026 is a Sunday; the last day stands in the sixth row."""
    due = DueDate("confirm", date(2026, 3, 31), "Confirm", ())

    march = months_with_dates(2026, [due], date(2026, 4, 1))[2]

    assert march.days.count("M") == 31
    assert march.days.startswith("M60 0h8")
    assert (march.dues, march.meetings) == ("M10 50h8v8h-8z", "")
    assert [(one.look, one.is_past) for one in march.dates] == [("due", True)]


@pytest.mark.django_db
def test_the_page_shows_the_year_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    launched(cast.here)
    client, address = signed_in(cast.officer), reverse("launch:plan:calendar", args=["haren"])
    this = AT.year

    assert client.get(address, {"year": str(this + 1)}).context["year"] == this + 1
    for odd in ("0001", "9999", "²²²²", "-1", "x", ""):
        assert client.get(address, {"year": odd}).context["year"] == this


@pytest.mark.django_db
def test_three_meetings_cost_what_one_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    launched(cast.here)
    client, address = signed_in(cast.officer), reverse("launch:plan:calendar", args=["haren"])

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    meeting(cast, "held", -3)
    counted()  # what a first visit asks once
    one = counted()
    for days in (-4, -5):
        meeting(cast, "held", days)

    assert counted() == one


@pytest.mark.django_db
def test_a_date_that_is_past_is_called_late_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    client = signed_in(cast.officer)
    read = {}
    for years in (0, 2):
        launched(cast.here, at=AT - timedelta(days=366 * years))
        poster = PdfReader(io.BytesIO(client.get(reverse("launch:plan:poster", args=["haren"])).content)).pages[0]
        pages = [
            client.get(reverse(f"launch:plan:{view}", args=["haren"])).content.decode() for view in ("where", "life")
        ]
        read[years] = [">late<" in page for page in pages] + ["(late)" in poster.extract_text()]

    assert read == {0: [False, False, False], 2: [True, True, True]}


@pytest.mark.django_db
def test_the_launch_is_planned_on_another_day_until_it_has_been(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast, day = Cast(), AT.date() + timedelta(days=40)
    partnership = cast.here.partnership
    Partnership.objects.filter(pk=partnership.pk).update(launched_at=None)
    partnership.refresh_from_db()
    client, address = signed_in(cast.officer), reverse("launch:plan:calendar", args=["haren"])

    past = client.post(address, {"day": str(AT.date() - timedelta(days=1))}).content.decode()
    client.post(address, {"day": str(day)})

    assert "This day is past." in past
    assert planned_day_of_coming_launch(partnership) == day
    assert str(gather_partnership_data(partnership, at=AT).launch_on) == str(day)
    launched(cast.here)
    partnership.refresh_from_db()
    assert planned_day_of_coming_launch(partnership) is None
    with pytest.raises(WrongState):
        set_planned_launch_day(partnership=partnership, day=day, by=cast.officer, at=AT)
