"""Votes: one code once, everything counted together, nothing after the close, and nobody can see who voted what."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.utils import OperationalError

from plp.evening import actions as evening
from plp.evening import refusals
from plp.evening.models import Meeting, Question, Right, Slip
from plp.evening.queries import evening_facts
from plp.evening.rules import (
    VoteCounts,
    VoteResult,
    ballot_code_digest,
    grouped_ballot_code,
    new_ballot_code,
    normalise_ballot_code,
    normalise_ballot_codes,
    voting_right_digest,
)
from plp.evening.states import Voting
from plp.journal.models import Entry
from plp.membership.candidates import propose_candidate
from plp.membership.states import Function
from plp.toolbox.moves import Refused, WrongState
from tests.evening.stage import ENDS, STARTS, opened, planned, tick_all, vote
from tests.factories.cast import NOW, Cast, member


def say(meeting: Meeting, code: str, question: Question, choice: str = "yes") -> int:
    return evening.cast_votes(meeting=meeting, code=code, choices={question.pk: choice}, by=None, at=STARTS)


def total(question: Question) -> tuple[int, int, int]:
    closed = evening.close_vote_and_record_candidate_result(question=question, by=None, at=ENDS)
    assert closed.result is not None
    return closed.result.yes, closed.result.no, closed.result.abstain


@pytest.mark.parametrize(
    ("result", "met", "carried"),
    [
        (VoteResult(0, 0, 0, 0), False, False),
        (VoteResult(1, 0, 0, 0), True, True),
        (VoteResult(5, 5, 3, 0), True, False),
        (VoteResult(5, 4, 0, 10), False, False),
        (VoteResult(5, 4, 1, 10), True, True),
        (VoteResult(4, 5, 1, 10), True, False),
    ],
)
def test_a_result_needs_enough_votes_and_more_yes_than_no(result: VoteResult, met: bool, carried: bool) -> None:
    assert (result.quorum_met, result.is_approved) == (met, carried)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_ballot_code()

    assert normalise_ballot_code(f" {grouped_ballot_code(code).upper()} ") == code
    assert normalise_ballot_codes(f"{grouped_ballot_code(code)}, {code};\n\nabc") == [code, code, "abc"]
    assert [normalise_ballot_code(wrong) for wrong in ("", "abc", "000000", code + "x")] == ["", "", "", ""]


def test_counts_have_one_length_whatever_they_are() -> None:
    counts = VoteCounts(1, 20, 300)

    assert VoteCounts.from_text(counts.as_text()) == counts
    assert len(counts.as_text()) == len(VoteCounts().as_text()) == 12
    with pytest.raises(ValueError, match="not a choice"):
        counts.with_vote("perhaps")


def test_hands_paper_and_telephones_are_counted_together(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=8, by=cast.officer, at=STARTS)
    question = vote(meeting)

    for code, choice in zip(codes[:4], ("yes", "yes", "no", "abstain"), strict=True):
        say(meeting, code, question, choice)
    evening.enter_paper_ballots(
        question=question, counts=VoteCounts(1, 1, 0), codes=codes[4:6], by=cast.officer, at=STARTS
    )
    evening.enter_paper_ballots(
        question=question, counts=VoteCounts(2, 1, 0), codes=codes[6:7], by=cast.officer, at=STARTS
    )
    evening.enter_show_of_hands(question=question, counts=VoteCounts(50, 0, 0), by=cast.officer, at=STARTS)
    evening.enter_show_of_hands(question=question, counts=VoteCounts(10, 5, 1), by=cast.officer, at=STARTS)

    assert total(question) == (2 + 2 + 10, 1 + 1 + 5, 1 + 0 + 1)
    approval = evening_facts(cast.here.partnership).approval
    assert approval == VoteResult(14, 7, 2, 0)


def test_a_code_counts_once_on_each_question(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    code = evening.create_ballot_codes(meeting=meeting, number=1, by=None, at=STARTS)[0]
    first, second = vote(meeting), vote(meeting, kind="free", label="Un barbecue ?")

    say(meeting, code, first)
    with pytest.raises(refusals.CodeHasVoted):
        say(meeting, code, first, "no")
    with pytest.raises(refusals.CodeHasVoted):
        evening.cast_votes(meeting=meeting, code=code, choices={first.pk: "no", second.pk: "no"}, by=None, at=STARTS)
    say(meeting, code, second, "no")

    assert (total(first), total(second)) == ((1, 0, 0), (0, 1, 0))


@pytest.mark.parametrize("code", ["", "zzzzzz", "<b>", "k7m q4x" * 50])
def test_a_foreign_code_counts_nothing(cast: Cast, code: str) -> None:
    meeting = opened(cast.here.partnership)
    question = vote(meeting)

    with pytest.raises(refusals.UnknownBallotCode):
        say(meeting, code, question)
    assert total(question) == (0, 0, 0)


def test_a_code_of_another_meeting_counts_nothing(cast: Cast) -> None:
    meeting, other = opened(cast.here.partnership), opened(cast.next_door.partnership)
    code = evening.create_ballot_codes(meeting=other, number=1, by=None, at=STARTS)[0]
    question = vote(meeting)

    with pytest.raises(refusals.UnknownBallotCode):
        say(meeting, code, question)
    with pytest.raises(refusals.VoteClosed):
        say(other, code, question)


def test_nothing_counts_after_the_close_nor_before_the_opening(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=2, by=None, at=STARTS)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=STARTS)
    with pytest.raises(refusals.VoteClosed):
        say(meeting, codes[0], question)
    evening.open_vote(question=question, by=None, at=STARTS)
    say(meeting, codes[0], question)
    assert total(question) == (1, 0, 0)

    late = [
        lambda: say(meeting, codes[1], question),
        lambda: evening.enter_show_of_hands(question=question, counts=VoteCounts(9), by=None, at=ENDS),
        lambda: evening.enter_paper_ballots(question=question, counts=VoteCounts(1), codes=codes[1:], by=None, at=ENDS),
        lambda: evening.close_vote_and_record_candidate_result(question=question, by=None, at=ENDS),
    ]
    for act in late:
        with pytest.raises(refusals.VoteClosed):
            act()
    for act in (evening.open_vote, evening.delete_question):
        with pytest.raises(WrongState):
            act(question=question, by=None, at=ENDS)
    question.refresh_from_db()
    assert question.result == VoteResult(1, 0, 0, 0)


def test_a_ballot_on_paper_counts_only_with_an_unspent_code(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=3, by=None, at=STARTS)
    question = vote(meeting)
    say(meeting, codes[0], question)

    def enter(yes: int, given: list[str]) -> None:
        evening.enter_paper_ballots(question=question, counts=VoteCounts(yes), codes=given, by=None, at=STARTS)

    with pytest.raises(refusals.CodesRefused) as refused:
        enter(3, [*codes, codes[1], "zz"])
    assert refused.value.details == {"codes": f"{grouped_ballot_code(codes[0])}, {grouped_ballot_code(codes[1])}, zz"}
    with pytest.raises(refusals.CodesAndBallotsDiffer):
        enter(3, codes[1:])
    with pytest.raises(refusals.TooManyVotes):
        enter(-1, codes[1:])
    enter(2, codes[1:])

    with pytest.raises(refusals.CodeHasVoted):
        say(meeting, codes[1], question)
    assert total(question) == (3, 0, 0)


def test_there_are_no_more_votes_than_people(cast: Cast) -> None:
    meeting = opened(cast.here.partnership, persons=0)
    question = vote(meeting)
    evening.enter_show_of_hands(question=question, counts=VoteCounts(3, 1), by=None, at=STARTS)

    with pytest.raises(refusals.MoreVotesThanPeople) as refused:
        evening.close_vote_and_record_candidate_result(question=question, by=None, at=STARTS)
    assert refused.value.details == {"votes": 4, "people": 0}
    evening.set_attendance_on_paper_list(meeting=meeting, persons=4, by=None, at=STARTS)
    with pytest.raises(refusals.MoreVotesThanPeople):
        evening.enter_show_of_hands(question=question, counts=VoteCounts(4, 1), by=None, at=STARTS)
    codes = evening.create_ballot_codes(meeting=meeting, number=1, by=None, at=STARTS)
    with pytest.raises(refusals.MoreVotesThanPeople):
        evening.enter_paper_ballots(question=question, counts=VoteCounts(1), codes=codes, by=None, at=STARTS)
    assert total(question) == (3, 1, 0)


def test_a_meeting_does_not_end_in_the_middle_of_a_vote(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    evening.create_ballot_codes(meeting=meeting, number=5, by=None, at=STARTS)
    question = vote(meeting)
    tick_all(meeting)

    with pytest.raises(refusals.VotesOpen):
        evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)
    evening.close_vote_and_record_candidate_result(question=question, by=None, at=ENDS)
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=ENDS)

    assert not Slip.objects.exists()


def test_a_link_at_the_door_gives_one_code_to_the_first(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    question = vote(meeting)
    link = evening.create_ballot_code_link(meeting=meeting, by=cast.officer, at=STARTS)

    code = evening.exchange_link_for_ballot_code(meeting=meeting, link=link, by=None, at=STARTS)
    for wrong in (link, "", code):
        with pytest.raises(refusals.LinkTaken):
            evening.exchange_link_for_ballot_code(meeting=meeting, link=wrong, by=None, at=STARTS)

    assert say(meeting, code, question) == 1


def test_codes_are_given_out_within_bounds(cast: Cast) -> None:
    meeting = planned(cast.here.partnership)
    with pytest.raises(WrongState):
        evening.create_ballot_codes(meeting=meeting, number=5, by=None, at=NOW)
    evening.publish_meeting(meeting=meeting, by=None, at=NOW)
    for number in (301, -1):
        with pytest.raises(refusals.TooManySlips):
            evening.create_ballot_codes(meeting=meeting, number=number, by=None, at=NOW)

    assert len(set(evening.create_ballot_codes(meeting=meeting, number=300, by=None, at=NOW))) == 300


def test_questions_need_words_and_the_approval_is_asked_once(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    evening.prepare_question(meeting=meeting, kind="approval", by=None, at=STARTS)

    wrong: list[tuple[dict, type[Refused]]] = [
        ({"kind": "free", "label": " "}, refusals.QuestionEmpty),
        ({"kind": "person", "label": "Léa"}, refusals.QuestionEmpty),
        ({"kind": "person", "function": "committee"}, refusals.QuestionEmpty),
        ({"kind": "approval"}, refusals.ApprovalAskedAlready),
    ]
    for given, refusal in wrong:
        with pytest.raises(refusal):
            evening.prepare_question(meeting=meeting, by=None, at=STARTS, **given)
    free = evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", by=None, at=STARTS)
    evening.delete_question(question=free, by=cast.officer, at=STARTS)
    assert [question.kind for question in meeting.questions.all()] == ["approval"]


@pytest.mark.parametrize(
    ("counts", "quorum", "state"),
    [(VoteCounts(3, 1), 0, "approved"), (VoteCounts(1, 3), 0, "not_approved"), (VoteCounts(3, 1), 10, "proposed")],
)
def test_a_vote_on_a_candidate_is_recorded_with_the_candidate(
    cast: Cast, counts: VoteCounts, quorum: int, state: str
) -> None:
    partnership = cast.here.partnership
    someone = member(partnership, "Léa Peeters")
    candidate = propose_candidate(
        partnership=partnership, person=someone, function=Function.COMMITTEE, by=cast.officer, at=NOW
    )
    meeting = opened(partnership)
    question = vote(
        meeting, kind="person", function="committee", label="Léa Peeters", subject=candidate.pk, quorum=quorum
    )
    evening.enter_show_of_hands(question=question, counts=counts, by=None, at=STARTS)

    evening.close_vote_and_record_candidate_result(question=question, by=cast.here.coordinator, at=ENDS)

    candidate.refresh_from_db()
    assert candidate.state == state
    question.refresh_from_db()
    assert question.result is not None
    assert (question.result.yes, question.result.no, question.result.label) == (counts.yes, counts.no, "Léa Peeters")


# ---- secrecy


def rows() -> Iterator[tuple[str, tuple]]:
    """Every row of every table, as the administrator of the database reads them, in the order they lie there."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def changed(before: Counter, after: Counter) -> list[str]:
    """The tables of which a row is not as before."""
    return sorted({table for table, _row in (after - before)} | {table for table, _row in (before - after)})


def test_a_vote_leaves_a_used_right_and_a_sealed_urn_and_nothing_else(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=6, by=None, at=STARTS)
    question = vote(meeting)
    say(meeting, codes[0], question, "yes")
    seen = {}
    for code, choice in zip(codes[1:4], ("yes", "no", "abstain"), strict=True):
        before = Counter(rows())
        say(meeting, code, question, choice)
        after = Counter(rows())
        assert changed(before, after) == ["evening_question", "evening_right"]
        seen[choice] = [
            [type(value).__name__ if not isinstance(value, bytes) else len(value) for value in row]
            for table, row in sorted(after - before, key=lambda pair: pair[0])
            if table == "evening_question"
        ]

    # whatever was chosen, the same columns of the same length change: the log of the database tells nothing either
    assert seen["yes"] == seen["no"] == seen["abstain"]
    assert Entry.objects.filter(verb__contains="cast").count() == 0


def test_no_table_leads_from_a_code_to_a_choice(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=20, by=None, at=STARTS)
    question = vote(meeting)
    for place, code in enumerate(codes):
        say(meeting, code, question, "yes" if place % 2 else "no")

    evening_tables = [model for model in apps.get_app_config("evening").get_models() if model is not Question]
    columns = {field.name for model in evening_tables for field in model._meta.concrete_fields}
    assert not columns & {"choice", "vote", "answer_given", "cast_at", "used_at", "voter"}
    assert {field.name for field in Right._meta.concrete_fields} == {"id", "question", "digest", "used"}
    assert {field.name for field in Slip._meta.concrete_fields} == {"id", "meeting", "digest", "waits"}
    dump = list(rows())
    assert not [table for table, row in dump if any(code in str(value) for code in codes for value in row)]
    assert total(question) == (10, 10, 0)
    assert not Right.objects.exists()
    kept = Question.objects.get(pk=question.pk)
    assert (kept.urn, kept.paper, kept.hands, kept.papers) == ("", "", "", 0)


def test_the_order_of_rows_is_not_the_order_of_codes(cast: Cast) -> None:
    meeting = opened(cast.here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=60, by=None, at=STARTS)
    question = vote(meeting)
    printed = [ballot_code_digest(meeting.pk, code) for code in codes]
    lying = [row[0] for row in _column("evening_slip", "digest")]
    allowed = [row[0] for row in _column("evening_right", "digest")]

    assert sorted(printed) == sorted(lying)
    assert printed != lying
    assert [voting_right_digest(question.pk, digest) for digest in lying] != allowed
    for code in codes[::-1]:
        say(meeting, code, question)
    assert sorted(row[0] for row in _column("evening_right", "digest")) == sorted(allowed)


def _column(table: str, column: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return cursor.fetchall()


# ---- many at once


def patiently(act: object) -> str:
    """Run ``act`` in a thread of its own; the memory database of the tests answers busy instead of waiting."""
    while True:
        try:
            act()  # type: ignore[operator]
        except Refused as refused:
            return type(refused).__name__
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
        else:
            return "counted"
        finally:
            connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_fifty_submissions_of_one_code_count_once() -> None:
    """0.9 s: sixty connections wait for one another."""
    meeting = opened(Cast().here.partnership)
    code, *others = evening.create_ballot_codes(meeting=meeting, number=11, by=None, at=STARTS)
    question = vote(meeting)
    acts = [lambda: say(meeting, code, question) for _ in range(50)]
    acts += [lambda one=one: say(meeting, one, question, "no") for one in others]

    with ThreadPoolExecutor(10) as pool:
        answers = Counter(pool.map(patiently, acts))

    assert answers == {"counted": 11, "CodeHasVoted": 49}
    assert total(question) == (1, 10, 0)


@pytest.mark.django_db(transaction=True)
def test_votes_and_the_close_at_once_lose_nothing_and_count_nothing_late() -> None:
    """0.4 s: thirty connections wait for one another."""
    meeting = opened(Cast().here.partnership)
    codes = evening.create_ballot_codes(meeting=meeting, number=30, by=None, at=STARTS)
    question = vote(meeting)
    acts = [lambda one=one: say(meeting, one, question) for one in codes]
    acts.insert(15, lambda: evening.close_vote_and_record_candidate_result(question=question, by=None, at=ENDS))

    with ThreadPoolExecutor(10) as pool:
        answers = Counter(pool.map(patiently, acts))

    question.refresh_from_db()
    assert question.state == Voting.CLOSED
    assert question.yes == answers["counted"] - 1
    assert answers["counted"] + answers["VoteClosed"] == 31
