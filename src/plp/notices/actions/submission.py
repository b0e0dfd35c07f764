"""Offering a draft for release, in words that are right on the day on which it leaves."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.notices.actions.composition import rewrite_draft_from_composition
from plp.notices.actions.gates import (
    plan_rule_of_notice,
    require_permission_and_role_in_plan,
    require_ready_and_return_texts,
)
from plp.notices.actions.writers import record_person_as_writer
from plp.notices.compositions import stored_composition_or_none
from plp.notices.models import Notice
from plp.notices.queries import hash_of_current_content
from plp.notices.queries.sending_times import may_leave_on_another_day
from plp.notices.release_request_letters import mail_releasers_that_notice_waits
from plp.notices.states import MOVES, State
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import move
from plp.wording.catalogue.dated_days import name_days_by_date


def name_days_of_later_notice(*, notice: Notice, by: Person, at: datetime) -> None:
    """Say *yesterday* or *last night* of a composed draft by date where it may leave on another day.

    Nothing changes where it leaves today, or was written by hand.
    Raises what ``rewrite_draft_from_composition`` raises.
    """
    composition = stored_composition_or_none(notice)
    if composition is None:
        return
    written_on = composition.written_on or local(at).date()
    if may_leave_on_another_day(notice, written_on=written_on, at=at):
        name_days_of_composed_draft_by_date(notice=notice, by=by, at=at)


def name_days_of_composed_draft_by_date(*, notice: Notice, by: Person, at: datetime) -> None:
    """Say *yesterday* or *last night* of a composed draft by date; one written by hand stays as it is.

    Raises what ``rewrite_draft_from_composition`` raises.
    """
    composition = stored_composition_or_none(notice)
    if composition is None:
        return
    by_date = name_days_by_date(composition, composition.written_on or local(at).date())
    if by_date != composition:
        rewrite_draft_from_composition(notice=notice, composition=by_date, by=by, at=at)


@transaction.atomic
def submit_notice_for_release(*, notice: Notice, by: Person, at: datetime) -> None:
    """Offer a draft for release. Raises what still stands in the way, the first thing first.

    Whoever offers what the machine drafted becomes its author: somebody else has to release it (T1). *Yesterday* is
    said by date where the message leaves on another day.
    """
    require_permission_and_role_in_plan(
        by, Permission.NOTICE_WRITE, plan_rule_of_notice(notice, at).writers, notice, at
    )
    name_days_of_later_notice(notice=notice, by=by, at=at)
    texts = require_ready_and_return_texts(notice, at)
    offered = {"author": notice.author or by, "text_hash": hash_of_current_content(notice, texts)}
    record_person_as_writer(notice, by if notice.author is None else None)
    move(notice, State.SUBMITTED, table=MOVES, submitted_at=at, returned_because="", **offered)
    note(
        verb="notice.submitted",
        by=by,
        at=at,
        area=notice.partnership.area.path,
        target=notice,
        text_hash=notice.text_hash,
    )
    mail_releasers_that_notice_waits(notice, by=by, at=at)
