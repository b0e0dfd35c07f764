"""What is asked before somebody is put forward, screened, begins anew or lays an office down."""

import pytest
from django.urls import reverse

from plp.accounts.models import Account, Recovery
from plp.mandates.models import Mandate
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.states import Candidacy, Function
from tests.factories.cast import NOW, Cast, contact
from tests.portal.mandates.test_people import approved, put_forward, row, url
from tests.portal.signing import account_of, signed_in

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'


def test_nobody_is_put_forward_without_a_contact(cast: Cast) -> None:
    page = signed_in(cast.officer).post(url("propose"), {"function": "coordinator", "contact": "", "agrees": "on"})

    assert INVALID in page.content.decode()
    assert not Candidate.objects.exists()


def test_a_screening_has_a_day_and_an_outcome(cast: Cast) -> None:
    chosen, officer = approved(cast), signed_in(cast.officer)

    form = officer.get(url("appointments")).content.decode()
    half = officer.post(url("appointments"), row(chosen, outcome="fit", screened_on="")).content.decode()

    chosen.refresh_from_db()
    assert "<form" in form
    assert INVALID in half
    assert chosen.state == Candidacy.APPROVED


@pytest.mark.parametrize(("function", "asks"), [(Function.COORDINATOR, True), (Function.COMMITTEE, False)])
def test_whoever_was_chosen_is_screened_where_the_office_asks_for_it(
    cast: Cast, function: Function, asks: bool
) -> None:
    approved(cast, function)
    officer = signed_in(cast.officer)

    people, sheet = (officer.get(url(page)).content.decode() for page in ("people", "appointments"))

    assert url("appointments") in people
    assert ("Outcome of the screening" in sheet) is asks


def test_whoever_was_not_chosen_has_no_next_step(cast: Cast) -> None:
    chosen, officer = put_forward(cast), signed_in(cast.officer)
    before = officer.get(url("people")).content.decode()
    candidates.withdraw_candidacy(candidate=chosen, by=cast.officer, at=NOW)

    after = officer.get(url("people")).content.decode()

    assert url("vote", chosen.pk) in before
    assert url("vote", chosen.pk) not in after
    assert url("appointments") not in after


@pytest.mark.parametrize("whom", ["coordinator", "officer"])
def test_a_new_start_is_asked_for_after_a_question(cast: Cast, whom: str) -> None:
    someone = cast.here.coordinator if whom == "coordinator" else cast.second_officer
    contact(someone, "email", "clara@plp.test")
    account_of(someone)
    mandate = Mandate.objects.get(person=someone)
    desk = signed_in(cast.officer if whom == "coordinator" else cast.chief)
    address = url("start", mandate.pk) if whom == "coordinator" else reverse("mandates:start_police", args=[mandate.pk])

    asked, none_yet = desk.get(address).content.decode(), Recovery.objects.exists()
    told = desk.post(address, follow=True).content.decode()

    assert "<form" in asked
    assert not none_yet
    assert "A second person at the police must agree, within two days." in told
    assert Recovery.objects.get().account == Account.objects.get(person=someone)


def test_an_office_is_laid_down_on_a_day(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    client, address = signed_in(cast.here.coordinator), reverse("mandates:resign", args=[own.pk])

    form, bad = client.get(address).content.decode(), client.post(address, {"last_day": "soon"}).content.decode()

    own.refresh_from_db()
    assert 'value="2026-11-25"' in form
    assert INVALID in bad
    assert own.ends_at is None
