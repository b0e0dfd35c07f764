"""An appeal against a final removal: noted, decided by the administrative authority (R101)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import ON_APPEAL, Mandate
from plp.mandates.queries import require
from plp.measures import refusals
from plp.measures.actions.steps import PROOF_LASTS
from plp.measures.letters import mail_signature_request, notify_person_of_letter
from plp.measures.models import Appeal, Measure
from plp.measures.queries import deciding_offices_of, holders_of, require_words_seen
from plp.measures.rules import last_appeal_day
from plp.measures.states import APPEALING, MOVES, Appealing, MeasureState
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState, move


@transaction.atomic
def note_appeal_and_notify(*, measure: Measure, way: str, sent_on: date, by: Person, at: datetime) -> Appeal:
    """Note an appeal that came by registered letter or e-mail; what counts is the day on which it was sent.

    By an office that signed. Raises ``NotAllowed``, ``NotYourStep``, ``NoAppeal``, ``BadAppealDay`` or
    ``AppealTooLate``.
    """
    area, days = measure.file.partnership.area, measure.rung.appeal_days
    _require_office_that_may_sign(measure, by=by, at=at)
    if not days or measure.state != MeasureState.TAKEN or measure.taken_at is None or hasattr(measure, "appeal"):
        raise refusals.NoAppeal
    decided_on = local(measure.taken_at).date()
    if not decided_on <= sent_on <= local(at).date():
        raise refusals.BadAppealDay(day=date_format(decided_on, "DATE_FORMAT"))
    last = last_appeal_day(measure.taken_at, days)
    if sent_on > last:
        raise refusals.AppealTooLate(day=date_format(last, "DATE_FORMAT"))
    appeal = Appeal.objects.create(measure=measure, way=way, sent_on=sent_on, noted_by=by, noted_at=at)
    note(verb="measure.appeal_noted", by=by, at=at, area=area.path, target=measure, way=way)
    mail_signature_request(measure.file, holders_of(measure.rung.signers[-1], area, at=at), by=by, at=at)
    notify_person_of_letter(measure.file, by=by, at=at)
    return appeal


@transaction.atomic
def decide_appeal_and_restore_if_upheld(
    *, appeal: Appeal, upheld: bool, words_fingerprint: str, proven_at: datetime | None, by: Person, at: datetime
) -> None:
    """Decide on an appeal, by the office that decided on the removal, with fresh proof.

    Upheld: the function is given back at once. ``words_fingerprint`` is that of the words that were shown (``""`` where
    none were). Raises ``NotAllowed``, ``NotYourStep``, ``MeasureProofMissing``, ``OtherWordsThanShown`` or
    ``WrongState``.
    """
    measure = appeal.measure
    area = measure.file.partnership.area
    _require_office_that_may_sign(measure, by=by, at=at)
    roles = deciding_offices_of(by, area, at=at)
    if measure.rung.signers[-1] not in roles:
        raise refusals.NotYourStep
    if proven_at is None or not timedelta(0) <= at - proven_at <= PROOF_LASTS:
        raise refusals.MeasureProofMissing
    require_words_seen(measure.file, roles, fingerprint=words_fingerprint)
    if appeal.state != Appealing.OPEN:
        raise WrongState
    to = Appealing.UPHELD if upheld else Appealing.REJECTED
    move(appeal, to, table=APPEALING, decided_by=by, decided_at=at)
    appeal.decided_name = by.name
    appeal.save(update_fields=["decided_name"])
    if upheld:
        _give_back_ended_mandates(measure, at=at)
        move(measure, MeasureState.ANNULLED, table=MOVES, ended_at=at)
    done = {"upheld": upheld, "words": words_fingerprint}
    note(verb="measure.appeal_decided", by=by, at=at, area=area.path, target=measure, **done)
    notify_person_of_letter(measure.file, by=by, at=at)


def _give_back_ended_mandates(measure: Measure, *, at: datetime) -> None:
    """Give back what a final removal ended at its moment: the same roles, by the screening of then."""
    file = measure.file
    ended = Mandate.objects.filter(person=file.person, area=file.partnership.area, ends_at=measure.taken_at)
    for held in ended.select_related("area"):
        mandates.appoint(
            person=file.person,
            role=Role(held.role),
            area=held.area,
            decision=ON_APPEAL,
            screened_on=held.screened_on,
            screened_fit=held.screened_fit,
            by=None,
            at=at,
        )


def _require_office_that_may_sign(measure: Measure, *, by: Person, at: datetime) -> None:
    area = measure.file.partnership.area
    require(by, measure.file.steps.permission, area, at=at)
    if by.pk == measure.file.person_id or not set(deciding_offices_of(by, area, at=at)) & set(measure.rung.signers):
        raise refusals.NotYourStep
