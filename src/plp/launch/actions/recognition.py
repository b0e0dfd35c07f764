"""The file to FPS Interior: send it, note that it came back or was validated, note the letters (R96, R97)."""

import base64
import hashlib
from datetime import date, datetime

from django.db import transaction

from plp.journal.actions import note
from plp.launch.days import refuse_day_before_founding_or_future, refuse_day_outside
from plp.launch.models import Position, Recognition, Sending, ZoneRule
from plp.launch.queries.progress import require_step_open
from plp.launch.refusals import DayTooEarly, ReferenceMissing, RemarksMissing
from plp.launch.states import FILING, Filing
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership import actions as partnerships
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import move


@transaction.atomic
def record_file_sent_to_interior(
    *, partnership: Partnership, sent_on: date, file: bytes, by: Person | None, at: datetime
) -> Sending:
    """Note that the file went to FPS Interior, and keep ``file`` (a zip of ``dossier.dossier_zip``) byte for byte.

    The partnership waits for recognition from now on, unless it is launched. A file that came back is sent again.
    Raises ``NotAllowed``, ``PartnershipOver``, ``DayToCome``, ``DayTooEarly``, ``StepNotOpen`` before the signatures,
    ``WrongState``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    require_living(partnership)
    refuse_day_before_founding_or_future(sent_on, partnership, at=at)
    require_step_open(partnership, "recognition", at=at)
    recognition, _new = Recognition.objects.get_or_create(partnership=partnership, defaults={"opened_at": at})
    if recognition.returned_on and sent_on < recognition.returned_on:
        raise DayTooEarly
    move(recognition, Filing.SENT, table=FILING, sent_on=sent_on)
    digest = hashlib.sha256(file).hexdigest()
    sending = Sending.objects.create(
        recognition=recognition,
        sent_on=sent_on,
        by=by,
        at=at,
        content=base64.b64encode(file).decode(),
        sha256=digest,
    )
    if partnership.state == State.CREATION:
        partnerships.change_partnership_state(partnership=partnership, to=State.RECOGNITION, by=by, at=at)
    note(verb="recognition.sent", by=by, at=at, area=partnership.area.path, target=sending, sha256=digest)
    return sending


@transaction.atomic
def record_file_returned_by_interior(
    *, recognition: Recognition, returned_on: date, remarks: str, by: Person | None, at: datetime
) -> None:
    """Note that the file came back with remarks: the partnership is in creation again.

    Raises ``NotAllowed``, ``RemarksMissing``, ``DayToCome``, ``DayTooEarly`` for a day before the sending,
    ``WrongState``.
    """
    partnership = recognition.partnership
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    if not remarks.strip():
        raise RemarksMissing
    refuse_day_outside(returned_on, recognition.sent_on, at=at)
    move(recognition, Filing.RETURNED, table=FILING, returned_on=returned_on, remarks=remarks.strip()[:2000])
    if partnership.state == State.RECOGNITION:
        partnerships.change_partnership_state(partnership=partnership, to=State.CREATION, by=by, at=at)
    note(verb="recognition.returned", by=by, at=at, area=partnership.area.path, target=recognition)


@transaction.atomic
def record_validation_by_interior(
    *, recognition: Recognition, validated_on: date, reference: str, by: Person | None, at: datetime
) -> None:
    """Note the validation of FPS Interior with the day and reference of its letter.

    Raises ``NotAllowed``, ``ReferenceMissing``, ``DayToCome``, ``DayTooEarly`` for a day before the sending,
    ``WrongState``.
    """
    partnership = recognition.partnership
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    if not reference.strip():
        raise ReferenceMissing
    refuse_day_outside(validated_on, recognition.sent_on, at=at)
    short_reference = reference.strip()[:60]
    move(recognition, Filing.VALIDATED, table=FILING, validated_on=validated_on, reference=short_reference)
    note(verb="recognition.validated", by=by, at=at, area=partnership.area.path, target=recognition)


@transaction.atomic
def record_days_of_recognition_letters(
    *, recognition: Recognition, mayor_on: date | None, chief_on: date | None, by: Person | None, at: datetime
) -> None:
    """Note the days of the letters of FPS Interior to the mayor and to the chief of corps (R97); either may come later.

    Raises ``NotAllowed``, ``DayToCome`` or ``DayTooEarly``.
    """
    partnership = recognition.partnership
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    for day in filter(None, (mayor_on, chief_on)):
        refuse_day_outside(day, recognition.sent_on, at=at)
    recognition.mayor_told_on, recognition.chief_told_on = mayor_on, chief_on
    recognition.save(update_fields=["mayor_told_on", "chief_told_on"])
    note(verb="recognition.letters", by=by, at=at, area=partnership.area.path, target=recognition)


@transaction.atomic
def set_recognition_and_figures_rule_of_zone(
    *, zone: Area, needs_recognition: bool, by: Person | None, at: datetime, publishes_figures: bool = False
) -> ZoneRule:
    """Say whether the partnerships of a police zone wait for recognition before their launch (R27), and whether their
    figures are open to everybody. Raises ``NotAllowed``.
    """
    require_unless_machine(by, Permission.ZONE_SET, zone, at=at)
    changed = {"needs_recognition": needs_recognition, "publishes_figures": publishes_figures, "by": by, "at": at}
    rule, _new = ZoneRule.objects.update_or_create(zone=zone, defaults=changed)
    Position.objects.filter(partnership__area__path__startswith=zone.path).update(entries=0)
    note(
        verb="launch.zone_rule",
        by=by,
        at=at,
        area=zone.path,
        target=zone,
        needs_recognition=needs_recognition,
        publishes_figures=publishes_figures,
    )
    return rule
