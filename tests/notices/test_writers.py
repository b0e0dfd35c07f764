"""Whoever wrote a word of a message, in any language and on any way into it, does not release it (T1)."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import Phase, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from plp.charter import actions as charter
from plp.charter.queries import default_plan_rules
from plp.delivery.models import Dispatch
from plp.mandates.grants import Role
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Forwarding, Notice, NoticeWriter
from plp.notices.privacy import export
from plp.notices.queries import notices_awaiting_release_by, title_core_and_more_by_language
from plp.notices.queries.reach import takeovers_to_answer
from plp.notices.queries.writers import persons_who_may_release, writers_of_notice
from plp.notices.states import State
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, area, contact, hold, person
from tests.factories.notices import describe_notice
from tests.notices.test_notices import CORE, KERN, drafted, let_go, submitted

pytestmark = pytest.mark.django_db


def rewritten(notice: Notice, by: Person | None, language: str = "fr", core: str = f"{CORE}!") -> None:
    """One sign more, by another hand."""
    notices.write_text_and_drop_composition(
        notice=notice, language=language, title="Vol par ruse", core=core, more="", by=by, at=NOW
    )


def may_release(notice: Notice, by: Person) -> bool:
    """Whether ``by`` could let it go; it stays where it is. The list, the names on its page and the act agree."""
    notice.refresh_from_db()
    with ExitStack() as kept:
        kept.enter_context(transaction.atomic())
        kept.callback(transaction.set_rollback, True)
        try:
            notices.release_text_as_second_person(
                notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=by, at=NOW
            )
        except refusals.SamePerson:
            released = False
        else:
            released = True
    offered = notices_awaiting_release_by(by, at=NOW).filter(pk=notice.pk).exists()
    named = persons_who_may_release(notice, at=NOW).filter(pk=by.pk).exists()
    assert (offered, named) == (released, released)
    return released


def writing_and_changing(cast: Cast) -> Notice:
    notice = drafted(cast)
    rewritten(notice, cast.second_officer, "fr")
    rewritten(notice, cast.second_officer, "nl", KERN)
    notices.submit_notice_for_release(notice=notice, by=cast.second_officer, at=NOW)
    return notice


def gathering_and_bundling(cast: Cast) -> Notice:
    notices.hold_draft_for_next_infoflash(notice=drafted(cast, "advice"), by=cast.officer, at=NOW)
    notices.draft_infoflash_now(by=cast.second_officer, at=NOW)
    digest = Notice.objects.get(kind="infoflash")
    describe_notice(digest, cast)
    notices.submit_notice_for_release(notice=digest, by=cast.second_officer, at=NOW)
    return digest


def dropping_and_taking_up(cast: Cast) -> Notice:
    notice = drafted(cast)
    notices.drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
    notices.restore_dropped_draft(notice=notice, by=cast.second_officer, at=NOW)
    return _replaced(notice, cast)


def taking_a_language_out(cast: Cast) -> Notice:
    notice = drafted(cast)
    notices.write_text_and_drop_composition(
        notice=notice, language="nl", title="", core="", more="", by=cast.second_officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    return notice


def offering_what_the_machine_drafted(cast: Cast) -> Notice:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=None, at=NOW
    )
    rewritten(notice, cast.second_officer)
    describe_notice(notice, cast)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    return notice


def beginning_with_a_template(cast: Cast) -> Notice:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=None, at=NOW
    )
    notices.fill_empty_languages_from_catalogue(notice=notice, subject="burglary", by=cast.officer, at=NOW)
    return _replaced(notice, cast)


def gathering_what_the_machine_drafted(cast: Cast) -> Notice:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="threat", by=None, at=NOW
    )
    rewritten(notice, cast.second_officer)
    describe_notice(notice, cast)
    notices.hold_draft_for_next_infoflash(notice=notice, by=cast.officer, at=NOW)
    notices.return_gathered_notice_to_draft(notice=notice, by=cast.second_officer, at=NOW)
    notices.submit_notice_for_release(notice=notice, by=cast.second_officer, at=NOW)
    return notice


def _replaced(notice: Notice, cast: Cast) -> Notice:
    """Every word of the draft is somebody else's now, who offers it."""
    for language, core in (("fr", CORE), ("nl", KERN)):
        rewritten(notice, cast.second_officer, language, core)
    describe_notice(notice, cast)
    notices.submit_notice_for_release(notice=notice, by=cast.second_officer, at=NOW)
    return notice


WAYS = [
    writing_and_changing,
    gathering_and_bundling,
    dropping_and_taking_up,
    taking_a_language_out,
    offering_what_the_machine_drafted,
    beginning_with_a_template,
    gathering_what_the_machine_drafted,
]


@pytest.mark.parametrize("way", WAYS)
def test_neither_of_two_who_brought_words_in_releases(cast: Cast, way: Callable[[Cast], Notice]) -> None:
    notice = way(cast)

    who = {one.name: may_release(notice, one) for one in (cast.officer, cast.second_officer, cast.chief)}

    assert who == {cast.officer.name: False, cast.second_officer.name: False, cast.chief.name: True}


def test_a_correction_is_released_by_nobody_who_wrote_the_first(cast: Cast) -> None:
    first = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=first, by=cast.here.coordinator, at=NOW)
    third = person("Eva Derde")
    hold(third, Role.OFFICER, cast.zone)
    correction = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", corrects=first, by=third, at=NOW
    )
    rewritten(correction, third)
    describe_notice(correction, cast)
    notices.submit_notice_for_release(notice=correction, by=third, at=NOW)

    who = [may_release(correction, one) for one in (cast.officer, third, cast.second_officer)]

    assert who == [False, False, True]


def test_taking_out_a_language_that_nobody_wrote_is_no_writing(cast: Cast) -> None:
    notice = drafted(cast)

    notices.write_text_and_drop_composition(
        notice=notice, language="de", title="", core="", more="", by=cast.second_officer, at=NOW
    )

    assert list(writers_of_notice(notice)) == [cast.officer]


def test_a_writer_does_not_take_it_over_elsewhere_either(cast: Cast) -> None:
    hold(cast.second_officer, Role.OFFICER, cast.abroad.area)
    notice = drafted(cast)
    rewritten(notice, cast.second_officer)
    rewritten(notice, cast.officer)
    notices.set_other_partnerships_of_draft(
        notice=notice, partnerships=[cast.abroad.partnership], by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.chief, at=NOW
    )
    passing = Forwarding.objects.get(state="asked")
    about = {"forwarding": passing, "text_hash": notice.text_hash, "proven_at": NOW, "at": NOW}

    with pytest.raises(refusals.SamePerson):
        notices.accept_takeover_and_release_copy(**about, by=cast.second_officer)
    assert [takeovers_to_answer(one, at=NOW).count() for one in (cast.second_officer, cast.foreign_officer)] == [0, 1]
    copy = notices.accept_takeover_and_release_copy(**about, by=cast.foreign_officer)

    assert set(writers_of_notice(copy)) == {cast.officer, cast.second_officer}


def test_any_writer_takes_it_back_without_a_reason_and_others_with_one(cast: Cast) -> None:
    notice = writing_and_changing(cast)

    with pytest.raises(refusals.ReasonTooShort):
        notices.return_submitted_notice_to_author(notice=notice, because="", by=cast.chief, at=NOW)
    notices.return_submitted_notice_to_author(notice=notice, because="", by=cast.officer, at=NOW)

    assert notice.state == State.DRAFT


def test_only_whoever_may_release_it_is_told_that_it_waits(cast: Cast) -> None:
    for someone, address in ((cast.second_officer, "bart@example.org"), (cast.chief, "carl@example.org")):
        contact(someone, "email", address)
    notice = drafted(cast)
    rewritten(notice, cast.second_officer)

    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    told = Dispatch.objects.filter(message__purpose="notices.to_release").values_list("person", flat=True)
    assert list(told) == [cast.chief.pk]


def test_a_role_held_elsewhere_gives_no_part_here(cast: Cast) -> None:
    """The plan says which roles release: a mandate of such a role over another place is none over this."""
    rules = [replace(one, releasers=(Role.CHIEF,)) for one in default_plan_rules()]
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=rules, by=cast.here.coordinator, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.here.coordinator, at=NOW)
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=NOW)
    hold(cast.second_officer, Role.CHIEF, area("zone", "be/z10/", "Zone Dix"))
    notice = submitted(cast)

    with pytest.raises(refusals.NotInPlan):
        notices.release_text_as_second_person(
            notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
        )

    assert list(persons_who_may_release(notice, at=NOW)) == [cast.chief]


def test_the_writers_are_counted_for_a_person_and_gone_with_them(cast: Cast) -> None:
    notice = writing_and_changing(cast)

    counts = [export(one)["notices"]["written"] for one in (cast.officer, cast.second_officer, cast.chief)]

    assert counts == [1, 1, 0]
    assert NoticeWriter.objects.filter(notice=notice).count() == 2


def test_what_was_written_before_is_known_by_its_journal_and_its_ways(cast: Cast) -> None:
    """The step to this version: the row of each writer that was overwritten, bundled, copied or corrected."""
    gathering_and_bundling(cast)
    first = drafted(cast)
    rewritten(first, cast.second_officer)
    rewritten(first, cast.officer)
    notices.set_other_partnerships_of_draft(
        notice=first, partnerships=[cast.next_door.partnership], by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=first, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(notice=first, text_hash=first.text_hash, proven_at=NOW, by=cast.chief, at=NOW)
    first.refresh_from_db()
    notices.relay_notice_to_members(notice=first, by=cast.here.coordinator, at=NOW)
    notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", corrects=first, by=None, at=NOW
    )
    before = sorted(NoticeWriter.objects.values_list("notice", "person"))
    NoticeWriter.objects.all().delete()

    import_module("plp.notices.migrations.0007_writers").fill(apps, connection.schema_editor())

    assert sorted(NoticeWriter.objects.values_list("notice", "person")) == before
    assert len(before) == 9


MARKS = ("portes", "volets", "garages", "caves", "lampes")  # what each officer writes, and nobody else
NEXT_WEEK = NOW + timedelta(days=8)
HOW = ("add", "anew", "take out")
PICK = strategies.integers(0, 99)  # one of those that are there


def standing(*states: State) -> Callable[["Desk"], bool]:
    """Whether a message stands there, so that an act on one has something to act on."""
    return lambda desk: any(notice.state in states for notice in desk.writers)


class Desk(RuleBasedStateMachine):
    """Two to five officers write, edit, gather, bundle, drop, take up, correct and release, as chance has it.

    Beside them stands a model: who wrote a word of what. And each word names its writer, so that the words themselves
    say who must not release them, whatever is kept about it.
    """

    cast: Cast
    crowd: list[Person]
    writers: dict[Notice, set[int]] = {}  # each desk gets its own as it begins

    @initialize(number=strategies.integers(2, 5))
    def begin(self, number: int) -> None:
        """A message of each state, drafts of two officers and of the machine; at the end nothing of it stays."""
        self.kept = ExitStack()
        self.kept.enter_context(transaction.atomic())
        self.kept.callback(transaction.set_rollback, True)
        self.officers = self.crowd[:number]
        self.writers = {}
        for author in (0, 1, None):
            self.draft(author)
        notices.hold_draft_for_next_infoflash(notice=self.draft(0), by=self.officers[0], at=NOW)
        for author in (0, 1):
            notices.submit_notice_for_release(notice=self.draft(author), by=self.officers[author], at=NOW)
        sent = self.draft(0)
        notices.submit_notice_for_release(notice=sent, by=self.officers[0], at=NOW)
        notices.release_text_as_second_person(
            notice=sent, text_hash=sent.text_hash, proven_at=NOW, by=self.officers[1], at=NOW
        )
        sent.refresh_from_db()
        notices.relay_notice_to_members(notice=sent, by=self.cast.here.coordinator, at=NOW)

    def draft(self, author: int | None) -> Notice:
        """One more message with words in French, by an officer or by the machine."""
        by = None if author is None else self.officers[author]
        mark = "" if author is None else MARKS[author]
        about = {"partnership": self.cast.here.partnership, "kind": "advice", "reason": "prevention"}
        notice = notices.create_notice_draft(**about, by=by, at=NOW)
        describe_notice(notice, self.cast)
        rewritten(notice, by, core=f"Fermez. {mark}")
        self.writers[notice] = set() if author is None else {author}
        return notice

    def teardown(self) -> None:
        """Roll back."""
        self.kept.close()

    def one(self, pick: int, *states: State) -> Notice:
        """One of the messages that stand there."""
        found = [notice for notice in self.writers if notice.state in states]
        return found[pick % len(found)]

    def by(self, pick: int) -> tuple[int, Person]:
        """One of the officers, and their number."""
        number = pick % len(self.officers)
        return number, self.officers[number]

    @precondition(standing(State.DRAFT))
    @rule(who=PICK, pick=PICK, language=strategies.sampled_from(["fr", "nl"]), how=strategies.sampled_from(HOW))
    def write(self, who: int, pick: int, language: str, how: str) -> None:
        """Add a word to what stands there, write it all anew, or take the Dutch out."""
        notice, (number, officer) = self.one(pick, State.DRAFT), self.by(who)
        texts = title_core_and_more_by_language(notice)
        if how == "take out":
            notices.write_text_and_drop_composition(
                notice=notice, language="nl", title="", core="", more="", by=officer, at=NOW
            )
            self.writers[notice] |= {number} if "nl" in texts else set()
            return
        before = texts[language][1][-60:] if language in texts and how == "add" else "Fermez."
        rewritten(notice, officer, language, f"{before} {MARKS[number]}")
        self.writers[notice].add(number)

    @precondition(standing(State.DRAFT))
    @rule(who=PICK, pick=PICK, gather=strategies.booleans())
    def offer(self, who: int, pick: int, *, gather: bool) -> None:
        """Offer for release, or keep for the digest; whoever does that with a draft of the machine is its author."""
        notice, (number, officer) = self.one(pick, State.DRAFT), self.by(who)
        if notice.author is None:
            self.writers[notice].add(number)
        act = (
            notices.hold_draft_for_next_infoflash
            if gather and notice.corrects is None
            else notices.submit_notice_for_release
        )
        act(notice=notice, by=officer, at=NOW)

    @precondition(standing(State.SUBMITTED, State.GATHERED, State.DROPPED, State.DRAFT))
    @rule(who=PICK, pick=PICK)
    def turn(self, who: int, pick: int) -> None:
        """Send back, take out, take up, drop."""
        notice = self.one(pick, State.SUBMITTED, State.GATHERED, State.DROPPED, State.DRAFT)
        about = {"notice": notice, "by": self.by(who)[1], "at": NOW}
        if notice.state == State.SUBMITTED:
            notices.return_submitted_notice_to_author(**about, because="Le lieu manque encore.")
        elif notice.state == State.GATHERED:
            notices.return_gathered_notice_to_draft(**about)
        elif notice.state == State.DRAFT:
            notices.drop_draft_and_free_infoflash_items(**about)
        elif notice.author:
            notices.restore_dropped_draft(**about)
        self.read_again()

    @precondition(standing(State.GATHERED))
    @rule(who=PICK, machine=strategies.booleans())
    def bundle(self, who: int, *, machine: bool) -> None:
        """The digest is made by an officer, or by the clock."""
        number, officer = self.by(who)
        if machine:
            notices.draft_due_infoflashes(by=None, at=NEXT_WEEK)
        else:
            notices.draft_infoflash_now(by=officer, at=NOW)
        digest = Notice.objects.exclude(pk__in=[notice.pk for notice in self.writers]).get()
        describe_notice(digest, self.cast)
        inside = [self.writers[item] for item in digest.items.all()]
        self.writers[digest] = set().union(*inside) | (set() if machine else {number})
        self.read_again()

    @precondition(standing(State.RELAYED))
    @rule(who=PICK, pick=PICK)
    def correct(self, who: int, pick: int) -> None:
        """Begin a correction of what was sent."""
        origin, (number, officer) = self.one(pick, State.RELAYED), self.by(who)
        about = {"partnership": origin.partnership, "kind": origin.kind, "reason": "prevention", "corrects": origin}
        notice = notices.create_notice_draft(**about, by=officer, at=NOW)
        describe_notice(notice, self.cast)
        rewritten(notice, officer, core=f"Fermez. {MARKS[number]}")
        self.writers[notice] = self.writers[origin] | {number}

    @precondition(standing(State.SUBMITTED))
    @rule(who=PICK, pick=PICK)
    def release(self, who: int, pick: int) -> None:
        """Release as second person: allowed exactly to whoever wrote none of it; then it is relayed."""
        notice, (number, officer) = self.one(pick, State.SUBMITTED), self.by(who)
        allowed = may_release(notice, officer)
        assert allowed == (number not in self.writers[notice])
        if allowed:
            assert MARKS[number] not in str(title_core_and_more_by_language(notice))
            notices.release_text_as_second_person(
                notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=officer, at=NOW
            )
            self.read_again()
            if notice.state == State.RELEASED:
                notices.relay_notice_to_members(notice=notice, by=self.cast.here.coordinator, at=NOW)

    def read_again(self) -> None:
        """The messages as they stand in the database."""
        for notice in self.writers:
            notice.refresh_from_db()

    @invariant()
    def what_is_kept_is_the_model(self) -> None:
        """Row by row."""
        kept: dict[Notice, set[int]] = {notice: set() for notice in self.writers}
        for row in NoticeWriter.objects.filter(notice__in=kept):
            kept[row.notice].add([one.pk for one in self.officers].index(row.person_id))
        assert kept == self.writers


@pytest.mark.any_database  # each act and each question is asked of both above
def test_no_sequence_of_acts_lets_a_writer_release(cast: Cast) -> None:
    """Some two hundred acts of two to five officers: seconds, for every way into a message after every other."""
    crowd = [cast.officer, cast.second_officer, *map(person, ("Eva Derde", "Finn Vierte", "Gil Cinq"))]
    for someone in crowd[2:]:
        hold(someone, Role.OFFICER, cast.zone)
    Desk.cast, Desk.crowd = cast, crowd

    steps = settings(max_examples=6, stateful_step_count=30, phases=[Phase.generate])  # a shorter one takes minutes
    run_state_machine_as_test(Desk, settings=steps)

    assert not Notice.objects.exists()  # each walk was rolled back
