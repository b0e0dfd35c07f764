"""The same words for other partnerships: chosen in the draft, forwarded or asked for at the release (R55, R120)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from plp.charter.queries import required_plan_rule
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.notices import refusals
from plp.notices.actions.gates import (
    plan_rule_of_notice,
    require_permission_and_role_in_plan,
    require_ready_and_return_texts,
    require_right_to_write_by_plan,
)
from plp.notices.actions.outbox import release_and_relay_at_once_if_plan_says
from plp.notices.actions.writers import copy_writers
from plp.notices.models import Forwarding, Notice, NoticeText
from plp.notices.queries import hash_of_current_content
from plp.notices.queries.reach import expired_forwardings_condition
from plp.notices.queries.writers import is_writer_of_notice
from plp.notices.release_request_letters import mail_takeover_request_to_police
from plp.notices.rules import is_proof_of_identity_fresh
from plp.notices.states import PASSINGS, ForwardingState, State
from plp.partnership.models import Partnership
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.toolbox.moves import Refused, WrongState, move

COPIED = (
    "kind reason author expires_at official_reference keeps_secrecy prosecutor_consulted_on text_hash composition "
    "send_at reaches_newcomers"
).split()
SHORTEST_REASON = 10
UNANSWERED = (ForwardingState.CHOSEN, ForwardingState.ASKED)
UNDER_WAY = (State.RELEASED, State.RELAYED)


@transaction.atomic
def set_other_partnerships_of_draft(
    *, notice: Notice, partnerships: Collection[Partnership], by: Person | None, at: datetime
) -> int:
    """Say to which other partnerships a draft goes as well; those no longer named are left out. Answers how many.

    Raises ``WrongState`` once it is no draft, ``FollowsItsMessage`` for a correction or feedback, ``NotAtWork`` for a
    partnership that is not active, ``NoPlan`` for one whose plan says nothing about this kind.
    """
    require_right_to_write_by_plan(by, notice, at)
    if notice.corrects_id or notice.answers_id:
        raise refusals.FollowsItsMessage
    if notice.target_area and partnerships:
        raise refusals.OneQuarterOnly
    if not Notice.objects.select_for_update().filter(pk=notice.pk, state=State.DRAFT).exists():
        raise WrongState
    wanted = {partnership.pk: partnership for partnership in partnerships if partnership.pk != notice.partnership_id}
    for partnership in wanted.values():
        if partnership.state != Life.ACTIVE:
            raise refusals.NotAtWork
        required_plan_rule(partnership, notice.kind, at=at)
    notice.forwardings.exclude(partnership__in=wanted).delete()
    forwarded_to = set(notice.forwardings.values_list("partnership", flat=True))
    Forwarding.objects.bulk_create(
        Forwarding(lead=notice, partnership=partnership)
        for key, partnership in wanted.items()
        if key not in forwarded_to
    )
    area = notice.partnership.area.path
    note(verb="notice.reach_chosen", by=by, at=at, area=area, target=notice, partnerships=len(wanted))
    return len(wanted)


def forward_to_same_partnerships(notice: Notice, origin: Notice) -> None:
    """Let a correction or feedback go wherever its message was relayed as a copy."""
    Forwarding.objects.bulk_create(
        Forwarding(lead=notice, partnership_id=copy.partnership_id, origin=copy)
        for copy in origin.copies.filter(relayed_at__isnull=False)
    )


def forward_at_once_or_ask_local_police(lead: Notice, *, proven_at: datetime, by: Person, at: datetime) -> None:
    """Let the same words go to the other partnerships chosen: where author and releaser hold the same parts by the
    plan there, at once; elsewhere the police of the place are asked (R120). A correction follows its message by itself.
    """
    for passing in lead.forwardings.filter(state=ForwardingState.CHOSEN).select_related("partnership__area"):
        try:
            with transaction.atomic():
                copy = create_submitted_copy_for_partnership(passing, lead, at=at)
                rule = plan_rule_of_notice(copy, at)
                if not lead.corrects_id:
                    require_permission_and_role_in_plan(
                        lead.author or by, Permission.NOTICE_WRITE, rule.writers, copy, at
                    )
                    require_permission_and_role_in_plan(by, Permission.NOTICE_RELEASE, rule.releasers, copy, at)
                require_ready_and_return_texts(copy, at)
                move(passing, ForwardingState.FORWARDED, table=PASSINGS)
                release_and_relay_at_once_if_plan_says(copy, rule, proven_at=proven_at, by=by, at=at)
        except Refused:
            ask_local_police_to_take_message_over(passing, lead, by=by, at=at)


def ask_local_police_to_take_message_over(forwarding: Forwarding, lead: Notice, *, by: Person, at: datetime) -> None:
    """Ask the police of the place whether they take the message over."""
    move(forwarding, ForwardingState.ASKED, table=PASSINGS, asked_at=at)
    area = forwarding.partnership.area.path
    note(verb="notice.forwarding_asked", by=by, at=at, area=area, target=lead)
    mail_takeover_request_to_police(forwarding, lead, by=by, at=at)


def create_submitted_copy_for_partnership(forwarding: Forwarding, lead: Notice, *, at: datetime) -> Notice:
    """The copy of ``lead`` for one more partnership: the very same words, offered for release there."""
    answers, corrects = (forwarding.origin, None) if lead.answers_id else (None, forwarding.origin)
    copy = Notice(
        partnership=forwarding.partnership,
        lead=lead,
        answers=answers,
        corrects=corrects,
        created_at=at,
        submitted_at=at,
        state=State.SUBMITTED,
        **{name: getattr(lead, name) for name in COPIED},
    )
    copy.save(force_insert=True)
    NoticeText.objects.bulk_create(
        NoticeText(
            notice=copy,
            language=row.language,
            title=row.title,
            core=row.core,
            more=row.more,
            easy=row.easy,
            written_by_id=row.written_by_id,
        )
        for row in lead.texts.all()
    )
    copy_writers(copy, origins=[lead])
    return copy


@transaction.atomic
def accept_takeover_and_release_copy(
    *, forwarding: Forwarding, text_hash: str, proven_at: datetime | None, by: Person, at: datetime
) -> Notice:
    """Take a message of other police over for a partnership of one's own: it is released there under the same rules.

    Raises what ``release`` raises, and ``WrongState`` when it was answered, withdrawn, or stopped where it came from.
    """
    lead = Notice.objects.select_for_update().get(pk=forwarding.lead_id)
    if (
        lead.state not in UNDER_WAY
        or not Forwarding.objects.filter(pk=forwarding.pk, state=ForwardingState.ASKED).exists()
    ):
        raise WrongState
    if Forwarding.objects.filter(expired_forwardings_condition(at), pk=forwarding.pk).exists():
        raise refusals.AlreadyExpired
    copy = create_submitted_copy_for_partnership(forwarding, lead, at=at)
    rule = plan_rule_of_notice(copy, at)
    require_permission_and_role_in_plan(by, Permission.NOTICE_RELEASE, rule.releasers, copy, at)
    if is_writer_of_notice(by, lead):
        raise refusals.SamePerson
    if proven_at is None or not is_proof_of_identity_fresh(proven_at, at):
        raise refusals.NotProven
    if not (text_hash == lead.text_hash == hash_of_current_content(copy, require_ready_and_return_texts(copy, at))):
        raise refusals.TextChanged
    move(forwarding, ForwardingState.FORWARDED, table=PASSINGS, answered_at=at, answered_by=by)
    note(verb="notice.forwarding_accepted", by=by, at=at, area=copy.partnership.area.path, target=lead)
    release_and_relay_at_once_if_plan_says(copy, rule, proven_at=proven_at, by=by, at=at)
    return copy


@transaction.atomic
def decline_takeover_with_reason(*, forwarding: Forwarding, because: str, by: Person, at: datetime) -> None:
    """Not take a message over, with a reason that its author reads (R120). Raises ``ReasonTooShort``."""
    rule = required_plan_rule(forwarding.partnership, forwarding.lead.kind, at=at)
    probe = Notice(partnership=forwarding.partnership, kind=forwarding.lead.kind)
    require_permission_and_role_in_plan(by, Permission.NOTICE_RELEASE, rule.releasers, probe, at)
    if len(because.strip()) < SHORTEST_REASON:
        raise refusals.ReasonTooShort
    move(
        forwarding,
        ForwardingState.REFUSED,
        table=PASSINGS,
        because=because.strip()[:300],
        answered_at=at,
        answered_by=by,
    )
    note(verb="notice.forwarding_refused", by=by, at=at, area=forwarding.partnership.area.path, target=forwarding.lead)


@transaction.atomic
def close_expired_takeover_requests(*, by: Person | None, at: datetime) -> int:
    """Close what the police of a place did not answer before the message came to its end. Answers how many.

    May be done twice, and is then done once.
    """
    unanswered = Forwarding.objects.select_for_update(of=("self",)).filter(
        expired_forwardings_condition(at), state=ForwardingState.ASKED
    )
    late = unanswered.select_related("partnership__area", "lead")
    for passing in late:
        close_unanswered_forwarding(passing, by=by, at=at)
    return len(late)


def close_unanswered_forwarding(forwarding: Forwarding, *, by: Person | None, at: datetime) -> None:
    """Nobody answers it any more: what was asked for is late, what was only chosen in a draft is withdrawn."""
    if forwarding.state == ForwardingState.CHOSEN:
        move(forwarding, ForwardingState.WITHDRAWN, table=PASSINGS, answered_at=at)
        return
    move(forwarding, ForwardingState.LATE, table=PASSINGS, answered_at=at)
    area = forwarding.partnership.area.path
    note(verb="notice.forwarding_late", by=by, at=at, area=area, target=forwarding.lead)


def withdraw_open_forwards_and_list_copies(lead: Notice, *, at: datetime) -> list[Notice]:
    """Withdraw what was not answered yet; answers the copies that are on their way."""
    for passing in lead.forwardings.filter(state__in=UNANSWERED):
        move(passing, ForwardingState.WITHDRAWN, table=PASSINGS, answered_at=at)
    return list(lead.copies.filter(state__in=UNDER_WAY).select_related("partnership__area"))
