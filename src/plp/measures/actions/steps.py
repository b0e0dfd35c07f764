"""A step: proposed, signed by each office in turn, taken, dropped, lifted (R99, R100)."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import require
from plp.measures import refusals
from plp.measures.ladders import MEMBER, Effect
from plp.measures.letters import mail_signature_request, notify_person_of_letter
from plp.measures.models import File, Measure, Signature
from plp.measures.queries import (
    deciding_offices_of,
    holders_of,
    measures_of,
    next_signer,
    possible_next_steps,
    require_words_seen,
)
from plp.measures.rules import is_within_past_year
from plp.measures.states import MOVES, MeasureGround, MeasureState, MeasureStep
from plp.membership import suspensions
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move

PROOF_LASTS = timedelta(minutes=5)


@transaction.atomic
def propose_measure_and_ask_signature(
    *, file: File, step: MeasureStep, grounds: Sequence[str], happened_on: date | None, by: Person, at: datetime
) -> Measure:
    """Propose a step with its reasons; the first office is asked to sign. The person is told once it is taken.

    Raises ``NotAllowed``, ``NotYourStep``, ``StepOpen``, ``TalkComesFirst``, ``NoGround`` or ``BadMeasureDay``.
    """
    area, rung = file.partnership.area, file.steps.rung(step)
    require(by, file.steps.permission, area, at=at)
    roles = deciding_offices_of(by, area, at=at)
    if by.pk == file.person_id or not rung.signers or not set(roles) & set(rung.proposers):
        raise refusals.NotYourStep
    File.objects.select_for_update().get(pk=file.pk)
    _require_step_possible(file, step, roles)
    chosen = [ground for ground in MeasureGround.values if ground in grounds]
    if not chosen or (rung.must and rung.must not in chosen):
        raise refusals.NoGround
    if happened_on is not None and not is_within_past_year(happened_on, at=at):
        raise refusals.BadMeasureDay
    measure = Measure(file=file, step=step, grounds=chosen, happened_on=happened_on, proposed_by=by, proposed_at=at)
    measure.fingerprint = _fingerprint_of_measure(measure)
    measure.save(force_insert=True)
    note(verb="measure.proposed", by=by, at=at, area=area.path, target=measure, step=step)
    mail_signature_request(file, holders_of(rung.signers[0], area, at=at), by=by, at=at)
    return measure


def _require_step_possible(file: File, step: MeasureStep, roles: Sequence[Role]) -> None:
    """Raise unless the step can be begun now."""
    measures = measures_of(file, seen_by_deciders=True)
    if step in [rung.step for rung in possible_next_steps(file, measures, roles)]:
        return
    taken = {one.step for one in measures if one.state in {MeasureState.TAKEN, MeasureState.LIFTED}}
    if file.closed_at is None and not set(file.steps.rung(step).after) <= taken:
        raise refusals.TalkComesFirst
    raise refusals.StepOpen


def _fingerprint_of_measure(measure: Measure) -> str:
    """What the offices sign: about whom, which step, for which reasons, of which day."""
    file = measure.file
    parts = [str(file.person_id), file.ladder, measure.step, ",".join(measure.grounds), str(measure.happened_on or "")]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@transaction.atomic
def sign_measure_and_apply_when_complete(
    *,
    measure: Measure,
    slot: Role,
    fingerprint: str,
    words_fingerprint: str,
    proven_at: datetime | None,
    by: Person,
    at: datetime,
) -> Signature:
    """Sign for one's own office, in turn. The last signature takes the measure: its effect is there at once.

    ``fingerprint`` is that of the letter that was shown, ``words_fingerprint`` that of the person's words (``""`` where
    none were); ``proven_at`` at most five minutes old. Raises ``NotAllowed``, ``NotYourStep``, ``MeasureProofMissing``,
    ``WordsUnread``, ``OtherWordsThanShown``, ``OtherTextThanShown``, ``NotYourTurnToDecide`` or ``WrongState``.
    """
    file = measure.file
    area = file.partnership.area
    require(by, file.steps.permission, area, at=at)
    roles = deciding_offices_of(by, area, at=at)
    if by.pk == file.person_id or slot not in roles or slot not in measure.rung.signers:
        raise refusals.NotYourStep
    if proven_at is None or not timedelta(0) <= at - proven_at <= PROOF_LASTS:
        raise refusals.MeasureProofMissing
    require_words_seen(file, roles, fingerprint=words_fingerprint)
    fresh = Measure.objects.select_for_update().prefetch_related("signatures").get(pk=measure.pk)
    fresh.file = file
    if fresh.state != MeasureState.PROPOSED:
        raise WrongState
    if fingerprint != fresh.fingerprint or fingerprint != _fingerprint_of_measure(fresh):
        raise refusals.OtherTextThanShown
    if next_signer(fresh) != slot:
        raise refusals.NotYourTurnToDecide
    signature = Signature.objects.create(
        measure=fresh, slot=slot, name=by.name, person=by, fingerprint=fingerprint, proven_at=proven_at, signed_at=at
    )
    done: dict[str, str] = {"slot": slot, "fingerprint": fingerprint, "words": words_fingerprint}
    note(verb="measure.signed", by=by, at=at, area=area.path, target=fresh, **done)
    left = [role for role in fresh.rung.signers if role not in {one.slot for one in fresh.signatures.all()} | {slot}]
    if left:
        mail_signature_request(file, holders_of(left[0], area, at=at), by=by, at=at)
    else:
        _put_measure_into_effect_and_notify(fresh, by=by, at=at)
    return signature


def _put_measure_into_effect_and_notify(measure: Measure, *, by: Person, at: datetime) -> None:
    """The measure is taken: rights and membership follow in the same moment, and the person is told."""
    file = measure.file
    move(measure, MeasureState.TAKEN, table=MOVES, taken_at=at)
    if measure.rung.effect == Effect.SUSPENDS:
        mandates.suspend_mandates(person=file.person, area=file.partnership.area, matter=file.pk, by=None, at=at)
        if file.ladder == MEMBER.key:
            suspensions.suspend_membership(person=file.person, partnership=file.partnership, by=None, at=at)
    if measure.rung.effect == Effect.ENDS:
        _end_roles_and_membership(file, at=at)
    note(verb="measure.taken", by=by, at=at, area=file.partnership.area.path, target=measure, step=measure.step)
    notify_person_of_letter(file, by=by, at=at)


def _end_roles_and_membership(file: File, *, at: datetime) -> None:
    """Whatever the person holds in this quarter ends; of a member the membership too."""
    for held in _unended_mandates(file, at=at):
        mandates.end_mandate(mandate=held, by=None, at=at)
    mandates.reinstate_mandates(matter=file.pk, by=None, at=at)
    for provisional in file.measures.filter(step=MeasureStep.SUSPENSION, state=MeasureState.TAKEN):
        move(provisional, MeasureState.LIFTED, table=MOVES, ended_at=at)
    if file.ladder == MEMBER.key:
        suspensions.exclude_member(person=file.person, partnership=file.partnership, by=None, at=at)


def _unended_mandates(file: File, *, at: datetime) -> list[Mandate]:
    """The mandates of the quarter that have not ended, suspended ones among them."""
    rows = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), person=file.person, area=file.partnership.area)
    return list(rows.filter(role__in=mandates.OF_A_QUARTER).select_related("area"))


@transaction.atomic
def drop_measure(*, measure: Measure, by: Person, at: datetime) -> None:
    """Decide not to take a measure that waits: by an office that proposes or signs it.

    Raises ``NotAllowed``, ``NotYourStep`` or ``WrongState``.
    """
    _require_proposer_or_signer(measure, by=by, at=at)
    move(measure, MeasureState.DROPPED, table=MOVES, ended_at=at, ended_by=by)
    area = measure.file.partnership.area
    note(verb="measure.dropped", by=by, at=at, area=area.path, target=measure, step=measure.step)


@transaction.atomic
def lift_measure_and_notify(*, measure: Measure, by: Person, at: datetime) -> None:
    """End a provisional exclusion: everything is as it was before, at once, and the person is told.

    Raises ``NotAllowed``, ``NotYourStep`` or ``WrongState``.
    """
    _require_proposer_or_signer(measure, by=by, at=at)
    if measure.rung.effect != Effect.SUSPENDS:
        raise WrongState
    move(measure, MeasureState.LIFTED, table=MOVES, ended_at=at, ended_by=by)
    file = measure.file
    mandates.reinstate_mandates(matter=file.pk, by=None, at=at)
    if file.ladder == MEMBER.key:
        suspensions.restore_membership(person=file.person, partnership=file.partnership, by=None, at=at)
    note(verb="measure.lifted", by=by, at=at, area=file.partnership.area.path, target=measure)
    notify_person_of_letter(file, by=by, at=at)


@transaction.atomic
def note_interior_copy(*, measure: Measure, on: date, by: Person, at: datetime) -> None:
    """Note the day on which the copy of a final removal went to the FPS Interior (R100).

    Raises ``NotAllowed``, ``NotYourStep``, ``BadMeasureDay`` or ``WrongState``.
    """
    _require_proposer_or_signer(measure, by=by, at=at)
    if not is_within_past_year(on, at=at):
        raise refusals.BadMeasureDay
    if not measure.rung.copy_to_interior or measure.state != MeasureState.TAKEN:
        raise WrongState
    Measure.objects.filter(pk=measure.pk).update(copied_on=on)
    measure.copied_on = on
    area = measure.file.partnership.area
    note(verb="measure.copied", by=by, at=at, area=area.path, target=measure, on=str(on))


def _require_proposer_or_signer(measure: Measure, *, by: Person, at: datetime) -> None:
    area = measure.file.partnership.area
    require(by, measure.file.steps.permission, area, at=at)
    part = {*measure.rung.proposers, *measure.rung.signers}
    if by.pk == measure.file.person_id or not set(deciding_offices_of(by, area, at=at)) & part:
        raise refusals.NotYourStep
