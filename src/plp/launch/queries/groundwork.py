"""What is known of the ground on which a partnership is built: the facts of the steps idea to informing (R10-R17)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from plp.launch.models import Consultation, Idea, Informing, ShowOfHands, Stakeholder, Survey
from plp.launch.questionnaire import LEAST_SHARE
from plp.partnership.models import Partnership, Statement
from plp.partnership.statements import LENGTH
from plp.partnership.translations import TranslatedText, main_language_spoken
from plp.people.small_counts import FEWEST
from plp.places.queries import addresses_of, streets_of

# Whose motives, expectations and objectives must be known before the evening (R14, S9, S10).
PARTIES: dict[str, tuple[Statement.Party, ...]] = {
    Partnership.Kind.CITIZENS: (Statement.Party.RESIDENTS, Statement.Party.POLICE, Statement.Party.MUNICIPALITY),
    Partnership.Kind.TRADERS: (Statement.Party.TRADERS, Statement.Party.POLICE, Statement.Party.MUNICIPALITY),
    Partnership.Kind.SECTORAL: (Statement.Party.TRADERS, Statement.Party.POLICE, Statement.Party.MUNICIPALITY),
}
PARTY_OF_AUTHORITY = {
    Consultation.Authority.POLICE.value: Statement.Party.POLICE.value,
    Consultation.Authority.MUNICIPALITY.value: Statement.Party.MUNICIPALITY.value,
}


@dataclass(frozen=True)
class GroundworkFacts:
    """Numbers, days and answers; no name. ``None`` and 0 mean: not known yet."""

    idea_origin: str  # of Idea.Origin; empty when no idea led here
    police_consulted: date | None  # the last talk at which somebody was named (R12)
    authority_consulted: date | None  # the same with the municipality
    administrative_contacted: date | None  # municipality or governor, with reference and outcome (R13)
    judicial_contacted: date | None  # prosecutor, with reference and outcome (R13)
    objections: int  # authorities whose last word is that they advise against it
    streets: int  # in the drawn area; 0 while nothing is drawn
    addresses: int
    missing_statements: tuple[tuple[str, str], ...]  # (party, kind) of which nothing was said yet (R14)
    stakeholders: int
    stakeholders_told: int  # with a day, a means and a proof (R15)
    streets_informed: int  # by letter, folder or notice (R16)
    survey_open: bool
    survey_closed: bool
    survey_homes: int  # who could answer
    survey_answers: int  # homes that did, on screen and on paper
    shows_of_hands: int  # counted at meetings, where no survey was held
    survey_in_favour: int | None  # known only once it is closed, from five answers on (T42)

    @property
    def are_statements_complete(self) -> bool:
        """Whether every party said a motive, an expectation and an objective."""
        return not self.missing_statements

    @property
    def are_stakeholders_told(self) -> bool:
        """Whether there is a list and everybody on it was told."""
        return 0 < self.stakeholders == self.stakeholders_told

    @property
    def is_area_informed(self) -> bool:
        """Whether every street was informed."""
        return 0 < self.streets == self.streets_informed

    @property
    def has_too_few_answers(self) -> bool:
        """Whether so few homes answered the survey that it says nothing about support."""
        return self.survey_answers * 100 < LEAST_SHARE * self.survey_homes

    @property
    def is_support_measured(self) -> bool:
        """Whether a survey was closed with at least one answer, or hands were counted (R17)."""
        return (self.survey_closed and self.survey_answers > 0) or self.shows_of_hands > 0


def gather_groundwork_facts(partnership: Partnership) -> GroundworkFacts:
    """Everything of the groundwork that the step plan asks, in ten queries at most."""
    area = partnership.area
    streets = set(streets_of(area).order_by().values_list("pk", flat=True))
    is_told = Q(told_on__isnull=False)
    stakeholders = Stakeholder.objects.filter(partnership=partnership).aggregate(
        all=Count("pk"), told=Count("pk", filter=is_told)
    )
    return GroundworkFacts(
        idea_origin=Idea.objects.filter(partnership=partnership)
        .order_by("filed_at")
        .values_list("origin", flat=True)
        .first()
        or "",
        **_consultation_facts(partnership),
        streets=len(streets),
        addresses=addresses_of(area).count(),
        missing_statements=missing_party_and_statement_kinds(partnership),
        stakeholders=stakeholders["all"],
        stakeholders_told=stakeholders["told"],
        streets_informed=len(streets.intersection(informed_street_keys(partnership))),
        shows_of_hands=ShowOfHands.objects.filter(partnership=partnership).count(),
        **_survey_facts(partnership),
    )


def informed_street_keys(partnership: Partnership) -> list[int]:
    """The keys of the streets with a tick: a word in the press ticks none."""
    ticks = Informing.objects.filter(partnership=partnership, street__isnull=False)
    return list(ticks.values_list("street", flat=True).distinct())


def missing_party_and_statement_kinds(partnership: Partnership) -> tuple[tuple[str, str], ...]:
    """Which party has not said what: (party, kind), in the order of the page."""
    statements = set(Statement.objects.filter(partnership=partnership).values_list("party", "kind"))
    parties = PARTIES[partnership.kind]
    return tuple(
        (str(party), str(kind)) for party in parties for kind in Statement.Kind if (party, kind) not in statements
    )


def last_talk_conditions_by_party(partnership: Partnership) -> dict[str, TranslatedText]:
    """By party, on which conditions its authority agreed, cut to a statement on one line; the last talk counts."""
    talks = Consultation.objects.filter(partnership=partnership, outcome=Consultation.Outcome.CONDITIONS)
    spoken = partnership.languages
    return {
        PARTY_OF_AUTHORITY[talk.authority]: TranslatedText(
            " ".join(talk.remark.split())[:LENGTH],
            talk.language if talk.language in spoken else main_language_spoken(spoken),
        )
        for talk in talks.filter(authority__in=PARTY_OF_AUTHORITY).order_by("held_on", "at")
        if talk.remark.strip()
    }


def _consultation_facts(partnership: Partnership) -> dict[str, Any]:
    """The days of R12 and R13, and how many authorities are against it by their last word."""
    rows = list(Consultation.objects.filter(partnership=partnership).order_by("held_on", "at"))

    def last_consultation_day(authorities: set[str], *, answered: bool) -> date | None:
        fitting = [
            row.held_on
            for row in rows
            if row.authority in authorities and not (answered and row.outcome == Consultation.Outcome.WAITING)
        ]
        return fitting[-1] if fitting else None

    latest = {row.authority: row.outcome for row in rows}
    return {
        "police_consulted": last_consultation_day({Consultation.Authority.POLICE}, answered=False),
        "authority_consulted": last_consultation_day({Consultation.Authority.MUNICIPALITY}, answered=False),
        "administrative_contacted": last_consultation_day(
            {Consultation.Authority.MUNICIPALITY, Consultation.Authority.GOVERNOR}, answered=True
        ),
        "judicial_contacted": last_consultation_day({Consultation.Authority.PROSECUTOR}, answered=True),
        "objections": sum(outcome == Consultation.Outcome.AGAINST for outcome in latest.values()),
    }


def _survey_facts(partnership: Partnership) -> dict[str, Any]:
    """What the newest survey says."""
    survey = Survey.objects.filter(partnership=partnership).order_by("-opened_at").first()
    if survey is None:
        return {
            "survey_open": False,
            "survey_closed": False,
            "survey_homes": 0,
            "survey_answers": 0,
            "survey_in_favour": None,
        }
    support = Q(question="support")
    coded = survey.counts.aggregate(
        all=Sum("homes", filter=support, default=0), yes=Sum("homes", filter=support & Q(answer="yes"), default=0)
    )
    by_street = survey.street_counts.aggregate(all=Sum("homes", default=0), yes=Sum("yes", default=0))
    is_closed = survey.closed_at is not None
    answers = coded["all"] + by_street["all"]
    return {
        "survey_open": not is_closed,
        "survey_closed": is_closed,
        "survey_homes": survey.homes,
        "survey_answers": answers,
        "survey_in_favour": coded["yes"] + by_street["yes"] if is_closed and answers >= FEWEST else None,
    }
