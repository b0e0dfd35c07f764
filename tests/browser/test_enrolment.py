"""The enrolment desk on a narrow screen without JavaScript: a list with faults, corrected and brought in; a form; the
list taken out.
"""

from pathlib import Path

import pytest

from plp.membership.models import Membership
from plp.people.models import Person
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast
from tests.membership.lists.stage import LIST, streets

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FAULTY = LIST + "Dora Exemple;Rue Inconnue;1;0475 12;;fr\n"


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_coordinator_enrols_neighbours_on_a_telephone(open_page: Opened, language: str, tmp_path: Path) -> None:
    cast = Cast()
    streets(cast)
    Person.objects.filter(pk=cast.here.coordinator.pk).update(language=language)
    cast.here.coordinator.refresh_from_db()
    desk = Telephone(open_page(script=False, language=language), language)
    desk.enter(cast.here.coordinator)
    path = tmp_path / "voisins.csv"
    path.write_text(FAULTY, encoding="cp1252")

    desk.go("/enrolment/")
    desk.go("/enrolment/haren/list/")
    desk.give(file=path, what="Bulletin d’adhésion signé", on="2025-03-01", kept="Classeur bleu")
    desk.press("main form button")
    desk.press("form.card button")
    assert Membership.objects.filter(state="active").count() == 3

    desk.go("/enrolment/haren/form/")
    desk.give(name="Ada Exemple", street="works", email="ada.neuve@x.test")
    desk.press("main form button")
    assert Membership.objects.filter(state="active").count() == 4
    desk.go("/enrolment/haren/export/")

    assert desk.poor == []
