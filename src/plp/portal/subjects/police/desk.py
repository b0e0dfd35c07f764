"""What the officer's pages show, read within the scope of the person who looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.mandates.scopes import Known
from plp.notices.models import Notice
from plp.notices.queries import DESK, TITLES, feedback_due, of_police, over, released_next, whole
from plp.notices.queries.guidance import model_around
from plp.notices.queries.reach import asked_of, gathered
from plp.notices.rules.bundle import next_bundle
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.prepared import prepared

UNDER_WAY = timedelta(days=1)  # a relayed message stays on the desk that long
ON_THE_DESK = (State.DRAFT, State.SUBMITTED, State.RELEASED, State.GATHERED)
WORDS = {
    State.DRAFT: _("draft"),
    State.SUBMITTED: _("waiting for release"),
    State.RELEASED: _("with the coordinator"),
    State.RELAYED: _("relayed"),
    State.RETRACTED: _("stopped"),
    State.EXPIRED: _("expired"),
    State.DROPPED: _("dropped"),
    State.GATHERED: _("gathered"),
    State.BUNDLED: _("in a digest"),
}
COLOURS = {State.DRAFT: "plain", State.SUBMITTED: "warn", State.RELEASED: "busy", State.RELAYED: "good"}


@dataclass(frozen=True)
class Row:
    """One message in a list: its title in the reader's language, and where it stands."""

    notice: Notice
    title: str
    kind: Any
    quarter: str
    state: Any
    colour: str
    due_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """A message of other police that waits for an answer here."""

    key: UUID
    kind: Any
    quarter: str
    by: str
    asked_at: datetime | None


@dataclass(frozen=True)
class Desk:
    """What lies on the desk: to release, drafts, with others, feedback due; ``history`` is paged by the view."""

    waiting: list[Row]
    drafts: list[Row]
    under_way: list[Row]
    feedback: list[Row]
    asked: list[Asked]
    gathered: list[Row]
    bundled_on: datetime | None
    history: QuerySet[Notice]


def find(request: HttpRequest, key: UUID, permission: Permission) -> Notice:
    """The notice of one's desk over which one holds ``permission``; absent and foreign are the same 404 (T10)."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    areas = within(person, permission, at=at)
    notices = of_police(person, at=at).filter(partnership__area__in=areas)
    return get_object_or_404(whole(notices), pk=key)


def row(notice: Notice, language: str, due_at: datetime | None = None) -> Row:
    """One line; needs the texts of the notice prefetched."""
    titles = {text.language: text.title for text in notice.texts.all()}
    order = [language, *notice.partnership.languages, *titles]
    title = next((titles[one] for one in order if titles.get(one)), "")
    colour = COLOURS.get(State(notice.state), "bad" if notice.state == State.RETRACTED else "plain")
    return Row(
        notice,
        title or str(_("(no title yet)")),
        KINDS[notice.kind].label,
        notice.partnership.name(language),
        WORDS[State(notice.state)],
        colour,
        due_at,
    )


def rows(notices: Iterable[Notice], language: str) -> list[Row]:
    """Several lines."""
    return [row(notice, language) for notice in notices]


def _own(areas: Known) -> QuerySet[Notice]:
    """Messages over these areas with their titles, without copies of each other."""
    return over(areas).exclude(lead__partnership__area__in=areas).prefetch_related(TITLES)


def _fresh(since: datetime) -> Q:
    return Q(state=State.RELAYED, relayed_at__gt=since)


@prepared
def _lying(areas: Known, since: datetime) -> QuerySet[Notice]:
    return _own(areas).filter(Q(state__in=[State.DRAFT, State.SUBMITTED, State.RELEASED]) | _fresh(since))


def desk_of(person: Person, language: str, *, at: datetime) -> Desk:
    """The desk of ``person``: a fixed number of queries, however much lies on it.

    Copies of a message stand on its page, not here, unless the message is of other police (R120).
    """
    areas = within(person, *DESK, at=at)
    kept = gathered(person, at=at)
    waiting = released_next(person, at=at)
    lying = _lying(areas, at - UNDER_WAY)
    moving = [notice for notice in lying if notice.state != State.DRAFT and notice not in waiting]
    return Desk(
        waiting=rows(waiting, language),
        drafts=rows((notice for notice in lying if notice.state == State.DRAFT), language),
        under_way=rows(moving, language),
        feedback=feedback_rows(person, language, at=at),
        asked=asked_rows(person, language, at=at),
        gathered=rows(kept, language),
        bundled_on=next_bundle(at, model_around(kept[0].partnership.area).weekday) if kept else None,
        history=_own(areas).exclude(state__in=ON_THE_DESK).exclude(_fresh(at - UNDER_WAY)),
    )


def asked_rows(person: Person, language: str, *, at: datetime) -> list[Asked]:
    """What other police ask of ``person``, the first asked first."""
    return [
        Asked(
            one.pk,
            KINDS[one.lead.kind].label,
            one.partnership.name(language),
            one.lead.author.name if one.lead.author else "",
            one.asked_at,
        )
        for one in asked_of(person, at=at)
    ]


def feedback_rows(person: Person, language: str, *, at: datetime) -> list[Row]:
    """Sent messages for which the plan promised feedback, the most pressing first (R112)."""
    return [row(notice, language, moment) for notice, moment in feedback_due(person, at=at)]
