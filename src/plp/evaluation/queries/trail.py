"""What was decided in a partnership, in words, for its partners (R153): office, party and clause, no name.

Only acts of the partners are told. What a member did (joined, left, set) and what would tell who is away has no words
here and is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import accumulate
from operator import or_
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plp.charter.models import SLOT_NAMES, Clause, Party
from plp.evaluation.trail_words import WORDS
from plp.journal.models import Entry
from plp.launch.plan import FACTS, PLANS
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.partnership.models import Partnership, Statement
from plp.places.queries.territory import zone_path
from plp.toolbox.words import join_with_semicolons

PLAN_STEPS = {step.key: step for plan in PLANS.values() for step in plan.steps}
ZONE_TEXTS = "zone_text."  # what a zone adds to the catalogue serves each of its quarters
TOPICS: Mapping[str, tuple[Any, tuple[str, ...]]] = MappingProxyType(  # what one may look for: words, and its verbs
    {
        "plan": (
            _("Step plan and launch"),
            ("partnership.", "launch.", "recognition.", "consultation.", "stakeholder.", "places.", "area.", "idea."),
        ),
        "wishes": (_("Reasons, expectations, objectives and survey"), ("statement.", "survey.", "support.")),
        "charter": (
            _("Charter, internal rules and plans"),
            ("charter.", "rules.", "clause.", "proposal.", "plan.", "financing.", "pack."),
        ),
        "meetings": (_("Meetings"), ("evening.", "followup.", "activity.", "rating.")),
        "offices": (_("Offices and tasks"), ("mandate.", "candidate.", "task.")),
        "messages": (_("Messages"), ("notice.", "alert.", "trial.", ZONE_TEXTS)),
        "services": (
            _("Services, policy plans and what is due"),
            ("service.", "policy.", "reports.", "request.", "explanation.", "due."),
        ),
        "evaluation": (_("Evaluation"), ("evaluation.",)),
    }
)
SIDE_FIELDS = ("side", "party", "slot", "role")  # of the details of an entry: who it is about
PARTIES: Mapping[str, tuple[Any, tuple[str, ...]]] = MappingProxyType(  # words, and what stands in those fields
    {
        "municipality": (Party.MUNICIPALITY.label, ("municipality",)),
        "police": (Party.POLICE.label, ("police", "chief", "officer", "deputy_officer")),
        "residents": (Party.RESIDENTS.label, ("residents", "traders", "coordinator", "deputy", "committee")),
    }
)
OFFICES = [*Role.choices[:-2], *Role.choices[-1:]]
SIDES = {**dict(Role.choices), **SLOT_NAMES, **dict(Statement.Party.choices), **dict(Party.choices)}


@dataclass(frozen=True)
class TrailLine:
    """One line of the trail: when, and what, in words; by which ``office``, and ``about`` which clause, party, step.

    ``done_for``: the office of whoever it was done for, where somebody stood in (ADR 74). ``number`` is that of the
    entry in the quarter's journal, 0 for an act of the zone.
    """

    at: datetime
    words: Any
    number: int
    office: str
    about: str
    done_for: str = ""


def filtered_journal_entries(
    partnership: Partnership, *, topic: str = "", office: str = "", party: str = "", same_target_as: int = 0
) -> QuerySet[Entry]:
    """The journal of a quarter as far as it has words, with what its zone did to its own sentences, the newest first.

    Each filter may stay empty: one of ``TOPICS``, the office of whoever acted, one of ``PARTIES``, and
    ``same_target_as``, the number of an entry. A filter that names nothing finds nothing.
    """
    _label, beginnings = TOPICS.get(topic, ("", ("",)))
    verbs = [verb for verb in WORDS if verb.startswith(beginnings)]
    of_zone = Q(area=zone_path(partnership.area.path), verb__in=[verb for verb in verbs if verb.startswith(ZONE_TEXTS)])
    entries = Entry.objects.filter(Q(chain=partnership.area.path, verb__in=verbs) | of_zone)
    if office:
        entries = entries.filter(_acts_in_office(partnership, office))
    if party:
        _label, names = PARTIES.get(party, ("", ()))
        entries = entries.filter(reduce(or_, [Q(**{f"details__{field}__in": names}) for field in SIDE_FIELDS]))
    if same_target_as:
        same = Entry.objects.filter(chain=partnership.area.path, number=same_target_as, verb__in=verbs).exclude(
            target=""
        )
        entries = entries.filter(target__in=same.values("target"))
    return entries.order_by("-at", "-number")


def _acts_in_office(partnership: Partnership, office: str) -> Q:
    """What somebody did while they held ``office`` over this quarter."""
    areas = accumulate(f"{part}/" for part in partnership.area.path.split("/")[:-1])  # the quarter and all around it
    holders = Mandate.objects.filter(role=office, area__path__in=[*areas])
    terms = [
        Q(actor=str(mandate.person_id), at__gte=mandate.starts_at)
        & (Q() if mandate.ends_at is None else Q(at__lt=mandate.ends_at))
        for mandate in holders
    ]
    return reduce(or_, terms, Q(pk__in=[]))


def journal_trail_lines(rows: list[Entry], *, language: str) -> list[TrailLine]:
    """The lines of ``rows``: two queries. Of who acted their office alone is told, as they held it then.

    What one person did at one moment to several clauses or statements is one line.
    """
    mandates = _mandates_of(actor for row in rows for actor in (row.actor, row.details.get("done_for", "")))
    clauses = Clause.objects.in_bulk([_key_of_entry_target(row) for row in rows if row.verb.startswith("clause.")])
    acts: dict[tuple[Any, ...], list[Entry]] = {}
    for row in rows:
        is_one_of_many = row.verb.startswith(("clause.", "statement."))
        act = (row.at, row.verb, row.actor, row.details.get("done_for", ""))
        acts.setdefault(act if is_one_of_many else (row.pk,), []).append(row)
    return [
        TrailLine(
            first.at,
            WORDS[first.verb],
            0 if others or first.verb.startswith(ZONE_TEXTS) else first.number,
            _office_text(first, first.actor, mandates),
            _subjects_text([first, *others], clauses, language),
            _office_text(first, first.details.get("done_for", ""), mandates),
        )
        for first, *others in acts.values()
    ]


def _subjects_text(rows: Sequence[Entry], clauses: Mapping[UUID, Clause], language: str) -> str:
    """What an act was about; of several clauses how many."""
    if len(rows) > 1 and rows[0].verb.startswith("clause."):
        return str(_("%(number)d clauses") % {"number": len(rows)})
    return join_with_semicolons(
        dict.fromkeys(filter(None, (_subject_text(row, clauses, language) for row in rows))), language
    )


def offices_of_actors(rows: Sequence[Entry]) -> list[str]:
    """By which office each of ``rows`` was done, as its actor held it then; empty for the machine: one query."""
    mandates = _mandates_of(row.actor for row in rows)
    return [_office_text(row, row.actor, mandates) for row in rows]


def _mandates_of(actors: Iterable[str]) -> list[Mandate]:
    found = Mandate.objects.filter(person__in=[UUID(actor) for actor in actors if actor])
    return list(found.select_related("area").order_by("starts_at"))


def _office_text(row: Entry, person: str, mandates: Iterable[Mandate]) -> str:
    """The office of ``person``, over this quarter and at that moment; nothing for the machine and for members."""
    held = (
        Role(mandate.role).label
        for mandate in mandates
        if str(mandate.person_id) == person
        and _covers_area_of_entry(mandate, row)
        and mandate.starts_at <= row.at
        and (mandate.ends_at is None or row.at < mandate.ends_at)
    )
    return str(next(held, ""))


def _covers_area_of_entry(mandate: Mandate, row: Entry) -> bool:
    """Whether a mandate covers the area of an entry; what a zone writes, whoever writes in a part of it may write."""
    is_inside = row.verb.startswith(ZONE_TEXTS) and mandate.area.path.startswith(row.area)
    return is_inside or row.area.startswith(mandate.area.path)


def _key_of_entry_target(row: Entry) -> UUID:
    """Of what was acted upon."""
    return UUID(row.target.rpartition(":")[2])


def _subject_text(row: Entry, clauses: Mapping[UUID, Clause], language: str) -> str:
    """What an act was about, as far as the journal tells it: clause, party, office, fact or step of the plan."""
    details, parts = row.details, []
    if row.verb.startswith("clause."):
        clause = clauses.get(_key_of_entry_target(row))
        title = "" if clause is None else clause.titles.get(language) or next(iter(clause.titles.values()), "")
        parts.append(title or str(details.get("key", "")))
    parts += [SIDES.get(details.get(name), "") for name in SIDE_FIELDS]
    if row.verb == "statement.made":
        parts.append(dict(Statement.Kind.choices).get(details.get("kind"), ""))
    fact, step = FACTS.get(details.get("fact", "")), PLAN_STEPS.get(details.get("step", ""))
    parts += [fact.label if fact else "", step.title if step else ""]
    return ", ".join(str(part) for part in parts if part)
