"""What one may do about a breach of personal data: record, decide, note who was told, close (GDPR 33, 34; R86)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.models import Partnership
from plp.people.models import Person, RetentionTerm
from plp.people.retention_terms import retention_term
from plp.places.models import Area
from plp.protection.models import Breach
from plp.protection.retention import SETTABLE, longest_retention_days
from plp.protection.rules import KEPT, missing_steps, notification_deadline
from plp.protection.states import Data, Risk
from plp.toolbox.moves import Refused


class NotYet(Refused):
    """Something is still to be done, or was told before it was noticed."""

    sentence = _("This cannot be noted yet. First decide how serious it is; a day cannot lie before it was noticed.")


class IsClosed(Refused):
    """A closed breach does not change any more."""

    sentence = _("This breach is closed. Record a new one if something came to light since.")


class SaysNothing(Refused):
    """A reason is asked for."""

    sentence = _("Say why, in a sentence: the authority may ask for it.")


@transaction.atomic
def record_breach(
    *,
    area: Area,
    partnership: Partnership | None,
    cause: str,
    words: str,
    data: Sequence[str],
    persons: int,
    noticed_at: datetime,
    by: Person,
    at: datetime,
    began_at: datetime | None = None,
) -> Breach:
    """Write a breach down as soon as it is noticed; the 72 hours run from ``noticed_at``. Raises ``NotYet``."""
    require(by, Permission.BREACH_KEEP, area, at=at)
    if noticed_at > at or (began_at is not None and began_at > noticed_at):
        raise NotYet
    breach = Breach.objects.create(
        area=area,
        partnership=partnership,
        cause=cause,
        words=words,
        data=_sorted_data_kinds(data),
        persons=persons,
        began_at=began_at,
        noticed_at=noticed_at,
        recorded_at=at,
        recorded_by=by,
    )
    _note_breach_act("recorded", breach, by=by, at=at, cause=cause, persons=persons)
    return breach


@transaction.atomic
def complete_or_correct_breach(
    *,
    breach: Breach,
    cause: str,
    words: str,
    data: Sequence[str],
    persons: int,
    began_at: datetime | None,
    by: Person,
    at: datetime,
) -> None:
    """Complete or correct what is known (art. 33(4)); when it was noticed stays, for the 72 hours run from then.

    Raises ``NotYet`` or ``IsClosed``.
    """
    _require_may_change_breach(breach, by=by, at=at)
    if began_at is not None and began_at > breach.noticed_at:
        raise NotYet
    values = {
        "cause": cause,
        "words": words,
        "data": _sorted_data_kinds(data),
        "persons": persons,
        "began_at": began_at,
    }
    changed = sorted(name for name, value in values.items() if getattr(breach, name) != value)
    _save_values(breach, **values)
    _note_breach_act("completed", breach, by=by, at=at, changed=changed)


@transaction.atomic
def decide_breach_risk(
    *, breach: Breach, risk: str, reason: str, done: str, plain: str = "", by: Person, at: datetime
) -> None:
    """Decide how grave it is, with the reason: also, above all, why nobody is told. Raises ``SaysNothing``."""
    _require_may_change_breach(breach, by=by, at=at)
    if not reason.strip():
        raise SaysNothing
    _save_values(breach, risk=Risk(risk).value, reason=reason, done=done, plain=plain, decided_at=at, decided_by=by)
    _note_breach_act("decided", breach, by=by, at=at, risk=risk)


@transaction.atomic
def note_authority_told(*, breach: Breach, on: datetime, late_because: str, by: Person, at: datetime) -> None:
    """Note when the authority was told. After 72 hours a reason belongs to it (art. 33(1)).

    Raises ``NotYet`` or ``SaysNothing``.
    """
    _require_may_change_breach(breach, by=by, at=at)
    if not breach.risk or on < breach.noticed_at or on > at:
        raise NotYet
    if on > notification_deadline(breach.noticed_at) and not late_because.strip():
        raise SaysNothing
    _save_values(breach, authority_told_at=on, late_because=late_because)
    _note_breach_act("authority_told", breach, by=by, at=at, late=on > notification_deadline(breach.noticed_at))


@transaction.atomic
def note_persons_told(*, breach: Breach, on: datetime | None, not_because: str, by: Person, at: datetime) -> None:
    """Note when the persons were told, or why they are not (art. 34(3)). Raises ``NotYet`` or ``SaysNothing``."""
    _require_may_change_breach(breach, by=by, at=at)
    if not breach.risk or (on is not None and (on < breach.noticed_at or on > at)):
        raise NotYet
    if on is None and not not_because.strip():
        raise SaysNothing
    _save_values(breach, persons_told_at=on, persons_not_because=not_because)
    _note_breach_act("persons_told" if on else "persons_not_told", breach, by=by, at=at)


@transaction.atomic
def close_breach(*, breach: Breach, by: Person, at: datetime) -> None:
    """Close it when all is done. Raises ``NotYet``."""
    _require_may_change_breach(breach, by=by, at=at)
    if missing_steps(breach.facts()):
        raise NotYet
    _save_values(breach, closed_at=at)
    _note_breach_act("closed", breach, by=by, at=at)


class TermOutOfBounds(Refused):
    """A zone may shorten a term as far as the work allows, and never lengthen it (R84)."""

    sentence = _("Choose between %(least)s and %(most)s days.")


@transaction.atomic
def set_retention_terms(*, zone: Area, days: Mapping[str, int], by: Person, at: datetime) -> None:
    """Say for how many days each of these kinds of data is kept: the controller of a zone, within their bounds.

    Raises ``NotAllowed``, ``TermOutOfBounds``, and ``KeyError`` for a kind whose term is fixed.
    """
    require(by, Permission.ZONE_SET, zone, at=at)
    for key, number in days.items():
        rule = SETTABLE[key]
        if not rule.least <= number <= longest_retention_days(rule):
            raise TermOutOfBounds(least=rule.least, most=longest_retention_days(rule))
        if number == longest_retention_days(rule):
            RetentionTerm.objects.filter(area=zone, key=key).delete()
        else:
            RetentionTerm.objects.update_or_create(area=zone, key=key, defaults={"days": number})
        note(verb="retention.set", by=by, at=at, area=zone.path, target=zone, key=key, days=number)


@transaction.atomic
def delete_old_breaches(*, by: Person | None, at: datetime) -> int:
    """Once a day: delete what was closed and noticed five years ago; answer how many."""
    old = Breach.objects.filter(closed_at__isnull=False, noticed_at__lte=at - retention_term("breaches", KEPT))
    number, _kinds = old.delete()
    if number:
        note(verb="breach.forgotten", by=by, at=at, breaches=number)
    return number


def _sorted_data_kinds(data: Sequence[str]) -> list[str]:
    return [key for key in Data.values if key in data]


def _require_may_change_breach(breach: Breach, *, by: Person, at: datetime) -> None:
    require(by, Permission.BREACH_KEEP, breach.area, at=at)
    held = Breach.objects.select_for_update().get(pk=breach.pk)
    if held.closed_at is not None:
        raise IsClosed


def _save_values(breach: Breach, **values: Any) -> None:
    for name, value in values.items():
        setattr(breach, name, value)
    breach.save(update_fields=list(values))


def _note_breach_act(what: str, breach: Breach, *, by: Person, at: datetime, **details: Any) -> None:
    note(verb=f"breach.{what}", by=by, at=at, area=breach.area.path, target=breach, **details)
