"""Reads for pages and papers, always within the scope of a person or behind the token of a meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from plp.evening.models import Attendance, Invitation, Meeting, Question, Right
from plp.evening.rules import ballot_code_digest, voting_right_digest
from plp.evening.states import MeetingState, Purpose, Voting
from plp.journal.queries import entries_about
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders, permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.queries import partnerships_of_member
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person
from plp.places.models import Address, Street
from plp.places.queries import addresses_of

TOLD = 10  # meetings at once


def meetings_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Meeting]:
    """The meetings that ``person`` leads: absent and foreign look the same (T10)."""
    areas = permitted_areas(person, Permission.EVENING_LEAD, at=at)
    return Meeting.objects.filter(partnership__area__in=areas).select_related("partnership__area")


UNFINISHED = OpenRows(
    f"FROM evening_meeting t WHERE t.state NOT IN ('{MeetingState.APPROVED}', '{MeetingState.CANCELLED}') "
    "AND t.partnership_id IN {partnerships}"
)


def _first_meetings_in_states(areas: AreaScope, states: Sequence[str], begins_before: datetime) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(partnership__area__in=areas, state__in=states, starts_at__lt=begins_before)
    return rows.order_by("starts_at").prefetch_related("partnership__area")[:TOLD]


def next_led_meetings(person: Person, states: Iterable[str], *, before: datetime, at: datetime) -> list[Meeting]:
    """The first meetings in these states that ``person`` leads and that begin before a moment: mostly none, one query
    then.
    """
    if not UNFINISHED.may_exist_for(person):
        return []
    return list(
        _first_meetings_in_states(permitted_areas(person, Permission.EVENING_LEAD, at=at), list(states), before)
    )


def public_meeting_by_token(token: str) -> QuerySet[Meeting]:
    """The meeting of a public page, if everybody may see it: once people are invited, cancelled ones too."""
    shown = Meeting.objects.filter(token=token, convened_at__isnull=False)
    return shown.select_related("partnership__area")


def public_evenings(partnership: Partnership, *, since: datetime) -> QuerySet[Meeting]:
    """The evenings to which everybody of the quarter was invited, from ``since`` on; cancelled ones too."""
    shown = Meeting.objects.filter(partnership=partnership, purpose=Purpose.INFORMATION, convened_at__isnull=False)
    return shown.filter(starts_at__gte=since).select_related("partnership__area").order_by("starts_at", "pk")


def meetings_with_approved_minutes(partnership: Partnership) -> QuerySet[Meeting]:
    """The meetings whose approved minutes stand on their page, the newest first."""
    approved = Meeting.objects.filter(partnership=partnership, state=MeetingState.APPROVED, convened_at__isnull=False)
    return approved.select_related("partnership__area").order_by("-starts_at", "pk")


def convened_information_evenings(partnerships: QuerySet[Partnership]) -> QuerySet[Meeting]:
    """The evenings of these partnerships to which everybody was invited, by partnership and hour."""
    shown = Meeting.objects.filter(partnership__in=partnerships, purpose=Purpose.INFORMATION, convened_at__isnull=False)
    return shown.select_related("partnership__area").order_by("partnership__key", "starts_at", "pk")


def meetings_led_or_invited_to(person: Person, *, since: datetime, at: datetime) -> QuerySet[Meeting]:
    """What ``person`` leads or is invited to as a member, from ``since`` on: once people are invited."""
    concerns = Q(partnership__area__in=permitted_areas(person, Permission.EVENING_LEAD, at=at))
    concerns |= Q(partnership__in=partnerships_of_member(person))
    shown = Meeting.objects.filter(concerns, convened_at__isnull=False, starts_at__gte=since)
    return shown.select_related("partnership__area").order_by("starts_at", "pk")


@dataclass(frozen=True)
class PresenceCounts:
    """How many came: on the list on paper, on screen, together."""

    paper: int
    screen: int

    @property
    def total(self) -> int:
        """Everybody."""
        return self.paper + self.screen


def presence_counts(meeting: Meeting) -> PresenceCounts:
    """Who came, as counts: one query."""
    found = dict(
        Attendance.objects.filter(meeting=meeting).values("way").annotate(all=Sum("persons")).values_list("way", "all")
    )
    return PresenceCounts(found.get(Attendance.Way.PAPER, 0), found.get(Attendance.Way.SCREEN, 0))


def questions_open_for_voting(meeting: Meeting) -> list[Question]:
    """The votes that are open now."""
    return list(meeting.questions.filter(state=Voting.OPEN))


def questions_open_for_code(meeting: Meeting, code: str) -> list[Question]:
    """The votes that are open now on which ``code`` has not voted yet; all of them for no code, or an unknown one."""
    questions = questions_open_for_voting(meeting)
    if not code or not questions:
        return questions
    slip = ballot_code_digest(meeting.pk, code)
    digests = [voting_right_digest(question.pk, slip) for question in questions]
    voted = set(Right.objects.filter(digest__in=digests, used=True).values_list("question_id", flat=True))
    return [question for question in questions if question.pk not in voted]


def streets_to_invite(meeting: Meeting) -> list[tuple[Street, int]]:
    """Each street whose doors get a letter, with their number, by name: two queries.

    To an information evening everybody of the quarter is invited; to a meeting of the members, the members (R16, R143).
    """
    if not meeting.is_information:
        return []
    counts = dict(
        addresses_of(meeting.partnership.area)
        .order_by()
        .values("street")
        .annotate(n=Count("pk"))
        .values_list("street", "n")
    )
    return [(street, counts[street.pk]) for street in Street.objects.filter(pk__in=counts).order_by("folded", "pk")]


def addresses_in_street(meeting: Meeting, street: Street) -> QuerySet[Address]:
    """The doors of the quarter in one street, 2 before 2A before 10."""
    return addresses_of(meeting.partnership.area).filter(street=street)


def invitations_of(meeting: Meeting) -> QuerySet[Invitation]:
    """The letters of each street, by name."""
    return Invitation.objects.filter(meeting=meeting).select_related("street").order_by("street__folded", "pk")


@dataclass(frozen=True)
class MeetingsDesk:
    """The meetings of a partnership: the next ones, and what has been."""

    coming: list[Meeting]
    past: list[Meeting]


def coming_and_past_meetings(partnership: Partnership) -> MeetingsDesk:
    """All meetings of a partnership, the nearest first: one query."""
    meetings = list(Meeting.objects.filter(partnership=partnership).order_by("starts_at"))
    still = {MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN}
    coming = [meeting for meeting in meetings if meeting.state in still]
    return MeetingsDesk(coming, [meeting for meeting in reversed(meetings) if meeting.state not in still])


MINUTES_CHANGED = tuple(
    f"evening.{verb}" for verb in ("sheet_corrected", "minutes_written", "minutes_corrected", "minutes_redrafted")
)


def has_changed_minutes_last(person: Person, meeting: Meeting) -> bool:
    """Whether ``person`` wrote or changed the minutes last: somebody else approves them."""
    newest = entries_about(meeting).filter(verb__in=MINUTES_CHANGED).last()
    return newest is not None and newest.actor == str(person.pk)


@dataclass(frozen=True)
class MeetingHands:
    """Who led a meeting and who wrote its minutes, by name; empty where it is not known."""

    chair: str
    writer: str


def names_of_meeting_opener_and_minutes_writer(meeting: Meeting) -> MeetingHands:
    """Who opened its doors, and who wrote its minutes: three queries at most.

    Whoever typed its sheet afterwards opened nothing: the chair is then not known.
    """
    noted = entries_about(meeting).filter(
        verb__in=["evening.opened", "evening.sheet_entered", "evening.minutes_written"]
    )
    by_verb = {entry.verb: entry for entry in noted}
    opened, sheet = by_verb.get("evening.opened"), by_verb.get("evening.sheet_entered")
    written = by_verb.get("evening.minutes_written")
    chair = opened.actor if opened and not (sheet and sheet.at == opened.at) else ""
    writer = written.actor if written else ""
    keys = [key for key in (chair, writer) if key]
    names = {str(person.pk): person.name for person in Person.objects.filter(pk__in=keys)} if keys else {}
    return MeetingHands(names.get(chair, ""), names.get(writer, ""))


def names_of_other_leaders(person: Person, meeting: Meeting, *, at: datetime) -> list[str]:
    """Who leads meetings there beside ``person``, by name."""
    leaders = permission_holders(Permission.EVENING_LEAD, meeting.partnership.area, at=at)
    return sorted(leader.name for leader in leaders.exclude(pk=person.pk))


def count_sheet_changes(meeting: Meeting) -> int:
    """How often the sheet of a meeting was entered or corrected: whoever typed meanwhile has seen fewer."""
    return entries_about(meeting).filter(verb__in=["evening.sheet_entered", "evening.sheet_corrected"]).count()
