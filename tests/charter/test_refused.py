"""What is refused about a charter leaves its text, its plan, its money and the journal as they were."""

from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Any

import pytest
from django.utils.translation import override

from plp.charter import actions as charter
from plp.charter import refusals
from plp.charter.actions import stored_files
from plp.charter.actions.deeds import require_party_of_charter
from plp.charter.actions.money import FinancingEntry
from plp.charter.diagram import message_routes_of_plan
from plp.charter.kinds import KINDS
from plp.charter.models import CommunicationPlan, Deed, FinancingPlan, StoredFile
from plp.charter.papers import charter_paper, financing_paper
from plp.charter.plan_in_words import duration_in_words, sending_hours_in_words
from plp.charter.queries import charter_tasks, damaged_files, default_plan_rules
from plp.documents import document_html
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.toolbox.moves import WrongState
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.charter.test_accepting import rules
from tests.factories.cast import NOW, member
from tests.factories.rows import leaves_all, rows_of

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("charter",))
NEW = {"fr": "Un autre texte.", "nl": "Een andere tekst."}
ONE = {"fr": "Un autre texte.", "nl": " "}


def contact(stage: Stage, **changes: str) -> None:
    """Contact details of the officer."""
    given = {"organisation": "Service", "name": "Nom", "email": "a@plp.test", "phone": ""} | changes
    charter.set_contact_and_amend_charter(partnership=stage.partnership, slot="officer", **given, by=None, at=NOW)


@pytest.mark.parametrize("changes", [{"organisation": " "}, {"name": ""}, {"email": " "}])
def test_a_contact_has_a_service_a_name_and_a_way(stage: Stage, changes: dict[str, str]) -> None:
    assert refused(lambda: contact(stage, **changes), refusals.ContactIncomplete)


def test_a_clause_is_written_in_every_language(stage: Stage) -> None:
    deed = staging.drafted(stage)
    given = {"deed": deed, "by": stage.mayor, "at": NOW}

    assert refused(lambda: charter.add_clause(titles=NEW, texts=ONE, **given), refusals.EmptyClause)
    assert refused(lambda: charter.add_clause(titles=ONE, texts=NEW, **given), refusals.EmptyClause)


def test_the_same_words_ask_nobody_again(stage: Stage) -> None:
    clause = staging.agreed(stage).clauses.get(key="law")

    charter.change_clause_text_and_void_assents(clause=clause, texts=clause.texts, seen=1, by=stage.mayor, at=NOW)

    assert (clause.revisions.count(), clause.assents.count(), Deed.objects.get().state) == (1, 3, "agreed")


def test_who_read_old_words_agrees_to_none_of_the_clauses(stage: Stage) -> None:
    deed = staging.drafted(stage)
    seen = dict(deed.clauses.values_list("key", "revision"))
    charter.change_clause_text_and_void_assents(
        clause=deed.clauses.get(key="law"), texts=NEW, seen=1, by=stage.mayor, at=NOW
    )

    assert refused(
        lambda: charter.agree_to_all_clauses(deed=deed, seen=seen, by=stage.officer, at=NOW), refusals.ClauseChanged
    )


def test_a_second_yes_of_a_side_is_not_noted_again(stage: Stage) -> None:
    deed = staging.drafted(stage)
    staging.agree_to_all(deed, stage.officer)
    before = rows_of("charter")

    staging.agree_to_all(deed, stage.officer)

    assert rows_of("charter") == before


def test_who_speaks_for_nobody_has_no_side() -> None:
    with pytest.raises(refusals.NoSide):
        require_party_of_charter(None)


@pytest.mark.parametrize(("made", "language"), [(staging.drafted, "de"), (staging.put_up, "fr")])
def test_words_are_proposed_in_a_language_of_the_text_while_it_is_written(
    stage: Stage, made: Callable[[Stage], Deed], language: str
) -> None:
    given = {"clause": made(stage).clauses.get(key="law"), "text": "Besser.", "remark": "", "at": NOW}

    assert refused(
        lambda: charter.propose_clause_text_or_remark(language=language, by=stage.mayor, **given), WrongState
    )


@pytest.mark.parametrize(("accept", "text"), [(False, "Mieux."), (True, "")])
def test_a_proposal_that_is_refused_or_only_a_remark_changes_no_words(stage: Stage, accept: bool, text: str) -> None:
    clause = staging.drafted(stage).clauses.get(key="law")
    given = {"clause": clause, "language": "fr", "text": text, "remark": "Trop long ?"}
    proposal = charter.propose_clause_text_or_remark(**given, by=stage.mayor, at=NOW)

    charter.answer_proposal_and_apply_accepted(proposal=proposal, accept=accept, words="", by=stage.officer, at=NOW)

    proposal.refresh_from_db()
    assert (proposal.outcome, clause.revisions.count()) == ("accepted" if accept else "refused", 1)


def test_only_a_draft_of_plan_or_money_is_agreed_or_written(stage: Stage) -> None:
    money = staging.settled(stage)

    assert refused(
        lambda: charter.save_financing_draft(plan=money, entry=FinancingEntry(), by=None, at=NOW), WrongState
    )
    assert refused(
        lambda: charter.agree_plan_and_enforce_when_both(plan=stage.here.plan, by=stage.here.coordinator, at=NOW),
        WrongState,
    )


def test_the_machine_needs_no_mandate(stage: Stage) -> None:
    deed = charter.draft_next_deed_version(partnership=stage.partnership, kind="rules", by=None, at=NOW)
    money = charter.get_or_begin_financing_draft(partnership=stage.partnership, by=None, at=NOW)
    charter.save_financing_draft(plan=money, entry=staging.SOUND, by=None, at=NOW)
    charter.adopt_financing_and_amend_charter(plan=money, may_be_untranslated=True, by=None, at=NOW)

    assert (deed.state, FinancingPlan.objects.get().state) == ("draft", "settled")
    assert refused(
        lambda: charter.freeze_and_mail_for_signature(deed=deed, order=[], may_be_untranslated=True, by=None, at=NOW),
        refusals.CharterIncomplete,
    )


def test_rules_are_accepted_on_paper_by_members_of_the_same_partnership(stage: Stage) -> None:
    deed, by = rules(stage), stage.here.coordinator
    neighbour = Membership.objects.get(person=member(stage.next_door.partnership, "Paul Voisin"))
    gone = Membership.objects.get(person=member(stage.partnership, "Lou Partie"))
    Membership.objects.filter(pk=gone.pk).update(state="left")
    gone.refresh_from_db()

    for one in (neighbour, gone):
        assert refused(
            lambda one=one: charter.record_rules_accepted_on_paper(deed=deed, membership=one, by=by, at=NOW),
            refusals.NotAMemberHere,
        )


def test_what_is_not_up_is_neither_signed_nor_recalled(stage: Stage) -> None:
    deed = staging.agreed(stage)

    assert refused(lambda: staging.sign(deed, "chief", stage.chief), WrongState)
    assert refused(lambda: charter.recall_from_signature_to_draft(deed=deed, by=stage.officer, at=NOW), WrongState)


def test_rules_that_hold_stay_when_the_next_charter_is_recalled(stage: Stage) -> None:
    staging.signed(stage)
    second = charter.draft_next_deed_version(partnership=stage.partnership, kind="charter", by=stage.officer, at=NOW)
    charter.freeze_and_mail_for_signature(deed=second, order=[], may_be_untranslated=True, by=stage.officer, at=NOW)

    again = charter.recall_from_signature_to_draft(deed=second, by=stage.officer, at=NOW)

    assert (again.state, Deed.objects.get(kind="rules").state) == ("agreed", "signed")


def test_a_text_that_changed_while_it_was_set_is_not_frozen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    deed, set_in_type = staging.agreed(stage), stored_files.pdfs

    def slowly(prints: Sequence[Any], **given: Any) -> list[bytes]:
        contact(stage, name="Autre")
        return set_in_type(prints, **given)

    monkeypatch.setattr(stored_files, "pdfs", slowly)
    with pytest.raises(WrongState):
        charter.freeze_and_mail_for_signature(deed=deed, order=[], may_be_untranslated=True, by=stage.officer, at=NOW)

    assert (Deed.objects.get(pk=deed.pk).state, StoredFile.objects.count()) == ("agreed", 0)


def test_a_text_to_sign_waits_for_who_may_sign_it_now(stage: Stage) -> None:
    deed = staging.put_up(stage, order=["chief", "officer", "municipality", "coordinator"])

    asked = [[one.what for one in charter_tasks(who, at=NOW)] for who in (stage.chief, stage.officer)]
    staging.sign(deed, "chief", stage.chief)
    then = [[one.what for one in charter_tasks(who, at=NOW)] for who in (stage.chief, stage.officer)]

    assert (asked, then) == ([["sign"], []], [[], ["sign"]])


def test_a_file_that_the_journal_does_not_know_is_reported(stage: Stage) -> None:
    given = {"media": "application/pdf", "language": "fr", "content": "JVBERg==", "size": 4, "stored_at": NOW}
    digest = sha256(b"%PDF").hexdigest()
    file = StoredFile.objects.create(deed=staging.drafted(stage), kind="frozen", sha256=digest, **given)

    assert [(one.file, one.why) for one in damaged_files()] == [(file.pk, "disowned")]


def test_a_charter_without_plan_and_page_says_so(stage: Stage) -> None:
    deed = staging.drafted(stage)
    with override("en"):
        whole = document_html(charter_paper(deed, "en"))
    CommunicationPlan.objects.update(state="superseded", in_force_until=NOW)
    Partnership.objects.filter(pk=stage.partnership.pk).update(state="idea")

    bare = document_html(charter_paper(Deed.objects.get(pk=deed.pk), "en"))

    told = ("Not agreed yet.", "The page of the partnership")
    assert [words in whole for words in told] == [False, True]
    assert [words in bare for words in told] == [True, False]


def test_a_plan_of_money_says_what_members_give_and_who_insures(stage: Stage) -> None:
    plan = charter.get_or_begin_financing_draft(partnership=stage.partnership, by=None, at=NOW)
    insured = {"insurer": "Exemple SA", "insured": "volunteers", "insured_until": date(2027, 12, 31)}
    entry = FinancingEntry(costs_nothing=True, contribution=Decimal(5), members_expected=40, **insured)
    charter.save_financing_draft(plan=plan, entry=entry, by=None, at=NOW)

    said = document_html(financing_paper(plan, "en"))

    for words in (
        "The partnership costs nothing.",
        "Contribution, euros a member a year",
        'Exemple SA insures <span lang="fr">volunteers</span>',
    ):
        assert words in said


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(2880, "2 days"), (240, "4 hours"), (90, "1 hour 30 minutes"), (270, "4 hours 30 minutes"), (45, "45 minutes")],
)
def test_a_length_of_time_is_told_in_days_or_in_hours_and_minutes(minutes: int, words: str) -> None:
    with override("en"):
        assert duration_in_words(minutes) == words


def test_without_hours_a_message_leaves_at_any_hour() -> None:
    with override("en"):
        said = [
            sending_hours_in_words(first, last)
            for first, last in ((None, time(21)), (time(8), None), (time(8), time(21)))
        ]

    assert said == ["at any hour", "at any hour", "from 08:00 to 21:00"]


def test_a_kind_without_a_rule_is_in_no_diagram() -> None:
    some = [rule for rule in default_plan_rules() if rule.kind != "alarm"]

    (way,) = message_routes_of_plan(some)

    assert sum(len(row[0].split(", ")) for row in way.grid.rows) == len(KINDS) - 1


def test_each_trigger_of_postgresql_has_its_function() -> None:
    made = [words.split("(")[0].split()[:3] for words in triggers("on_postgresql")]

    functions, after = made[::2], made[1::2]
    assert [verb[1] for verb in functions] == ["FUNCTION"] * 9
    assert [verb[2] for verb in functions] == [verb[2] for verb in after]
    assert len(triggers("on_sqlite")) == 9


def triggers(name: str) -> list[str]:
    """The statements that make the triggers on one of the databases."""
    return list(getattr(import_module("plp.charter.migrations.0003_signed_never_changes"), name)())
