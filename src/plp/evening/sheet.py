"""The sheet of an evening as data: what a chair notes on paper, in the order of the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from plp.evening.rules import VoteCounts


@dataclass(frozen=True)
class NewCandidate:
    """Somebody who stood at the evening itself: ``function`` as in ``Question.Function``, ``reach`` as they gave it."""

    name: str
    function: str
    reach: str
    counts: VoteCounts


@dataclass(frozen=True)
class VolunteerLine:
    """Somebody who wants to help. ``row``: the key of what is kept already; blank ``name`` takes it out."""

    name: str
    reach: str
    tasks: Sequence[str] = ()
    row: UUID | None = None


@dataclass(frozen=True)
class AgreementLine:
    """What was agreed. ``row`` as above; blank ``words`` take it out."""

    about: str
    words: str
    owner: str
    due: date | None
    row: UUID | None = None


@dataclass(frozen=True)
class OpinionLine:
    """On what somebody has which opinion. ``row`` as above; blank ``about`` takes it out."""

    about: str
    view: str
    name: str = ""
    row: UUID | None = None


@dataclass(frozen=True)
class EveningSheet:
    """Everything on the sheet.

    ``persons``: on the list on paper; ``forms``: registration forms handed in; ``points``: position to what was said,
    of the points that were discussed; ``votes``: a line of ``queries.sheet_votes`` to its counts, only where people
    voted; ``objectives``: sentences that the evening added, in ``language``; ``contribution`` and ``launch_on`` as in
    ``Meeting``.
    """

    persons: int
    forms: int
    language: str
    points: Mapping[int, str] = field(default_factory=dict)
    votes: Mapping[str, VoteCounts] = field(default_factory=dict)
    candidates: Sequence[NewCandidate] = ()
    volunteers: Sequence[VolunteerLine] = ()
    objectives: Sequence[str] = ()
    agreements: Sequence[AgreementLine] = ()
    contribution: Decimal | None = None
    launch_on: date | None = None
    opinions: Sequence[OpinionLine] = ()
