"""What is refused about a file leaves the file, the person and the journal as they were."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from plp.delivery.texts import Slot
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.measures import refusals
from plp.measures.actions import appeals, files, steps
from plp.measures.ladders import OFFICES
from plp.measures.models import File, Measure, OwnWords
from plp.measures.papers import appeal_paper
from plp.measures.queries import files_in_scope, own_words_for, own_words_for_police_to_read, words_fingerprint
from plp.measures.rules import MOST_TIMES
from plp.measures.states import Appealing, MeasureGround, MeasureState, MeasureStep
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, hold
from tests.factories.rows import leaves_all
from tests.measures.stage import DAY, Stage

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("measures", "mandates", "partnership"))
TODAY, TOMORROW = NOW.date(), (NOW + DAY).date()


def talk(file: File, by: Person, held_on: date = TODAY) -> Measure:
    return files.note_talk_and_notify(file=file, held_on=held_on, came=True, by=by, at=NOW)


def lodge(measure: Measure, by: Person, sent_on: date = TODAY) -> None:
    appeals.note_appeal_and_notify(measure=measure, way="letter", sent_on=sent_on, by=by, at=NOW)


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
    assert refused(
        lambda: files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW), refusals.NotYourStep
    )


@pytest.mark.parametrize("day", [TOMORROW, (NOW - 367 * DAY).date()])
def test_what_happened_on_a_day_that_cannot_be_is_no_step(stage: Stage, day: date) -> None:
    file = stage.about_member()
    given = {"step": MeasureStep.REPRIMAND, "grounds": [MeasureGround.RULES], "by": stage.officer, "at": NOW}

    assert refused(
        lambda: steps.propose_measure_and_ask_signature(file=file, happened_on=day, **given), refusals.BadMeasureDay
    )


def test_an_appeal_and_a_copy_are_of_a_day_after_the_removal(stage: Stage) -> None:
    removal = stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)

    for day in (TOMORROW, (NOW - DAY).date()):
        assert refused(lambda day=day: lodge(removal, stage.mayor, day), refusals.BadAppealDay)
    assert refused(
        lambda: steps.note_interior_copy(measure=removal, on=TOMORROW, by=stage.mayor, at=NOW), refusals.BadMeasureDay
    )


def test_only_what_suspends_is_lifted_and_only_a_removal_is_copied(stage: Stage) -> None:
    reprimand = stage.taken(stage.about_coordinator(), MeasureStep.REPRIMAND)

    assert refused(lambda: steps.lift_measure_and_notify(measure=reprimand, by=stage.officer, at=NOW), WrongState)
    assert refused(lambda: steps.note_interior_copy(measure=reprimand, on=TODAY, by=stage.officer, at=NOW), WrongState)


def test_a_closed_file_takes_no_more(stage: Stage) -> None:
    file = stage.about_member()
    files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW)

    assert refused(lambda: talk(file, stage.officer), WrongState)
    assert refused(
        lambda: files.write_own_words_and_notify(file=file, words="Moi ?", by=stage.member, at=NOW),
        refusals.NoMoreOwnWords,
    )
    assert refused(lambda: files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW), WrongState)


def test_a_removal_with_its_appeal_is_closed_once_the_appeal_is_decided(stage: Stage) -> None:
    file = stage.about_coordinator()
    removal = stage.taken(file, MeasureStep.EXCLUSION)
    lodge(removal, stage.mayor)
    assert refused(lambda: files.close_measures_file(file=file, by=stage.officer, at=NOW), refusals.StillGoing)

    appeals.decide_appeal_and_restore_if_upheld(
        appeal=removal.appeal, upheld=True, words_fingerprint="", proven_at=NOW, by=stage.mayor, at=NOW
    )
    files.close_measures_file(file=file, by=stage.officer, at=NOW)

    paper = appeal_paper(removal.appeal, "en")
    assert "accepted" in str(paper)
    assert (Measure.objects.get(pk=removal.pk).state, file.closed_at) == (MeasureState.ANNULLED, NOW)


def test_nobody_sees_no_file(stage: Stage) -> None:
    stage.about_member()

    assert not files_in_scope(None, at=NOW).exists()


def test_what_the_police_read_is_passed_on_or_kept_by_them_once(stage: Stage) -> None:
    words = stage.said(stage.about_member())
    own = {"words": words, "by": stage.member, "at": NOW}
    assert refused(lambda: stage.pass_on(words, by=stage.here.coordinator), refusals.NotYourStep)
    for by in (stage.mayor, stage.here.deputy, stage.foreign_officer):
        assert refused(lambda by=by: stage.pass_on(words, by=by), NotAllowed), by.name
    hold(stage.member, Role.OFFICER, stage.zone)
    assert refused(lambda: files.pass_on_or_keep_own_words(passes_on=True, **own), refusals.NotYourStep)

    stage.pass_on(words)

    assert refused(lambda: stage.keep(words), WrongState)
    assert own_words_for(words.file, [Role.COORDINATOR]) == [words]


def test_what_describes_others_reaches_no_neighbour_and_stops_no_signature(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    words = stage.said(file, "Une Golf grise, plaque 1-ABC-123.")
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR), refusals.WordsUnread)
    stage.keep(words)

    stage.sign(measure, Role.COORDINATOR)

    seen = [own_words_for(file, [role]) for role in OFFICES]
    assert dict(zip(OFFICES, seen, strict=True)) == {
        Role.COORDINATOR: [],
        Role.OFFICER: [words],
        Role.CHIEF: [words],
        Role.MUNICIPALITY: [],
    }
    assert own_words_for(file, [Role.COORDINATOR, Role.MUNICIPALITY]) == []  # who holds both is a neighbour here
    stage.said(file, "Je n’y étais pas.")  # written anew


def test_what_was_kept_by_a_slip_is_passed_on_later_while_the_file_is_open(stage: Stage) -> None:
    words = stage.said(stage.about_member())
    stage.keep(words)

    stage.pass_on(words, at=NOW + DAY)

    assert own_words_for(words.file, [Role.COORDINATOR]) == [words]
    words.refresh_from_db()
    assert (words.passed_on_at, words.held_back_at) == (NOW + DAY, None)
    kept = stage.said(words.file, "La voiture grise de Luc.", at=NOW + DAY)
    stage.keep(kept, at=NOW + DAY)
    files.close_measures_file(file=words.file, by=stage.here.coordinator, at=NOW + DAY)
    assert refused(lambda: stage.pass_on(kept, at=NOW + DAY), WrongState)


def test_the_authority_reads_at_once_what_a_coordinator_says(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    words = stage.said(file)

    for role in measure.rung.signers:
        assert own_words_for(file, [role]) == [words]
        stage.sign(measure, role)

    assert Measure.objects.get(pk=measure.pk).state == MeasureState.TAKEN
    assert refused(lambda: stage.keep(words), WrongState)  # nothing of it is kept from the authority
    assert own_words_for_police_to_read(stage.officer, at=NOW) == []


def test_the_same_words_once_more_change_nothing(stage: Stage) -> None:
    file = stage.about_member()
    stage.pass_on(stage.said(file, "Je n’y étais pas."))
    before, entries = list(OwnWords.objects.values()), Entry.objects.count()

    stage.said(file, " Je n’y étais pas. ", at=NOW + DAY)

    assert (list(OwnWords.objects.values()), Entry.objects.count()) == (before, entries)


def test_what_was_passed_on_stays_and_what_is_added_waits_for_the_police(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    first = stage.said(file)
    assert refused(lambda: stage.said(file, "Encore ceci."), refusals.NoMoreOwnWords)  # one after the other
    stage.pass_on(first)
    second = stage.said(file, "Je vois cela autrement.", at=NOW + DAY)

    assert own_words_for(file, [Role.COORDINATOR]) == [first]
    assert own_words_for_police_to_read(stage.officer, at=NOW + DAY) == [second]
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, NOW + DAY), refusals.WordsUnread)
    stage.pass_on(second, at=NOW + DAY)
    stage.sign(measure, Role.COORDINATOR, NOW + DAY)
    assert own_words_for(file, [Role.COORDINATOR]) == [first, second]


@pytest.mark.parametrize("settle", [Stage.pass_on, Stage.keep])
def test_nobody_stops_a_decision_for_ever_by_writing_again(
    stage: Stage, settle: Callable[[Stage, OwnWords], None]
) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    for number in range(MOST_TIMES):
        settle(stage, stage.said(file, f"Ceci est le texte {number}.", at=NOW + number * DAY))

    later = NOW + 10 * DAY
    assert refused(lambda: stage.said(file, "Encore un.", at=later), refusals.NoMoreOwnWords)
    stage.sign(measure, Role.COORDINATOR, later)
    files.note_talk_and_notify(file=file, held_on=later.date(), came=True, by=stage.officer, at=later)
    assert stage.said(file, "Sur cet entretien.", at=later).is_waiting_for_police  # each letter can be answered


def test_an_appeal_can_be_answered_for_and_is_decided_under_all_that_was_written(stage: Stage) -> None:
    file = stage.about_coordinator()
    removal = stage.taken(file, MeasureStep.EXCLUSION)
    for number in range(MOST_TIMES):
        stage.said(file, f"Ceci est le texte {number}.")
    assert refused(lambda: stage.said(file, "Encore un."), refusals.NoMoreOwnWords)
    later = NOW + DAY
    appeals.note_appeal_and_notify(measure=removal, way="letter", sent_on=TODAY, by=stage.mayor, at=later)
    before = own_words_for(file, [Role.MUNICIPALITY])
    words = stage.said(file, "Ma vraie réponse.", at=later)

    def decide(seen: list[OwnWords]) -> None:
        shown = {"words_fingerprint": words_fingerprint(seen, kept=[]), "proven_at": later}
        appeals.decide_appeal_and_restore_if_upheld(
            appeal=removal.appeal, upheld=False, by=stage.mayor, at=later, **shown
        )

    assert refused(lambda: decide(before), refusals.OtherWordsThanShown)
    decide([*before, words])

    assert removal.appeal.state == Appealing.REJECTED
    entry = Entry.objects.get(verb="measure.appeal_decided")
    assert entry.details["words"] == words_fingerprint([*before, words], kept=[])


def test_words_of_characters_that_are_taken_out_are_no_words(stage: Stage) -> None:
    file = stage.about_member()

    for words in (Slot.NAME, f" {Slot.NAME}\n"):
        assert refused(lambda words=words: stage.said(file, words), refusals.NoOwnWords)


def test_a_signature_is_under_the_words_that_were_seen(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, words="0" * 64), refusals.OtherWordsThanShown)
    words = stage.said(file)
    stage.pass_on(words)
    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, words=""), refusals.OtherWordsThanShown)

    stage.sign(measure, Role.COORDINATOR)

    assert measure.signatures.count() == 1
    assert Entry.objects.get(verb="measure.signed").details["words"] == words_fingerprint([words], kept=[])


def test_whoever_signs_knows_that_a_text_came_which_the_police_keep(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    stage.keep(stage.said(file))

    assert refused(lambda: stage.sign(measure, Role.COORDINATOR, words=""), refusals.OtherWordsThanShown)
    stage.sign(measure, Role.COORDINATOR)

    assert measure.signatures.count() == 1
    assert Entry.objects.get(verb="measure.signed").details["words"]


def test_a_file_in_which_words_wait_is_not_closed(stage: Stage) -> None:
    file = stage.about_member()
    words = stage.said(file)
    assert refused(lambda: files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW), refusals.StillGoing)

    stage.pass_on(words)
    files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW)

    assert file.closed_at == NOW


def test_words_in_a_file_closed_in_0_2_0_ask_nothing_of_the_police(stage: Stage) -> None:
    file = stage.about_member()
    words = stage.said(file)
    assert own_words_for_police_to_read(stage.officer, at=NOW) == [words]

    File.objects.filter(pk=file.pk).update(closed_at=NOW)

    assert own_words_for_police_to_read(stage.officer, at=NOW) == []


def test_what_was_written_in_0_2_0_after_the_tables_came_is_lost_to_nobody(stage: Stage) -> None:
    of_member, of_office = stage.about_member(), stage.about_coordinator()
    first, later, text = stage.said(of_member), NOW + DAY, "Je n’y étais pas."
    for file in (of_member, of_office):  # as 0.2.0 writes
        file.words, file.words_at = text, later
        file.save(update_fields=["words", "words_at"])
    files.migrate_own_words_of_0_2_0(by=None, at=later)
    assert not of_member.own_words.exclude(pk=first.pk).exists()  # one waits at a time
    stage.pass_on(first)

    for _turn in range(2):
        files.migrate_own_words_of_0_2_0(by=None, at=later)

    rows = [(one.file, one.words, one.written_at, one.passed_on_at) for one in OwnWords.objects.exclude(pk=first.pk)]
    assert len(rows) == 2
    assert {(of_member, text, later, None), (of_office, text, later, later)} == set(rows)
    assert own_words_for_police_to_read(stage.officer, at=later) == [of_member.own_words.last()]
