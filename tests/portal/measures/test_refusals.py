"""Every step of a measure is shown before it is done; what is not there yet, or not one's turn, is not found."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.measures.actions import appeals
from plp.measures.models import File, Measure
from plp.measures.states import MeasureState, MeasureStep
from tests.factories.cast import NOW
from tests.measures.stage import Stage
from tests.portal.measures.test_pages import MINE, at, text_of
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Stage()


def missing(browser: Client, *addresses: str) -> bool:
    """Whether none of the addresses is found."""
    return {browser.get(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lodge", {"way": "email", "sent_on": ""}),
        ("copy", {"on": "soon"}),
        ("talk", {"held_on": "2026-11-24", "came": "perhaps"}),
    ],
)
def test_a_form_is_shown_and_comes_back_when_it_is_not_filled_in(
    stage: Stage, name: str, given: dict[str, str]
) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    address = at(name, file) if name == "talk" else at(name, file, measure.pk)
    chief = signed_in(stage.chief)

    form = text_of(chief, address)
    back = chief.post(address, given)

    measure.refresh_from_db()
    assert "<form" in form
    assert 'aria-invalid="true"' in back.content.decode()
    assert (measure.copied_on, hasattr(measure, "appeal"), file.measures.count()) == (None, False, 2)


def test_an_appeal_is_read_before_it_is_decided_and_has_no_letter_until_then(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    mayor, own = signed_in(stage.mayor), signed_in(stage.here.coordinator)
    mine = reverse("measures:my_appeal_letter", args=[measure.pk])
    none_yet = missing(mayor, at("decide", file, measure.pk), at("appeal_letter", file, measure.pk))
    appeals.note_appeal_and_notify(measure=measure, way="email", sent_on=NOW.date(), by=stage.chief, at=NOW)

    form = text_of(mayor, at("decide", file, measure.pk))
    unsaid = mayor.post(at("decide", file, measure.pk), {"outcome": ""})

    measure.refresh_from_db()
    assert none_yet
    assert "<form" in form
    assert 'aria-invalid="true"' in unsaid.content.decode()
    assert measure.appeal.decided_at is None
    assert missing(mayor, at("appeal_letter", file, measure.pk))
    assert missing(own, mine, reverse("measures:my_letter", args=[file.pk]))


def test_a_file_is_closed_after_a_question(stage: Stage) -> None:
    file = stage.about_member()

    asked = text_of(signed_in(stage.here.coordinator), at("close", file))

    assert "<form" in asked
    assert File.objects.get().closed_at is None


def test_a_measure_that_nobody_took_has_no_letter(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.REPRIMAND)

    assert missing(signed_in(stage.officer), at("letter", file, measure.pk), at("letter", file, file.pk))


def test_a_step_that_is_not_on_the_ladder_is_not_proposed(stage: Stage) -> None:
    file = stage.about_member()

    assert missing(signed_in(stage.officer), at("propose", file, "flogging"))


def test_whoever_signs_reads_the_letter_in_their_turn(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    first, *_others, last = (signed_in(stage.signer(role)) for role in measure.rung.signers)
    address = at("sign", file, measure.pk)

    early = missing(last, address)
    shown = text_of(first, address)
    unread = first.post(address, {"fingerprint": measure.fingerprint}).content.decode()

    measure.refresh_from_db()
    assert early
    assert measure.fingerprint in shown
    assert 'aria-invalid="true"' in unread
    assert measure.state == MeasureState.PROPOSED


@pytest.mark.parametrize(
    ("way", "told", "before", "after"),
    [
        (
            "drop",
            "The measure is not taken. The person does not hear of it.",
            MeasureState.PROPOSED,
            MeasureState.DROPPED,
        ),
        ("lift", "It is over. Everything is as it was before.", MeasureState.TAKEN, MeasureState.LIFTED),
    ],
)
def test_a_measure_ends_after_a_question(
    stage: Stage, way: str, told: str, before: MeasureState, after: MeasureState
) -> None:
    file = stage.about_member()
    measure = (
        stage.proposed(file, MeasureStep.REPRIMAND) if way == "drop" else stage.taken(file, MeasureStep.SUSPENSION)
    )
    officer, address = signed_in(stage.officer), at(way, file, measure.pk)

    asked, first = text_of(officer, address), Measure.objects.get(pk=measure.pk).state
    answer = officer.post(address, follow=True).content.decode()

    assert "<form" in asked
    assert told in answer
    assert (first, Measure.objects.get(pk=measure.pk).state) == (before, after)


def test_ones_own_words_are_asked_for_in_a_form(stage: Stage) -> None:
    file = stage.about_coordinator()
    stage.taken(file, MeasureStep.EXCLUSION)
    own, address = signed_in(stage.here.coordinator), reverse("measures:say", args=[file.pk])

    form = text_of(own, address)
    empty = own.post(address, {"words": ""})

    assert "<form" in form
    assert 'aria-invalid="true"' in empty.content.decode()
    assert not file.own_words.exists()
    assert text_of(own, MINE)
