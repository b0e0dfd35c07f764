"""What volunteers carry beside the messages of the police: invitations, and what becomes of a partnership (R66)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from plp.channels.calls import Calls
from plp.channels.paper import Paper
from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.portal.subjects.notices.relay.by_hand import carried_own_message, unticked_copies

MANAGE = Permission.MEMBERS_MANAGE
DONE = {Paper.key: "delivered", Calls.key: "reached"}  # the outcome of a round on which all went well
LETTERS_WAITING = OpenRows(
    "FROM delivery_dispatch d JOIN delivery_message t ON t.id = d.message_id "
    "JOIN places_area a ON a.path = t.on_behalf_of "
    f"WHERE d.state = '{State.QUEUED}' AND d.channel IN ('{Paper.key}', '{Calls.key}') "
    "AND substr(t.purpose, 1, 7) <> 'notice.' AND a.id IN {areas}",
    permission=MANAGE,
)


@dataclass(frozen=True)
class CarriedLetter:
    """One letter that is carried by hand: how many copies of each kind wait, and how many are taken."""

    message: Message
    title: str
    letters_waiting: int
    letters_taken: int
    calls_waiting: int
    calls_taken: int


def _messages_to_carry(person: Person, at: datetime) -> QuerySet[Message]:
    """The letters of the partnerships whose members ``person`` looks after that somebody is still to carry."""
    paths = partnerships_in_scope(person, MANAGE, at=at).values("area__path")
    by_hand = Dispatch.objects.filter(
        message=OuterRef("pk"), channel__in=DONE, state__in=[State.QUEUED, State.ACCEPTED], contact__isnull=False
    )
    found = Message.objects.filter(Exists(by_hand), on_behalf_of__in=paths, stopped_at=None)
    return found.exclude(purpose__startswith="notice.").exclude(expires_at__lte=at).order_by("-created_at")


def letters_to_carry(person: Person, language: str, *, at: datetime) -> list[CarriedLetter]:
    """Each letter with its title in ``language``, else in any, and how many copies wait or are taken."""
    return [
        CarriedLetter(message, _title_of(message, language), *_copy_counts(message))
        for message in _messages_to_carry(person, at).prefetch_related("texts")
    ]


def letter_to_carry_or_404(person: Person, key: UUID, *, at: datetime) -> tuple[Message, Partnership]:
    """One of these letters with its partnership; absent and foreign are the same 404."""
    message = _messages_to_carry(person, at).filter(pk=key).first()
    if message is None:
        raise Http404
    return message, partnerships_in_scope(person, MANAGE, at=at).get(area__path=message.on_behalf_of)


def record_all_as_carried(message: Message, channel: str, *, by: Person, at: datetime) -> int:
    """Note that every copy taken has arrived; answers how many."""
    rows = unticked_copies(carried_own_message(message, at=at), channel)
    for row in rows:
        delivery.record_outcome(dispatch=row, outcome=DONE[channel], by=by, at=at)
    return len(rows)


def note_names_on_paper(partnership: Partnership, channel: str, number: int, *, by: Person, at: datetime) -> None:
    """Note that names of members were printed (R80)."""
    path, about = partnership.area.path, {"list": channel, "count": number}
    note(verb="members.viewed", by=by, at=at, area=path, target=partnership, **about)


def _copy_counts(message: Message) -> Sequence[int]:
    """Letters waiting and taken, calls waiting and taken."""
    pairs = [(channel, state) for channel in DONE for state in (State.QUEUED, State.ACCEPTED)]
    reachable_copies = message.dispatches.filter(contact__isnull=False)
    counts = {
        f"n{place}": Count("pk", filter=Q(channel=channel, state=state)) for place, (channel, state) in enumerate(pairs)
    }
    return [*reachable_copies.aggregate(**counts).values()]


def _title_of(message: Message, language: str) -> str:
    titles = {text.language: text.subject for text in message.texts.all() if text.subject}
    return titles.get(language) or next(iter(titles.values()), message.check_code)
