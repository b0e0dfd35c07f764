"""The zone in counts: own area only, no name, nothing that tells of a few people, quick however large (R149)."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Spending
from plp.delivery.rules import start_of_belgian_day
from plp.evaluation.queries.zone import partnerships_with_visible_figures, zone_figures
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.notices.actions import count_one_withheld_message
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.portal.subjects.evaluation.figures.presentation import zone_figure_parts
from tests.factories.cast import NOW, Cast, area, contact, hold, member, person
from tests.followup.stage import mandate_of, reachable, released
from tests.followup.together import relayed
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    return cast


def test_a_supervisor_sees_counts_of_the_own_zone_and_nobody_by_name(cast: Cast) -> None:
    supervisor = person("Sofie Toezicht", "nl")
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    for place in range(5):
        member(cast.here.partnership, f"Eva Exemple{'abcde'[place]}")
    member(cast.next_door.partnership, "Frank Voorbeeld")

    shown = signed_in(supervisor).get(reverse("evaluation:figures:overview")).content.decode()

    assert "Haren" in shown
    assert "Laeken" in shown
    assert "Malmedy" not in shown
    assert "Exemple" not in shown
    assert 'data-label="Members" class="number">5<' in shown
    assert 'data-label="Members" class="number">&lt;\xa05<' in shown
    assert "<svg" in shown
    assert "The numbers of the chart" in shown


def test_what_is_overdue_silent_or_without_deputy_is_counted(cast: Cast) -> None:
    relayed(cast)
    released(cast, "advice", NOW + timedelta(minutes=1))
    mandates.end_mandate(mandate=mandate_of(cast.here.deputy), by=None, at=NOW)
    later = NOW + timedelta(days=95)

    zone = zone_figures(partnerships_with_visible_figures(cast.officer, at=later), at=later)

    here, next_door = zone.rows
    assert (here.has_coordinator_without_deputy, here.overdue, here.is_silent, here.to_relay) == (True, 1, True, 1)
    assert (next_door.has_coordinator_without_deputy, next_door.deputies, next_door.last_at) == (False, 1, None)
    assert zone.overdue == {"relay": 1}
    assert zone.states == {State.ACTIVE: 2}


@pytest.mark.parametrize(("number", "told", "drawn"), [(4, "<\xa05", False), (5, "5", True)])
def test_a_few_neighbours_who_wait_are_not_told_apart(cast: Cast, number: int, told: str, drawn: bool) -> None:
    zone = zone_figures(partnerships_with_visible_figures(cast.officer, at=NOW), at=NOW)

    overdue = zone_figure_parts(replace(zone, overdue={"enrolment": number, "relay": 1}))[2]

    assert [value for _label, value in overdue.rows] == [told, "1"]
    assert overdue.drawn.count("<rect") == 2 + drawn  # the ground, the relay


def test_relay_times_and_reach_are_those_of_three_months(cast: Cast) -> None:
    for place in range(6):
        contact(member(cast.here.partnership, f"Ann Un{'abcdef'[place]}"), "email", f"ann{place}@example.org")
    relayed(cast)

    zone = zone_figures(partnerships_with_visible_figures(cast.officer, at=NOW), at=NOW + timedelta(days=1))
    long_after = zone_figures(partnerships_with_visible_figures(cast.officer, at=NOW), at=NOW + timedelta(days=100))

    assert (zone.relay, zone.rows[0].relay) == ({"other": (0, 0)}, (0, 0))
    assert zone.reach["email"].audience == 6
    assert (long_after.relay, long_after.reach) == ({}, {})


def test_the_messages_of_twelve_months_stand_in_a_line(cast: Cast) -> None:
    relayed(cast)
    found = partnerships_with_visible_figures(cast.officer, at=NOW)

    zone = zone_figures(found, at=NOW + timedelta(days=60))

    assert [*zone.months.items()][-3:] == [(date(2026, 11, 1), 1), (date(2026, 12, 1), 0), (date(2027, 1, 1), 0)]
    assert len(zone.months) == 12
    with translation.override("nl"):
        (months, *_others) = zone_figure_parts(zone)
        assert (months.title, months.rows[-3]) == ("Berichten per maand", ("november 2026", "1"))
        assert "<polyline" in months.drawn
    assert zone_figure_parts(zone_figures(found, at=NOW + timedelta(days=400)))[0].drawn == ""


def test_an_absence_leaves_no_trace_in_the_figures(cast: Cast) -> None:
    released(cast, "alarm")
    officer = signed_in(cast.officer)
    remind_or_pass_on_due_matters(by=None, at=NOW)
    before = officer.get(reverse("evaluation:figures:table", args=["csv"])).content
    mandates.record_absence_and_ask_deputy(
        mandate=mandate_of(cast.here.coordinator),
        deputy=mandate_of(cast.here.deputy),
        starts_at=NOW,
        ends_at=NOW + timedelta(minutes=30),
        by=cast.here.coordinator,
        at=NOW,
    )
    remind_or_pass_on_due_matters(by=None, at=NOW + timedelta(minutes=1))

    assert officer.get(reverse("evaluation:figures:table", args=["csv"])).content == before


def test_the_table_is_for_a_spreadsheet_and_no_formula(cast: Cast) -> None:
    cast.here.area.name_en = cast.here.area.name_fr = "=HYPERLINK(1)"
    cast.here.area.save()

    made = signed_in(cast.officer).get(reverse("evaluation:figures:table", args=["csv"]))

    lines = made.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert lines[1].startswith('"\'=HYPERLINK(1)";"local prevention partnership";"2026-11-25";')


def test_counts_are_numbers_in_the_workbook_and_the_rest_is_text(cast: Cast) -> None:
    cast.here.area.name_en = cast.here.area.name_fr = "=1+1"
    cast.here.area.save()

    made = signed_in(cast.officer).get(reverse("evaluation:figures:table", args=["xlsx"])).content
    with ZipFile(io.BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    head, *lines = re.findall(r"<row .*?</row>", sheet)
    kinds = [[text == ' t="s"' for text in re.findall(r'<c r="[A-Z]+\d+" s="\d+"( t="s")?>', line)] for line in lines]

    assert "<f>" not in sheet
    assert all(len(kind) == len(re.findall("<c ", head)) for kind in kinds)
    assert [kind[0] for kind in kinds] == [True, True]  # the name
    assert [kind[7:10] for kind in kinds] == [[False] * 3] * 2  # messages, to release, to relay


def test_two_hundred_partnerships_cost_no_more_questions_than_two(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.officer)
    client.get(reverse("evaluation:figures:overview"))
    cache.clear()
    with CaptureQueriesContext(connection) as two:
        client.get(reverse("evaluation:figures:overview"))
    Partnership.objects.bulk_create(
        Partnership(
            key=f"q{number}",
            kind="plp",
            area=area("quarter", f"be/z1/m21004/q{number}/", f"Quartier {number}"),
            state=State.ACTIVE,
            languages=["fr"],
            founded_at=NOW,
        )
        for number in range(200)
    )

    with django_assert_num_queries(len(two)):
        page = client.get(reverse("evaluation:figures:overview")).content.decode()
    whole = client.get(reverse("evaluation:figures:overview"), {"all": ""}).content.decode()

    assert page.count('<th scope="row">Q') < 60
    assert whole.count("Quartier ") >= 200


def test_figures_stand_for_a_minute_and_only_for_the_same_partnerships(cast: Cast) -> None:
    """Who loses an area loses its figures at once; who sees less never sees what was kept for more."""
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    first = rows_of(officer)
    for place in range(5):
        member(cast.here.partnership, f"Eva Exemple{'abcde'[place]}")

    assert rows_of(officer) == first == ["Haren", "Laeken"]
    assert officer.get(reverse("evaluation:figures:overview")).content.decode().count('class="number">5<') == 0
    assert rows_of(coordinator) == ["Haren"]
    assert coordinator.get(reverse("evaluation:figures:overview")).content.decode().count('class="number">5<') == 1

    mandates.end_mandate(mandate=mandate_of(cast.here.coordinator), by=cast.officer, at=NOW)
    assert coordinator.get(reverse("evaluation:figures:overview")).status_code == 302


def rows_of(client: Client) -> list[str]:
    """The quarters in the table."""
    page = client.get(reverse("evaluation:figures:overview")).content.decode()
    return [name for name in re.findall(r'<th scope="row">([^<]+)<', page) if name in {"Haren", "Laeken", "Malmedy"}]


def test_who_holds_no_figures_finds_nothing(cast: Cast) -> None:
    assert signed_in(cast.here.deputy).get(reverse("evaluation:figures:overview")).status_code == 404
    assert signed_in(cast.here.deputy).get(reverse("evaluation:figures:table", args=["csv"])).status_code == 404
    own = signed_in(cast.here.coordinator).get(reverse("evaluation:figures:table", args=["csv"])).content.decode()
    assert ("Haren" in own, "Laeken" in own) == (True, False)


def test_what_messages_cost_stands_beside_the_figures_of_the_own_area_alone(cast: Cast, settings) -> None:
    settings.SMS_CENTS, settings.SMS_PARTS_A_QUARTER = 7, 1000
    for place, number in ((cast.here, 300), (cast.next_door, 5), (cast.abroad, 9000)):
        area = place.partnership.area.path
        since = start_of_belgian_day(NOW)
        Spending.objects.create(channel="sms", scope=Spending.Scope.AREA, key=area, since=since, parts=number)
    supervisor = person("Sofie Toezicht", "nl")
    hold(supervisor, Role.SUPERVISOR, cast.zone)

    shown = signed_in(supervisor).get(reverse("evaluation:figures:overview")).content.decode()

    months = re.findall(r'data-label="This month" class="number">([^<]*)<', shown)
    assert months == ["€\xa021", "€\xa021", "&lt;\xa0€\xa01"]  # all together, Haren, Laeken: 21.35, 21.00, 0.35
    assert "€\xa049 of €\xa070" in shown
    assert "€\xa0630" not in shown


def test_nothing_is_said_of_costs_where_nothing_cost(cast: Cast) -> None:
    shown = signed_in(cast.officer).get(reverse("evaluation:figures:overview")).content.decode()

    assert "What messages cost" not in shown


def test_how_often_the_police_sent_nothing_stands_among_their_figures_alone(cast: Cast) -> None:
    for because in ("secrecy", "secrecy", "other"):
        count_one_withheld_message(partnership=cast.here.partnership, because=because, by=cast.officer, at=NOW)

    police, chief, coordinator, abroad = (
        signed_in(who).get(reverse("evaluation:figures:overview")).content.decode()
        for who in (cast.officer, cast.chief, cast.here.coordinator, cast.foreign_officer)
    )

    rows = re.compile(r'<th scope="row">(Secrecy of the investigation|Another reason)</th><td class="number">(\d+)<')
    assert rows.findall(police) == [("Secrecy of the investigation", "2"), ("Another reason", "1")]
    assert rows.findall(chief) == rows.findall(police)
    assert rows.findall(coordinator) == rows.findall(abroad) == []
