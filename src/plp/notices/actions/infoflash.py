"""The infoflash: messages that are not urgent gather, and on the day of the zone become one draft (R134)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from plp.charter.kinds import KINDS
from plp.charter.queries import required_plan_rule
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas, require
from plp.notices import refusals
from plp.notices.actions.drafts import create_notice_draft, write_text_and_drop_composition
from plp.notices.actions.forwards import set_other_partnerships_of_draft
from plp.notices.actions.gates import (
    plan_rule_of_notice,
    require_permission_and_role_in_plan,
    require_ready_and_return_texts,
)
from plp.notices.actions.submission import name_days_of_composed_draft_by_date
from plp.notices.actions.writers import copy_writers, record_person_as_writer
from plp.notices.models import Notice
from plp.notices.queries import hash_of_current_content, title_core_and_more_by_language
from plp.notices.queries.guidance import decision_model_of_zone_around
from plp.notices.queries.reach import partnerships_of_notice
from plp.notices.rules.infoflash import (
    LONGEST,
    Words,
    can_wait_for_infoflash,
    infoflash_item_in_language_or_first,
    infoflash_languages,
    join_infoflash_items,
    join_infoflash_titles,
    next_infoflash_time,
    split_items_into_infoflash_portions,
)
from plp.notices.states import MOVES, State
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.queries.territory import zone_path
from plp.toolbox.moves import move

KIND, REASON = "infoflash", "information"
MOST_TITLE = 100  # letters of a title, as of every message
MARK = len(" (FR)")  # what a title gets when its item is not written in a language of the bundle


@transaction.atomic
def hold_draft_for_next_infoflash(*, notice: Notice, by: Person, at: datetime) -> None:
    """Keep a finished draft for the next infoflash of its quarters, all of one police zone.

    It is checked as a message that leaves, and names days by date, as it is read on another day. Raises
    ``NotForBundle``, ``TooLongForBundle``, ``NoPlan``, or what stands in the way of the text.
    """
    require_permission_and_role_in_plan(
        by, Permission.NOTICE_WRITE, plan_rule_of_notice(notice, at).writers, notice, at
    )
    places = partnerships_of_notice(notice)
    zone = zone_path(notice.partnership.area.path)
    if (
        not can_wait_for_infoflash(notice.kind)
        or notice.corrects_id
        or any(zone_path(place.area.path) != zone for place in places)
    ):
        raise refusals.NotForBundle
    if notice.target_area or notice.send_at:
        raise refusals.GoesItsOwnWay
    for place in places:
        required_plan_rule(place, KIND, at=at)
    name_days_of_composed_draft_by_date(notice=notice, by=by, at=at)
    texts = require_ready_and_return_texts(notice, at)
    longest = max(len(join_infoflash_items([item])) for item in texts.values()) + MARK
    if longest > LONGEST:
        raise refusals.TooLongForBundle(over=longest - LONGEST)
    changes = {"author": notice.author or by, "text_hash": hash_of_current_content(notice, texts)}
    record_person_as_writer(notice, by if notice.author is None else None)
    move(notice, State.GATHERED, table=MOVES, gathered_at=at, returned_because="", **changes)
    note(verb="notice.gathered", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def return_gathered_notice_to_draft(*, notice: Notice, by: Person, at: datetime) -> None:
    """Make a gathered message a draft again."""
    require(by, Permission.NOTICE_WRITE, notice.partnership.area, at=at)
    move(notice, State.DRAFT, table=MOVES, gathered_at=None)
    note(verb="notice.taken_out", by=by, at=at, area=notice.partnership.area.path, target=notice)


@transaction.atomic
def draft_due_infoflashes(*, by: Person | None, at: datetime) -> int:
    """Draft the infoflash of every zone whose day has come since its messages were gathered. Answers how many drafts.

    May be done twice, and is then done once; a day that was missed is made up for.
    """
    return _bundle_into_infoflash_drafts(
        [
            notice
            for notice in _lock_gathered_notices()
            if next_infoflash_time(
                notice.gathered_at or at, decision_model_of_zone_around(notice.partnership.area).weekday
            )
            <= at
        ],
        by=by,
        at=at,
    )


@transaction.atomic
def draft_infoflash_now(*, by: Person, at: datetime) -> int:
    """Draft the infoflash of everything that is gathered where ``by`` writes, before its day. Answers how many."""
    areas = permitted_areas(by, Permission.NOTICE_WRITE, at=at)
    return _bundle_into_infoflash_drafts(
        list(_lock_gathered_notices().filter(partnership__area__in=areas)), by=by, at=at
    )


def _lock_gathered_notices() -> QuerySet[Notice]:
    """What waits for an infoflash, the first gathered first; held, so that two workers make one bundle."""
    notices = Notice.objects.select_for_update(of=("self",)).filter(state=State.GATHERED)
    notices = notices.select_related("partnership__area")
    return notices.prefetch_related("texts", "forwardings__partnership__area").order_by("gathered_at", "pk")


def _bundle_into_infoflash_drafts(notices: Sequence[Notice], *, by: Person | None, at: datetime) -> int:
    """One draft for all quarters that get the same messages; more where they do not fit into one."""
    by_place: dict[Partnership, list[Notice]] = defaultdict(list)
    for item in notices:
        for place in partnerships_of_notice(item):
            by_place[place].append(item)
    groups: dict[tuple[Notice, ...], list[Partnership]] = defaultdict(list)
    for place, chosen in by_place.items():
        groups[tuple(chosen)].append(place)
    drafts = sum(_draft_infoflash_portions(chosen, places, by=by, at=at) for chosen, places in groups.items())
    for item in notices:
        move(item, State.BUNDLED, table=MOVES)
        note(verb="notice.bundled", by=by, at=at, area=item.partnership.area.path, target=item)
    return drafts


def _draft_infoflash_portions(
    notices: Sequence[Notice], partnerships: Sequence[Partnership], *, by: Person | None, at: datetime
) -> int:
    """The drafts of these messages for these quarters."""
    first, *others = partnerships
    words = [title_core_and_more_by_language(item) for item in notices]
    parts = split_items_into_infoflash_portions(words, first.languages)
    for part in parts:
        bundle = create_notice_draft(partnership=first, kind=KIND, reason=REASON, by=by, at=at)
        bundle.items.set(notices[number] for number in part)
        copy_writers(bundle, origins=[notices[number] for number in part])
        _write_infoflash_in_each_language(bundle, [words[number] for number in part], by=by, at=at)
        set_other_partnerships_of_draft(notice=bundle, partnerships=others, by=by, at=at)
    return len(parts)


def _write_infoflash_in_each_language(
    bundle: Notice, texts: Sequence[Words], *, by: Person | None, at: datetime
) -> None:
    """The words of the infoflash in each of its languages: the titles for the SMS, everything for the rest; a single
    message keeps its own words.
    """
    own, longest = bundle.partnership.languages, KINDS[KIND].short_limit
    for language in infoflash_languages(texts, own):
        chosen = [infoflash_item_in_language_or_first(item, language, own) for item in texts]
        title, core, more = (
            join_infoflash_titles(chosen, MOST_TITLE),
            join_infoflash_titles(chosen, longest),
            join_infoflash_items(chosen),
        )
        if len(chosen) == 1 and 0 < len(chosen[0][1]) <= longest:
            _title, core, more = chosen[0]
        write_text_and_drop_composition(
            notice=bundle, language=language, title=title, core=core, more=more, by=by, at=at
        )
