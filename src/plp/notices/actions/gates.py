"""What stands in the way of an action: the part somebody plays by the plan, words that may not leave yet, a rival."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language_info

from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.charter.rules import MessageRule
from plp.journal.queries import entries_about
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders, require
from plp.notices import refusals
from plp.notices.gaps import first_unfilled_gap
from plp.notices.models import Notice
from plp.notices.queries import check_texts_in_every_language, title_core_and_more_by_language
from plp.notices.queries.targets import count_doors_homes_or_firms, doors_in_target_of_notice, target_area_of_notice
from plp.notices.states import MOVES, State
from plp.people.models import Person
from plp.places.queries.target_areas import point_of_surroundings
from plp.places.rules.target_areas import FEWEST_DOORS
from plp.toolbox.moves import Refused, WrongState, move


def require_permission_and_role_in_plan(
    by: Person, permission: Permission, roles: tuple[str, ...], notice: Notice, at: datetime
) -> None:
    """The right, narrowed by the plan in force (R62). Raises ``NotAllowed`` or ``NotInPlan``."""
    area = notice.partnership.area
    require(by, permission, area, at=at)
    if not permission_holders(permission, area, roles=roles, at=at).filter(pk=by.pk).exists():
        raise refusals.NotInPlan


def require_right_to_write_by_plan(by: Person | None, notice: Notice, at: datetime) -> None:
    """The right to write this notice by the plan. ``None`` is the machine, which turns official alerts into drafts
    (R125); nothing it writes leaves without two persons. Raises ``NotAllowed``, ``NotInPlan`` or ``NoPlan``.
    """
    writers = plan_rule_of_notice(notice, at).writers
    if by is not None:
        require_permission_and_role_in_plan(by, Permission.NOTICE_WRITE, writers, notice, at)


def plan_rule_of_notice(notice: Notice, at: datetime) -> MessageRule:
    """How this notice travels."""
    return required_plan_rule(notice.partnership, notice.kind, at=at)


def require_ready_and_return_texts(notice: Notice, at: datetime) -> dict[str, tuple[str, str, str]]:
    """The words of a notice that may leave. Raises the first thing that stands in the way."""
    for refusal in refusals_before_leaving(notice, at):
        raise refusal
    return title_core_and_more_by_language(notice)


def refusals_before_leaving(notice: Notice, at: datetime) -> Iterator[Refused]:
    """Everything that stands in the way of a notice that should leave, so that a form can name all of it at once."""
    kind, texts = KINDS[notice.kind], title_core_and_more_by_language(notice)
    if not texts or not all(title and core for title, core, _more in texts.values()):
        yield refusals.NoText()
        return
    if gap := first_unfilled_gap(texts):
        yield refusals.HasGap(gap=gap)
    longest = max(len(core) for _title, core, _more in texts.values())
    if longest > kind.short_limit:
        yield refusals.TooLong(limit=kind.short_limit, length=longest)
    yield from _raised_refusal(require_every_plan_language, notice, texts, at)
    yield from _refusals_of_details(notice, at)
    yield from _raised_refusal(refuse_unknown_or_small_target, notice)
    if any(judged.blocks for judged in check_texts_in_every_language(notice, texts, two_readers=True)):
        yield refusals.HasFindings()


def _raised_refusal(require: Callable[..., None], *arguments: Any) -> Iterator[Refused]:
    try:
        require(*arguments)
    except Refused as refusal:
        yield refusal


def _refusals_of_details(notice: Notice, at: datetime) -> Iterator[Refused]:
    kind = KINDS[notice.kind]
    if kind.needs_reference and not notice.official_reference:
        yield refusals.NeedsReference()
    if kind.needs_reference and notice.expires_at is None:
        yield refusals.NeedsEnd()
    if kind.needs_origin and notice.answers_id is None:
        yield refusals.NeedsOrigin()
    if not notice.keeps_secrecy:
        yield refusals.SecrecyNotConfirmed()
    if notice.expires_at is not None and notice.expires_at <= at:
        yield refusals.EndHasPassed() if notice.state == State.DRAFT else refusals.AlreadyExpired()
    if notice.send_at and notice.expires_at and notice.send_at >= notice.expires_at:
        yield refusals.EndsBeforeSending()


def require_every_plan_language(notice: Notice, texts: Mapping[str, object], at: datetime) -> None:
    """Raise ``LanguageMissing`` for the first language that the plan asks for and nobody wrote."""
    for language in plan_rule_of_notice(notice, at).required_languages:
        if language not in texts:
            raise refusals.LanguageMissing(language=get_language_info(language)["name_translated"])


def refuse_unknown_or_small_target(notice: Notice) -> None:
    """Raise ``TooFewDoors`` where so few doors are meant that somebody would be singled out, ``NoSuchPlace`` where the
    register knows no such door or crossing.
    """
    area = target_area_of_notice(notice)
    if area and area.around and point_of_surroundings(area.around) is None:
        raise refusals.NoSuchPlace
    if notice.target_area and count_doors_homes_or_firms(notice, doors_in_target_of_notice(notice)) < FEWEST_DOORS:
        is_one_kind = area is not None and bool(area.members)
        raise (refusals.TooFewFirms if is_one_kind else refusals.TooFewDoors)(fewest=FEWEST_DOORS)


def move_notice_state_or_name_rival(notice: Notice, to: State, *, by: Person | None, **changes: Any) -> None:
    """Move a notice; who comes second is told who was first, and where the notice stands now (F26).

    Raises ``Overtaken``, or ``WrongState`` where nobody else had it in hand.
    """
    try:
        move(notice, to, table=MOVES, **changes)
    except WrongState:
        last = entries_about(notice).exclude(verb="notice.seen").values_list("actor", flat=True).last()
        rival = Person.objects.filter(pk=last).first() if last else None
        if by is None or rival is None or rival == by:
            raise
        state = Notice.objects.values_list("state", flat=True).get(pk=notice.pk)
        raise refusals.Overtaken(name=rival.name, state=State(state).label) from None
