"""What few partnerships have stands in the demonstration."""

from datetime import timedelta

import pytest

from plp.demo.quarter import Quarter
from plp.demo.quarter_settings import SETTINGS
from plp.demo.rota_firms_and_objective import add_rota_firms_and_objective
from plp.evaluation.models import Indicator
from plp.firms.models import Firm
from plp.mandates.models import Rota
from plp.people import actions as people
from plp.places.models import Area, Street
from tests.factories.cast import NOW, Cast, member
from tests.factories.firms import among_traders

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_evenings_that_nobody_has_two_shops_and_a_target() -> None:
    cast = Cast()
    setting = SETTINGS[0]
    Area.objects.filter(path="be/z1/m21004/").update(nis=setting.nis)
    among_traders(cast.here.partnership)
    street = Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    for number in range(3):
        someone = member(cast.here.partnership, f"Membre {number}")
        people.set_front_door(person=someone, street=street, house="1", by=None, at=NOW)
    who = (cast.officer, cast.second_officer, cast.here.coordinator, cast.here.deputy)

    add_rota_firms_and_objective(
        [Quarter(setting, cast.here.partnership, *who, launched=NOW)], at=NOW + timedelta(days=20)
    )

    days = {shift.starts_at.weekday() for shift in Rota.objects.get().shifts.all()}
    assert days == {0, 1, 2, 3, 4}
    assert sorted(firm.name for firm in Firm.objects.all()) == ["Boulangerie Exemple", "Librairie Modèle"]
    assert Indicator.objects.get().target == 97
