"""The founding of a demonstration: services write on working days, signs stand at the edges of the area."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from plp.demo.founding_steps import FoundingSteps
from plp.places.models import Address, Street

SUNDAY = datetime(2025, 3, 23, 9, tzinfo=UTC)


def founding(**setting: Any) -> FoundingSteps:
    staff: Any = SimpleNamespace(officer=None)
    return FoundingSteps(SimpleNamespace(languages=["fr"], **setting), staff, SUNDAY, [])  # type: ignore[arg-type]


def test_a_service_writes_on_the_friday_before_a_weekend() -> None:
    days = [founding().working_time_before_launch(days).date().isoformat() for days in range(3)]

    assert days == ["2025-03-21", "2025-03-21", "2025-03-21"]  # of Sunday, Saturday and Friday


@pytest.mark.django_db
def test_signs_stand_in_the_streets_farthest_out() -> None:
    corners = {"Ouest": (4.1, 50.5), "Est": (4.9, 50.5), "Sud": (4.5, 50.1), "Nord": (4.5, 50.9), "Milieu": (4.5, 50.5)}
    for name, (longitude, latitude) in corners.items():
        street = Street.objects.create(nis="21004", register_id=name, name_fr=name)
        Address.objects.create(street=street, register_id=name, number="1", longitude=longitude, latitude=latitude)

    streets = founding(nis="21004", streets=())._streets_at_edges()

    assert [street.name_fr for street in streets] == ["Ouest", "Est", "Sud", "Nord"]
