"""The zone in counts: own area only, no name."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.mandates.grants import Role
from tests.factories.cast import Cast, hold, member, person
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    return Cast()


def test_a_supervisor_sees_counts_of_the_own_zone_and_nobody_by_name(cast: Cast) -> None:
    supervisor = person("Sofie Toezicht", "nl")
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    for name in ("Eva Exemple", "Frank Voorbeeld"):
        member(cast.here.partnership, name)

    shown = signed_in(supervisor).get(reverse("zone:overview")).content.decode()

    assert "Haren" in shown
    assert "Laeken" in shown
    assert "Malmedy" not in shown
    assert "Eva Exemple" not in shown
    assert 'data-label="Members">2<' in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_members(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        member(cast.here.partnership, f"Eva Exemple{'abc'[place]}")
    client = signed_in(cast.officer)
    client.get(reverse("zone:overview"))

    with django_assert_num_queries(9):
        client.get(reverse("zone:overview"))
