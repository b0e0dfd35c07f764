"""The people of a partnership, ready for the page: who is in office, who is a candidate, what comes next."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.evening.queries.elected import Elected, elected_before_registering
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import delegations_in_area, mandates_of_exact_area, may
from plp.membership.models import Candidate
from plp.membership.queries import (
    candidates_of,
    comparable_names_of_members_and_applicants,
    proven_members_and_applicants_by_name,
)
from plp.membership.states import CLOSED_CANDIDACIES, OPEN_CANDIDACIES, Candidacy, Function
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.typed_addresses import typed_name_in_language

COLOURS = {Candidacy.APPROVED: "busy", Candidacy.SCREENED: "busy", Candidacy.APPOINTED: "good"}
PLUS_AND_DIGITS = re.compile(r"[^+0-9]")
NO_LONGER = _("no longer a candidate")


@dataclass(frozen=True)
class PeopleRights:
    """What the person who looks may do over this partnership."""

    proposes: bool
    appoints: bool
    delegates: bool


@dataclass(frozen=True)
class Holder:
    """Somebody in office, with the tasks they were given."""

    mandate: Mandate
    name: str
    tasks: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class CandidateChoice:
    """A candidate. The outcome of a screening is told to the officer alone: others read that it is over (R36)."""

    candidate: Candidate
    name: str
    state: Any
    colour: str
    next: str  # "vote", "appoint" or nothing
    occasion: str  # where the members voted

    @property
    def is_open(self) -> bool:
        """Whether the candidacy goes on."""
        return self.candidate.state in OPEN_CANDIDACIES


@dataclass(frozen=True)
class ElectedRow:
    """Somebody whom the members chose and who is no candidate yet; how to invite them to register.

    ``has_registered``: somebody of this name did since; ``is_ready``: one alone, whose contact is proven.
    """

    elected: Elected
    letter: str  # a ``mailto:`` address, where they left an e-mail
    telephone: str
    join: str
    has_registered: bool = False
    is_ready: bool = False


@dataclass(frozen=True)
class Post:
    """One function: who holds it, who is on the way."""

    function: Function
    label: Any
    holders: list[Holder]
    choices: list[CandidateChoice]
    elected: list[ElectedRow]

    @property
    def needs_candidate(self) -> bool:
        """Whether nobody holds it and nobody is on the way."""
        return not self.holders and not self.elected and not any(choice.is_open for choice in self.choices)


@dataclass(frozen=True)
class MandateRow:
    """One role in the table of who holds what. ``is_kept``: the reader confirms and ends it."""

    mandate: Mandate
    area: str
    is_kept: bool
    is_designated: bool
    ends_soon: bool

    @property
    def is_confirmable(self) -> bool:
        """Whether the reader can let it go on for a year: one with a last day of its own ends on it."""
        return self.is_kept and self.mandate.ends_at is None


def rights_over_people(person: Person, partnership: Partnership, *, at: datetime) -> PeopleRights:
    """Three questions about rights."""
    asked = (Permission.CANDIDATE_PROPOSE, Permission.MANDATE_APPOINT_COORDINATOR, Permission.TASK_DELEGATE)
    return PeopleRights(*(may(person, permission, partnership.area, at=at) for permission in asked))


def posts_with_candidates(partnership: Partnership, own_rights: PeopleRights, *, at: datetime) -> list[Post]:
    """Coordinator, deputies, committee: five queries. Candidates are shown to who may propose."""
    holders, given = defaultdict(list), defaultdict(list)
    for delegation in delegations_in_area(partnership.area, at=at):
        given[delegation.mandate_id].append(delegation.get_task_display())
    for mandate in mandates_of_exact_area(partnership.area, at=at):
        holders[mandate.role].append(Holder(mandate, mandate.person.name, given[mandate.pk]))
    known = candidates_of(partnership) if own_rights.proposes else ()
    choices = _choices_by_function(known, own_rights, partnership.languages)
    elected = _elected_by_function(partnership) if own_rights.proposes and not is_over(partnership) else {}
    posts = [Post(one, one.label, holders[one], choices[one], elected.get(one, [])) for one in Function]
    return [replace(post, elected=_elected_not_yet_holding_or_candidates(post)) for post in posts]


def _elected_by_function(partnership: Partnership) -> dict[str, list[ElectedRow]]:
    """Whom the members chose before they registered."""
    found: dict[str, list[ElectedRow]] = defaultdict(list)
    elected_people = elected_before_registering(partnership)
    if not elected_people:
        return found
    registered = comparable_names_of_members_and_applicants(partnership)
    proven = proven_members_and_applicants_by_name(partnership)
    for elected in elected_people:
        name = elected.name.casefold()
        row = replace(
            _elected_row(elected, partnership),
            has_registered=name in registered,
            is_ready=len(proven.get(name, [])) == 1,
        )
        found[elected.question.function].append(row)
    return found


def _elected_row(elected: Elected, partnership: Partnership) -> ElectedRow:
    join, reach = pages.JOIN.link(partnership.key), elected.reach
    if "@" not in reach:
        return ElectedRow(elected, "", PLUS_AND_DIGITS.sub("", reach), join)
    words = _mail_asking_elected_to_register(partnership, join)
    return ElectedRow(elected, f"mailto:{quote(reach, safe='@+.')}?{urlencode(words, quote_via=quote)}", "", join)


def _mail_asking_elected_to_register(partnership: Partnership, join: str) -> dict[str, str]:
    """Subject and body of a mail to somebody elected, whose language nobody knows yet: in each of the partnership's."""
    subjects, sentences = [], []
    for language in partnership.languages:
        with override(language):
            subjects.append(gettext("Your help in %s") % partnership.name())
            sentences.append(gettext("Please register here first: %s") % join)
    return {"subject": " / ".join(subjects), "body": "\n\n".join(sentences)}


def _elected_not_yet_holding_or_candidates(post: Post) -> list[ElectedRow]:
    """The elected of a post without those who hold it or stand for it by now."""
    names = [*(holder.name for holder in post.holders), *(choice.name for choice in post.choices)]
    known = {name.casefold() for name in names}
    return [row for row in post.elected if row.elected.name.casefold() not in known]


def _choices_by_function(
    candidates: Iterable[Candidate], own_rights: PeopleRights, spoken: Sequence[str]
) -> dict[str, list[CandidateChoice]]:
    found: dict[str, list[CandidateChoice]] = defaultdict(list)
    for one in candidates:
        if one.state == Candidacy.APPOINTED:
            continue
        is_hidden = one.state in CLOSED_CANDIDACIES and not own_rights.appoints
        label = NO_LONGER if is_hidden else one.get_state_display()
        colour = COLOURS.get(Candidacy(one.state), "plain")
        occasion, step = _occasion_without_its_day(one, spoken), _next_step(one, own_rights)
        found[one.function].append(CandidateChoice(one, one.person.name, label, colour, step, occasion))
    return found


def _occasion_without_its_day(candidate: Candidate, spoken: Sequence[str]) -> str:
    """Where the members voted, for the reader: the day stands beside it already."""
    typed = candidate.occasion.removesuffix(f", {candidate.decided_on:%d/%m/%Y}" if candidate.decided_on else "")
    return typed_name_in_language(typed, get_language() or spoken[0], spoken)


def _next_step(candidate: Candidate, own_rights: PeopleRights) -> str:
    """The step that the person who looks can take with this candidate."""
    if candidate.state == Candidacy.PROPOSED:
        return "vote" if own_rights.proposes else ""
    return "appoint" if own_rights.appoints and candidate.state in {Candidacy.APPROVED, Candidacy.SCREENED} else ""
