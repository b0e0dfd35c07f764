"""Questions and opinions: to one office, answered once, shared without a name (R127, R135)."""

from datetime import timedelta

import pytest

from plp.charter.models import PlanRule
from plp.delivery.models import Dispatch, Message
from plp.journal.models import Entry
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.people import actions as people
from plp.people.models import Person
from plp.sightings import privacy, refusals
from plp.sightings.actions import questions
from plp.sightings.models import Question, SharedAnswer
from plp.sightings.queries import (
    count_questions_awaiting_police_review,
    open_questions,
    questions_in_scope,
    questions_of_asker,
    shared_answers_for_member,
    shared_answers_in_scope,
)
from plp.sightings.queries.questions import question_due_times
from plp.toolbox.moves import WrongState
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast, contact, member, person
from tests.sightings.stage import asker, question, written

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def on_desks(cast: Cast, permission: Permission) -> list[Person]:
    """Who of the cast finds the question on their desk."""
    people_ = [cast.officer, cast.foreign_officer, cast.here.coordinator, cast.here.deputy, cast.next_door.coordinator]
    return [one for one in people_ if questions_in_scope(one, permission, at=LATER).exists()]


def test_a_question_stands_on_the_desk_of_its_office_alone(cast: Cast) -> None:
    question(cast)

    assert on_desks(cast, Permission.QUESTION_COORDINATOR) == [cast.here.coordinator]
    assert on_desks(cast, Permission.QUESTION_POLICE) == []


def test_the_coordinator_does_not_see_what_is_asked_of_the_police(cast: Cast) -> None:
    question(cast, to="police")

    assert on_desks(cast, Permission.QUESTION_COORDINATOR) == []
    assert on_desks(cast, Permission.QUESTION_POLICE) == [cast.officer]


def test_what_was_seen_goes_to_the_police_without_a_name_whomever_it_was_meant_for(cast: Cast) -> None:
    asked = question(cast, by=asker(cast), words="Un homme à la veste noire note la plaque 1-KAN-777", shows_name=True)

    assert (asked.to, asked.shows_name, asked.for_coordinator) == ("police", False, False)
    assert on_desks(cast, Permission.QUESTION_COORDINATOR) == []
    assert on_desks(cast, Permission.QUESTION_POLICE) == [cast.officer]
    with pytest.raises(WrongState):
        questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=LATER)


def test_no_words_reach_the_coordinator_before_an_officer_passed_them_on(cast: Cast) -> None:
    asked = written(cast, by=asker(cast), words="On devine qui a pris les fleurs de la place", shows_name=True)

    first = on_desks(cast, Permission.QUESTION_COORDINATOR), on_desks(cast, Permission.QUESTION_POLICE)
    counts = [
        count_questions_awaiting_police_review(who, at=LATER)
        for who in (cast.here.coordinator, cast.next_door.coordinator)
    ]
    name_for_police = Question.objects.get().visible_asker_name
    questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=LATER)

    assert first == ([], [cast.officer])
    assert counts == [1, 0]
    assert (name_for_police, Question.objects.get().visible_asker_name) == ("", "Marie Membre")
    assert on_desks(cast, Permission.QUESTION_COORDINATOR) == [cast.here.coordinator]
    assert on_desks(cast, Permission.QUESTION_POLICE) == []
    assert count_questions_awaiting_police_review(cast.here.coordinator, at=LATER) == 0


def test_only_an_officer_of_the_place_passes_on_and_only_what_was_meant_for_the_coordinator(cast: Cast) -> None:
    asked, police = written(cast), written(cast, to="police")

    for someone in (cast.foreign_officer, cast.here.coordinator, cast.here.deputy):
        with pytest.raises(NotAllowed):
            questions.pass_question_to_coordinator(question=asked, by=someone, at=LATER)
    with pytest.raises(WrongState):
        questions.pass_question_to_coordinator(question=police, by=cast.officer, at=LATER)
    questions.answer_question_and_notify_asker(question=asked, words="Merci.", by=cast.officer, at=LATER)
    with pytest.raises(WrongState):
        questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=LATER)
    passed = question(cast)
    questions.pass_question_to_police(question=passed, by=cast.here.coordinator, at=LATER)
    with pytest.raises(WrongState):
        questions.pass_question_to_coordinator(question=passed, by=cast.officer, at=LATER)


def test_the_office_gets_a_letter_without_a_word_of_it(cast: Cast) -> None:
    contact(cast.officer, "email", "anne@example.org")
    contact(cast.here.coordinator, "email", "clara@example.org")
    asked = written(cast, by=asker(cast))

    assert [row.person for row in Dispatch.objects.all()] == [cast.officer.pk]
    letter = "".join(text.subject + text.body for text in Message.objects.get().texts.all())
    assert Entry.objects.get(verb="question.asked").actor == ""
    assert Message.objects.get().created_by is None
    assert asked.words not in letter
    assert "Marie" not in letter


def test_an_answer_reaches_whoever_asked(cast: Cast) -> None:
    marie = asker(cast)
    contact(marie, "email", "marie@example.org")
    asked = question(cast, by=marie)

    questions.answer_question_and_notify_asker(
        question=asked, words="Le 3 décembre.", by=cast.here.coordinator, at=LATER
    )

    kept = questions_of_asker(marie).get()
    assert (kept.state, kept.answer, kept.answered_by, kept.answered_at) == (
        "answered",
        "Le 3 décembre.",
        cast.here.coordinator,
        LATER,
    )
    assert [row.person for row in Dispatch.objects.filter(message__purpose="question.answered")] == [marie.pk]
    with pytest.raises(WrongState):
        questions.answer_question_and_notify_asker(question=asked, words="Encore.", by=cast.here.coordinator, at=LATER)


def test_what_was_asked_before_an_end_is_passed_on_and_answered_but_not_shared(cast: Cast) -> None:
    asked, police = question(cast), question(cast, to="police")
    offices = ((cast.here.coordinator, Question.To.COORDINATOR), (cast.officer, Question.To.POLICE))
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    asked, police = Question.objects.get(pk=asked.pk), Question.objects.get(pk=police.pk)
    waiting = [len(question_due_times(one, to, at=LATER)) for one, to in offices]

    questions.answer_question_and_notify_asker(
        question=asked, words="Le 3 décembre.", by=cast.here.coordinator, at=LATER
    )
    questions.answer_question_and_notify_asker(question=police, words="Appelez le 101.", by=cast.officer, at=LATER)
    with pytest.raises(PartnershipOver):
        questions.share_answer(
            question=asked, language="fr", question_text="?", answer_text="!", by=cast.here.coordinator, at=LATER
        )

    assert waiting == [1, 1]
    assert [question_due_times(one, to, at=LATER) for one, to in offices] == [[], []]
    assert set(Question.objects.values_list("state", flat=True)) == {"answered"}


def test_nobody_else_answers_passes_on_or_shares(cast: Cast) -> None:
    asked = question(cast)
    for someone in (cast.officer, cast.next_door.coordinator, cast.here.deputy):
        with pytest.raises(NotAllowed):
            questions.answer_question_and_notify_asker(question=asked, words="Non.", by=someone, at=LATER)
        with pytest.raises(NotAllowed):
            questions.pass_question_to_police(question=asked, by=someone, at=LATER)
        with pytest.raises(NotAllowed):
            questions.share_answer(
                question=asked, language="fr", question_text="?", answer_text="!", by=someone, at=LATER
            )


def test_the_police_get_a_question_passed_on_without_the_name(cast: Cast) -> None:
    asked = question(cast, by=asker(cast), shows_name=True)

    questions.pass_question_to_police(question=asked, by=cast.here.coordinator, at=LATER)

    kept = Question.objects.get()
    assert kept.to == "police"
    assert kept.shows_name is False
    assert kept.due_at == asked.due_at
    assert on_desks(cast, Permission.QUESTION_COORDINATOR) == []
    with pytest.raises(WrongState):
        questions.pass_question_to_police(question=asked, by=cast.here.coordinator, at=LATER)


def test_only_a_member_asks_in_their_own_name(cast: Cast) -> None:
    with pytest.raises(refusals.NotAMember):
        question(cast, by=person("Paul Passant"))
    with pytest.raises(refusals.NotAMember):
        question(cast, by=member(cast.next_door.partnership, "Nadia Voisine"))

    assert question(cast, shows_name=True).shows_name is False


def test_nothing_is_asked_where_nobody_answers(cast: Cast) -> None:
    offices = Mandate.objects.filter(person__in=[cast.here.coordinator, cast.here.deputy])
    offices.update(ends_at=NOW - timedelta(hours=1))

    with pytest.raises(refusals.NobodyAnswers):
        question(cast)
    told = written(cast, words="Un homme à la veste noire note la plaque 1-KAN-777")
    assert (told.to, told.for_coordinator) == ("police", False)


def test_an_answer_of_an_officer_is_refused_for_what_another_passed_on_meanwhile(cast: Cast) -> None:
    asked = written(cast)
    as_read = Question.objects.get(pk=asked.pk)
    questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=LATER)

    with pytest.raises(WrongState):
        questions.answer_question_and_notify_asker(question=as_read, words="Rien.", by=cast.officer, at=LATER)

    assert Question.objects.get(pk=asked.pk).answer == ""


def answered(cast: Cast, by: Person | None = None) -> Question:
    """A question with its answer."""
    asked = question(cast, by=by)
    questions.answer_question_and_notify_asker(
        question=asked, words="Le 3 décembre.", by=cast.here.coordinator, at=LATER
    )
    return asked


def share(cast: Cast, asked: Question, words: str = "Quand se voit-on ?") -> SharedAnswer:
    """Show it to all members."""
    return questions.share_answer(
        question=asked,
        language="fr",
        question_text=words,
        answer_text="Le 3 décembre.",
        by=cast.here.coordinator,
        at=LATER,
    )


def test_members_see_what_is_shared_and_nothing_else(cast: Cast) -> None:
    other, stranger = asker(cast, "Omar Autre"), member(cast.next_door.partnership, "Nadia Voisine")
    asked = answered(cast, asker(cast))

    assert list(shared_answers_for_member(other)) == []
    shared = share(cast, asked)

    assert list(shared_answers_for_member(other)) == [shared]
    assert list(shared_answers_for_member(stranger)) == []
    assert list(questions_of_asker(other)) == []
    assert list(shared_answers_in_scope(cast.next_door.coordinator, at=LATER)) == []
    names = {field.name for field in SharedAnswer._meta.concrete_fields}
    assert names == {"id", "partnership", "question", "language", "asked", "answered", "by", "at"}


def test_a_shared_answer_passes_the_message_check(cast: Cast) -> None:
    asked = answered(cast)

    with pytest.raises(HeldWords):
        share(cast, asked, "Qui fait la ronde du soir ? Inscrivez-vous au tour de garde.")

    assert not SharedAnswer.objects.exists()


@pytest.mark.parametrize(
    "words", ["Méfiez-vous de la Golf 1-ABC-123.", "C’est Jean Dupont qui l’a fait.", "Le Rom est le voleur."]
)
def test_an_answer_of_the_coordinator_passes_the_message_check(cast: Cast, words: str) -> None:
    asked = question(cast)

    with pytest.raises(HeldWords):
        questions.answer_question_and_notify_asker(question=asked, words=words, by=cast.here.coordinator, at=LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("open", "")


def test_an_answer_says_where_to_go_and_whom_to_call(cast: Cast) -> None:
    asked, words = question(cast), "Rue de Verdun 12, ou au 0475 12 34 56."

    questions.answer_question_and_notify_asker(question=asked, words=words, by=cast.here.coordinator, at=LATER)

    assert asked.answer == words


def test_an_answer_of_the_police_accuses_nobody_and_may_name_a_person(cast: Cast) -> None:
    asked = question(cast, to="police")
    with pytest.raises(HeldWords):
        questions.answer_question_and_notify_asker(
            question=asked, words="Suivez la Golf 1-ABC-123.", by=cast.officer, at=LATER
        )

    questions.answer_question_and_notify_asker(
        question=asked, words="Demandez Jean Dupont au poste.", by=cast.officer, at=LATER
    )

    assert asked.answer == "Demandez Jean Dupont au poste."


def test_words_that_are_only_remarked_on_are_shared(cast: Cast) -> None:
    shared = share(cast, answered(cast), "La réunion serait en décembre ?")

    assert shared.asked == "La réunion serait en décembre ?"


def test_a_question_is_not_passed_on_where_no_police_answer(cast: Cast) -> None:
    asked = question(cast)
    Mandate.objects.filter(area=cast.zone).update(ends_at=NOW)

    with pytest.raises(refusals.NobodyAnswers):
        questions.pass_question_to_police(question=asked, by=cast.here.coordinator, at=LATER)

    asked.refresh_from_db()
    assert asked.to == "coordinator"


def test_only_an_answered_question_to_the_coordinator_is_shared_once(cast: Cast) -> None:
    waiting, police = question(cast), question(cast, to="police")
    questions.answer_question_and_notify_asker(question=police, words="Oui.", by=cast.officer, at=LATER)
    for refused in (waiting, police):
        with pytest.raises(refusals.NotShareable):
            share(cast, refused)
    asked = answered(cast)
    shared = share(cast, asked)
    with pytest.raises(refusals.NotShareable):
        share(cast, asked)

    with pytest.raises(NotAllowed):
        questions.delete_shared_answer(shared=shared, by=cast.next_door.coordinator, at=LATER)
    questions.delete_shared_answer(shared=shared, by=cast.here.coordinator, at=LATER)

    assert not SharedAnswer.objects.exists()


def test_open_questions_are_due_after_seven_days_the_first_first(cast: Cast) -> None:
    late = question(cast, at=NOW + timedelta(hours=1))
    early = question(cast, to="police")
    answered(cast)

    assert list(open_questions()) == [early, late]
    assert list(open_questions(cast.here.partnership, to="police")) == [early]
    assert list(open_questions(cast.next_door.partnership)) == []
    assert early.due_at == NOW + timedelta(days=7)


def test_what_a_member_asked_is_exported_and_goes_with_them(cast: Cast) -> None:
    marie = asker(cast)
    shared = share(cast, answered(cast, marie))

    told = privacy.export(marie)
    people.erase_person(person=marie, by=marie, at=LATER)

    assert [(row["to"], row["answer"]) for row in told["questions"]] == [("coordinator", "Le 3 décembre.")]
    assert not Question.objects.exists()
    shared.refresh_from_db()
    assert shared.question is None
    assert privacy.export(cast.here.coordinator)["acts"] == {
        "sightings_assigned": 0,
        "sightings_ended": 0,
        "sightings_referred": 0,
        "questions_answered": 0,
        "answers_shared": 1,
    }


def test_an_answered_question_goes_after_a_year_and_an_open_one_stays(cast: Cast) -> None:
    shared = share(cast, answered(cast))
    waiting = question(cast)

    early = questions.delete_old_questions(by=None, at=LATER + timedelta(days=364))
    late = questions.delete_old_questions(by=None, at=LATER + timedelta(days=365))

    shared.refresh_from_db()
    assert (early, late) == (0, 1)
    assert list(Question.objects.all()) == [waiting]
    assert shared.question is None


def test_what_tells_of_somebody_seen_or_was_not_passed_on_goes_thirty_days_after_the_answer(cast: Cast) -> None:
    plain, seen = question(cast, to="police"), question(cast, words="La plaque 1-KAN-777 est revenue")
    for asked in (plain, seen, written(cast)):
        questions.answer_question_and_notify_asker(question=asked, words="Merci.", by=cast.officer, at=LATER)

    assert questions.delete_old_questions(by=None, at=LATER + timedelta(days=29)) == 0
    assert questions.delete_old_questions(by=None, at=LATER + timedelta(days=30)) == 2
    assert Question.objects.get() == plain


def test_the_desk_lists_with_one_query(cast: Cast, django_assert_num_queries) -> None:
    question(cast, by=asker(cast))
    desk = questions_in_scope(cast.here.coordinator, Permission.QUESTION_COORDINATOR, at=LATER)
    with django_assert_num_queries(1):
        [(one.partnership.name("fr"), one.asker) for one in desk.all()]
    question(cast), question(cast)
    with django_assert_num_queries(1):
        assert len([(one.partnership.name("fr"), one.asker) for one in desk.all()]) == 3


def test_what_a_member_writes_back_goes_to_whom_the_plan_names_and_to_nobody_else(cast: Cast) -> None:
    point = contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@example.org")

    for event in ("email:1", "email:1"):
        assert questions.turn_reply_into_question(contact=point, text="Quand vient le retour ?", event=event, at=NOW)
    PlanRule.objects.filter(plan=cast.here.plan).update(answers_narrowed=True)
    assert questions.turn_reply_into_question(contact=point, text="Merci.", event="email:2", at=NOW)

    asked = Question.objects.order_by("-for_coordinator").values_list("to", "for_coordinator", "asker", "shows_name")
    assert list(asked) == [("police", True, point.person_id, False), ("police", False, point.person_id, False)]
    receipts = Dispatch.objects.filter(message__purpose="question.taken")
    assert [row.contact_id for row in receipts] == [point.pk, point.pk]


def test_what_the_coordinator_writes_back_is_a_question_to_the_police_in_their_name(cast: Cast) -> None:
    Membership.objects.create(
        partnership=cast.here.partnership, person=cast.here.coordinator, state="active", asked_at=NOW
    )
    point = contact(cast.here.coordinator, "email", "clara@example.org")

    assert questions.turn_reply_into_question(
        contact=point, text="Que s'est-il passé rue de Verdun ?", event="email:1", at=NOW
    )

    question = Question.objects.get()
    assert (question.to, question.for_coordinator, question.visible_asker_name) == ("police", False, "Clara Haren")
    assert on_desks(cast, Permission.QUESTION_POLICE) == [cast.officer]


def test_no_stranger_and_no_flood_becomes_a_question(cast: Cast) -> None:
    unproven = contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org", confirmed=False)
    outsider = contact(person("Otto Out"), "email", "otto@example.org")
    point = contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@example.org")

    strangers = [
        questions.turn_reply_into_question(contact=one, text="Non.", event="e", at=NOW) for one in (unproven, outsider)
    ]
    taken = [questions.turn_reply_into_question(contact=point, text="Oui.", event=f"e{n}", at=NOW) for n in range(7)]
    bad = [
        questions.turn_reply_into_question(contact=point, text=words, event=words[:9], at=LATER)
        for words in ("", "x" * 1001)
    ]

    assert (strangers, taken, bad) == ([False, False], [True] * 5 + [False] * 2, [False, False])
