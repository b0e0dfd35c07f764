"""The people of a zone in the demonstration."""

from types import SimpleNamespace
from typing import Any

import pytest

from plp.demo.staff import DECISION_OF_CHIEF, SET_UP_BY_OPERATOR, appoint_staff
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.rules import OFFICES
from plp.places.models import Area
from plp.places.queries.territory import municipalities_by_nis
from tests.factories.cast import NOW, area

HAREN: Any = SimpleNamespace(nis="21004", key="haren", languages=["fr", "nl"], faker={"fr": "fr_BE"})


@pytest.mark.django_db
def test_the_chief_decides_on_the_police_alone_and_on_nobody_whom_the_operator_appoints() -> None:
    zone = f"be/{municipalities_by_nis()[HAREN.nis].zone}/"
    area("zone", zone, "Polbru")
    Area.objects.filter(pk=area("municipality", f"{zone}m{HAREN.nis}/", "Bruxelles").pk).update(nis=HAREN.nis)

    appoint_staff(HAREN, at=NOW)

    decisions = {Role(role): decision for role, decision in Mandate.objects.values_list("role", "decision")}
    assert decisions == {
        role: (SET_UP_BY_OPERATOR if role in OFFICES else DECISION_OF_CHIEF)["fr"] for role in decisions
    }
    assert {Role.CHIEF, Role.MUNICIPALITY, Role.ADMINISTRATOR, Role.OFFICER} <= decisions.keys()
