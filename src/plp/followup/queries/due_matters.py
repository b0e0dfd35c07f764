"""Where due things are found: one function a kind, each a fixed number of queries over all asked partnerships."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from plp.charter.models import CommunicationPlan, PlanRule
from plp.charter.rules.plan import SILENCE_DAYS
from plp.charter.states import PlanState
from plp.followup.models import Activity, InformationRequest
from plp.followup.rules.days import days_after, working_days_after
from plp.followup.rules.due import DueMatter
from plp.followup.rules.terms import ENROLMENT_DAYS, SCREENING_DAYS, response_term
from plp.followup.states import RequestState
from plp.mandates.models import Absence
from plp.mandates.queries import mandates_in_force
from plp.membership.models import Candidate, Enquiry, Membership
from plp.membership.states import Belonging, Candidacy
from plp.notices.models import Notice, Reading
from plp.notices.queries import notices_with_promised_feedback, relayed_without_feedback_or_correction
from plp.notices.states import State as NoticeState
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.sightings.models import Question
from plp.sightings.states import QuestionState
from plp.toolbox.clock import BRUSSELS

DAY = timedelta(days=1)
END_OF_DAY = time(17)  # of the day by which something was promised


def due_relays(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Messages that were released for the coordinator and not passed on (R39): three queries, one if there are none."""
    waiting = Notice.objects.filter(partnership__in=partnerships, state=NoticeState.RELEASED)
    rows = [row for row in waiting.select_related("release") if row.expires_at is None or row.expires_at > at]
    if not rows:
        return []
    rules, seen = (
        _plan_rules_in_force({row.partnership_id for row in rows}),
        defaultdict[UUID, dict[UUID, datetime]](dict),
    )
    for notice, person, moment in Reading.objects.filter(notice__in=rows).values_list("notice", "person", "seen_at"):
        seen[notice][person] = moment
    found = []
    for row in rows:
        rule, released = rules.get((row.partnership_id, row.kind)), row.release.at
        minutes, life = (rule.relay_minutes, rule.expiry_minutes) if rule else (None, None)
        term = response_term(life, released, minutes=minutes)
        found.append(
            DueMatter(
                matter=row.pk,
                partnership=row.partnership_id,
                due_at=released + term,
                remind_at=released + term / 2,
                term=term,
                roles=tuple(rule.relayers) if rule else (),
                seen=seen[row.pk],
            )
        )
    return found


def due_releases(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Messages that wait for the second person of the police: two queries, one if there are none."""
    waiting = Notice.objects.filter(partnership__in=partnerships, state=NoticeState.SUBMITTED, lead=None)
    rows = [row for row in waiting if row.submitted_at and (row.expires_at is None or row.expires_at > at)]
    rules = _plan_rules_in_force({row.partnership_id for row in rows}) if rows else {}
    found = []
    for row in rows:
        rule, offered = rules.get((row.partnership_id, row.kind)), row.submitted_at or at
        minutes, life = (rule.release_minutes, rule.expiry_minutes) if rule else (None, None)
        term = response_term(life, offered, minutes=minutes)
        found.append(DueMatter(row.pk, row.partnership_id, offered + term, offered + term / 2, term))
    return found


def due_feedback(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Relayed messages for which the plan promises feedback, and none was sent yet (R112): one query."""
    waiting = relayed_without_feedback_or_correction(
        Notice.objects.filter(partnership__in=partnerships, relayed_at__lte=at)
    )
    rows, found = notices_with_promised_feedback(waiting).values_list("pk", "partnership", "relayed_at", "hours"), []
    for key, partnership, relayed_at, hours in rows:
        term = timedelta(hours=hours)
        due_at = relayed_at + term
        found.append(DueMatter(key, partnership, due_at, due_at - term / 4, term))
    return found


def due_requests(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Requests for information without answer or refusal (R52): recalled two days before."""
    rows = InformationRequest.objects.filter(partnership__in=partnerships, state=RequestState.OPEN, asked_at__lte=at)
    return [DueMatter(row.pk, row.partnership_id, row.due_at, row.due_at - 2 * DAY, 5 * DAY) for row in rows]


def due_questions_to_coordinator(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Questions to the coordinator without an answer (R127)."""
    return _due_questions(partnerships, Question.To.COORDINATOR, at)


def due_questions_to_police(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Questions to the police without an answer (R127)."""
    return _due_questions(partnerships, Question.To.POLICE, at)


def due_screenings(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Coordinators and deputies whom the members chose and nobody screened yet (R36)."""
    rows = Candidate.objects.filter(
        partnership__in=partnerships,
        state=Candidacy.APPROVED,
        function__in=["coordinator", "deputy"],
        decided_on__isnull=False,
    )
    found = []
    for row in rows:
        voted = datetime.combine(row.decided_on, time(12), tzinfo=BRUSSELS) if row.decided_on else at
        due_at = working_days_after(voted, SCREENING_DAYS)
        found.append(DueMatter(row.pk, row.partnership_id, due_at, due_at - 7 * DAY, 7 * DAY))
    return found


def due_enrolments(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Neighbours who asked to join and wait for an answer (R45): two queries.

    While they were asked something and may still answer, they wait for nobody. Afterwards a whole term begins.
    """
    waiting = Membership.objects.filter(
        partnership__in=partnerships, state=Belonging.PENDING, says_yes_anew=False, asked_at__lte=at
    )
    asked = {
        one.membership_id: one for one in Enquiry.objects.filter(membership__in=waiting).order_by("asked_at", "pk")
    }
    found = []
    for row in waiting:
        last = asked.get(row.pk)
        begun = row.asked_at if last is None else last.answered_at or last.due_at
        due_at = working_days_after(begun, ENROLMENT_DAYS)
        if begun <= at:
            found.append(DueMatter(row.pk, row.partnership_id, due_at, due_at - 3 * DAY, 7 * DAY))
    return found


def due_ends_of_absences(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Absences that last: recalled to whoever is away a day before their end, and to nobody else (R38, T14)."""
    rows = Absence.objects.filter(mandate__in=mandates_in_force(at), starts_at__lte=at, ends_at__gt=at)
    rows = rows.filter(mandate__area__partnership__in=partnerships).select_related("mandate__area__partnership")
    return [
        DueMatter(
            matter=row.pk,
            partnership=row.mandate.area.partnership.pk,
            due_at=row.ends_at,
            remind_at=max(row.ends_at - DAY, row.starts_at),
            term=DAY,
            owner=row.mandate.person_id,
        )
        for row in rows
    ]


def due_partnerships_without_message(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """Partnerships at work that got no message for as long as their plan in force says (R130): two queries.

    Counted from the last message, else the launch. A test message breaks no silence.
    """
    rows = partnerships.filter(state=State.ACTIVE).annotate(
        heard_at=Max("notices__relayed_at", filter=Q(notices__trial=None))
    )
    plans = CommunicationPlan.objects.filter(partnership__in=partnerships, state=PlanState.IN_FORCE)
    days, found = dict(plans.values_list("partnership", "silence_days")), []
    for row in rows:
        due_at = days_after(row.heard_at or row.launched_at or row.founded_at, days.get(row.pk, SILENCE_DAYS))
        if due_at <= at:
            found.append(DueMatter(row.pk, row.pk, due_at, due_at, 14 * DAY))
    return found


def due_activities_of_coordinator(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """What a meeting agreed that the coordinator would do (R61): recalled three days before."""
    return _open_activities_as_due_matters(partnerships, Activity.Side.COORDINATOR, at)


def due_activities_of_police(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """What a meeting agreed that the police would do (R61): recalled three days before."""
    return _open_activities_as_due_matters(partnerships, Activity.Side.POLICE, at)


def _open_activities_as_due_matters(partnerships: QuerySet[Partnership], side: str, at: datetime) -> list[DueMatter]:
    held = Activity.objects.filter(meeting__partnership__in=partnerships, meeting__held_at__lte=at)
    found = []
    for row in held.filter(side=side, done_at=None).select_related("meeting"):
        due_at = datetime.combine(row.due_on, END_OF_DAY, tzinfo=BRUSSELS)
        found.append(DueMatter(row.pk, row.meeting.partnership_id, due_at, due_at - 3 * DAY, 7 * DAY))
    return found


def _due_questions(partnerships: QuerySet[Partnership], to: str, at: datetime) -> list[DueMatter]:
    rows = Question.objects.filter(partnership__in=partnerships, to=to, state=QuestionState.OPEN, asked_at__lte=at)
    return [DueMatter(row.pk, row.partnership_id, row.due_at, row.due_at - 2 * DAY, 5 * DAY) for row in rows]


def _plan_rules_in_force(partnerships: Collection[UUID]) -> dict[tuple[UUID, str], PlanRule]:
    """The rows of the plans in force, by partnership and kind of message."""
    rows = PlanRule.objects.filter(plan__partnership__in=partnerships, plan__state=PlanState.IN_FORCE)
    return {(row.plan.partnership_id, row.kind): row for row in rows.select_related("plan")}
