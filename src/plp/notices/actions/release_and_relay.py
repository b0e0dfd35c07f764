"""A message on its way: released by a second person, seen, relayed."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices import refusals
from plp.notices.actions.forwards import forward_at_once_or_ask_local_police
from plp.notices.actions.gates import (
    plan_rule_of_notice,
    require_permission_and_role_in_plan,
    require_ready_and_return_texts,
)
from plp.notices.actions.outbox import relay_and_queue_copies, release_and_relay_at_once_if_plan_says
from plp.notices.models import Notice, Reading
from plp.notices.queries import hash_of_current_content
from plp.notices.queries.writers import is_writer_of_notice
from plp.notices.rules import is_proof_of_identity_fresh
from plp.partnership.gates import require_living
from plp.people.models import Person


@transaction.atomic
def release_text_as_second_person(
    *, notice: Notice, text_hash: str, proven_at: datetime | None, by: Person, at: datetime
) -> None:
    """Let the exact text go, as the second person, with proof of identity not older than five minutes (T1, T43).

    ``text_hash`` is that of the text the releaser read. By the plan it then waits for the coordinator, or goes
    directly. Raises ``PartnershipOver``, ``SamePerson``, ``NotProven``, ``TextChanged``, ``HasFindings``,
    ``AlreadyExpired``.
    """
    rule = plan_rule_of_notice(notice, at)
    require_permission_and_role_in_plan(by, Permission.NOTICE_RELEASE, rule.releasers, notice, at)
    require_living(notice.partnership)
    notice = Notice.objects.select_for_update().select_related("partnership__area").get(pk=notice.pk)
    if is_writer_of_notice(by, notice):
        raise refusals.SamePerson
    if proven_at is None or not is_proof_of_identity_fresh(proven_at, at):
        raise refusals.NotProven
    if not (
        text_hash == notice.text_hash == hash_of_current_content(notice, require_ready_and_return_texts(notice, at))
    ):
        raise refusals.TextChanged
    release_and_relay_at_once_if_plan_says(notice, rule, proven_at=proven_at, by=by, at=at)
    forward_at_once_or_ask_local_police(notice, proven_at=proven_at, by=by, at=at)


def record_notice_opened_by_coordinator(
    *, notice: Notice, by: Person, at: datetime, acknowledge: bool = False
) -> Reading:
    """Note that the coordinator opened the notice, and acknowledged it (R51); who opens it again only reads."""
    require(by, Permission.NOTICE_RECEIVE, notice.partnership.area, at=at)
    reading = None if acknowledge else Reading.objects.filter(notice=notice, person=by).first()
    return reading or _save_reading(notice, acknowledge=acknowledge, by=by, at=at)


@transaction.atomic
def _save_reading(notice: Notice, *, acknowledge: bool, by: Person, at: datetime) -> Reading:
    reading, created = Reading.objects.get_or_create(notice=notice, person=by, defaults={"seen_at": at})
    if acknowledge:
        Reading.objects.filter(pk=reading.pk, acknowledged_at=None).update(acknowledged_at=at)
        reading.refresh_from_db()
    if created or acknowledge:
        verb = "notice.acknowledged" if acknowledge else "notice.seen"
        note(verb=verb, by=by, at=at, area=notice.partnership.area.path, target=notice)
    return reading


@transaction.atomic
def relay_notice_to_members(*, notice: Notice, by: Person, at: datetime) -> int:
    """Pass a released notice on to the members, by the channels of the plan in force (R106). Answers how many.

    Whoever passes it on has read it: the police see that too (R51). Raises ``PartnershipOver``.
    """
    rule = plan_rule_of_notice(notice, at)
    require_permission_and_role_in_plan(by, Permission.NOTICE_RELAY, rule.relayers, notice, at)
    require_living(notice.partnership)
    Reading.objects.filter(notice=notice, person=by, acknowledged_at=None).update(acknowledged_at=at)
    return relay_and_queue_copies(notice, rule, by=by, at=at)
