"""Writes about notices: draft, submit, release, relay, retract, correct (design, section 6)."""

from datetime import date, datetime

from django.db import transaction

from plp.charter.kinds import KINDS
from plp.charter.queries import rule_for
from plp.charter.rules import Rule, next_opening
from plp.delivery import actions as delivery
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import carrying, require
from plp.notices import refusals
from plp.notices.copies import copies_of, tell_coordinators, tell_releasers
from plp.notices.models import Notice, NoticeText, Override, Reading, Relay, Release
from plp.notices.queries import audience, hash_now, judge, words_of
from plp.notices.rules import excerpt_hash, expiry, is_fresh
from plp.notices.states import MOVES, State
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move
from plp.wording.severity import override as overridable

SHORTEST_REASON = 10


def _require_part(by: Person, permission: Permission, roles: tuple[str, ...], notice: Notice, at: datetime) -> None:
    """The right, narrowed by the plan in force (R62). Raises ``NotAllowed`` or ``NotInPlan``."""
    require(by, permission, notice.partnership.area, at=at)
    if not carrying(by, permission, at=at).filter(role__in=roles).exists():
        raise refusals.NotInPlan


@transaction.atomic
def draft(
    *,
    partnership: Partnership,
    kind: str,
    reason: str,
    by: Person,
    at: datetime,
    answers: Notice | None = None,
    corrects: Notice | None = None,
) -> Notice:
    """Begin a notice: only the police write (R105). Feedback ``answers`` and a correction ``corrects`` a sent one."""
    notice = Notice(
        partnership=partnership, kind=kind, reason=reason, author=by, created_at=at, answers=answers, corrects=corrects
    )
    _require_part(by, Permission.NOTICE_WRITE, rule_for(partnership, kind, at=at).writers, notice, at)
    for origin in (answers, corrects):
        if origin is not None and (origin.partnership_id != partnership.pk or origin.relayed_at is None):
            raise refusals.NotRelayed
    notice.save(force_insert=True)
    note(verb="notice.drafted", by=by, at=at, area=partnership.area.path, target=notice, kind=kind)
    return notice


@transaction.atomic
def describe(
    *,
    notice: Notice,
    reason: str,
    expires_at: datetime | None,
    official_reference: str,
    keeps_secrecy: bool,
    prosecutor_consulted_on: date | None,
    by: Person,
    at: datetime,
) -> None:
    """Set what belongs to a draft beside its words (R76, R77, R109, R111, R125)."""
    _require_part(by, Permission.NOTICE_WRITE, _rule(notice, at).writers, notice, at)
    changed = Notice.objects.filter(pk=notice.pk, state=State.DRAFT).update(
        reason=reason,
        expires_at=expires_at,
        official_reference=official_reference,
        keeps_secrecy=keeps_secrecy,
        prosecutor_consulted_on=prosecutor_consulted_on,
    )
    if not changed:
        raise WrongState
    notice.refresh_from_db()
    note(verb="notice.described", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def write(
    *, notice: Notice, language: str, title: str, core: str, more: str, by: Person, at: datetime
) -> NoticeText | None:
    """Write or replace the words in one language; empty words take the language out. Drafts only."""
    _require_part(by, Permission.NOTICE_WRITE, _rule(notice, at).writers, notice, at)
    if not Notice.objects.select_for_update().filter(pk=notice.pk, state=State.DRAFT).exists():
        raise WrongState
    title, core, more = (" ".join(title.split()), core.strip(), more.strip())
    if not (title or core or more):
        NoticeText.objects.filter(notice=notice, language=language).delete()
        return None
    row, _created = NoticeText.objects.update_or_create(
        notice=notice, language=language, defaults={"title": title, "core": core, "more": more, "written_by": by}
    )
    note(verb="notice.written", by=by, at=at, area=notice.partnership.area.path, target=notice, language=language)
    return row


@transaction.atomic
def override(
    *, notice: Notice, language: str, rule: str, excerpt: str, reason: str, by: Person, at: datetime
) -> Override:
    """Let one finding pass, with a reason that is kept (R73). Raises ``NoOverride`` for the rules that have none."""
    require(by, Permission.NOTICE_OVERRIDE, notice.partnership.area, at=at)
    if overridable(rule) == "none":
        raise refusals.NoOverride
    if len(reason.strip()) < SHORTEST_REASON:
        raise refusals.ReasonTooShort
    given, _created = Override.objects.get_or_create(
        notice=notice,
        language=language,
        rule=rule,
        excerpt_hash=excerpt_hash(excerpt),
        defaults={"reason": reason.strip(), "by": by, "at": at},
    )
    note(verb="notice.overridden", by=by, at=at, area=notice.partnership.area.path, target=notice, rule=rule)
    return given


@transaction.atomic
def submit(*, notice: Notice, by: Person, at: datetime) -> None:
    """Offer a draft for release. Raises what still stands in the way, the first thing first."""
    _require_part(by, Permission.NOTICE_WRITE, _rule(notice, at).writers, notice, at)
    texts = _ready(notice, at)
    move(notice, State.SUBMITTED, table=MOVES, submitted_at=at, text_hash=hash_now(notice, texts), returned_because="")
    note(
        verb="notice.submitted",
        by=by,
        at=at,
        area=notice.partnership.area.path,
        target=notice,
        text_hash=notice.text_hash,
    )
    tell_releasers(notice, by=by, at=at)


@transaction.atomic
def send_back(*, notice: Notice, because: str, by: Person, at: datetime) -> None:
    """Return a submitted notice to its author with a word why; the author may also take it back."""
    is_author = by.pk == notice.author_id
    permission = Permission.NOTICE_WRITE if is_author else Permission.NOTICE_RELEASE
    require(by, permission, notice.partnership.area, at=at)
    if not is_author and len(because.strip()) < SHORTEST_REASON:
        raise refusals.ReasonTooShort
    move(notice, State.DRAFT, table=MOVES, returned_because=because.strip()[:300])
    note(verb="notice.sent_back", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def drop(*, notice: Notice, by: Person, at: datetime) -> None:
    """Give a draft up."""
    require(by, Permission.NOTICE_WRITE, notice.partnership.area, at=at)
    move(notice, State.DROPPED, table=MOVES)
    note(verb="notice.dropped", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def release(*, notice: Notice, text_hash: str, proven_at: datetime | None, by: Person, at: datetime) -> None:
    """Let the exact text go, as the second person, with proof of identity not older than five minutes (T1, T43).

    ``text_hash`` is that of the text the releaser read. By the plan it then waits for the coordinator, or goes
    directly. Raises ``SamePerson``, ``NotProven``, ``TextChanged``, ``HasFindings``, ``AlreadyExpired``.
    """
    rule = _rule(notice, at)
    _require_part(by, Permission.NOTICE_RELEASE, rule.releasers, notice, at)
    notice = Notice.objects.select_for_update().select_related("partnership__area").get(pk=notice.pk)
    if by.pk == notice.author_id or notice.texts.filter(written_by=by).exists():
        raise refusals.SamePerson
    if proven_at is None or not is_fresh(proven_at, at):
        raise refusals.NotProven
    if not (text_hash == notice.text_hash == hash_now(notice, _ready(notice, at))):
        raise refusals.TextChanged
    move(notice, State.RELEASED, table=MOVES)
    Release.objects.create(notice=notice, by=by, at=at, proven_at=proven_at, text_hash=text_hash)
    note(verb="notice.released", by=by, at=at, area=notice.partnership.area.path, target=notice, text_hash=text_hash)
    if rule.route == "direct" or notice.corrects_id:
        _send(notice, rule, by=None, at=at)
    else:
        tell_coordinators(notice, by=by, at=at)


@transaction.atomic
def see(*, notice: Notice, by: Person, at: datetime, acknowledge: bool = False) -> None:
    """Note that the coordinator opened the notice, and acknowledged it (R51)."""
    require(by, Permission.NOTICE_RECEIVE, notice.partnership.area, at=at)
    reading, created = Reading.objects.get_or_create(notice=notice, person=by, defaults={"seen_at": at})
    if acknowledge:
        Reading.objects.filter(pk=reading.pk, acknowledged_at=None).update(acknowledged_at=at)
    if created or acknowledge:
        verb = "notice.acknowledged" if acknowledge else "notice.seen"
        note(verb=verb, by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def relay(*, notice: Notice, by: Person, at: datetime) -> int:
    """Pass a released notice on to the members, by the channels of the plan in force (R106). Answers how many."""
    rule = _rule(notice, at)
    _require_part(by, Permission.NOTICE_RELAY, rule.relayers, notice, at)
    return _send(notice, rule, by=by, at=at)


def _send(notice: Notice, rule: Rule, *, by: Person | None, at: datetime) -> int:
    """Write the outbox rows of a released notice; only the released words can leave (T43)."""
    if notice.expires_at is not None and notice.expires_at <= at:
        raise refusals.AlreadyExpired
    texts = words_of(notice)
    if notice.release.text_hash != hash_now(notice, texts):
        raise refusals.TextChanged
    move(notice, State.RELAYED, table=MOVES, relayed_at=at)
    message = delivery.compose(
        purpose=f"notice.{notice.kind}",
        subject=notice.pk,
        area=notice.partnership.area.path,
        texts=copies_of(notice, rule, texts, at=at),
        channels=rule.channels,
        urgent=KINDS[notice.kind].urgent,
        expires_at=expiry(notice.expires_at, longest_minutes=rule.expiry_minutes, at=at),
        by=by,
        at=at,
    )
    due_at = next_opening(rule, at)
    queued = delivery.enqueue_all(message=message, contacts=audience(notice), at=at, due_at=due_at)
    Relay.objects.create(notice=notice, by=by, at=at, message=message, audience=queued, is_direct=by is None)
    note(verb="notice.relayed", by=by, at=at, area=notice.partnership.area.path, target=notice, recipients=queued)
    return queued


@transaction.atomic
def retract(*, notice: Notice, by: Person, at: datetime) -> int:
    """Stop a notice: what was not claimed yet never leaves (T1, F27). Answers how many copies were stopped."""
    require(by, Permission.NOTICE_STOP, notice.partnership.area, at=at)
    was_relayed = notice.state == State.RELAYED
    move(notice, State.RETRACTED, table=MOVES, retracted_at=at)
    stopped = delivery.stop(message=notice.relay.message, by=by, at=at) if was_relayed else 0
    note(verb="notice.retracted", by=by, at=at, area=notice.partnership.area.path, target=notice, stopped=stopped)
    return stopped


@transaction.atomic
def expire(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Close a released notice whose end has come before anybody relayed it (R111)."""
    if notice.expires_at is None or notice.expires_at > at:
        raise WrongState
    move(notice, State.EXPIRED, table=MOVES)
    note(verb="notice.expired", by=by, at=at, area=notice.partnership.area.path, target=notice)


def _rule(notice: Notice, at: datetime) -> Rule:
    """How this notice travels."""
    return rule_for(notice.partnership, notice.kind, at=at)


def _ready(notice: Notice, at: datetime) -> dict[str, tuple[str, str, str]]:
    """The words of a notice that may leave. Raises the first thing that stands in the way."""
    kind, texts = KINDS[notice.kind], words_of(notice)
    if not texts or not all(title and core for title, core, _more in texts.values()):
        raise refusals.NoText
    longest = max(len(core) for _title, core, _more in texts.values())
    if longest > kind.short_limit:
        raise refusals.TooLong(limit=kind.short_limit, length=longest)
    if kind.needs_reference and not notice.official_reference:
        raise refusals.NeedsReference
    if kind.needs_origin and notice.answers_id is None:
        raise refusals.NeedsOrigin
    if not notice.keeps_secrecy:
        raise refusals.SecrecyNotConfirmed
    if notice.expires_at is not None and notice.expires_at <= at:
        raise refusals.AlreadyExpired
    if any(judged.blocks for judged in judge(notice, texts)):
        raise refusals.HasFindings
    return texts
