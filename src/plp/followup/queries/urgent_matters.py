"""What cannot wait, for whoever is on call: calls for help, messages to release and to pass on (ADR 74)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.followup.queries import due_matters
from plp.followup.rules.due import DueMatter
from plp.mandates.grants import Permission
from plp.mandates.models import Rota
from plp.notices.models import HelpCall, NoticeWriter
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.places.models import Area

RELEASE, RELAY = (
    _("a message of the police is waiting to be released"),
    _("a message from the police is waiting to be passed on"),
)
CALLS: Mapping[str, Any] = MappingProxyType(
    {
        HelpCall.Cause.CRY: _("somebody calls for help"),
        HelpCall.Cause.CALL_ME: _("somebody asks to be called"),
        HelpCall.Cause.DRILL: _("this is a drill: somebody calls for help"),
    }
)


@dataclass(frozen=True)
class UrgentMatter:
    """One thing that waits since ``since`` for somebody who holds ``permission`` and is none of ``without``.

    ``term``: how long the plan leaves, where it says so. ``page``: where one sees to it.
    """

    key: UUID
    partnership: Partnership
    permission: Permission
    since: datetime
    what: Any
    page: str
    term: timedelta | None = None
    without: frozenset[UUID] = field(default_factory=frozenset)


def urgent_matters(rota: Rota, *, at: datetime) -> list[UrgentMatter]:
    """What waits now for whoever is on call by ``rota``: of a zone for the police, of a quarter for its coordinator."""
    partnerships = partnerships_not_ended().filter(area__path__startswith=rota.area.path)
    by_key = {partnership.pk: partnership for partnership in partnerships}
    if rota.area.kind == Area.Kind.ZONE:
        causes = (HelpCall.Cause.CRY, HelpCall.Cause.DRILL)
        return _help_call_matters(
            partnerships, causes, Permission.QUESTION_POLICE, pages.HELP_CALLS_POLICE.path()
        ) + _release_matters(by_key, at)
    own, page = Permission.QUESTION_COORDINATOR, pages.HELP_CALLS_COORDINATOR.path()
    return _help_call_matters(partnerships, tuple(HelpCall.Cause), own, page) + _relay_matters(by_key, at)


def _help_call_matters(
    partnerships: QuerySet[Partnership], causes: tuple[HelpCall.Cause, ...], permission: Permission, page: str
) -> list[UrgentMatter]:
    """Calls for help that nobody took. Whoever started a drill does not take it."""
    calls = HelpCall.objects.filter(partnership__in=partnerships, cause__in=causes, taken_at=None)
    return [
        UrgentMatter(
            call.pk,
            call.partnership,
            permission,
            call.at,
            CALLS[call.cause],
            page,
            without=frozenset({call.person_id} if call.cause == HelpCall.Cause.DRILL else ()),
        )
        for call in calls.select_related("partnership__area").order_by("at")
    ]


def _release_matters(partnerships: Mapping[UUID, Partnership], at: datetime) -> list[UrgentMatter]:
    """Messages that wait for the second person of the police: none of their writers."""
    waiting = due_matters.due_releases(Partnership.objects.filter(pk__in=list(partnerships)), at)
    written = NoticeWriter.objects.filter(notice__in=[matter.matter for matter in waiting])
    writers: dict[UUID, set[UUID]] = {}
    for notice, person in written.values_list("notice", "person"):
        writers.setdefault(notice, set()).add(person)
    return [
        _urgent_matter_of_due(
            matter, partnerships, Permission.NOTICE_RELEASE, RELEASE, frozenset(writers.get(matter.matter, ()))
        )
        for matter in waiting
    ]


def _relay_matters(partnerships: Mapping[UUID, Partnership], at: datetime) -> list[UrgentMatter]:
    """Messages that were released for the coordinator and not passed on."""
    waiting = due_matters.due_relays(Partnership.objects.filter(pk__in=list(partnerships)), at)
    return [
        _urgent_matter_of_due(matter, partnerships, Permission.NOTICE_RELAY, RELAY, frozenset()) for matter in waiting
    ]


def _urgent_matter_of_due(
    matter: DueMatter,
    partnerships: Mapping[UUID, Partnership],
    permission: Permission,
    what: Any,
    without: frozenset[UUID],
) -> UrgentMatter:
    page = pages.NOTICE_DESK if permission == Permission.NOTICE_RELEASE else pages.RELAY_INBOX
    return UrgentMatter(
        matter.matter,
        partnerships[matter.partnership],
        permission,
        matter.due_at - matter.term,
        what,
        page.path(),
        matter.term,
        without,
    )
