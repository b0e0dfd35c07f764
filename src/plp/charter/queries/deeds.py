"""Reads of charters and internal rules: versions, clauses with their state per partner, what holds on a date."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from plp.charter.models import Amendment, Assent, Clause, Deed, Party, Proposal
from plp.charter.states import DeedState
from plp.mandates.grants import POLICE, Permission, Role
from plp.mandates.queries import mandates_with
from plp.partnership.models import Partnership
from plp.people.models import Person

AT_WORK = (DeedState.DRAFT, DeedState.AGREED, DeedState.SIGNING)
WRITTEN = (DeedState.AGREED, DeedState.SIGNING)  # every partner agreed to it, not every one has signed


@dataclass(frozen=True)
class ClauseRow:
    """One line of the clause list: who agreed, how many proposals wait."""

    clause: Clause
    title: str
    agreed: frozenset[str]
    proposals: int

    @property
    def is_agreed(self) -> bool:
        """Whether every side agreed."""
        return len(self.agreed) == len(Party)

    @property
    def parties(self) -> list[tuple[str, bool]]:
        """Each side by its name, and whether it agreed."""
        return [(str(party.label), party.value in self.agreed) for party in Party]


def deed_versions(partnership: Partnership, kind: str) -> QuerySet[Deed]:
    """Every version of the charter or the rules, the newest first (R103)."""
    return partnership.deeds.filter(kind=kind).select_related("partnership__area").order_by("-version")


def deed_in_preparation(partnership: Partnership, kind: str) -> Deed | None:
    """The version that is written, agreed or up for signature."""
    return deed_versions(partnership, kind).filter(state__in=AT_WORK).first()


def signed_deed(partnership: Partnership, kind: str) -> Deed | None:
    """The signed version that holds now."""
    return deed_versions(partnership, kind).filter(state=DeedState.SIGNED).first()


def deed_in_preparation_or_signed(partnership: Partnership, kind: str) -> Deed | None:
    """The version one works on, else the one that holds."""
    return deed_in_preparation(partnership, kind) or signed_deed(partnership, kind)


def signed_and_unsigned_deeds(partnership: Partnership) -> dict[tuple[str, bool], Deed]:
    """The versions at work and those that hold, by kind and whether they are signed: four at most, one query."""
    rows = partnership.deeds.filter(state__in=[*AT_WORK, DeedState.SIGNED])
    return {(deed.kind, deed.state == DeedState.SIGNED): deed for deed in rows}


def deed_in_force(partnership: Partnership, kind: str, *, on: datetime) -> Deed | None:
    """The version in force at ``on``, today or in the past (R103)."""
    in_time = Q(signed_at__lte=on) & (Q(in_force_until=None) | Q(in_force_until__gt=on))
    return deed_versions(partnership, kind).filter(in_time).first()


def clause_rows(deed: Deed, language: str) -> list[ClauseRow]:
    """The clauses in order, each with who agreed and how many proposals are open: two queries."""
    waiting = Count("proposals", filter=Q(proposals__outcome=Proposal.Outcome.OPEN), distinct=True)
    agreed: dict[object, set[str]] = {}
    for clause, party in Assent.objects.filter(clause__deed=deed).values_list("clause", "party"):
        agreed.setdefault(clause, set()).add(party)
    return [
        ClauseRow(
            clause,
            clause_title_in_language_or_first(clause, language),
            frozenset(agreed.get(clause.pk, ())),
            clause.waiting,
        )
        for clause in deed.clauses.annotate(waiting=waiting).order_by("position")  # grouping forgets the order
    ]


def clause_title_in_language_or_first(clause: Clause, language: str) -> str:
    """The title in ``language``, else in the first language of the deed."""
    return str(clause.titles.get(language) or next(iter(clause.titles.values()), clause.key))


def proposals_and_remarks_on(clause: Clause) -> QuerySet[Proposal]:
    """The proposals and remarks beside a clause: open ones first, then the newest."""
    is_open = Q(outcome=Proposal.Outcome.OPEN)
    return clause.proposals.annotate(first=Count("pk", filter=is_open)).order_by("-first", "-at")


def party_represented_by(person: Person, partnership: Partnership, *, at: datetime) -> Party | None:
    """For which side ``person`` speaks about this charter at ``at``; ``None`` for nobody's."""
    path = partnership.area.path
    around = [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]
    mandates = mandates_with(person, Permission.CHARTER_WRITE, at=at).filter(area__path__in=around)
    roles = {Role(role) for role in mandates.values_list("role", flat=True)}
    if not roles:
        return None
    if roles & POLICE:
        return Party.POLICE
    return Party.MUNICIPALITY if Role.MUNICIPALITY in roles else Party.RESIDENTS


def rules_for_new_members(partnership: Partnership) -> Deed | None:
    """The internal rules that a new member accepts: those that hold, else those all partners agreed to (R68, R98)."""
    return signed_deed(partnership, Deed.Kind.RULES) or _agreed_rules(partnership)


def rules_for_next_signature(partnership: Partnership) -> Deed | None:
    """The internal rules that go with the next signature: those agreed last, else those that hold."""
    return _agreed_rules(partnership) or signed_deed(partnership, Deed.Kind.RULES)


def _agreed_rules(partnership: Partnership) -> Deed | None:
    agreed = deed_versions(partnership, Deed.Kind.RULES).filter(state__in=WRITTEN)
    return agreed.first()


def amendments_of(partnership: Partnership) -> QuerySet[Amendment]:
    """What changed after the signature of any version, the newest first (R95)."""
    return Amendment.objects.filter(deed__partnership=partnership).select_related("deed").order_by("-raised_at")
