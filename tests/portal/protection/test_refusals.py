"""A breach that is written down badly is not kept, and none is closed without a question."""

from datetime import timedelta

import pytest
from django.test import Client

from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.portal.subjects.protection import forms
from plp.portal.subjects.protection.forms import datetime_local_value
from plp.protection.models import Breach
from plp.toolbox import clock
from plp.toolbox.clock import local
from tests.factories.cast import Cast
from tests.portal.staff import Staff, sign_in, staff

pytestmark = pytest.mark.django_db
NEW = "/protection/breaches/new/"


@pytest.fixture
def chief(client: Client) -> Staff:
    """A chief of corps, signed in."""
    someone = staff(role=Role.CHIEF)
    sign_in(client, someone)
    return someone


def told(chief: Staff, *, ago: int) -> dict[str, object]:
    """A breach that was noticed so many minutes ago."""
    assert chief.mandate is not None
    noticed = datetime_local_value(local(clock.now() - timedelta(minutes=ago)))
    given = {"cause": "lost", "words": "A list was lost.", "kinds": ["names"], "persons": "12"}
    return {"place": f"a-{chief.mandate.area_id}", "noticed_at": noticed, **given}


def test_what_will_be_noticed_tomorrow_is_not_recorded(client: Client, chief: Staff) -> None:
    page = client.post(NEW, told(chief, ago=-24 * 60)).content.decode()
    late = client.post(
        NEW, told(chief, ago=90) | {"began_at": datetime_local_value(local(clock.now()))}
    ).content.decode()

    assert "A list was lost." in page
    assert "This moment has not come yet." in page
    assert "It cannot have begun after it was noticed." in late
    assert not Breach.objects.exists()


@pytest.mark.parametrize(
    ("typed", "partnership", "error"),
    [
        ("", None, ""),
        ("lae", "laeken", ""),
        ("HAREN", "haren", ""),
        ("sud", "sud", ""),
        ("Haren (haren)", "haren", ""),
        ("laeken", None, "No partnership is called so."),  # in the place that was chosen
        ("elsewhere", None, "No partnership is called so."),
        ("har", None, "Which one do you mean? Haren (haren), Haren-Sud (sud)"),
    ],
)
def test_among_many_partnerships_the_name_is_typed(
    chief: Staff, monkeypatch: pytest.MonkeyPatch, typed: str, partnership: str | None, error: str
) -> None:
    cast = Cast()
    monkeypatch.setattr(forms, "MOST_LISTED", 1)
    more = Partnership.objects.get(key="laeken")
    area = Area.objects.create(path=f"{more.area.parent_path}q-sud/", kind=more.area.kind, name_fr="Haren-Sud")
    Partnership.objects.create(key="sud", area=area, founded_at=more.founded_at)
    zone, quarter = Area.objects.get(path=more.area.parent_path), cast.here.partnership.area
    place = quarter if typed == "laeken" else zone

    form = forms.RecordBreachForm(
        told(chief, ago=90) | {"place": f"a-{place.pk}", "quarter": typed},
        partnerships=Partnership.objects.all(),
        areas=[zone, quarter],
        language="fr",
    )

    assert form.errors.get("quarter", [""])[0] == error
    if not error:
        chosen = form.breach_values()["partnership"]
        assert (chosen.key if chosen else None) == partnership


@pytest.mark.parametrize("step", ["decide", "authority", "persons"])
def test_each_step_is_a_form_that_comes_back(client: Client, chief: Staff, step: str) -> None:
    client.post(NEW, told(chief, ago=90))
    address, before = f"/protection/breaches/{Breach.objects.get().pk}/{step}/", Breach.objects.values().get()

    form = client.get(address).content.decode()
    bad = client.post(address, {"on": "soon", "risk": "gossip", "told": "soon"}).content.decode()

    assert "<form" in form
    assert 'aria-invalid="true"' in bad
    assert Breach.objects.values().get() == before


def test_a_breach_is_closed_after_a_question_and_has_two_letters(client: Client, chief: Staff) -> None:
    client.post(NEW, told(chief, ago=90))
    address = f"/protection/breaches/{Breach.objects.get().pk}/"

    asked = client.get(f"{address}close/").content.decode()
    letters = [client.get(f"{address}{name}").status_code for name in ("persons.docx", "diary.docx", "persons.exe")]

    assert "<form" in asked
    assert Breach.objects.get().closed_at is None
    assert letters == [200, 404, 404]
