"""Steps and their effect, signatures in turn, appeals, erasure (R99-R102)."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from plp.delivery.models import Dispatch, Message
from plp.documents import document_html
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed, may
from plp.measures import refusals
from plp.measures.actions import appeals, files, steps
from plp.measures.ladders import MEMBER, OFFICE
from plp.measures.models import File, Measure, Signature
from plp.measures.papers import measure_paper
from plp.measures.privacy import export
from plp.measures.queries import files_in_scope, measures_to_sign, own_disclosed_files
from plp.measures.states import MeasureGround, MeasureState, MeasureStep
from plp.membership.models import Membership
from plp.membership.queries import is_member, member_contacts
from plp.people.models import Person
from plp.toolbox.moves import Refused, WrongState
from tests.factories.cast import NOW, contact, member
from tests.measures.stage import DAY, MINUTE, Stage

pytestmark = pytest.mark.django_db


def belongs(stage: Stage) -> str:
    """Where the member stands."""
    return Membership.objects.get(person=stage.member).state


def relays(stage: Stage, someone: Person) -> bool:
    return may(someone, Permission.NOTICE_RELAY, stage.here.area, at=NOW)


def test_a_talk_and_a_reprimand_change_nothing_but_the_file(stage: Stage) -> None:
    before = list(Membership.objects.values()), list(Mandate.objects.values())

    measure = stage.taken(stage.about_member(), MeasureStep.REPRIMAND)

    assert measure.state == MeasureState.TAKEN
    assert (list(Membership.objects.values()), list(Mandate.objects.values())) == before
    told = Message.objects.filter(purpose__startswith="measures.").values_list("purpose", flat=True)
    assert list(told.order_by("pk")).count("measures.letter") == 2  # the talk, the reprimand


def test_a_provisional_exclusion_stops_everything_with_the_third_signature_and_ends_as_it_began(stage: Stage) -> None:
    partnership, file = stage.here.partnership, stage.about_member(talked=False)
    measure = stage.proposed(file, MeasureStep.SUSPENSION)
    stage.sign(measure, Role.COORDINATOR)
    stage.sign(measure, Role.OFFICER)
    halfway = belongs(stage)
    stage.sign(measure, Role.CHIEF)

    assert (halfway, belongs(stage)) == ("active", "suspended")
    assert not member_contacts(partnership).filter(person=stage.member).exists()
    assert not is_member(stage.member, partnership)

    measure.refresh_from_db()
    steps.lift_measure_and_notify(measure=measure, by=stage.chief, at=NOW + MINUTE)
    assert belongs(stage) == "active"
    assert member_contacts(partnership).filter(person=stage.member).exists()


def test_a_suspended_coordinator_loses_every_right_and_the_deputy_holds_until_it_is_lifted(stage: Stage) -> None:
    clara, denis = stage.here.coordinator, stage.here.deputy

    measure = stage.taken(stage.about_coordinator(talked=False), MeasureStep.SUSPENSION)

    assert relays(stage, clara) is False
    assert relays(stage, denis) is True
    steps.lift_measure_and_notify(measure=measure, by=stage.officer, at=NOW)
    assert relays(stage, clara) is True
    assert relays(stage, denis) is False


def test_signatures_come_in_turn_from_the_right_office_with_fresh_proof_on_the_same_text(stage: Stage) -> None:
    measure = stage.proposed(stage.about_member(), MeasureStep.EXCLUSION)
    good = {"slot": Role.COORDINATOR, "fingerprint": measure.fingerprint, "words_fingerprint": "", "proven_at": NOW}
    tries: list[tuple[type[Refused], Person, dict[str, object]]] = [
        (refusals.NotYourTurnToDecide, stage.officer, {"slot": Role.OFFICER}),
        (refusals.NotYourStep, stage.officer, {}),
        (refusals.NotYourStep, stage.here.coordinator, {"slot": Role.MUNICIPALITY}),
        (refusals.MeasureProofMissing, stage.here.coordinator, {"proven_at": NOW - 6 * MINUTE}),
        (refusals.MeasureProofMissing, stage.here.coordinator, {"proven_at": None}),
        (refusals.OtherTextThanShown, stage.here.coordinator, {"fingerprint": "0" * 64}),
        (NotAllowed, stage.next_door.coordinator, {}),
        (NotAllowed, stage.here.deputy, {}),
        (NotAllowed, stage.foreign_officer, {"slot": Role.OFFICER}),
    ]
    for refusal, someone, more in tries:
        with pytest.raises(refusal):
            steps.sign_measure_and_apply_when_complete(measure=measure, by=someone, at=NOW, **{**good, **more})
    assert not Signature.objects.exists()

    for role in measure.rung.signers:
        assert [one.pk for one in measures_to_sign(stage.signer(role), at=NOW)] == [measure.pk]
        stage.sign(measure, role)
    with pytest.raises(WrongState):
        stage.sign(measure, Role.CHIEF)
    assert belongs(stage) == "excluded"


def test_a_changed_row_cannot_be_signed(stage: Stage) -> None:
    measure = stage.proposed(stage.about_member(), MeasureStep.EXCLUSION)
    Measure.objects.filter(pk=measure.pk).update(grounds=[MeasureGround.RACISM])

    with pytest.raises(refusals.OtherTextThanShown):
        stage.sign(measure, Role.COORDINATOR)


def test_the_letter_of_a_suspension_names_the_reasons_that_were_chosen_and_promises_nobody_a_deputy(
    stage: Stage,
) -> None:
    measure = steps.propose_measure_and_ask_signature(
        file=stage.about_coordinator(),
        step=MeasureStep.SUSPENSION,
        grounds=[MeasureGround.RULES],
        happened_on=None,
        by=stage.officer,
        at=NOW,
    )

    letter = document_html(measure_paper(measure, "en"))

    with override("en"):
        assert [ground for ground in MeasureGround if str(ground.label) in letter] == [MeasureGround.RULES]
    assert "You are suspended from your function. Others do its tasks for now. You remain a member." in letter


def test_the_ladder_is_climbed_from_its_foot_with_a_reason(stage: Stage) -> None:
    file = stage.about_member(talked=False)

    def propose(step: MeasureStep, grounds: list[str], by: Person = stage.officer) -> None:
        steps.propose_measure_and_ask_signature(file=file, step=step, grounds=grounds, happened_on=None, by=by, at=NOW)

    with pytest.raises(refusals.TalkComesFirst):
        propose(MeasureStep.EXCLUSION, [MeasureGround.RULES])
    with pytest.raises(refusals.NoGround):
        propose(MeasureStep.SUSPENSION, [MeasureGround.RULES])
    files.note_talk_and_notify(file=file, held_on=NOW.date(), came=False, by=stage.officer, at=NOW)
    for words in ([], ["a free accusation"]):
        with pytest.raises(refusals.NoGround):
            propose(MeasureStep.REPRIMAND, words)
    with pytest.raises(refusals.NotYourStep):
        propose(MeasureStep.REPRIMAND, [MeasureGround.RULES], by=stage.here.coordinator)
    propose(MeasureStep.REPRIMAND, [MeasureGround.RULES])
    with pytest.raises(refusals.StepOpen):
        propose(MeasureStep.EXCLUSION, [MeasureGround.RULES])
    for day in (NOW.date() + DAY, NOW.date() - 367 * DAY):
        with pytest.raises(refusals.BadMeasureDay):
            files.note_talk_and_notify(file=file, held_on=day, came=True, by=stage.officer, at=NOW)


def test_a_removal_ends_the_office_and_an_upheld_appeal_gives_it_back(stage: Stage) -> None:
    clara = stage.here.coordinator
    file = stage.about_coordinator()
    stage.taken(file, MeasureStep.SUSPENSION)
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    assert relays(stage, clara) is False
    assert relays(stage, stage.here.deputy) is True
    assert not Mandate.objects.filter(person=clara, ends_at=None).exists()

    sent = NOW + 21 * DAY
    with pytest.raises(refusals.AppealTooLate):
        appeals.note_appeal_and_notify(
            measure=measure, way="email", sent_on=(sent + DAY).date(), by=stage.mayor, at=sent + 2 * DAY
        )
    appeal = appeals.note_appeal_and_notify(
        measure=measure, way="letter", sent_on=sent.date(), by=stage.mayor, at=sent + 2 * DAY
    )
    with pytest.raises(refusals.NoAppeal):
        appeals.note_appeal_and_notify(
            measure=measure, way="letter", sent_on=sent.date(), by=stage.mayor, at=sent + 2 * DAY
        )
    with pytest.raises(refusals.NotYourStep):
        appeals.decide_appeal_and_restore_if_upheld(
            appeal=appeal, upheld=True, words_fingerprint="", proven_at=sent, by=stage.officer, at=sent
        )
    with pytest.raises(refusals.MeasureProofMissing):
        appeals.decide_appeal_and_restore_if_upheld(
            appeal=appeal, upheld=True, words_fingerprint="", proven_at=sent - 6 * MINUTE, by=stage.mayor, at=sent
        )
    appeals.decide_appeal_and_restore_if_upheld(
        appeal=appeal, upheld=True, words_fingerprint="", proven_at=sent, by=stage.mayor, at=sent
    )

    measure.refresh_from_db()
    assert measure.state == MeasureState.ANNULLED
    assert may(clara, Permission.NOTICE_RELAY, stage.here.area, at=sent)
    with pytest.raises(WrongState):
        appeals.decide_appeal_and_restore_if_upheld(
            appeal=appeal, upheld=False, words_fingerprint="", proven_at=sent, by=stage.mayor, at=sent
        )


def test_there_is_no_appeal_for_a_member_and_none_before_the_decision(stage: Stage) -> None:
    excluded = stage.taken(stage.about_member(), MeasureStep.EXCLUSION)
    proposed = stage.proposed(stage.about_coordinator(), MeasureStep.EXCLUSION)
    for measure in (excluded, proposed):
        with pytest.raises(refusals.NoAppeal):
            appeals.note_appeal_and_notify(measure=measure, way="email", sent_on=NOW.date(), by=stage.chief, at=NOW)


def test_each_office_sees_its_files_and_nobody_their_own(stage: Stage) -> None:
    stage.about_member()
    second = stage.about_coordinator()

    def seen(someone: Person) -> list[str]:
        return sorted(files_in_scope(someone, at=NOW).values_list("ladder", flat=True))

    assert seen(stage.here.coordinator) == ["member"]
    assert seen(stage.officer) == ["coordinator", "member"]
    assert seen(stage.chief) == ["coordinator"]  # of a member once a step waits for them
    strangers = (stage.here.deputy, stage.next_door.coordinator, stage.foreign_officer, stage.member, stage.mayor)
    assert [seen(one) for one in strangers] == [[]] * 5
    stage.proposed(second, MeasureStep.EXCLUSION)
    assert seen(stage.mayor) == ["coordinator"]
    mandates.end_mandate(mandate=Mandate.objects.get(person=stage.here.coordinator), by=stage.officer, at=NOW)
    assert seen(stage.here.deputy) == []  # holds the tasks now, and judges nobody


def told_of_news() -> list[str]:
    """The addresses to which news of a file went."""
    sent = Dispatch.objects.filter(message__purpose="measures.news").select_related("contact").order_by("pk")
    return [dispatch.contact.address for dispatch in sent if dispatch.contact]


def test_the_person_reads_what_was_taken_and_is_heard(stage: Stage) -> None:
    file = stage.about_member(talked=False)
    assert not own_disclosed_files(stage.member).exists()
    files.note_talk_and_notify(file=file, held_on=NOW.date(), came=True, by=stage.here.coordinator, at=NOW)
    stage.proposed(file, MeasureStep.EXCLUSION)
    contact(stage.officer, "email", "police@example.org")
    contact(stage.here.coordinator, "email", "clara@example.org")

    files.write_own_words_and_notify(file=file, words="Ce n’était pas <b>moi</b>.", by=stage.member, at=NOW)

    waiting, words = export(stage.member)["measures"][0], file.own_words.get()
    addressed = told_of_news()
    stage.pass_on(words, by=stage.chief, at=NOW + MINUTE)
    passed = export(stage.member)["measures"][0]["own_words"]

    assert [step["step"] for step in waiting["steps"]] == ["talk"]
    unread = {"words": "Ce n’était pas <b>moi</b>.", "written": NOW.isoformat(), "kept_by_the_police": ""}
    assert waiting["own_words"] == [unread | {"read_by_those_who_decide": ""}]
    assert passed == [unread | {"read_by_those_who_decide": (NOW + MINUTE).isoformat()}]
    assert (addressed, told_of_news()) == (["police@example.org"], ["police@example.org", "clara@example.org"])
    with pytest.raises(WrongState):
        stage.pass_on(words)
    with pytest.raises(NotAllowed):
        files.write_own_words_and_notify(file=file, words="x", by=stage.officer, at=NOW)
    with pytest.raises(refusals.OwnWordsTooLong):
        files.write_own_words_and_notify(file=file, words="x" * 3001, by=stage.member, at=NOW)


def test_a_file_is_opened_by_the_right_office_about_the_right_person_once(stage: Stage) -> None:
    partnership, other = stage.here.partnership, member(stage.next_door.partnership, "Nora Voisine")
    tries = [
        (refusals.NotYourStep, MEMBER, stage.member, stage.officer),
        (refusals.NotConcerned, MEMBER, stage.here.coordinator, stage.here.coordinator),
        (refusals.NotConcerned, MEMBER, other, stage.here.coordinator),
        (refusals.NotConcerned, OFFICE, stage.member, stage.officer),
        (NotAllowed, OFFICE, stage.here.deputy, stage.here.coordinator),
        (NotAllowed, MEMBER, stage.member, stage.next_door.coordinator),
    ]
    for refusal, ladder, someone, by in tries:
        with pytest.raises(refusal):
            files.open_measures_file(partnership=partnership, person=someone, ladder=ladder, by=by, at=NOW)
    stage.about_member()
    with pytest.raises(refusals.FileOpen):
        stage.about_member()


def test_a_closed_file_is_erased_after_its_time_and_leaves_no_trace(stage: Stage) -> None:
    file = stage.about_member()
    stage.proposed(file, MeasureStep.REPRIMAND)
    with pytest.raises(refusals.StillGoing):
        files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW)
    steps.drop_measure(measure=file.measures.get(step=MeasureStep.REPRIMAND), by=stage.chief, at=NOW)
    stage.taken(file, MeasureStep.EXCLUSION)
    files.close_measures_file(file=file, by=stage.here.coordinator, at=NOW)
    kept = timedelta(days=1095)

    counts = [files.erase_expired_files(by=None, at=NOW + time) for time in (kept - MINUTE, kept)]

    assert (counts, File.objects.count(), belongs(stage)) == ([0, 1], 0, "left")


def test_a_removal_waits_for_the_appeal_and_the_copy_before_it_is_closed(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    later = NOW + 22 * DAY
    for at in (NOW, later):
        with pytest.raises(refusals.StillGoing):
            files.close_measures_file(file=file, by=stage.officer, at=at)
    steps.note_interior_copy(measure=measure, on=NOW.date(), by=stage.mayor, at=later)

    files.close_measures_file(file=file, by=stage.officer, at=later)

    assert file.closed_at == later


def test_whoever_decides_about_a_coordinator_is_told_what_they_say(stage: Stage) -> None:
    for someone, name in ((stage.officer, "police"), (stage.chief, "chief"), (stage.mayor, "mayor")):
        contact(someone, "email", f"{name}@example.org")
    file = stage.about_coordinator()
    stage.said(file)
    first = told_of_news()
    stage.proposed(file, MeasureStep.EXCLUSION)  # the municipality signs it, and sees the file from now on

    stage.said(file, "Je vois cela autrement.", at=NOW + MINUTE)

    assert sorted(first) == ["chief@example.org", "police@example.org"]
    assert sorted(told_of_news()[len(first) :]) == ["chief@example.org", "mayor@example.org", "police@example.org"]


def test_the_chief_is_told_of_words_about_a_member_once_a_step_waits_for_them(stage: Stage) -> None:
    contact(stage.officer, "email", "police@example.org")
    contact(stage.chief, "email", "chief@example.org")
    file = stage.about_member()
    opened = len(told_of_news())
    stage.pass_on(stage.said(file))
    before = told_of_news()[opened:]
    stage.proposed(file, MeasureStep.REPRIMAND)

    stage.said(file, "Je vois cela autrement.")

    assert before == ["police@example.org"]
    assert sorted(told_of_news()[opened + 1 :]) == ["chief@example.org", "police@example.org"]


def test_the_coordinator_and_the_person_are_told_that_the_police_keep_what_describes_others(stage: Stage) -> None:
    contact(stage.here.coordinator, "email", "clara@example.org")
    words = stage.said(stage.about_member(), "Une Golf grise, plaque 1-ABC-123.")
    letters = Message.objects.filter(purpose="measures.letter").count()

    stage.keep(words)

    assert told_of_news() == ["clara@example.org"]
    assert Message.objects.filter(purpose="measures.own_words").count() == 1
    assert Message.objects.filter(purpose="measures.letter").count() == letters  # no letter waits
    assert [one["kept_by_the_police"] for one in export(stage.member)["measures"][0]["own_words"]] == [NOW.isoformat()]
