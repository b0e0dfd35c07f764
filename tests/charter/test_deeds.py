"""Clauses are written by all, agreed one by one, proposed for and compared; a signed text is replaced, not changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from plp.charter import actions as charter
from plp.charter import refusals
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.charter.clauses import KEYS
from plp.charter.models import Amendment, Clause, Contact, Deed
from plp.charter.papers import charter_paper, financing_paper, plan_paper, rules_paper
from plp.charter.privacy import export
from plp.charter.queries import (
    charter_facts,
    charter_tasks,
    clause_rows,
    deed_in_force,
    default_plan_rules,
    party_represented_by,
    rules_for_new_members,
)
from plp.delivery.models import Dispatch
from plp.documents import document_html, docx, pdf
from plp.journal.queries import entries_about, verify_journal
from plp.mandates.actions import end_mandate
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.partnership.models import Partnership, Statement
from plp.places import actions as places
from plp.places.models import Area
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.portal.subjects.charter.offers import charter_and_rules_tasks
from plp.toolbox.moves import WrongState
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW, contact, hold, person
from tests.places.build import doors, street, whole

pytestmark = pytest.mark.django_db
NEW = {"fr": "Un autre texte.", "nl": "Een andere tekst."}


def test_a_first_version_has_every_clause_filled_in(stage: Stage) -> None:
    said = (("objective", "Vivre tranquille"), ("objective", "Se connaître"), ("expectation", "Recevoir des conseils"))
    for position, (kind, words) in enumerate(said):
        Statement.objects.create(
            partnership=stage.partnership,
            party="residents",
            kind=kind,
            text=words,
            language="fr",
            position=position,
            written_at=NOW,
        )

    deed = staging.drafted(stage)

    assert list(deed.clauses.values_list("key", flat=True)) == list(KEYS["charter"])
    objectives = deed.clauses.get(key="objectives").texts["fr"]
    assert "- Vivre tranquille\n- Se connaître" in objectives
    assert "en attendent\u00a0:\n\n- Recevoir des conseils" in objectives
    assert "Bruxelles" in deed.clauses.get(key="partners").texts["fr"]
    law = deed.clauses.get(key="law").texts["fr"]
    assert "5 octobre 2022" in law
    assert law.endswith("la version dans la langue administrative de la commune fait foi.")


def test_the_area_names_the_parts_of_its_streets(stage: Stage) -> None:
    long, short = street("Rue Haute", name_nl="Hoogstraat"), street("Rue du Chêne", name_nl="Eikstraat")
    for one in (long, short):
        doors(one, "2", "4", "12")
    even = Selector(side="even", first="2", last="40")
    twelve = Selector(first="12", last="12", excluded=True)
    parts = [StreetPart(long, even), StreetPart(long, twelve), whole(short)]
    places.draw_quarter_and_count_addresses(area=stage.here.area, selectors=parts, by=None, at=NOW)

    texts = staging.drafted(stage).clauses.get(key="area").texts

    assert "- Rue du Chêne\n- Rue Haute (numéros pairs, numéros 2 à 40; sauf numéro 12)" in texts["fr"]
    assert "- Hoogstraat (even nummers, nummers 2 tot 40; behalve nummer 12)" in texts["nl"]


def test_one_version_is_written_at_a_time_and_only_by_partners(stage: Stage) -> None:
    staging.drafted(stage)

    with pytest.raises(refusals.VersionAtWork):
        staging.drafted(stage)
    for stranger in (stage.next_door.coordinator, stage.foreign_officer, stage.here.deputy):
        with pytest.raises(NotAllowed):
            charter.draft_next_deed_version(partnership=stage.partnership, kind="rules", by=stranger, at=NOW)


def test_each_side_has_one_voice(stage: Stage) -> None:
    helper = person("Hilde Voorbeeld")
    hold(helper, Role.COMMITTEE, stage.here.area)

    voices = [*stage.sides, stage.chief, helper, stage.next_door.coordinator]

    assert [party_represented_by(one, stage.partnership, at=NOW) for one in voices] == [
        "police",
        "municipality",
        "residents",
        "police",
        "residents",
        None,
    ]


def test_new_words_ask_every_side_again_and_keep_the_old(stage: Stage) -> None:
    deed = staging.agreed(stage)
    clause = deed.clauses.get(key="law")

    charter.change_clause_text_and_void_assents(clause=clause, texts=NEW, seen=1, why="Plainer", by=stage.mayor, at=NOW)

    deed.refresh_from_db()
    old, new = clause.revisions.all()
    assert (deed.state, clause.assents.count(), charter_facts(stage.partnership).clauses_open) == ("draft", 0, 1)
    assert (new.texts, new.party, new.why, old.number) == (NEW, "municipality", "Plainer", 1)
    for side in stage.sides:
        charter.agree_to_clause(clause=clause, seen=2, by=side, at=NOW)
    deed.refresh_from_db()
    assert (deed.state, deed.agreed_at) == ("agreed", NOW)


def test_nobody_agrees_to_words_they_have_not_read(stage: Stage) -> None:
    clause = staging.drafted(stage).clauses.get(key="law")
    charter.change_clause_text_and_void_assents(clause=clause, texts=NEW, seen=1, by=stage.mayor, at=NOW)

    with pytest.raises(refusals.ClauseChanged):
        charter.agree_to_clause(clause=clause, seen=1, by=stage.officer, at=NOW)
    with pytest.raises(refusals.ClauseChanged):
        charter.change_clause_text_and_void_assents(
            clause=clause, texts={"fr": "x", "nl": "x"}, seen=1, by=stage.officer, at=NOW
        )
    with pytest.raises(refusals.EmptyClause):
        charter.change_clause_text_and_void_assents(
            clause=clause, texts={"fr": "x", "nl": " "}, seen=2, by=stage.officer, at=NOW
        )


def test_a_clause_of_ones_own_can_go_and_ours_cannot(stage: Stage) -> None:
    deed = staging.drafted(stage)
    own = charter.add_clause(deed=deed, titles={"fr": "Titre", "nl": "Titel"}, texts=NEW, by=stage.mayor, at=NOW)
    assert list(deed.clauses.values_list("key", flat=True))[-1] == own.key == "own-17"

    charter.delete_clause(clause=own, by=stage.officer, at=NOW)
    with pytest.raises(refusals.NeededClause):
        charter.delete_clause(clause=deed.clauses.get(key="law"), by=stage.officer, at=NOW)

    assert deed.clauses.count() == len(KEYS["charter"])


def test_another_side_takes_a_proposal_over(stage: Stage) -> None:
    clause = staging.drafted(stage).clauses.get(key="law")
    given = {"clause": clause, "language": "fr", "by": stage.mayor, "at": NOW}
    with pytest.raises(refusals.EmptyProposal):
        charter.propose_clause_text_or_remark(text=clause.texts["fr"], remark=" ", **given)
    proposal = charter.propose_clause_text_or_remark(text="Mieux.", remark="", **given)

    with pytest.raises(refusals.OwnProposal):
        charter.answer_proposal_and_apply_accepted(proposal=proposal, accept=True, words="", by=stage.mayor, at=NOW)
    charter.answer_proposal_and_apply_accepted(
        proposal=proposal, accept=True, words="Oui", by=stage.here.coordinator, at=NOW
    )
    with pytest.raises(WrongState):
        charter.answer_proposal_and_apply_accepted(proposal=proposal, accept=False, words="", by=stage.mayor, at=NOW)

    clause.refresh_from_db()
    proposal.refresh_from_db()
    assert (clause.texts["fr"], proposal.outcome, proposal.answer) == ("Mieux.", "accepted", "Oui")


def test_a_circular_to_come_is_refused(stage: Stage) -> None:
    deed = staging.drafted(stage)

    with pytest.raises(refusals.CircularToCome):
        charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2027, 1, 1), by=stage.officer, at=NOW)
    charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)

    deed.refresh_from_db()
    assert deed.circular_on == date(2019, 2, 28)


def test_another_circular_changes_the_clause_that_names_it(stage: Stage) -> None:
    deed = staging.agreed(stage)

    charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)

    deed.refresh_from_db()
    open_clauses = {row.clause.key for row in clause_rows(deed, "fr") if not row.is_agreed}
    assert (deed.state, open_clauses) == ("draft", {"law"})
    texts = deed.clauses.get(key="law").texts
    assert ("28 février 2019" in texts["fr"], "28 februari 2019" in texts["nl"]) == (True, True)
    assert not any("2022" in text for clause in deed.clauses.all() for text in clause.texts.values())


def test_another_day_that_ends_in_the_same_words_stays_as_it_is(stage: Stage) -> None:
    deed = staging.drafted(stage)
    charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2019, 2, 1), by=stage.officer, at=NOW)
    clause = deed.clauses.get(key="law")
    words = {"fr": "Le 21 février 2019.", "nl": "Omzendbrief van 1 februari 2019, niet 21 februari 2019."}
    charter.change_clause_text_and_void_assents(
        clause=clause, texts=words, seen=clause.revision, by=stage.officer, at=NOW
    )

    charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2022, 3, 5), by=stage.officer, at=NOW)

    clause.refresh_from_db()
    assert clause.texts["nl"] == "Omzendbrief van 5 maart 2022, niet 21 februari 2019."


def test_where_no_clause_names_the_circular_all_agree_again(stage: Stage) -> None:
    deed = staging.drafted(stage)
    charter.change_clause_text_and_void_assents(
        clause=deed.clauses.get(key="law"), texts=NEW, seen=1, by=stage.officer, at=NOW
    )
    for side in stage.sides:
        staging.agree_to_all(deed, side)

    charter.set_circular_date_and_clauses(deed=deed, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)

    deed.refresh_from_db()
    assert deed.state == "draft"
    assert not any(row.agreed for row in clause_rows(deed, "fr"))


def test_the_next_version_keeps_what_was_agreed_and_replaces_the_old_when_signed(stage: Stage) -> None:
    first = staging.signed(stage)
    later = NOW + timedelta(days=30)
    second = charter.draft_next_deed_version(partnership=stage.partnership, kind="charter", by=stage.officer, at=later)
    charter.freeze_and_mail_for_signature(deed=second, order=[], may_be_untranslated=True, by=stage.officer, at=later)
    second.refresh_from_db()

    for slot, who in stage.signers.items():
        charter.sign_charter(
            deed=second, slot=slot, quality="", fingerprint=second.fingerprint, proven_at=later, by=who, at=later
        )

    first.refresh_from_db()
    assert (first.state, first.in_force_until) == ("superseded", later)
    assert deed_in_force(stage.partnership, "charter", on=NOW) == first
    assert deed_in_force(stage.partnership, "charter", on=later) == second
    assert deed_in_force(stage.partnership, "charter", on=NOW - timedelta(days=1)) is None


@pytest.mark.parametrize("cause", ["contact", "plan", "financing", "rules"])
def test_a_change_after_the_signature_is_told_once(stage: Stage, cause: str) -> None:
    contact(stage.mayor, "email", "mayor@plp.test")
    deed = staging.signed(stage)
    Dispatch.objects.all().delete()
    assert not charter_facts(stage.partnership).amendment_due

    for _again in range(2):
        change(stage, cause)

    amendment = Amendment.objects.get()
    assert (amendment.deed, amendment.cause, amendment.partners_told) == (deed, cause, 1)
    assert charter_facts(stage.partnership).amendment_due
    assert "change" in [one.what for one in charter_tasks(stage.mayor, at=NOW)]


def test_an_office_that_ended_amends_the_charter_that_names_its_holder(stage: Stage) -> None:
    staging.signed(stage)
    coordinator = Contact.objects.get(partnership=stage.partnership, slot="coordinator")
    coordinator.name = stage.here.coordinator.name.upper()
    coordinator.save()
    charter.raise_amendments_for_ended_offices(by=None, at=NOW)
    before = Amendment.objects.count()
    mandate = Mandate.objects.get(person=stage.here.coordinator, role="coordinator")
    end_mandate(mandate=mandate, by=None, at=NOW)

    for _again in range(2):
        charter.raise_amendments_for_ended_offices(by=None, at=NOW)

    assert before == 0
    assert [amendment.cause for amendment in Amendment.objects.all()] == ["contact"]
    assert "change" in [task.what for task in charter_tasks(stage.mayor, at=NOW)]


@pytest.mark.parametrize("life", ["ended", "merged"])
def test_the_charter_of_what_has_ended_is_not_amended(stage: Stage, life: str) -> None:
    staging.signed(stage)
    coordinator = Contact.objects.get(partnership=stage.partnership, slot="coordinator")
    coordinator.name = stage.here.coordinator.name
    coordinator.save()
    mandate = Mandate.objects.get(person=stage.here.coordinator, role="coordinator")
    end_mandate(mandate=mandate, by=None, at=NOW)
    Partnership.objects.filter(pk=stage.partnership.pk).update(state=life)

    charter.raise_amendments_for_ended_offices(by=None, at=NOW)

    assert not Amendment.objects.exists()


def test_how_letters_greet_somebody_amends_nothing(stage: Stage) -> None:
    staging.signed(stage)
    contact = Contact.objects.get(partnership=stage.partnership, slot="municipality")

    charter.set_contact_and_amend_charter(
        partnership=stage.partnership, slot=contact.slot, organisation=contact.organisation, name=contact.name,
        email=contact.email, phone=contact.phone, addressed_as="sir", by=stage.officer, at=NOW,
    )  # fmt: skip

    contact.refresh_from_db()
    assert (contact.addressed_as, Amendment.objects.exists()) == ("sir", False)


def change(stage: Stage, cause: str) -> None:
    """Change one thing that the signed charter holds."""
    if cause == "contact":
        given = {"slot": "chief", "organisation": "Police", "name": "New", "email": "new@plp.test", "phone": ""}
        charter.set_contact_and_amend_charter(partnership=stage.partnership, by=stage.officer, at=NOW, **given)
    elif cause == "plan":
        plan = charter.draft_next_plan_version(
            partnership=stage.partnership, rules=default_plan_rules(), by=stage.officer, at=NOW
        )
        charter.agree_plan_and_enforce_when_both(plan=plan, by=stage.officer, at=NOW)
        charter.agree_plan_and_enforce_when_both(plan=plan, by=stage.here.coordinator, at=NOW)
    elif cause == "financing":
        staging.settled(
            stage, FinancingEntry(lines=[CostEntry("base", "SMS", Decimal(1), "zone")], uninsured_because="x")
        )
    elif not Deed.objects.filter(kind="rules", version=2).exists():
        rules = staging.drafted(stage, "rules")
        clause = rules.clauses.get(key="rules-money")
        charter.change_clause_text_and_void_assents(clause=clause, texts=NEW, seen=1, by=stage.officer, at=NOW)
        for side in stage.sides:
            charter.agree_to_clause(clause=clause, seen=2, by=side, at=NOW)


def test_the_letter_to_the_interior_has_a_true_date(stage: Stage) -> None:
    staging.signed(stage)
    change(stage, "contact")
    amendment = Amendment.objects.get()

    for wrong in (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)):
        with pytest.raises(refusals.BadLetterDay):
            charter.note_interior_told_of_amendment(
                amendment=amendment, on=wrong, reference="", by=stage.officer, at=NOW
            )
    charter.note_interior_told_of_amendment(
        amendment=amendment, on=NOW.date(), reference=" A/1 ", by=stage.officer, at=NOW
    )

    amendment.refresh_from_db()
    assert (amendment.interior_told_on, amendment.interior_reference) == (NOW.date(), "A/1")


def test_facts_of_a_partnership_without_a_charter(stage: Stage) -> None:
    found = charter_facts(stage.partnership)

    assert found.contacts_missing == [Role.MUNICIPALITY, Role.CHIEF, Role.OFFICER, Role.COORDINATOR]
    assert found.plan_agreed is True
    assert found.financing_complete is False
    assert found.clauses_open is None
    assert found.rules_ready is False
    assert found.frozen_at is None
    assert found.signed_by == {}
    assert found.signed_at is None


def test_members_accept_the_rules_in_force_and_before_that_those_agreed(stage: Stage) -> None:
    assert rules_for_new_members(stage.partnership) is None
    rules = staging.agreed(stage, "rules")

    assert rules_for_new_members(stage.partnership) == rules


def test_charter_and_rules_that_wait_together_are_one_task(stage: Stage) -> None:
    for kind in ("rules", "charter"):
        charter.draft_next_deed_version(partnership=stage.partnership, kind=kind, by=stage.officer, at=NOW)

    both = [(one.what, one.kind) for one in charter_tasks(stage.mayor, at=NOW)]
    Deed.objects.filter(kind="charter").update(state="agreed")
    rules = [(one.what, one.kind) for one in charter_tasks(stage.mayor, at=NOW)]

    assert (both, rules) == ([("agree", "charter")], [("agree", "rules")])
    with override("en"):
        assert [str(one.title) for one in charter_and_rules_tasks(stage.mayor, NOW)] == [
            "Agree to the internal rules: Haren"
        ]


def test_what_waits_for_each_side(stage: Stage) -> None:
    staging.drafted(stage)
    deed = Deed.objects.get()
    assert [one.what for one in charter_tasks(stage.mayor, at=NOW)] == ["agree"]

    staging.agree_to_all(deed, stage.mayor)

    assert charter_tasks(stage.mayor, at=NOW) == []
    assert charter_tasks(stage.next_door.coordinator, at=NOW) == []


def test_agreeing_to_all_asks_the_same_for_more_clauses(stage: Stage) -> None:
    deed = staging.drafted(stage)
    with CaptureQueriesContext(connection) as few:
        staging.agree_to_all(deed, stage.mayor)
    charter.add_clause(deed=deed, titles=NEW, texts=NEW, by=stage.officer, at=NOW)
    charter.add_clause(deed=deed, titles=NEW, texts=NEW, by=stage.officer, at=NOW)

    with CaptureQueriesContext(connection) as many:
        staging.agree_to_all(deed, stage.officer)

    assert len(many) == len(few)
    assert entries_about(deed.clauses.last()).filter(verb="clause.agreed").get().actor == str(stage.officer.pk)
    assert verify_journal().flaws == ()


def test_the_clause_list_asks_two_queries(stage: Stage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    deed = staging.drafted(stage)

    with django_assert_num_queries(2):
        rows = clause_rows(deed, "nl")
    Clause.objects.exclude(key="law").delete()
    with django_assert_num_queries(2):
        assert len(clause_rows(deed, "nl")) == 1
    assert [row.title for row in rows[:2]] == ["Voorwerp", "Wettelijke basis"]


@pytest.mark.parametrize("kind", ["plp", "plp_i", "sectoral"])
def test_papers_are_made_in_three_languages(stage: Stage, kind: str) -> None:
    Partnership.objects.filter(pk=stage.partnership.pk).update(kind=kind, languages=["fr", "nl", "de"])
    stage.partnership.refresh_from_db()
    staging.give_contacts(stage)
    money, rules, deed = staging.settled(stage), staging.drafted(stage, "rules"), staging.drafted(stage)

    for language in ("fr", "nl", "de"):
        papers = [
            charter_paper(deed, language),
            rules_paper(rules, language),
            plan_paper(stage.here.plan, language),
            financing_paper(money, language),
        ]
        assert [paper.missing for paper in papers] == [()] * 4
        assert all("<h2>" in document_html(paper) for paper in papers)
        assert pdf(papers[0], at=NOW).startswith(b"%PDF")
        assert docx(papers[0]).startswith(b"PK")


@pytest.mark.parametrize("has_outline", [True, False])
def test_the_map_of_the_area_is_an_annex_where_there_is_one(stage: Stage, has_outline: bool) -> None:
    corners = [[6.02, 50.42], [6.03, 50.42], [6.03, 50.43], [6.02, 50.43], [6.02, 50.42]]
    outline = {"type": "MultiPolygon", "coordinates": [[corners]]} if has_outline else None
    Area.objects.filter(pk=stage.partnership.area_id).update(outline=outline)
    stage.partnership.area.refresh_from_db()

    paper = document_html(charter_paper(staging.drafted(stage), "fr"))

    assert ("La carte est l’annexe 5." in paper) is has_outline
    assert ("Annexe 5. Carte du territoire" in paper) is has_outline


def test_a_person_gets_what_they_wrote_and_signed(stage: Stage) -> None:
    staging.signed(stage)

    told = export(stage.officer)

    assert told["signatures"] == [{"part": "signed", "slot": "officer", "on": "2026-11-25"}]
    assert {one["clause"] for one in told["written_clauses"]} == set(KEYS["charter"]) | set(KEYS["rules"])
