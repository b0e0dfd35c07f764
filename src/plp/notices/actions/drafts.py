"""The pen of the police: draft, describe, write, override, send back, drop."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices import refusals
from plp.notices.actions.forwards import forward_to_same_partnerships
from plp.notices.actions.gates import (
    move_notice_state_or_name_rival,
    require_right_to_write_by_plan,
)
from plp.notices.actions.writers import copy_writers, record_person_as_writer
from plp.notices.models import Notice, NoticeText, Override
from plp.notices.queries.writers import is_writer_of_notice
from plp.notices.rules import excerpt_hash
from plp.notices.states import MOVES, State
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move
from plp.wording.severity import who_may_override as overridable

SHORTEST_REASON = 10


@transaction.atomic
def create_notice_draft(
    *,
    partnership: Partnership,
    kind: str,
    reason: str,
    by: Person | None,
    at: datetime,
    answers: Notice | None = None,
    corrects: Notice | None = None,
) -> Notice:
    """Begin a notice: only the police write (R105). Feedback ``answers`` and a correction ``corrects`` a sent one.

    A correction says again what was said: whoever wrote the first is a writer of it, too (T1).
    """
    notice = Notice(
        partnership=partnership, kind=kind, reason=reason, author=by, created_at=at, answers=answers, corrects=corrects
    )
    require_right_to_write_by_plan(by, notice, at)
    require_living(partnership)
    for origin in (answers, corrects):
        if origin is not None and (origin.partnership_id != partnership.pk or origin.relayed_at is None):
            raise refusals.NotRelayed
    notice.save(force_insert=True)
    record_person_as_writer(notice, by)
    if corrects:
        copy_writers(notice, origins=[corrects])
    if origin := answers or corrects:
        forward_to_same_partnerships(notice, origin)
    note(verb="notice.drafted", by=by, at=at, area=partnership.area.path, target=notice, kind=kind)
    return notice


@transaction.atomic
def set_details_of_draft(
    *,
    notice: Notice,
    reason: str,
    expires_at: datetime | None,
    official_reference: str,
    keeps_secrecy: bool | None,
    prosecutor_consulted_on: date | None,
    send_at: datetime | None = None,
    reaches_newcomers: bool = True,
    answer_by: date | None = None,
    by: Person | None,
    at: datetime,
) -> None:
    """Set what belongs to a draft beside its words (R76, R77, R109, R111, R125).

    ``answer_by``: the last day on which it asks for answers; without one the kind says how long. ``keeps_secrecy``
    ``None``: as it stands.
    """
    require_right_to_write_by_plan(by, notice, at)
    confirmed = {} if keeps_secrecy is None else {"keeps_secrecy": keeps_secrecy}
    changed = Notice.objects.filter(pk=notice.pk, state=State.DRAFT).update(
        reason=reason,
        expires_at=expires_at,
        official_reference=official_reference,
        prosecutor_consulted_on=prosecutor_consulted_on,
        send_at=send_at,
        reaches_newcomers=reaches_newcomers,
        answer_by=answer_by,
        **confirmed,
    )
    if not changed:
        raise WrongState
    notice.refresh_from_db()
    note(verb="notice.described", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def write_text_and_drop_composition(
    *, notice: Notice, language: str, title: str, core: str, more: str, by: Person | None, at: datetime
) -> NoticeText | None:
    """Write or replace the words in one language; empty words take the language out. Drafts only.

    Whoever changes a sign, or takes a language out, is one more writer: they cannot release it (T1). Words by hand are
    no longer those of the choice of sentences.
    """
    require_right_to_write_by_plan(by, notice, at)
    row = store_notice_text(notice=notice, language=language, title=title, core=core, more=more, by=by, at=at)
    if notice.composition is not None:
        Notice.objects.filter(pk=notice.pk).update(composition=None)
        notice.composition = None
    return row


def store_notice_text(
    *,
    notice: Notice,
    language: str,
    title: str,
    core: str,
    more: str,
    by: Person | None,
    at: datetime,
    easy: str = "",
) -> NoticeText | None:
    """What ``write_text`` writes, whoever is asked before; ``easy`` is the same in easy language, if it was composed.

    Raises ``WrongState``.
    """
    if not Notice.objects.select_for_update().filter(pk=notice.pk, state=State.DRAFT).exists():
        raise WrongState
    title, core, more = (" ".join(title.split()), core.strip(), more.strip())
    if not (title or core or more):
        removed, _tables = NoticeText.objects.filter(notice=notice, language=language).delete()
        record_person_as_writer(notice, by if removed else None)
        return None
    words = {"title": title, "core": core, "more": more, "easy": easy, "written_by": by}
    row, _created = NoticeText.objects.update_or_create(notice=notice, language=language, defaults=words)
    record_person_as_writer(notice, by)
    note(verb="notice.written", by=by, at=at, area=notice.partnership.area.path, target=notice, language=language)
    return row


@transaction.atomic
def save_override_of_finding_with_reason(
    *, notice: Notice, language: str, rule: str, excerpt: str, reason: str, by: Person, at: datetime
) -> Override:
    """Let one finding pass, with a reason that is kept (R73). Raises ``NoOverride`` for the rules that have none."""
    require(by, Permission.NOTICE_OVERRIDE, notice.partnership.area, at=at)
    if overridable(rule) == "none":
        raise refusals.NoOverride
    if len(reason.strip()) < SHORTEST_REASON:
        raise refusals.ReasonTooShort
    override, _created = Override.objects.get_or_create(
        notice=notice,
        language=language,
        rule=rule,
        excerpt_hash=excerpt_hash(excerpt),
        defaults={"reason": reason.strip(), "by": by, "at": at},
    )
    note(verb="notice.overridden", by=by, at=at, area=notice.partnership.area.path, target=notice, rule=rule)
    return override


@transaction.atomic
def return_submitted_notice_to_author(*, notice: Notice, because: str, by: Person, at: datetime) -> None:
    """Return a submitted notice to its author with a word why; whoever wrote some of it may also take it back."""
    wrote = is_writer_of_notice(by, notice)
    permission = Permission.NOTICE_WRITE if wrote else Permission.NOTICE_RELEASE
    require(by, permission, notice.partnership.area, at=at)
    if not wrote and len(because.strip()) < SHORTEST_REASON:
        raise refusals.ReasonTooShort
    move_notice_state_or_name_rival(notice, State.DRAFT, by=by, returned_because=because.strip()[:300])
    note(verb="notice.sent_back", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def drop_draft_and_free_infoflash_items(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Give a draft up; the machine (``None``) gives up its own when the official alert is cancelled (R125)."""
    if by is not None or notice.author_id is not None:
        require(by, Permission.NOTICE_WRITE, notice.partnership.area, at=at)
    move(notice, State.DROPPED, table=MOVES)
    others = Notice.objects.filter(items=OuterRef("pk")).exclude(state=State.DROPPED)
    for item in notice.items.filter(~Exists(others), state=State.BUNDLED):
        move(item, State.DRAFT, table=MOVES, gathered_at=None)
    note(verb="notice.dropped", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def restore_dropped_draft(*, notice: Notice, by: Person, at: datetime) -> None:
    """Write on at a draft that somebody gave up.

    Raises ``NotAllowed``, ``PartnershipOver``, or ``WrongState`` for one of the machine.
    """
    require(by, Permission.NOTICE_WRITE, notice.partnership.area, at=at)
    require_living(notice.partnership)
    if notice.author_id is None or notice.state != State.DROPPED:
        raise WrongState
    move(notice, State.DRAFT, table=MOVES)
    note(verb="notice.taken_up", by=by, at=at, area=notice.partnership.area.path, target=notice)
