"""Who holds which role, as a table: confirmed together, ended with what then lacks, taken out (R32, ADR 68)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.urls import reverse

from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.rules import CONFIRMED_FOR
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, hold, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
LIST = "/mandates/zone/"


@pytest.fixture
def offices(cast: Cast) -> SimpleNamespace:
    """An administrator of the country and a mayor."""
    runs, mayor = person("Alix Exemple"), person("Marie Bourgmestre")
    hold(runs, Role.ADMINISTRATOR, Area.objects.get(path="be/"))
    hold(mayor, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/"))
    return SimpleNamespace(runs=runs, mayor=mayor)


def test_a_mayor_reads_the_table_and_can_tick_nobody(cast: Cast, offices: SimpleNamespace) -> None:
    page = signed_in(offices.mayor).get(LIST).content.decode()

    assert "Carl Muster" in page
    assert "Clara Haren" in page
    assert "Clara Malmedy" not in page
    assert 'name="mandate"' not in page


def test_a_chief_confirms_all_in_one_form(cast: Cast) -> None:
    chief = signed_in(cast.chief)
    ticked = [str(key) for key in Mandate.objects.filter(role="officer").values_list("pk", flat=True)]

    done = chief.post(reverse("mandates:confirm"), {"mandate": [*ticked, "x"]}, follow=True).content.decode()

    assert "2 roles go on for a year." in done
    confirmed = Mandate.objects.filter(confirmed_at=AT).values_list("person__mandates__area__path", flat=True)
    assert sorted(confirmed) == ["be/z1/", "be/z1/"]  # not the officer of the other zone
    assert "Nobody was ticked" in chief.post(reverse("mandates:confirm"), follow=True).content.decode()


def test_an_administrator_ends_a_mayor_on_a_day(cast: Cast, offices: SimpleNamespace) -> None:
    mandate = Mandate.objects.get(person=offices.mayor)
    browser, url = signed_in(offices.runs), reverse("mandates:end_police", args=[mandate.pk])

    wrong = browser.post(url, {"last_day": "2020-01-01"})
    browser.post(url, {"last_day": "2026-12-31"})

    assert "Choose a last day from today on" in wrong.content.decode()
    assert Mandate.objects.get(pk=mandate.pk).last_day == date(2026, 12, 31)


def test_the_last_who_can_release_is_not_ended_without_a_tick(cast: Cast, offices: SimpleNamespace) -> None:
    chief = Mandate.objects.get(person=cast.chief)
    Mandate.objects.filter(role="officer", area__path="be/z1/").update(ends_at=AT)
    browser, url = signed_in(offices.runs), reverse("mandates:end_police", args=[chief.pk])

    asked = browser.get(url).content.decode()
    browser.post(url)
    kept = Mandate.objects.get(pk=chief.pk).ends_at
    browser.post(url, {"accepts_gap": "on"})

    assert "nobody here can release a message any more" in asked
    assert kept is None
    assert Mandate.objects.get(pk=chief.pk).ends_at == AT


def test_an_open_session_ends_with_the_mandate(cast: Cast) -> None:
    officer, mandate = signed_in(cast.officer), Mandate.objects.get(person=cast.officer)
    assert officer.get("/police/").status_code == 200

    signed_in(cast.chief).post(reverse("mandates:end_police", args=[mandate.pk]))

    assert officer.get("/police/")["Location"].startswith(reverse("account_login"))


def test_the_table_comes_as_a_spreadsheet_with_both_days(cast: Cast) -> None:
    lines = signed_in(cast.chief).get(reverse("mandates:zone_list", args=["csv"])).content.decode().splitlines()

    assert lines[0].lstrip("\ufeff").replace('"', "").replace(",", ";").split(";") == [
        *("Name", "Role", "For", "Since", "Confirmed", "Until", "Decision")
    ]
    assert any("Anne Exemple" in line and "2027" in line for line in lines)


def test_who_ends_soon_is_one_task_for_the_chief_and_one_for_the_holder(cast: Cast, settings: LazySettings) -> None:
    Mandate.objects.filter(role="officer").update(starts_at=NOW - CONFIRMED_FOR + timedelta(days=20))

    told = signed_in(cast.chief).get("/").content.decode()
    own = signed_in(cast.officer).get("/").content.decode()

    assert "2 roles end soon" in told
    assert "Your role ends: mandated police officer" in own
