"""Whoever is on call does not answer: the next person hears of it, both are rung, then the whole desk (ADR 74)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from plp.delivery.installed import usable_channels
from plp.followup.letters import phone_on_call_persons, write_to_on_call_persons
from plp.followup.models import OnCallAlert
from plp.followup.queries.urgent_matters import UrgentMatter, urgent_matters
from plp.journal.actions import note
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Rota
from plp.mandates.queries import mandates_in_force, permission_holders
from plp.mandates.rota_queries import next_person_on_call
from plp.notices.relay_letters import send_waiting_notice_to_permitted_persons
from plp.people.models import Person

Step = OnCallAlert.Step
VOICE = "voice"


def pass_on_urgent_matters(*, by: Person | None, at: datetime) -> int:
    """Do for each rota what is to be done at ``at``; answer how many things went a step further.

    It may run every minute, twice at once, or after a standstill: each thing goes one step at a time. Without a rota
    it is one query.
    """
    return sum(_pass_on_matters_of(rota, by=by, at=at) for rota in Rota.objects.select_related("area").order_by("pk"))


@transaction.atomic
def _pass_on_matters_of(rota: Rota, *, by: Person | None, at: datetime) -> int:
    Rota.objects.select_for_update().get(pk=rota.pk)
    waiting = {matter.key: matter for matter in urgent_matters(rota, at=at)}
    alerts = {alert.matter: alert for alert in rota.alerts.all()}
    _delete_done_alerts_and_end_standins([alert for key, alert in alerts.items() if key not in waiting], by=by, at=at)
    moved = 0
    for key, matter in waiting.items():
        alert = alerts.get(key) or _create_alert_if_manned(rota, matter, at=at)
        if alert is not None and _is_next_step_due(alert, rota, matter, at=at):
            _pass_on_alert(alert, matter, by=by, at=at)
            moved += 1
    return moved


def _delete_done_alerts_and_end_standins(alerts: Collection[OnCallAlert], *, by: Person | None, at: datetime) -> None:
    """What no longer waits goes; a deputy who stood in for it stands down."""
    for alert in alerts:
        if alert.step >= Step.NEXT and alert.rota.area.kind == "quarter":
            mandates.end_standins(matter=alert.matter, by=by, at=at)
        alert.delete()


def _persons_able_to_act(matter: UrgentMatter, *, at: datetime) -> QuerySet[Person]:
    """Who may see to it now."""
    return permission_holders(matter.permission, matter.partnership.area, at=at).exclude(pk__in=matter.without)


def _persons_on_call(rota: Rota, matter: UrgentMatter, *, moment: datetime, at: datetime) -> list[UUID]:
    shifts = rota.shifts.filter(
        starts_at__lte=moment, ends_at__gt=moment, person__in=_persons_able_to_act(matter, at=at).values("pk")
    )
    return list(shifts.values_list("person", flat=True))


def _create_alert_if_manned(rota: Rota, matter: UrgentMatter, *, at: datetime) -> OnCallAlert | None:
    """Watch over a thing of which whoever was on call was told; without one the whole desk was told at once."""
    if not _persons_on_call(rota, matter, moment=matter.since, at=at):
        return None
    return OnCallAlert.objects.create(rota=rota, matter=matter.key, stepped_at=matter.since)


def _is_next_step_due(alert: OnCallAlert, rota: Rota, matter: UrgentMatter, *, at: datetime) -> bool:
    wait = timedelta(minutes=rota.answer_minutes)
    if matter.term is not None:
        wait = min(wait, matter.term)
    return alert.step < Step.DESK and alert.stepped_at + wait <= at


def _pass_on_alert(alert: OnCallAlert, matter: UrgentMatter, *, by: Person | None, at: datetime) -> None:
    """One step further, over those that nobody would notice: no next person, no telephone line."""
    on_call = _persons_on_call(alert.rota, matter, moment=at, at=at)
    next_person = next_person_on_call(alert.rota, without=[*on_call, *matter.without], at=at)
    step = Step(alert.step + 1)
    if step == Step.NEXT and (
        next_person is None
        or not _can_next_person_act_granting_deputy_standin(next_person, alert.rota, matter, by=by, at=at)
    ):
        step = Step.TELEPHONE
    if step == Step.TELEPHONE and VOICE not in usable_channels():
        step = Step.DESK
    alert.step, alert.stepped_at = step, at
    alert.save(update_fields=["step", "stepped_at"])
    area = matter.partnership.area.path
    note(verb="on_call.passed_on", by=by, at=at, area=area, target=str(matter.key), step=step.value)
    told = [next_person] if step == Step.NEXT else [*on_call, next_person]
    people = Person.objects.filter(pk__in=[key for key in told if key])
    _notify_next_persons(step, matter, _persons_able_to_act(matter, at=at) if step == Step.DESK else people, at=at)


def _notify_next_persons(
    step: OnCallAlert.Step, matter: UrgentMatter, people: QuerySet[Person], *, at: datetime
) -> None:
    if step == Step.TELEPHONE:
        phone_on_call_persons(matter, people, at=at)
        return
    write_to_on_call_persons(matter, people, at=at)
    if matter.permission == Permission.NOTICE_RELAY:
        send_waiting_notice_to_permitted_persons(matter.key, people, at)


def _can_next_person_act_granting_deputy_standin(
    person: UUID, rota: Rota, matter: UrgentMatter, *, by: Person | None, at: datetime
) -> bool:
    """Whether the next person may see to it; a deputy gets the right until it is done (R39)."""
    if _persons_able_to_act(matter, at=at).filter(pk=person).exists():
        return True
    deputy = mandates_in_force(at).filter(person=person, role=Role.DEPUTY, area=rota.area).first()
    if deputy is not None:
        mandates.begin_standin(deputy=deputy, matter=matter.key, by=by, at=at)
    return deputy is not None
