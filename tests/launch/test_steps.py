"""What is refused on the way to the launch and after it, and that the machine needs no mandate."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import Model

from plp.charter import actions as charter
from plp.charter.actions.money import FinancingEntry
from plp.documents import Missing
from plp.journal.models import Entry as Noted
from plp.launch.actions import (
    consultations,
    dates,
    informed_streets,
    life,
    publicity,
    recognition,
    steps,
    surveys,
    texts,
)
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY
from plp.launch.dossier import dossier_papers
from plp.launch.models import (
    CalendarLink,
    Consultation,
    Informing,
    LifeAct,
    PackText,
    Publication,
    Recognition,
    Reopening,
    Sending,
    ShowOfHands,
    Sign,
    Tick,
    ZoneRule,
)
from plp.launch.queries.dates import due_dates_in_plan_nearest_first
from plp.launch.queries.positions import position_rows
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import (
    AuthorityObjects,
    BadSignCount,
    DayTooEarly,
    DossierIncomplete,
    FactsMissing,
    PublicationProofMissing,
    ReasonMissing,
    ReferenceMissing,
    RemarksMissing,
    TickNotByHand,
)
from plp.partnership.states import State
from plp.toolbox.moves import Refused, WrongState
from tests.factories.cast import NOW, Cast
from tests.launch.ground import Ground
from tests.launch.journey import Journey, before, reopen
from tests.launch.test_groundwork import talk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
TOLD = {"by": None, "at": NOW}


def hold_talks(walk: Journey, **outcomes: str) -> None:
    """Every talk that must be held, agreed unless told otherwise."""
    for authority in ("police", "municipality", "governor", "prosecutor"):
        held = talk(authority, outcome=outcomes.get(authority, "agreed"))
        consultations.record_consultation(partnership=walk.partnership, talk=held, by=None, at=walk.at)


def ticked(cast: Cast) -> Tick:
    """The partnership does without a committee."""
    given = {"fact": "committee_settled", "happened_on": TODAY}
    return steps.tick_fact_by_hand(partnership=cast.here.partnership, **given, **TOLD)


def filed(cast: Cast, state: str = "sent", **changes: object) -> Recognition:
    """The file of the partnership, sent today."""
    given = {"partnership": cast.here.partnership, "opened_at": NOW, "sent_on": TODAY}
    return Recognition.objects.create(state=state, **(given | changes))


def ordered(cast: Cast) -> Sign:
    """Stickers that were ordered today."""
    given = {"kind": "sticker", "count": 50, "place": "Boîtes", "road_manager": "", "ordered_on": TODAY}
    return publicity.record_sign_or_sticker_order(partnership=cast.here.partnership, **given, **TOLD)


def published(cast: Cast, **changes: str) -> Publication:
    """A word in the municipal paper."""
    given = {"medium": "bulletin", "title": "Haren Info", "published_on": TODAY, "proof": "n° 4, p. 2"}
    return publicity.record_launch_publication(partnership=cast.here.partnership, **(given | changes), **TOLD)


def consulted(cast: Cast) -> Consultation:
    return consultations.record_consultation(partnership=cast.here.partnership, talk=talk(), **TOLD)


def change_talk(cast: Cast) -> None:
    consultations.correct_consultation(consultation=consulted(cast), talk=talk(outcome="waiting"), **TOLD)


def strike_talk(cast: Cast) -> None:
    consultations.delete_consultation(consultation=consulted(cast), **TOLD)


def untick_press(cast: Cast) -> None:
    given = {"means": "press", "streets": [], "informed_on": TODAY, "carrier": "Le Journal"}
    informed_streets.mark_streets_informed(partnership=cast.here.partnership, **given, **TOLD)
    informed_streets.delete_street_tick(informing=cast.here.partnership.informing.get(), **TOLD)


def count_hands(cast: Cast) -> None:
    given = {"held_on": TODAY, "occasion": "soirée", "yes": 9, "no": 1, "unsure": 0}
    surveys.record_show_of_hands(partnership=cast.here.partnership, **given, **TOLD)


def word(cast: Cast) -> None:
    texts.save_new_version_of_document_text(
        owner=cast.zone, entry=BY_KEY["letter_mayor"], language="fr", source="Bonjour.", **TOLD
    )


BY_THE_MACHINE: list[tuple[Callable[[Cast], object], type[Model], int]] = [
    (consulted, Consultation, 1),
    (change_talk, Consultation, 1),
    (strike_talk, Consultation, 0),
    (untick_press, Informing, 0),
    (count_hands, ShowOfHands, 1),
    (word, PackText, 1),
    (ticked, Tick, 1),
    (ordered, Sign, 1),
    (published, Publication, 1),
    (lambda cast: dates.replace_secret_calendar_link(partnership=cast.here.partnership, **TOLD), CalendarLink, 1),
    (
        lambda cast: life.rest_partnership_and_notify(partnership=cast.here.partnership, reason="Pause", **TOLD),
        LifeAct,
        1,
    ),
    (
        lambda cast: recognition.set_recognition_and_figures_rule_of_zone(
            zone=cast.zone, needs_recognition=False, **TOLD
        ),
        ZoneRule,
        1,
    ),
]


@pytest.mark.parametrize(("act", "model", "left"), BY_THE_MACHINE)
def test_the_machine_needs_no_mandate(cast: Cast, act: Callable[[Cast], object], model: type[Model], left: int) -> None:
    act(cast)

    assert model._default_manager.count() == left


def test_an_authority_against_it_holds_the_creation_until_it_says_otherwise() -> None:
    walk = Journey()
    hold_talks(walk, governor="against")

    with pytest.raises(AuthorityObjects):
        steps.move_partnership_to_creation(partnership=walk.partnership, by=None, at=walk.at)
    assert walk.partnership.state == State.IDEA

    hold_talks(walk)
    steps.move_partnership_to_creation(partnership=walk.partnership, by=None, at=walk.at)
    assert walk.partnership.state == State.CREATION


@pytest.mark.parametrize("fact", ["police_consulted", "charter_signed", "nothing_known"])
def test_what_rows_tell_is_not_ticked(cast: Cast, fact: str) -> None:
    with pytest.raises(TickNotByHand):
        steps.tick_fact_by_hand(partnership=cast.here.partnership, fact=fact, happened_on=TODAY, **TOLD)

    assert not Tick.objects.exists()


def test_a_tick_is_set_once_and_taken_back_once(cast: Cast) -> None:
    first = ticked(cast)
    with pytest.raises(WrongState):
        ticked(cast)

    steps.untick_fact(tick=first, by=None, at=NOW)
    with pytest.raises(WrongState):
        steps.untick_fact(tick=first, by=None, at=NOW + timedelta(days=1))

    assert Tick.objects.get().undone_at == NOW


def test_a_step_is_opened_again_for_a_reason_and_closed_once_its_facts_are_back() -> None:
    walk = Journey()
    walk.go_through(before("statements_complete"))
    given = {"partnership": walk.partnership, "step": "idea", "by": None, "at": walk.at}
    with pytest.raises(ReasonMissing):
        steps.reopen_finished_step(reason=" ", **given)

    again = steps.reopen_finished_step(reason="Une rue en plus.", **given)
    steps.close_reopened_step(reopening=again, by=None, at=walk.at)
    with pytest.raises(WrongState):
        steps.close_reopened_step(reopening=again, by=None, at=walk.at + timedelta(days=1))

    assert Reopening.objects.get().closed_at == walk.at


def test_a_step_is_not_closed_while_a_fact_of_it_is_gone() -> None:
    walk = Journey()
    walk.go_through(before("area_drawn"))
    reopen("consultation")(walk)
    consultations.delete_consultation(consultation=Consultation.objects.get(authority="police"), by=None, at=walk.at)

    with pytest.raises(FactsMissing):
        steps.close_reopened_step(reopening=Reopening.objects.get(), by=None, at=walk.at)

    assert Reopening.objects.get().closed_at is None


REFUSED: list[tuple[Callable[[Cast], object], type[Refused], type[Model], int]] = [
    (lambda cast: published(cast, proof=" "), PublicationProofMissing, Publication, 0),
    (lambda cast: published(cast, title=" "), PublicationProofMissing, Publication, 0),
    *(
        (
            lambda cast, count=count: publicity.record_sign_or_sticker_order(
                partnership=cast.here.partnership,
                kind="sticker",
                count=count,
                place="Boîtes",
                road_manager="",
                ordered_on=TODAY,
                **TOLD,
            ),
            BadSignCount,
            Sign,
            0,
        )
        for count in (0, -1, 5001)
    ),
    (lambda cast: dossier_papers(cast.here.partnership, "fr", at=NOW), DossierIncomplete, Sending, 0),
    (
        lambda cast: recognition.record_file_returned_by_interior(
            recognition=filed(cast), returned_on=TODAY, remarks=" ", **TOLD
        ),
        RemarksMissing,
        Recognition,
        1,
    ),
    (
        lambda cast: recognition.record_validation_by_interior(
            recognition=filed(cast), validated_on=TODAY, reference=" ", **TOLD
        ),
        ReferenceMissing,
        Recognition,
        1,
    ),
    (
        lambda cast: recognition.record_file_sent_to_interior(
            partnership=filed(cast, "returned", returned_on=TODAY + timedelta(days=1)).partnership,
            sent_on=TODAY,
            file=b"zip",
            **TOLD,
        ),
        DayTooEarly,
        Sending,
        0,
    ),
]


@pytest.mark.parametrize(("act", "refusal", "model", "left"), REFUSED)
def test_what_lacks_its_proof_is_not_kept(
    cast: Cast, act: Callable[[Cast], object], refusal: type[Refused], model: type[Model], left: int
) -> None:
    with pytest.raises(refusal):
        act(cast)

    assert model._default_manager.count() == left
    assert {one.state for one in Recognition.objects.all()} <= {"sent", "returned"}


def test_signs_are_placed_once(cast: Cast) -> None:
    sign = ordered(cast)
    publicity.save_day_signs_were_placed(sign=sign, placed_on=TODAY, **TOLD)

    with pytest.raises(WrongState):
        publicity.save_day_signs_were_placed(
            sign=sign, placed_on=TODAY + timedelta(days=1), by=None, at=NOW + timedelta(days=1)
        )

    assert Sign.objects.get().placed_on == TODAY


def test_a_file_that_goes_and_comes_back_after_the_launch_leaves_the_partnership_active(cast: Cast) -> None:
    partnership = cast.here.partnership

    recognition.record_file_sent_to_interior(partnership=partnership, sent_on=TODAY, file=b"zip", **TOLD)
    recognition.record_file_returned_by_interior(
        recognition=partnership.recognition, returned_on=TODAY, remarks="Une annexe", **TOLD
    )

    assert (Recognition.objects.get().state, Sending.objects.count()) == ("returned", 1)
    assert partnership.state == State.ACTIVE


def test_the_machine_opens_what_lacks_nothing_and_nothing_else() -> None:
    walk = Journey()

    with pytest.raises(FactsMissing):
        life.launch_partnership(partnership=walk.partnership, by=None, at=walk.at)

    assert (walk.partnership.launched_at, walk.partnership.state) == (None, State.IDEA)


def test_letters_that_were_printed_are_noted_by_the_machine_too() -> None:
    ground = Ground()
    running = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=TODAY, by=None, at=NOW
    )

    surveys.record_survey_letters_printed(survey=running, letters=6, by=None, at=NOW)

    assert Noted.objects.filter(verb="survey.letters_printed", actor="").count() == 1


def test_what_has_ended_has_no_dates(cast: Cast) -> None:
    life.end_partnership_and_notify(partnership=cast.here.partnership, reason="Décision de la réunion.", **TOLD)

    assert (
        due_dates_in_plan_nearest_first(step_plan_progress_of_partnership(cast.here.partnership, at=NOW), at=NOW) == []
    )


def test_a_partnership_without_a_copy_has_an_empty_row(cast: Cast) -> None:
    (row,) = position_rows([cast.here.partnership], at=NOW)

    assert (row.step, row.missing, row.since, row.done, row.late_days) == (None, None, None, 0, 0)


def test_what_a_partnership_costs_is_missing_until_it_is_nothing_or_something(cast: Cast) -> None:
    plan = charter.get_or_begin_financing_draft(partnership=cast.here.partnership, **TOLD)
    unknown = values_of_all_placeholders(gather_partnership_data(cast.here.partnership, at=NOW), "en")["finance"]

    charter.save_financing_draft(plan=plan, entry=FinancingEntry(costs_nothing=True), **TOLD)

    assert isinstance(unknown, Missing)
    assert (
        values_of_all_placeholders(gather_partnership_data(cast.here.partnership, at=NOW), "en")["finance"]
        == "There are no costs."
    )
