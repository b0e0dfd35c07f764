"""What would begin something new in a partnership that has ended is refused by the act itself, whoever calls it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from plp.charter import actions as charter
from plp.charter.actions.reviews import set_charter_review_day
from plp.charter.models import CommunicationPlan, Deed
from plp.charter.queries import default_plan_rules
from plp.evaluation.actions.objectives import set_or_stop_indicator_target
from plp.evaluation.actions.reports import choose_evaluation_due_day
from plp.evaluation.actions.surveys import open_survey
from plp.journal.models import Entry
from plp.launch.actions.consultations import TalkDetails, record_consultation
from plp.launch.actions.dates import replace_secret_calendar_link
from plp.launch.actions.publicity import record_launch_publication, record_sign_or_sticker_order
from plp.launch.actions.steps import reopen_finished_step
from plp.measures.actions.files import open_measures_file
from plp.measures.ladders import OFFICE
from plp.membership import actions as memberships
from plp.membership.fresh_consents import give_fresh_consent_and_welcome
from plp.membership.models import Membership
from plp.notices.actions.drafts import drop_draft_and_free_infoflash_items, restore_dropped_draft
from plp.notices.actions.guidance import create_communication_plan_advice
from plp.notices.actions.help_calls import start_drill_of_cry_for_help
from plp.notices.actions.message_drills import send_drill_to_consenting_members
from plp.notices.models import Notice
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW, Cast, member
from tests.notices.test_notices import drafted

SOON = NOW.date() + timedelta(days=30)
Act = Callable[[Cast], object]
BEGINNINGS: dict[str, Act] = {
    "drill of a call for help": lambda cast: start_drill_of_cry_for_help(
        partnership=cast.here.partnership, by=cast.here.coordinator, at=NOW
    ),
    "drill message": lambda cast: send_drill_to_consenting_members(
        partnership=cast.here.partnership, by=cast.here.coordinator, at=NOW
    ),
    "calendar link": lambda cast: replace_secret_calendar_link(
        partnership=cast.here.partnership, by=cast.officer, at=NOW
    ),
    "order of signs": lambda cast: record_sign_or_sticker_order(
        partnership=cast.here.partnership,
        kind="sticker",
        count=5,
        place="Haren",
        road_manager="",
        ordered_on=date(2026, 11, 25),
        by=cast.officer,
        at=NOW,
    ),
    "publication": lambda cast: record_launch_publication(
        partnership=cast.here.partnership,
        medium="press",
        title="Le journal",
        published_on=date(2026, 11, 25),
        proof="p. 3",
        by=cast.officer,
        at=NOW,
    ),
    "talk with an authority": lambda cast: record_consultation(
        partnership=cast.here.partnership,
        talk=TalkDetails(
            authority="police",
            held_on=date(2026, 11, 25),
            persons="La cheffe de corps",
            reference="PV 1",
            outcome="agreed",
            remark="",
        ),
        by=cast.officer,
        at=NOW,
    ),
    "step opened again": lambda cast: reopen_finished_step(
        partnership=cast.here.partnership, step="idea", reason="À revoir.", by=cast.officer, at=NOW
    ),
    "measures about the coordinator": lambda cast: open_measures_file(
        partnership=cast.here.partnership, person=cast.here.coordinator, ladder=OFFICE, by=cast.officer, at=NOW
    ),
    "survey of the members": lambda cast: open_survey(
        partnership=cast.here.partnership, copies=9, last_day=SOON, by=cast.here.coordinator, at=NOW
    ),
    "indicator": lambda cast: set_or_stop_indicator_target(
        partnership=cast.here.partnership,
        source="members",
        is_followed=True,
        target=50,
        due_on=SOON,
        objective=None,
        by=cast.here.coordinator,
        at=NOW,
    ),
    "day of the evaluation": lambda cast: choose_evaluation_due_day(
        partnership=cast.here.partnership, due_on=SOON, by=cast.here.coordinator, at=NOW
    ),
    "advice on the plan": lambda cast: create_communication_plan_advice(
        partnership=cast.here.partnership, words="Trop de SMS.", kind="", subject="", by=cast.officer, at=NOW
    ),
    "plan of communication": lambda cast: charter.set_silence_days_and_void_agreements(
        plan=CommunicationPlan.objects.get(state="draft"), days=60, by=cast.here.coordinator, at=NOW
    ),
    "agreement to the plan": lambda cast: charter.agree_plan_and_enforce_when_both(
        plan=CommunicationPlan.objects.get(state="draft"), by=cast.officer, at=NOW
    ),
}


def end(partnership: Partnership) -> None:
    """It has ended, for whoever asks for it anew and for whoever holds it."""
    Partnership.objects.filter(pk=partnership.pk).update(state="ended")
    partnership.refresh_from_db()


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=default_plan_rules(), by=cast.here.coordinator, at=NOW
    )
    return cast


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_an_act_that_begins_something_is_refused_after_an_end(cast: Cast, beginning: str) -> None:
    end(cast.here.partnership)
    noted = Entry.objects.count()

    with pytest.raises(PartnershipOver):
        BEGINNINGS[beginning](cast)

    assert Entry.objects.count() == noted


def test_a_draft_that_was_given_up_is_not_taken_up_again_after_an_end(cast: Cast) -> None:
    notice = drafted(cast)
    drop_draft_and_free_infoflash_items(notice=notice, by=cast.officer, at=NOW)
    end(cast.here.partnership)
    notice = Notice.objects.get(pk=notice.pk)

    with pytest.raises(PartnershipOver):
        restore_dropped_draft(notice=notice, by=cast.officer, at=NOW)

    assert Notice.objects.get(pk=notice.pk).state == "dropped"


@pytest.mark.parametrize("beginning", sorted(set(BEGINNINGS) - {"drill message", "indicator"}))
def test_the_same_act_is_done_while_the_partnership_lives(cast: Cast, beginning: str) -> None:
    noted = Entry.objects.count()

    BEGINNINGS[beginning](cast)

    assert Entry.objects.count() > noted


def test_nobody_is_let_in_after_an_end_whether_they_asked_or_were_asked(cast: Cast) -> None:
    waiting = member(cast.here.partnership, "Ida Muster").memberships.get()
    Membership.objects.filter(pk=waiting.pk).update(state="pending", says_yes_anew=True)
    end(cast.here.partnership)
    waiting = Membership.objects.get(pk=waiting.pk)

    for act in (memberships.accept_and_welcome_member, give_fresh_consent_and_welcome):
        for by in (cast.here.coordinator, None):
            with pytest.raises(PartnershipOver):
                act(membership=waiting, by=by, at=NOW)

    assert Membership.objects.get(pk=waiting.pk).state == "pending"


@pytest.mark.django_db
def test_a_charter_in_preparation_is_neither_changed_nor_agreed_to_after_an_end() -> None:
    stage = Stage()
    deed = staging.drafted(stage)
    clause = deed.clauses.first()
    end(stage.partnership)
    deed = Deed.objects.get(pk=deed.pk)
    by = {"by": stage.here.coordinator, "at": NOW}
    texts = dict.fromkeys(deed.languages, "Autre texte.")
    acts: list[Callable[[], object]] = [
        lambda: charter.change_clause_text_and_void_assents(
            clause=deed.clauses.get(pk=clause.pk), texts=texts, seen=1, **by
        ),
        lambda: charter.agree_to_clause(clause=deed.clauses.get(pk=clause.pk), seen=1, **by),
        lambda: charter.agree_to_all_clauses(deed=deed, seen={}, **by),
        lambda: charter.propose_clause_text_or_remark(
            clause=deed.clauses.get(pk=clause.pk), language="fr", text="Autre.", remark="", **by
        ),
        lambda: set_charter_review_day(partnership=stage.partnership, review_on=SOON, by=None, at=NOW),
    ]

    for act in acts:
        with pytest.raises(PartnershipOver):
            act()
