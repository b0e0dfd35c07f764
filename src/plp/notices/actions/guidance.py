"""How a zone decides (R133), that nothing is said (R76), and advice on the organisation of messages (R54)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from plp.charter.kinds import KINDS
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices import refusals
from plp.notices.models import DecisionModel, Recommendation, Withholding
from plp.notices.rules.decision_model import MOST_GUIDELINES, THREATS, TIMES, URGENCIES, VICTIMS, Guideline
from plp.notices.subjects import FACTS, SUBJECTS
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState

WEEKDAYS = range(7)


@transaction.atomic
def set_decision_model_of_zone(
    *, zone: Area, guidelines: Sequence[Guideline], priorities: Sequence[str], weekday: int, by: Person, at: datetime
) -> None:
    """Set what a police zone decides by: rules in order, priorities, the weekday of the infoflash (R133, R134).

    Raises ``NotAllowed``, or ``WrongModel`` for keys that do not exist and for too many rules.
    """
    require(by, Permission.ZONE_SET, zone, at=at)
    subjects = {key for key, _label in FACTS}
    is_valid = set(priorities) <= subjects and all(_is_valid_guideline(guideline, subjects) for guideline in guidelines)
    if not is_valid or len(guidelines) > MOST_GUIDELINES or weekday not in WEEKDAYS:
        raise refusals.WrongModel
    stored = {
        "guidelines": [guideline.as_json() for guideline in guidelines],
        "priorities": list(priorities),
        "bundle_weekday": weekday,
        "by": by,
        "at": at,
    }
    DecisionModel.objects.update_or_create(zone=zone, defaults=stored)
    note(verb="notice.model_set", by=by, at=at, area=zone.path, target=zone, rules=len(guidelines))


def _is_valid_guideline(rule: Guideline, subjects: set[str]) -> bool:
    """Whether every key of a rule exists, and it proposes a message exactly when it is not “none”."""
    tables = ((rule.subjects, subjects), (rule.times, TIMES), (rule.victims, VICTIMS), (rule.threats, THREATS))
    says = rule.kind in KINDS and not KINDS[rule.kind].needs_origin
    fits = rule.urgency in URGENCIES and (says if rule.urgency != "none" else rule.kind == "")
    return fits and all(set(keys) <= set(table) for keys, table in tables)


@transaction.atomic
def count_one_withheld_message(*, partnership: Partnership, because: str, by: Person, at: datetime) -> None:
    """Note that the police send nothing: for the secrecy of an investigation, or for another reason (R76).

    Only a count per quarter and month is kept; no fact of the case is asked or stored. Raises ``NotAllowed``,
    ``WrongState`` for a reason that does not exist.
    """
    require(by, Permission.NOTICE_WRITE, partnership.area, at=at)
    if because not in Withholding.Because.values:
        raise WrongState
    month = date(local(at).year, local(at).month, 1)
    row, _created = Withholding.objects.get_or_create(partnership=partnership, month=month, because=because)
    Withholding.objects.filter(pk=row.pk).update(count=F("count") + 1)
    note(verb="notice.withheld", by=by, at=at, area=partnership.area.path, target=partnership, because=because)


@transaction.atomic
def create_communication_plan_advice(
    *, partnership: Partnership, words: str, kind: str, subject: str, by: Person, at: datetime
) -> Recommendation:
    """Advise on the organisation of messages, beside the communication plan (R54); ``subject`` adds its template.

    Raises ``NotAllowed``, ``NoAdvice`` without words, ``WrongState`` for a kind or subject that does not exist.
    """
    require(by, Permission.PLAN_ADVISE, partnership.area, at=at)
    require_living(partnership)
    if not words.strip():
        raise refusals.NoAdvice
    if (kind and kind not in KINDS) or (subject and subject not in SUBJECTS):
        raise WrongState
    advice = {"words": words.strip()[:1000], "kind": kind, "subject": subject}
    row = Recommendation.objects.create(partnership=partnership, by=by, at=at, **advice)
    note(verb="plan.advised", by=by, at=at, area=partnership.area.path, target=row, kind=kind)
    return row


@transaction.atomic
def withdraw_communication_plan_advice(*, recommendation: Recommendation, by: Person, at: datetime) -> None:
    """Take an advice off the plan page. Raises ``NotAllowed`` or ``WrongState``."""
    area = recommendation.partnership.area
    require(by, Permission.PLAN_ADVISE, area, at=at)
    if not Recommendation.objects.filter(pk=recommendation.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise WrongState
    note(verb="plan.advice_withdrawn", by=by, at=at, area=area.path, target=recommendation)
