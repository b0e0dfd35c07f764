"""What the police made available, read within the scope of the coordinator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.notices.models import Notice
from plp.notices.queries import TITLES, of_coordinator, whole
from plp.notices.states import State
from plp.people.models import Person

COLOURS = {State.RELEASED: "warn", State.RELAYED: "good", State.RETRACTED: "bad"}
WORDS = {
    State.RELEASED: _("waits for you"),
    State.RELAYED: _("relayed"),
    State.RETRACTED: _("stopped"),
    State.EXPIRED: _("expired before it was relayed"),
}


@dataclass(frozen=True)
class Row:
    """One message in the inbox, in the reader's language."""

    notice: Notice
    title: str
    kind: Any
    quarter: str
    state: Any
    colour: str
    urgent: bool


def find(request: HttpRequest, key: UUID, permission: Permission, *, sent: bool = False) -> Notice:
    """A message that one received and over which one holds ``permission``; absent and foreign are the same 404.

    ``sent``: only one that was relayed, so that it has a message in the outbox.
    """
    person, at = request.person, request.at  # type: ignore[attr-defined]
    notices = of_coordinator(person, at=at).filter(partnership__area__in=within(person, permission, at=at))
    if sent:
        notices = notices.filter(relay__isnull=False)
    return get_object_or_404(whole(notices), pk=key)


def row(notice: Notice, language: str) -> Row:
    """One line; needs the texts of the notice prefetched."""
    titles = {text.language: text.title for text in notice.texts.all()}
    order = [language, *notice.partnership.languages, *titles]
    kind, state = KINDS[notice.kind], State(notice.state)
    return Row(
        notice=notice,
        title=next((titles[one] for one in order if one in titles), ""),
        kind=kind.label,
        quarter=notice.partnership.name(language),
        state=WORDS[state],
        colour=COLOURS.get(state, "plain"),
        urgent=kind.urgent and state == State.RELEASED,
    )


def waiting(person: Person, language: str, *, at: datetime) -> list[Row]:
    """What is to be relayed, urgent things first, then the oldest."""
    notices = of_coordinator(person, at=at).filter(state=State.RELEASED).order_by("release__at")
    return sorted(rows(notices.prefetch_related(TITLES), language), key=lambda one: not one.urgent)


def earlier(person: Person, *, at: datetime) -> QuerySet[Notice]:
    """Everything that waits no more, newest first."""
    return of_coordinator(person, at=at).exclude(state=State.RELEASED).prefetch_related(TITLES)


def rows(notices: Iterable[Notice], language: str) -> list[Row]:
    """Several lines."""
    return [row(notice, language) for notice in notices]
