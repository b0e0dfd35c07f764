"""The page of contacts lists the whole steering committee with the hours of the rota, typed nowhere else (ADR 74)."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from plp.mandates import rotas
from plp.mandates.grants import Role
from plp.mandates.rota_patterns import WeekPattern
from plp.toolbox.clock import local
from tests.factories.cast import Cast, hold, person
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


def test_everybody_of_the_committee_stands_there_with_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast, helper, today = Cast(), person("Emma Exemple"), local(AT).date()
    hold(helper, Role.COMMITTEE, cast.here.area)
    pattern = WeekPattern(today, today + timedelta(days=1), time(18), time(22), [str(cast.here.deputy.pk)] * 7)
    rotas.save_rota_shifts_and_notify(
        area=cast.here.area, pattern=pattern, answer_minutes=15, by=cast.here.coordinator, at=AT
    )

    page = signed_in(cast.here.coordinator).get(reverse("charter:contacts", args=["haren"])).content.decode()
    committee = page.partition("The steering committee")[2]

    named = [name in committee for name in ("Clara Haren", "Denis Haren", "Emma Exemple", "Anne Exemple", "Laeken")]
    assert named == [True, True, True, True, False]
    assert committee.count("22:00") == 2
