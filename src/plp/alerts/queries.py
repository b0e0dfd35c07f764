"""Reads about official alerts, always within the scope of a person; what is public is public for everybody."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.alerts.cap import AlertInfo, OfficialAlert
from plp.alerts.models import Alert, Publication, Trace
from plp.alerts.rules import concerns_quarter
from plp.alerts.states import TraceOutcome
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import Notice
from plp.notices.queries import (
    hash_of_current_content,
    notices_person_writes_or_releases,
    title_core_and_more_by_language,
)
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope, partnerships_not_ended
from plp.partnership.states import State as Stage
from plp.people.models import Person
from plp.places.queries.coverage import nis_codes_a_quarter_may_cover

OPEN = (State.DRAFT, State.SUBMITTED, State.RELEASED, State.RELAYED)
PUBLIC_KINDS = ("calamity",)  # never a person: their name would stay with strangers after the withdrawal
CANCELLED_SHOWN_FOR = timedelta(days=2)  # how long a feed says that an alert was taken back
ENDLESS_HOLDS = timedelta(days=3)  # an alert without an end may still be ended by an all-clear that names none
ENDLESS_SHOWN_FOR = timedelta(days=1)  # an alert without an end leaves the feed after this


def partnerships_to_draft_for(person: Person | None, *, at: datetime) -> QuerySet[Partnership]:
    """The active partnerships for which drafts are made: those that ``person`` writes for; all for the machine."""
    partnerships = (
        partnerships_not_ended() if person is None else partnerships_in_scope(person, Permission.NOTICE_WRITE, at=at)
    )
    return partnerships.filter(state=Stage.ACTIVE).order_by("key")


def concerned_partnerships(
    official: OfficialAlert, partnerships: Iterable[Partnership]
) -> dict[Partnership, list[AlertInfo]]:
    """The partnerships whose quarter the alert meets, each with the blocks that meet it."""
    infos_by_partnership = {}
    for partnership in partnerships:
        area = partnership.area
        shape, codes = area.boundary or area.outline, nis_codes_a_quarter_may_cover(area)
        met = [info for info in official.infos if concerns_quarter(info, quarter=shape, municipalities=codes)]
        if met:
            infos_by_partnership[partnership] = met
    return infos_by_partnership


def traces_of_named_alerts(official: OfficialAlert, partnerships: Iterable[Partnership]) -> dict[UUID, list[Trace]]:
    """What the alerts that this one names did before, per partnership and notice, the last one last.

    Only those of the same sender: nobody takes back what another said.
    """
    named = Q(pk=None)
    for reference in official.references:
        if reference.sender == official.sender:
            named |= Q(alert__sender=reference.sender, alert__identifier=reference.identifier)
    return _last_open_traces_by_partnership(Trace.objects.filter(named), partnerships)


def traces_of_same_event(
    official: OfficialAlert, names: Collection[str], partnerships: Iterable[Partnership]
) -> dict[UUID, list[Trace]]:
    """What alerts of the same sender of an event with one of ``names``, that had not ended, did: for an all-clear that
    names no alert. As ``traces_of_named_alerts``.
    """
    before = Trace.objects.filter(alert__sender=official.sender, alert__sent_at__lt=official.sent)
    holding = Q(alert__expires_at__gt=official.sent)
    holding |= Q(alert__expires_at=None, alert__sent_at__gt=official.sent - ENDLESS_HOLDS)
    alerts = Alert.objects.filter(traces__in=before.filter(holding)).distinct().only("events")
    same = [alert.pk for alert in alerts if not set(names).isdisjoint(alert.events)]
    return _last_open_traces_by_partnership(before.filter(alert__in=same), partnerships)


def _last_open_traces_by_partnership(
    rows: QuerySet[Trace], partnerships: Iterable[Partnership]
) -> dict[UUID, list[Trace]]:
    rows = rows.filter(notice__partnership__in=partnerships, notice__state__in=OPEN)
    rows = rows.exclude(outcome__in=[TraceOutcome.DROPPED, TraceOutcome.TO_STOP])
    rows = rows.select_related("notice__partnership__area", "notice__corrects").order_by("alert__sent_at", "pk")
    last = {row.notice_id: row for row in rows}
    traces: dict[UUID, list[Trace]] = {}
    for row in last.values():
        traces.setdefault(row.notice.partnership_id, []).append(row)
    return traces


def is_unedited_draft(trace: Trace) -> bool:
    """Whether the notice is still the draft that the machine made: nobody changed a word."""
    notice = trace.notice
    return notice.state == State.DRAFT and trace.text_hash == hash_of_current_content(
        notice, title_core_and_more_by_language(notice)
    )


def traces_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Trace]:
    """What official alerts did to the notices of ``person``'s desk, newest first."""
    rows = Trace.objects.filter(notice__in=notices_person_writes_or_releases(person, at=at).order_by().values("pk"))
    rows = rows.select_related("alert", "notice__partnership__area").prefetch_related("notice__texts")
    return rows.order_by("-alert__received_at", "notice__partnership__key")


TO_STOP = OpenRows(
    f"FROM alerts_trace t JOIN notices_notice n ON n.id = t.notice_id WHERE t.outcome = '{TraceOutcome.TO_STOP}' "
    "AND t.settled_at IS NULL AND n.partnership_id IN {partnerships}"
)
FRESH_DRAFTS = OpenRows(
    f"FROM alerts_trace t JOIN notices_notice n ON n.id = t.notice_id WHERE n.state = '{State.DRAFT}' "
    "AND n.author_id IS NULL AND n.partnership_id IN {partnerships}"
)


def stop_proposals_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Trace]:
    """What waits for ``person``: messages that the sender of the official alert took back or moved elsewhere."""
    return traces_in_scope(person, at=at).filter(outcome=TraceOutcome.TO_STOP, settled_at=None, notice__state__in=OPEN)


def traces_of_authorless_drafts(person: Person | None, *, at: datetime) -> QuerySet[Trace]:
    """The drafts that the machine made and nobody offered yet, for those who write in their area."""
    areas = permitted_areas(person, Permission.NOTICE_WRITE, at=at)
    drafts = traces_in_scope(person, at=at).filter(notice__partnership__area__in=areas, notice__author=None)
    return drafts.filter(outcome__in=[TraceOutcome.DRAFTED, TraceOutcome.CORRECTED], notice__state=State.DRAFT)


def publishable_notices(person: Person | None, *, at: datetime) -> QuerySet[Notice]:
    """The messages that ``person`` may open to everybody: relayed calamities of their area, not yet published."""
    areas = permitted_areas(person, Permission.NOTICE_RELEASE, at=at)
    notices = notices_person_writes_or_releases(person, at=at).filter(
        partnership__area__in=areas, kind__in=PUBLIC_KINDS, state=State.RELAYED
    )
    return notices.filter(publication=None).prefetch_related("texts")


@dataclass(frozen=True)
class PublicAlert:
    """One published calamity as it stands now: ``is_cancelled`` once its message was stopped."""

    publication: Publication
    words: Mapping[str, tuple[str, str, str]]
    expires_at: datetime | None
    is_cancelled: bool

    @property
    def notice(self) -> Notice:
        """The message."""
        return self.publication.notice

    @property
    def updated_at(self) -> datetime:
        """When it changed last."""
        return (self.notice.retracted_at if self.is_cancelled else None) or self.publication.at


def current_and_recently_cancelled_alerts(
    *, at: datetime, area_path: str = "", notice_key: UUID | None = None
) -> list[PublicAlert]:
    """The published calamities inside the area at ``area_path`` that hold at ``at``, and those taken back lately;
    newest first. With ``notice_key`` that one, also when it is over.
    """
    rows = Publication.objects.select_related("notice__partnership__area", "notice__relay__message")
    rows = rows.select_related("notice__corrects__publication").prefetch_related("notice__texts").order_by("-at")
    chosen = {"notice__pk": notice_key} if notice_key else {"notice__partnership__area__path__startswith": area_path}
    alerts = [_public_alert_of_publication(row) for row in rows.filter(**chosen)]
    return alerts if notice_key else [alert for alert in alerts if _is_on_display(alert, at)]


def _public_alert_of_publication(row: Publication) -> PublicAlert:
    notice = row.notice
    expires = notice.relay.message.expires_at
    return PublicAlert(row, title_core_and_more_by_language(notice), expires, notice.state == State.RETRACTED)


def _is_on_display(alert: PublicAlert, at: datetime) -> bool:
    if alert.is_cancelled:
        return alert.updated_at + CANCELLED_SHOWN_FOR > at
    return (alert.expires_at or alert.publication.at + ENDLESS_SHOWN_FOR) > at
