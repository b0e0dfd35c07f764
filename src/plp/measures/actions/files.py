"""The file: opened, the person heard, closed, erased (R99-R102)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import uuid5

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from plp.delivery.texts import strip_slots
from plp.journal.actions import note
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed, require
from plp.measures import refusals
from plp.measures.ladders import Ladder
from plp.measures.letters import mail_deciders_of_file_news, notify_person_of_letter, notify_person_words_are_kept
from plp.measures.models import WAITS, File, Measure, OwnWords
from plp.measures.queries import (
    are_roles_of_police,
    deciding_offices_of,
    holders_of,
    may_write_own_words,
    measures_of,
    offices_that_see,
    persons_eligible_for_file,
)
from plp.measures.rules import MOST_WORDS, appeal_closing_time, is_within_past_year
from plp.measures.states import Appealing, MeasureState, MeasureStep
from plp.membership import suspensions
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import WrongState


@transaction.atomic
def open_measures_file(*, partnership: Partnership, person: Person, ladder: Ladder, by: Person, at: datetime) -> File:
    """Open a file about somebody: of a member by the coordinator, of a coordinator by the police.

    Nothing happens to the person by that. Raises ``NotAllowed``, ``PartnershipOver``, ``NotYourStep``, ``NotConcerned``
    or ``FileOpen``.
    """
    require(by, ladder.permission, partnership.area, at=at)
    require_living(partnership)
    if not set(deciding_offices_of(by, partnership.area, at=at)) & set(ladder.opened_by):
        raise refusals.NotYourStep
    if person.pk == by.pk or not persons_eligible_for_file(partnership, ladder, at=at).filter(pk=person.pk).exists():
        raise refusals.NotConcerned
    try:
        with transaction.atomic():
            file = File.objects.create(
                partnership=partnership, person=person, ladder=ladder.key, opened_by=by, opened_at=at
            )
    except IntegrityError as second:
        raise refusals.FileOpen from second
    note(verb="measure.file_opened", by=by, at=at, area=partnership.area.path, target=file, ladder=ladder.key)
    for role in ladder.rung(MeasureStep.TALK).proposers:
        mail_deciders_of_file_news(file, holders_of(role, partnership.area, at=at).exclude(pk=by.pk), by=by, at=at)
    return file


@transaction.atomic
def note_talk_and_notify(*, file: File, held_on: date, came: bool, by: Person, at: datetime) -> Measure:
    """Note that the talk took place, or that the person did not come; nothing of what was said.

    Raises ``NotAllowed``, ``NotYourStep``, ``BadMeasureDay`` or ``WrongState``.
    """
    area = file.partnership.area
    require(by, file.steps.permission, area, at=at)
    if (
        not set(deciding_offices_of(by, area, at=at)) & set(file.steps.rung(MeasureStep.TALK).proposers)
        or by.pk == file.person_id
    ):
        raise refusals.NotYourStep
    if not is_within_past_year(held_on, at=at):
        raise refusals.BadMeasureDay
    if file.closed_at is not None:
        raise WrongState
    talk = Measure.objects.create(
        file=file,
        step=MeasureStep.TALK,
        state=MeasureState.TAKEN,
        happened_on=held_on,
        came=came,
        proposed_by=by,
        proposed_at=at,
        taken_at=at,
    )
    note(verb="measure.talk", by=by, at=at, area=area.path, target=talk)
    notify_person_of_letter(file, by=by, at=at)
    return talk


@transaction.atomic
def write_own_words_and_notify(*, file: File, words: str, by: Person, at: datetime) -> OwnWords:
    """Say how one sees it oneself. Where a neighbour decides, the police read it first; they are told.

    The same words once more change nothing. Raises ``NotAllowed`` for anybody else, ``OwnWordsTooLong``,
    ``NoOwnWords`` or ``NoMoreOwnWords``.
    """
    if by.pk != file.person_id:
        raise NotAllowed
    if len(words) > MOST_WORDS:
        raise refusals.OwnWordsTooLong
    words = strip_slots(words).strip()
    if not words:
        raise refusals.NoOwnWords
    file = File.objects.select_for_update(of=("self",)).select_related("partnership__area").get(pk=file.pk)
    last = file.own_words.last()
    if last and last.words == words:
        return last
    if not may_write_own_words(file):
        raise refusals.NoMoreOwnWords
    waits = file.steps.is_signed_by_coordinator
    sent = OwnWords.objects.create(file=file, words=words, written_at=at, passed_on_at=None if waits else at)
    note(verb="measure.heard", by=by, at=at, area=file.partnership.area.path, target=file)
    _notify_holders_of_roles(
        file, [role for role in offices_that_see(file) if file.steps.reads_words_at_once(role)], by=by, at=at
    )
    return sent


@transaction.atomic
def pass_on_or_keep_own_words(*, words: OwnWords, passes_on: bool, by: Person, at: datetime) -> None:
    """Let the coordinator read what a member says, or keep it to the police, since it describes others (ADR 85).

    The person is told of the latter, and may write anew. What was kept can be passed on later, while the file is open.
    Raises ``NotAllowed``, ``NotYourStep`` for anybody but the police, or ``WrongState``.
    """
    file, area = words.file, words.file.partnership.area
    require(by, file.steps.permission, area, at=at)
    if by.pk == file.person_id or not are_roles_of_police(deciding_offices_of(by, area, at=at)):
        raise refusals.NotYourStep
    row = OwnWords.objects.filter(pk=words.pk, file__closed_at=None)
    if passes_on:
        changed = row.filter(passed_on_at=None).update(passed_on_at=at, held_back_at=None)
    else:
        changed = row.filter(WAITS).update(held_back_at=at)
    if changed != 1:
        raise WrongState
    verb = "measure.words_passed_on" if passes_on else "measure.words_held_back"
    note(verb=verb, by=by, at=at, area=area.path, target=file)
    _notify_holders_of_roles(
        file, [role for role in offices_that_see(file) if not file.steps.reads_words_at_once(role)], by=by, at=at
    )
    if not passes_on:
        notify_person_words_are_kept(file, by=by, at=at)


def _notify_holders_of_roles(file: File, roles: Iterable[Role], *, by: Person, at: datetime) -> None:
    """Let whoever holds these offices know that something new stands in a file; never the person it is about."""
    for role in roles:
        holders = holders_of(role, file.partnership.area, at=at).exclude(pk__in=[by.pk, file.person_id])
        mail_deciders_of_file_news(file, holders, by=by, at=at)


@transaction.atomic
def close_measures_file(*, file: File, by: Person, at: datetime) -> None:
    """Close a file in which nothing waits; from here on its time runs (R102).

    Raises ``NotAllowed``, ``NotYourStep``, ``StillGoing`` or ``WrongState``.
    """
    area = file.partnership.area
    require(by, file.steps.permission, area, at=at)
    if not set(deciding_offices_of(by, area, at=at)) & set(file.steps.opened_by) or by.pk == file.person_id:
        raise refusals.NotYourStep
    is_unread = file.own_words.filter(WAITS).exists()
    if is_unread or any(_is_unsettled(one, at=at) for one in measures_of(file, seen_by_deciders=True)):
        raise refusals.StillGoing
    if not File.objects.filter(pk=file.pk, closed_at=None).update(closed_at=at):
        raise WrongState
    file.closed_at = at
    note(verb="measure.file_closed", by=by, at=at, area=area.path, target=file)


def _is_unsettled(measure: Measure, *, at: datetime) -> bool:
    """Whether a measure still asks for something: a signature, its end, an appeal."""
    if measure.state == MeasureState.PROPOSED or (
        measure.state == MeasureState.TAKEN and measure.step == MeasureStep.SUSPENSION
    ):
        return True
    days, appeal = measure.rung.appeal_days, getattr(measure, "appeal", None)
    if measure.state != MeasureState.TAKEN or not days or measure.taken_at is None:
        return False
    if appeal is None:
        return at < appeal_closing_time(measure.taken_at, days) or (
            measure.rung.copy_to_interior and measure.copied_on is None
        )
    return bool(appeal.state == Appealing.OPEN)


@transaction.atomic
def migrate_own_words_of_0_2_0(*, by: Person | None, at: datetime) -> None:
    """Take over what somebody wrote in 0.2.0 after the tables were brought up: none of it is lost, and the police read
    it first where a neighbour decides. For the machine; goes with ``File.words``.
    """
    there = OwnWords.objects.filter(WAITS | Q(written_at=OuterRef("words_at")), file=OuterRef("pk"))
    for file in File.objects.exclude(Exists(there)).exclude(words_at=None).select_related("partnership__area"):
        passed = None if file.steps.is_signed_by_coordinator else file.words_at
        row = {"file": file, "words": file.words, "written_at": file.words_at, "passed_on_at": passed}
        if OwnWords.objects.get_or_create(id=uuid5(file.pk, str(file.words_at)), defaults=row)[1]:
            note(verb="measure.words_taken_over", by=by, at=at, area=file.partnership.area.path, target=file)


@transaction.atomic
def erase_expired_files(*, by: Person | None, at: datetime) -> int:
    """Erase the files that were closed long enough ago, and every trace of them on a membership (R102).

    How long depends on the last rung that was taken. For the machine, once a day; answers how many.
    """
    count = 0
    closed = File.objects.filter(closed_at__isnull=False).select_related("partnership__area", "person")
    for file in closed:
        taken = [
            one.rung.kept_days for one in measures_of(file, seen_by_deciders=True) if one.state != MeasureState.DROPPED
        ]
        kept = timedelta(days=max(taken, default=0))
        if file.closed_at is None or at < file.closed_at + kept:
            continue
        suspensions.turn_exclusion_into_leaving(person=file.person, partnership=file.partnership, by=None, at=at)
        note(verb="measure.erased", by=by, at=at, area=file.partnership.area.path, target=file)
        file.delete()
        count += 1
    return count
