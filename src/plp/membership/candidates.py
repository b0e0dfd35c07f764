"""The members choose, the police screen, the officer appoints: coordinator, deputies, committee (R23, R35, R36)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from plp.accounts.invitations import get_or_create_account_and_invite, has_way_to_sign_in
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import require, require_unless_machine
from plp.mandates.rules import NEEDS_SCREENING
from plp.membership import actions as memberships
from plp.membership.models import Candidate, Membership
from plp.membership.queries import is_member
from plp.membership.states import CHOOSING, CLOSED_CANDIDACIES, OPEN_CANDIDACIES, Belonging, Candidacy, Function
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.retention_terms import retention_term
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, move

KEPT = timedelta(days=90)  # how long a candidacy that came to nothing is remembered


class AlreadyCandidate(Refused):
    """The same person for the same function, still open."""

    sentence = _("This person is already a candidate for this. Go on with that candidacy.")


class NoMajority(Refused):
    """An approval has more votes for than against (R35)."""

    sentence = _(
        "An approval needs more votes for than against. If the members said no, record that they did not approve."
    )


class NotThatDay(Refused):
    """A vote or a screening lies in the past."""

    sentence = _("This day is still to come. Enter the day on which it took place.")


class NotYetScreened(Refused):
    """A coordinator or deputy is appointed after a favourable screening (R36)."""

    sentence = _("The screening comes first. Ask your police officer to enter its day and outcome.")


class NotOfTheArea(Refused):
    """Coordinator, deputies and committee are members of their own partnership (R35)."""

    sentence = _(
        "Only a member of this partnership can be appointed. Ask them to register first, and accept them as a member."
    )


@transaction.atomic
def propose_candidate(
    *, partnership: Partnership, person: Person, function: Function, by: Person | None, at: datetime
) -> Candidate:
    """Put somebody forward. Raises ``NotAllowed`` or ``AlreadyCandidate``."""
    require_unless_machine(by, Permission.CANDIDATE_PROPOSE, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    same = Candidate.objects.filter(partnership=partnership, person=person, function=function)
    if same.filter(state__in=OPEN_CANDIDACIES).exists():
        raise AlreadyCandidate
    candidate = Candidate.objects.create(partnership=partnership, person=person, function=function, proposed_at=at)
    _note_candidate_act("proposed", candidate, by=by, at=at)
    return candidate


@transaction.atomic
def record_approval(
    *,
    candidate: Candidate,
    decided_on: date,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    occasion: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Record that the members approved, with the counts and the meeting (R23, R35).

    Raises ``NotAllowed``, ``NoMajority``, ``NotThatDay`` or ``WrongState``.
    """
    if votes_for <= votes_against:
        raise NoMajority
    counts = {"votes_for": votes_for, "votes_against": votes_against, "abstentions": abstentions}
    _record_decision(candidate, Candidacy.APPROVED, decided_on, occasion, counts, by=by, at=at)


@transaction.atomic
def record_rejection(
    *,
    candidate: Candidate,
    decided_on: date,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    occasion: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Record that the members did not approve. Raises ``NotAllowed``, ``NotThatDay`` or ``WrongState``."""
    counts = {"votes_for": votes_for, "votes_against": votes_against, "abstentions": abstentions}
    _record_decision(candidate, Candidacy.NOT_APPROVED, decided_on, occasion, counts, by=by, at=at)


def _record_decision(
    candidate: Candidate,
    to: Candidacy,
    decided_on: date,
    occasion: str,
    counts: dict[str, int],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    require_unless_machine(by, Permission.CANDIDATE_PROPOSE, candidate.partnership.area, at=at)
    if decided_on > local(at).date():
        raise NotThatDay
    move(candidate, to, table=CHOOSING, decided_on=decided_on, occasion=occasion, **counts)
    _note_candidate_act(to, candidate, by=by, at=at, decided_on=str(decided_on), **counts)


@transaction.atomic
def record_screening_and_end_unfit(
    *, candidate: Candidate, screened_on: date, is_fit: bool, by: Person | None, at: datetime
) -> None:
    """Enter the outcome of the police screening and its day, and nothing else (R36).

    Not favourable: this candidacy ends, and the members choose somebody else. By the officer alone.
    Raises ``NotAllowed``, ``NotThatDay`` or ``WrongState``.
    """
    require_unless_machine(by, Permission.MANDATE_APPOINT_COORDINATOR, candidate.partnership.area, at=at)
    require_gate(candidate.partnership, Gate.COMMITTEE, by=by, at=at)
    if screened_on > local(at).date():
        raise NotThatDay
    to = Candidacy.SCREENED if is_fit else Candidacy.UNFIT
    move(candidate, to, table=CHOOSING, screened_on=screened_on, screened_by=by)
    _note_candidate_act("screening_entered", candidate, by=by, at=at)


@transaction.atomic
def appoint_and_admit_candidate(*, candidate: Candidate, by: Person | None, at: datetime) -> Mandate:
    """Give a candidate the mandate: approved, screened where the role needs it, and a member (R35, R36).

    Whoever asked to join and was chosen by the members is let in with it.

    Raises ``NotAllowed``, ``NotYetScreened``, ``NotOfTheArea``, ``AlreadyHeld`` or ``WrongState``.
    """
    partnership, role = candidate.partnership, Role(candidate.function)
    require_unless_machine(by, Permission.MANDATE_APPOINT_COORDINATOR, partnership.area, at=at)
    require_gate(partnership, Gate.COMMITTEE, by=by, at=at)
    if role in NEEDS_SCREENING and candidate.screened_on is None:
        raise NotYetScreened
    _accept_pending_membership(candidate, at=at)
    if not is_member(candidate.person, partnership):
        raise NotOfTheArea
    move(candidate, Candidacy.APPOINTED, table=CHOOSING)
    mandate = mandates.appoint(
        person=candidate.person,
        role=role,
        area=partnership.area,
        decision=_decision_text(candidate),
        screened_on=candidate.screened_on,
        screened_fit=True if candidate.screened_on else None,
        by=by,
        at=at,
    )
    Candidate.objects.filter(pk=candidate.pk).update(mandate=mandate)
    candidate.mandate = mandate
    return mandate


def _decision_text(candidate: Candidate) -> str:
    """What the mandate rests on, in the first language of the partnership: it is kept, and read by the zone."""
    with translation.override(candidate.partnership.languages[0]):
        day = date_format(candidate.decided_on, "DATE_FORMAT") if candidate.decided_on else ""
        return translation.gettext("approved by the members on %s") % day


@transaction.atomic
def withdraw_candidacy(*, candidate: Candidate, by: Person, at: datetime) -> None:
    """Take a candidacy back: by the candidate, or on their word. Raises ``NotAllowed`` or ``WrongState``."""
    if by.pk != candidate.person_id:
        require(by, Permission.CANDIDATE_PROPOSE, candidate.partnership.area, at=at)
    move(candidate, Candidacy.WITHDRAWN, table=CHOOSING)
    _note_candidate_act("withdrawn", candidate, by=by, at=at)


@transaction.atomic
def withdraw_open_candidacies(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Close every open candidacy of a partnership that has ended; answers how many. Raises ``NotAllowed``."""
    require_unless_machine(by, Permission.CANDIDATE_PROPOSE, partnership.area, at=at)
    candidates = list(Candidate.objects.filter(partnership=partnership, state__in=OPEN_CANDIDACIES))
    for candidate in candidates:
        candidate.partnership = partnership
        move(candidate, Candidacy.WITHDRAWN, table=CHOOSING)
        _note_candidate_act("withdrawn", candidate, by=by, at=at)
    return len(candidates)


@transaction.atomic
def erase_closed_candidacies(*, by: Person | None, at: datetime) -> int:
    """Erase the candidacies that came to nothing ``KEPT`` ago (R84); answer how many. For the machine, once a day."""
    moment = at - retention_term("candidates", KEPT)
    before = local(moment).date()
    is_old = Q(decided_on=None) | Q(decided_on__lte=before), Q(screened_on=None) | Q(screened_on__lte=before)
    old = Candidate.objects.select_related("partnership__area").filter(
        *is_old, state__in=CLOSED_CANDIDACIES, proposed_at__lte=moment
    )
    count = 0
    for candidate in old:
        _note_candidate_act("forgotten", candidate, by=by, at=at)
        candidate.delete()
        count += 1
    return count


def _accept_pending_membership(candidate: Candidate, *, at: datetime) -> None:
    """Whom the members chose is a member from now on, if they asked: nobody else is there yet to accept the first."""
    requests = Membership.objects.filter(
        partnership=candidate.partnership_id, person=candidate.person_id, state=Belonging.PENDING
    )
    for membership in requests.select_related("partnership__area", "person"):
        memberships.accept_and_welcome_member(membership=membership, by=None, at=at)


def _note_candidate_act(what: str, candidate: Candidate, *, by: Person | None, at: datetime, **details: object) -> None:
    area, function = candidate.partnership.area.path, candidate.function
    note(verb=f"candidate.{what}", by=by, at=at, area=area, target=candidate, function=function, **details)


@transaction.atomic
def appoint_and_invite_candidate(*, candidate: Candidate, email: str, by: Person | None, at: datetime) -> Mandate:
    """Appoint whom the members chose, and give them the sign-in that their tasks need.

    A member of the committee may have none: who gave a telephone only shares the work all the same.

    Raises what ``appoint_and_admit_candidate`` and ``get_or_create_account_and_invite`` raise; nothing is written then.
    """
    mandate = appoint_and_admit_candidate(candidate=candidate, by=by, at=at)
    if email or candidate.function != Function.COMMITTEE or has_way_to_sign_in(candidate.person):
        get_or_create_account_and_invite(mandate=mandate, email=email, by=by, at=at)
    return mandate
