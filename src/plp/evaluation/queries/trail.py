"""What was decided in a partnership, in words, for its partners (R153): office, party and clause, no name.

Only acts of the partners are told. What a member did (joined, left, set) and what would tell who is away has no words
here and is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.charter.models import SLOT_NAMES, Clause, Party
from plp.journal.models import Entry
from plp.launch.plan import FACTS, PLANS
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.partnership.models import Partnership, Statement

WORDS: Mapping[str, Any] = MappingProxyType(
    {
        "partnership.founded": _("The file of the partnership was opened"),
        "partnership.presented": _("The presentation of the partnership was changed"),
        "partnership.creation": _("The partnership went from idea to creation"),
        "partnership.recognition": _("The recognition was asked for"),
        "partnership.active": _("The partnership became active"),
        "partnership.dormant": _("The partnership was paused"),
        "partnership.merged": _("The partnership was merged into another"),
        "partnership.ended": _("The partnership was ended"),
        "launch.began": _("The step plan was fixed"),
        "launch.opened": _("The partnership was launched"),
        "launch.ticked": _("A step of the plan was noted as done"),
        "launch.unticked": _("A step of the plan was taken back"),
        "launch.reopened": _("A step of the plan was opened again"),
        "launch.closed_again": _("A step of the plan was closed again"),
        "launch.published": _("A publication was recorded"),
        "launch.confirmed": _("The partners confirmed that the partnership goes on"),
        "recognition.sent": _("The file was sent to FPS Interior"),
        "recognition.validated": _("FPS Interior recognised the partnership"),
        "recognition.returned": _("FPS Interior returned the file"),
        "consultation.noted": _("A talk with an authority was recorded"),
        "statement.made": _("A partner stated what it wants"),
        "statement.changed": _("A partner changed what it wants"),
        "statement.withdrawn": _("A partner withdrew what it wanted"),
        "survey.opened": _("The survey of the area was opened"),
        "survey.closed": _("The survey of the area was closed"),
        "places.drawn": _("The streets of the area were chosen"),
        "places.redrawn": _("The streets of the area were changed"),
        "followup.convened": _("Coordinator and police convened a meeting"),
        "followup.cancelled": _("A meeting of coordinator and police was cancelled"),
        "followup.held": _("Coordinator and police met"),
        "followup.closed": _("The minutes of coordinator and police were closed"),
        "activity.agreed": _("Coordinator and police agreed on an activity"),
        "activity.done": _("An activity of coordinator and police was done"),
        "rating.given": _("The police said how an exchange went"),
        "rating.answered": _("The coordinator answered what the police said of an exchange"),
        "charter.drafted": _("A version of the charter was begun"),
        "charter.agreed": _("All sides agreed to the charter"),
        "charter.untranslated": _("The charter was submitted with texts that are not in every language, knowingly"),
        "charter.put_up": _("The charter was submitted for signature"),
        "charter.recalled": _("The charter was withdrawn from signature"),
        "charter.signed": _("A partner signed the charter"),
        "charter.in_force": _("The charter came into force"),
        "charter.amended": _("Something changed after the charter was signed"),
        "charter.interior_told": _("FPS Interior was told of a change of the charter"),
        "rules.drafted": _("A version of the internal rules was begun"),
        "rules.agreed": _("All sides agreed to the internal rules"),
        "rules.in_force": _("The internal rules came into force"),
        "clause.written": _("A clause was written"),
        "clause.agreed": _("A side agreed to a clause"),
        "clause.added": _("A clause was added"),
        "clause.dropped": _("A clause was dropped"),
        "plan.drafted": _("A communication plan was begun"),
        "plan.agreed": _("A side agreed to the communication plan"),
        "plan.in_force": _("The communication plan came into force"),
        "financing.settled": _("The financing plan was settled"),
        "evening.convened": _("A meeting was convened"),
        "evening.held": _("A meeting was held"),
        "evening.approved": _("Minutes of a meeting were approved"),
        "mandate.appointed": _("An office was given"),
        "mandate.ended": _("An office ended"),
        "task.delegated": _("A task was given to a committee member"),
        "task.taken_back": _("A task of a committee member was taken back"),
        "notice.submitted": _("The police offered a message for release"),
        "notice.released": _("A second person released a message"),
        "notice.relayed": _("A message was relayed to the members"),
        "notice.retracted": _("A message was retracted"),
        "notice.overridden": _("An officer let a remark of the message check pass, with a reason"),
        "notice.as_written": _("An official notice passed in the prosecutor's words, under its reference"),
        "evaluation.begun": _("An evaluation report was begun"),
        "evaluation.due_day": _("Another day was chosen for the evaluation"),
        "evaluation.put_up": _("The evaluation report was submitted for signature"),
        "evaluation.taken_back": _("The evaluation report was withdrawn from signature"),
        "evaluation.signed": _("The evaluation report was signed by one office"),
        "evaluation.filed": _("The evaluation report was filed"),
        "evaluation.survey_opened": _("The survey of the members was opened"),
        "evaluation.forms_printed": _("Forms of the survey of the members were printed"),
        "evaluation.survey_closed": _("The survey of the members was closed"),
    }
)


PLAN_STEPS = {step.key: step for plan in PLANS.values() for step in plan.steps}
TOPICS: Mapping[str, tuple[Any, tuple[str, ...]]] = MappingProxyType(  # what one may look for: words, and its verbs
    {
        "plan": (_("Step plan and launch"), ("partnership.", "launch.", "recognition.", "consultation.", "places.")),
        "wishes": (_("Reasons, expectations, objectives and survey"), ("statement.", "survey.")),
        "charter": (
            _("Charter, internal rules and plans"),
            ("charter.", "rules.", "clause.", "plan.", "financing."),
        ),
        "meetings": (_("Meetings"), ("evening.", "followup.", "activity.", "rating.")),
        "offices": (_("Offices and tasks"), ("mandate.", "task.")),
        "messages": (_("Messages"), ("notice.",)),
        "evaluation": (_("Evaluation"), ("evaluation.",)),
    }
)
SIDES = {**dict(Role.choices), **SLOT_NAMES, **dict(Statement.Party.choices), **dict(Party.choices)}


@dataclass(frozen=True)
class TrailLine:
    """One line of the trail: when, and what, in words; by which ``office``, and ``about`` which clause, party, step."""

    at: datetime
    words: Any
    number: int
    office: str
    about: str


def trail_entries(partnership: Partnership, *, topic: str = "") -> QuerySet[Entry]:
    """The journal of a quarter as far as it has words, the newest first; of one of ``TOPICS`` alone, if named."""
    _label, beginnings = TOPICS.get(topic, ("", ("",)))
    verbs = [verb for verb in WORDS if verb.startswith(beginnings)]
    return Entry.objects.filter(chain=partnership.area.path, verb__in=verbs).order_by("-at", "-number")


def trail_lines(rows: list[Entry], *, language: str) -> list[TrailLine]:
    """The lines of ``rows``: two queries. Of who acted their office alone is told, as they held it then."""
    actors = [UUID(row.actor) for row in rows if row.actor]
    mandates = list(Mandate.objects.filter(person__in=actors).select_related("area").order_by("starts_at"))
    clauses = Clause.objects.in_bulk([_key(row) for row in rows if row.verb.startswith("clause.")])
    return [
        TrailLine(row.at, WORDS[row.verb], row.number, _office(row, mandates), _about(row, clauses, language))
        for row in rows
    ]


def _office(row: Entry, mandates: Iterable[Mandate]) -> str:
    """The office of whoever acted, over this quarter and at that moment; nothing for the machine and for members."""
    held = (
        Role(mandate.role).label
        for mandate in mandates
        if str(mandate.person_id) == row.actor
        and row.chain.startswith(mandate.area.path)
        and mandate.starts_at <= row.at
        and (mandate.ends_at is None or row.at < mandate.ends_at)
    )
    return str(next(held, ""))


def _key(row: Entry) -> UUID:
    """Of what was acted upon."""
    return UUID(row.target.rpartition(":")[2])


def _about(row: Entry, clauses: Mapping[UUID, Clause], language: str) -> str:
    """What an act was about, as far as the journal tells it: clause, party, office, fact or step of the plan."""
    details, parts = row.details, []
    if row.verb.startswith("clause."):
        clause = clauses.get(_key(row))
        title = "" if clause is None else clause.titles.get(language) or next(iter(clause.titles.values()), "")
        parts.append(title or str(details.get("key", "")))
    parts += [SIDES.get(details.get(name), "") for name in ("side", "party", "slot", "role")]
    if row.verb == "statement.made":
        parts.append(dict(Statement.Kind.choices).get(details.get("kind"), ""))
    fact, step = FACTS.get(details.get("fact", "")), PLAN_STEPS.get(details.get("step", ""))
    parts += [fact.label if fact else "", step.title if step else ""]
    return ", ".join(str(part) for part in parts if part)
