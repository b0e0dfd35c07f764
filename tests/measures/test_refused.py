"""What is refused about a file leaves the file, the person and the journal as they were."""

from datetime import date, datetime
from functools import partial

import pytest

from plp.delivery.texts import Slot
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.measures import refusals
from plp.measures.actions import appeals, files, steps
from plp.measures.models import File, Measure
from plp.measures.papers import appeal_paper
from plp.measures.queries import files_in_scope, files_with_unread_words, may_read_words, words_shown
from plp.measures.states import Appealing, MeasureGround, MeasureState, MeasureStep
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, hold
from tests.factories.rows import leaves_all
from tests.measures.stage import DAY, MINUTE, Stage

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("measures", "mandates", "partnership"))
TODAY, TOMORROW = NOW.date(), (NOW + DAY).date()


@pytest.fixture
def stage() -> Stage:
    return Stage()


def talk(file: File, by: Person, held_on: date = TODAY) -> Measure:
    return files.note_talk(file=file, held_on=held_on, came=True, by=by, at=NOW)


def lodge(measure: Measure, by: Person, sent_on: date = TODAY) -> None:
    appeals.note_appeal(measure=measure, way="letter", sent_on=sent_on, by=by, at=NOW)


def test_who_has_a_part_in_the_ladder_but_not_in_the_step_does_nothing_in_it(stage: Stage) -> None:
    file = stage.about_coordinator(talked=False)

    assert refused(lambda: talk(file, stage.mayor), refusals.NotYourStep)
    assert refused(lambda: talk(file, stage.here.deputy), NotAllowed)


def test_who_the_file_is_about_decides_nothing_in_it_by_another_office(stage: Stage) -> None:
    hold(stage.here.coordinator, Role.OFFICER, stage.zone)
    file = stage.about_coordinator()
    removal, first = stage.taken(file, MeasureStep.EXCLUSION), file.measures.get(step=MeasureStep.TALK)

    assert refused(lambda: talk(file, stage.here.coordinator), refusals.NotYourStep)
    assert refused(lambda: lodge(removal, stage.here.coordinator), refusals.NotYourStep)
    assert refused(lambda: steps.drop_measure(measure=first, by=stage.here.coordinator, at=NOW), refusals.NotYourStep)
    assert refused(lambda: files.close_file(file=file, by=stage.here.coordinator, at=NOW), refusals.NotYourStep)


@pytest.mark.parametrize("day", [TOMORROW, (NOW - 367 * DAY).date()])
def test_what_happened_on_a_day_that_cannot_be_is_no_step(stage: Stage, day: date) -> None:
    file = stage.about_member()
    given = {"step": MeasureStep.REPRIMAND, "grounds": [MeasureGround.RULES], "by": stage.officer, "at": NOW}

    assert refused(lambda: steps.propose_measure(file=file, happened_on=day, **given), refusals.BadMeasureDay)


def test_an_appeal_and_a_copy_are_of_a_day_after_the_removal(stage: Stage) -> None:
    removal = stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)

    for day in (TOMORROW, (NOW - DAY).date()):
        assert refused(lambda day=day: lodge(removal, stage.mayor, day), refusals.BadMeasureDay)
    assert refused(
        lambda: steps.note_copy_sent(measure=removal, on=TOMORROW, by=stage.mayor, at=NOW), refusals.BadMeasureDay
    )


def test_only_what_suspends_is_lifted_and_only_a_removal_is_copied(stage: Stage) -> None:
    reprimand = stage.taken(stage.about_coordinator(), MeasureStep.REPRIMAND)

    assert refused(lambda: steps.lift_measure(measure=reprimand, by=stage.officer, at=NOW), WrongState)
    assert refused(lambda: steps.note_copy_sent(measure=reprimand, on=TODAY, by=stage.officer, at=NOW), WrongState)


def test_a_closed_file_takes_no_more(stage: Stage) -> None:
    file = stage.about_member()
    files.close_file(file=file, by=stage.here.coordinator, at=NOW)

    assert refused(lambda: talk(file, stage.officer), WrongState)
    assert refused(lambda: files.write_own_words(file=file, words="Moi ?", by=stage.member, at=NOW), WrongState)
    assert refused(lambda: files.close_file(file=file, by=stage.here.coordinator, at=NOW), WrongState)


def test_a_removal_with_its_appeal_is_closed_once_the_appeal_is_decided(stage: Stage) -> None:
    file = stage.about_coordinator()
    removal = stage.taken(file, MeasureStep.EXCLUSION)
    lodge(removal, stage.mayor)
    assert refused(lambda: files.close_file(file=file, by=stage.officer, at=NOW), refusals.StillGoing)

    appeals.decide_appeal(
        appeal=removal.appeal, upheld=True, words_fingerprint="", proven_at=NOW, by=stage.mayor, at=NOW
    )
    files.close_file(file=file, by=stage.officer, at=NOW)

    paper = appeal_paper(removal.appeal, "en")
    assert "accepted" in str(paper)
    assert (Measure.objects.get(pk=removal.pk).state, file.closed_at) == (MeasureState.ANNULLED, NOW)


def test_nobody_sees_no_file(stage: Stage) -> None:
    stage.about_member()

    assert not files_in_scope(None, at=NOW).exists()


def test_words_are_passed_on_by_the_police_once_and_as_they_were_read(stage: Stage) -> None:
    silent = stage.about_coordinator()
    assert refused(lambda: stage.pass_on(silent), WrongState)
    file = stage.said(stage.about_member())
    assert refused(lambda: stage.pass_on(file, by=stage.here.coordinator), refusals.NotYourStep)
    stage.said(file, "Une Golf grise, plaque 1-ABC-123.")

    assert refused(lambda: stage.pass_on(file), refusals.OtherWordsThanShown)
    stage.pass_on(File.objects.get(pk=file.pk))

    assert File.objects.get(pk=file.pk).words_passed_on_at == NOW


def test_nobody_outside_the_police_signs_while_words_wait(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    file = stage.said(file)
    for role in (Role.OFFICER, Role.CHIEF):
        stage.sign(measure, role)  # they read the words
    assert refused(lambda: stage.sign(measure, Role.MUNICIPALITY), refusals.WordsUnread)
    stage.pass_on(file)

    stage.sign(measure, Role.MUNICIPALITY)

    assert Measure.objects.get(pk=measure.pk).state == MeasureState.TAKEN


def test_the_same_words_once_more_change_nothing(stage: Stage) -> None:
    file = stage.said(stage.about_member(), "Je n’y étais pas.")
    stage.pass_on(file)
    before, entries = File.objects.values().get(pk=file.pk), Entry.objects.count()

    stage.said(file, " Je n’y étais pas. ", at=NOW + DAY)

    assert (File.objects.values().get(pk=file.pk), Entry.objects.count()) == (before, entries)


def test_whoever_is_judged_stops_no_signature_by_writing_again(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    stage.pass_on(stage.said(file))
    again = stage.said(file, "Je vois cela autrement.", at=NOW + DAY)

    stage.sign(measure, Role.COORDINATOR, NOW + DAY)

    assert not may_read_words(again, [Role.COORDINATOR], at=NOW + DAY)  # it waits for the police all the same
    assert files_with_unread_words(stage.officer, at=NOW + DAY) == [again]
    assert measure.signatures.count() == 1


def test_words_of_characters_that_are_taken_out_are_no_words(stage: Stage) -> None:
    file = stage.about_member()

    for words in (Slot.NAME, f" {Slot.NAME}\n"):
        assert refused(lambda words=words: stage.said(file, words), refusals.NoOwnWords)


def test_a_signature_is_under_the_words_that_were_seen(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, words="0" * 64), refusals.OtherWordsThanShown)
    read = stage.said(file)
    stage.pass_on(read)
    other = stage.said(file, "Je vois cela autrement.")
    assert refused(
        lambda: stage.sign(measure, Role.COORDINATOR, words=read.words_fingerprint), refusals.OtherWordsThanShown
    )
    stage.pass_on(other)
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, words=""), refusals.OtherWordsThanShown)

    stage.sign(measure, Role.COORDINATOR, words=other.words_fingerprint)

    assert measure.signatures.count() == 1


def test_the_police_do_not_stop_a_decision_on_an_appeal_for_more_than_a_week(stage: Stage) -> None:
    file = stage.about_coordinator()
    removal = stage.taken(file, MeasureStep.EXCLUSION)
    lodge(removal, stage.mayor)
    words, week = stage.said(file), 7 * DAY

    def decide(at: datetime) -> None:
        shown = words_shown(words, [Role.MUNICIPALITY], at=at)
        told = {"upheld": False, "words_fingerprint": shown, "proven_at": at, "at": at}
        appeals.decide_appeal(appeal=removal.appeal, by=stage.mayor, **told)

    assert refused(lambda: decide(NOW + week - MINUTE), refusals.WordsUnread)
    decide(NOW + week)

    assert removal.appeal.state == Appealing.REJECTED
    assert not may_read_words(words, [Role.COORDINATOR], at=NOW + 60 * DAY)  # a neighbour reads nothing unread


def test_an_appeal_is_accepted_at_any_time(stage: Stage) -> None:
    file = stage.about_coordinator()
    removal = stage.taken(file, MeasureStep.EXCLUSION)
    lodge(removal, stage.mayor)
    stage.said(file)

    appeals.decide_appeal(
        appeal=removal.appeal, upheld=True, words_fingerprint="", proven_at=NOW, by=stage.mayor, at=NOW
    )

    assert Measure.objects.get(pk=removal.pk).state == MeasureState.ANNULLED
