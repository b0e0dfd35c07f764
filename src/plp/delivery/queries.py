"""What one may ask of the outbox: the ledger of a message, what waits, and who was not reached."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from plp.delivery.channel import count_suppliers
from plp.delivery.costs import metered_channels
from plp.delivery.installed import channels, senders
from plp.delivery.links import is_valid_stop_link
from plp.delivery.models import Dispatch, Dispatches, Message, MessageText, Pause, Pulse, Spending, Supplier
from plp.delivery.progress_words import INCONSPICUOUS, ProgressWord, is_held_at_recipients_wish, progress_word
from plp.delivery.references import reference_of
from plp.delivery.rules import start_of_belgian_day
from plp.delivery.states import EXPIRED_HELD, OVER_BUDGET, PUBLIC, SCHEDULED, STOPPED_HELD, State
from plp.people.models import ContactPoint, Person
from plp.places.models import nis_in_path
from plp.places.rules.bilingual import language_order


@dataclass(frozen=True)
class Ledger:
    """What became of one message. ``by_state`` counts persons, by the dispatch that stands; it must add up.

    ``by_channel`` counts every dispatch, also those replaced by the next channel: what each receiver should have seen.
    """

    message: UUID
    purpose: str
    audience: int
    by_channel: Mapping[str, Mapping[str, int]]
    by_state: Mapping[str, int]

    @property
    def is_balanced(self) -> bool:
        """Whether the counts add up to the audience."""
        return sum(self.by_state.values()) == self.audience

    def as_json(self) -> dict[str, Any]:
        """The shape of ``./plp ledger --json``."""
        return {
            "message": str(self.message),
            "purpose": self.purpose,
            "audience": self.audience,
            "by_channel": {channel: dict(states) for channel, states in self.by_channel.items()},
            "by_state": dict(self.by_state),
            "balanced": self.is_balanced,
        }


def ledger(message: Message) -> Ledger:
    """The exact counts of a message, for operators: per channel and state, and per person."""
    audience = Message.objects.values_list("audience", flat=True).get(pk=message.pk)
    by_channel: dict[str, dict[str, int]] = {}
    by_state: dict[str, int] = {}
    counts = message.dispatches.values_list("channel", "state", "replaced").annotate(n=Count("id")).order_by()
    for channel, state, replaced, number in sorted(counts):
        states = by_channel.setdefault(channel, {})
        states[state] = states.get(state, 0) + number
        if not replaced:
            by_state[state] = by_state.get(state, 0) + number
    return Ledger(message.pk, message.purpose, audience, by_channel, by_state)


@dataclass(frozen=True)
class Tally:
    """Where a message stands: a figure for each ``ProgressWord``; the figures add up to ``audience``.

    A copy held for a person who wants to be left alone counts where the others do, for ever: nobody learns of it (T14).
    """

    audience: int = 0
    waiting: int = 0
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    unknown: int = 0
    expired: int = 0
    stopped: int = 0
    handed_out: int = 0
    rung: int = 0
    heard: int = 0
    read: int = 0
    gone: int = 0
    full: int = 0

    @property
    def reached(self) -> int:
        """Persons whom a copy left for or reached. What was handed out counts when it is ticked."""
        return self.sent + self.delivered + self.heard + self.read

    @property
    def lost(self) -> int:
        """Persons whom no copy reached, or of whom nobody knows."""
        return self.failed + self.gone + self.full + self.unknown + self.expired + self.stopped

    @property
    def pending(self) -> int:
        """Persons for whom something is still to be done, by a machine or by hand."""
        return self.waiting + self.handed_out + self.rung

    @property
    def stoppable(self) -> int:
        """Copies that have not left: these a stop still holds back."""
        return self.waiting + self.rung


_HELD_IN_PRIVATE = Q(state=State.HELD) & ~Q(reason__in=PUBLIC) | Q(reason__in=[EXPIRED_HELD, STOPPED_HELD])


def _count_by_channel_state_reason(rows: QuerySet[Dispatch]) -> QuerySet[Any, Any]:
    counted = rows.filter(replaced=False).order_by("channel", "state", "reason")
    return counted.values_list("channel", "state", "reason").annotate(n=Count("id"))


def _tallies_of_rows(rows: Iterable[tuple[str, str, str, int]]) -> dict[str, Tally]:
    """Tallies by channel. A copy that waits for somebody who wants to be left alone stands where the others of its
    channel do: delivered where receipts came, else heard, else sent, or waiting where all of them wait.
    """
    figures: dict[str, Counter[str]] = {}
    private: Counter[str] = Counter()
    for channel, state, reason, number in rows:
        words = figures.setdefault(channel, Counter())
        if is_held_at_recipients_wish(state, reason):
            private[channel] += number
        else:
            words[progress_word(channel, state, reason)] += number
    for channel, number in private.items():
        words = figures[channel]
        words[next((word for word in INCONSPICUOUS if words[word]), ProgressWord.SENT)] += number
    return {channel: Tally(audience=words.total(), **words) for channel, words in figures.items()}


def message_tally(message: Message) -> Tally:
    """The figures that a coordinator or an officer sees: one query."""
    return sum_tallies(tallies_by_channel(message).values())


def tallies_by_channel(message: Message) -> dict[str, Tally]:
    """The same figures by the channel that each copy took last: one query."""
    return _tallies_of_rows(_count_by_channel_state_reason(Dispatch.objects.filter(message=message)))


def sum_tallies(parts: Iterable[Tally]) -> Tally:
    """The sum of several tallies."""
    counts = [astuple(tally) for tally in parts]
    return Tally(*(sum(figures) for figures in zip(*counts, strict=True)))


def tallies_by_channel_of_left(messages: QuerySet[Message]) -> dict[str, Tally]:
    """The same figures of several messages together, by the channel that each copy took last: one query.

    A message that waits for the hours of the plan has not left, and is not among them.
    """
    waiting = Dispatch.objects.filter(message=OuterRef("pk"), state=State.HELD, reason=SCHEDULED)
    left = Dispatch.objects.filter(message__in=messages.exclude(Exists(waiting)))
    return _tallies_of_rows(_count_by_channel_state_reason(left))


@dataclass(frozen=True)
class Unreached:
    """Whom a message could not reach: persons per channel that failed last, how many of them nobody knows about, and
    their keys for the call list.
    """

    by_channel: Mapping[str, int]
    doubtful: Mapping[str, int]
    persons: tuple[UUID, ...]


def unreached_persons(message: Message) -> Unreached:
    """Persons for whom no channel is left (failed) or of whom nobody knows (unknown): one query."""
    lost = Dispatch.objects.filter(message=message, state__in=[State.FAILED, State.UNKNOWN], replaced=False)
    rows = list(lost.order_by("id").values_list("channel", "state", "person"))
    doubtful = Counter(channel for channel, state, _person in rows if state == State.UNKNOWN)
    by_channel = dict(sorted(Counter(channel for channel, _state, _person in rows).items()))
    return Unreached(by_channel, doubtful, tuple(person for _channel, _state, person in rows))


def unknown_copies(message: Message) -> QuerySet[Dispatch]:
    """Copies that may have arrived twice or not at all: a person must find out (``actions.resolve_unknown_copy``)."""
    return message.dispatches.filter(state=State.UNKNOWN).order_by("id")


def copies_to_deliver_by_hand(message: Message, channel: str) -> QuerySet[Dispatch]:
    """Copies of a channel carried by hand that are not at an end: to hand out (queued) or handed out (accepted)."""
    return message.dispatches.filter(channel=channel, state__in=[State.QUEUED, State.ACCEPTED]).order_by("id")


def count_copies_to_deliver_by_hand(message: Message, *by_hand: str) -> list[int]:
    """How many copies ``copies_to_deliver_by_hand`` finds of each of these channels: one query."""
    rows = Dispatch.objects.filter(message=message, channel__in=by_hand, state__in=[State.QUEUED, State.ACCEPTED])
    numbers = dict(rows.order_by().values_list("channel").annotate(n=Count("id")))
    return [numbers.get(channel, 0) for channel in by_hand]


def channels_by_hand() -> list[str]:
    """The keys of the channels that people carry: letters, calls."""
    return [key for key, channel in channels().items() if channel.abilities.by_hand]


def hand_carried_messages_of_quarters(quarters: Collection[str]) -> QuerySet[Message]:
    """Messages on behalf of quarters (their paths) of which people carry some, while their words are kept."""
    words = MessageText.objects.filter(message=OuterRef("pk"), channel__in=channels_by_hand())
    return Message.objects.filter(Exists(words), on_behalf_of__in=quarters)


def _due_hand_carried_copies_in_states(
    messages: QuerySet[Message], states: Sequence[State], at: datetime
) -> QuerySet[Dispatch]:
    alive = messages.filter(Q(expires_at=None) | Q(expires_at__gt=at), stopped_at=None)
    return Dispatch.objects.filter(
        message__in=alive, channel__in=channels_by_hand(), state__in=states, contact__isnull=False, due_at__lte=at
    )


def copies_to_hand_out(messages: QuerySet[Message], *, at: datetime) -> QuerySet[Dispatch]:
    """Copies that people carry and nobody has taken yet, of those messages that were not stopped and have not ended."""
    return _due_hand_carried_copies_in_states(messages, [State.QUEUED], at)


def count_copies_to_carry(messages: QuerySet[Message], *, at: datetime) -> Mapping[tuple[UUID, str], int]:
    """How many copies people still have to carry, by message and channel, of those that were not stopped and have not
    ended; the oldest message first.
    """
    rows = _due_hand_carried_copies_in_states(messages, [State.QUEUED, State.ACCEPTED], at)
    counts = rows.values_list("message", "channel").annotate(n=Count("id"))
    return {(key, channel): n for key, channel, n in counts.order_by("message__created_at", "message", "-channel")}


def subjects_of_hand_carried_messages(messages: Collection[UUID], language: str) -> Mapping[UUID, str]:
    """What messages that people carry are about: for a reader of ``language``, else in that of the region."""
    texts = MessageText.objects.filter(message__in=messages, channel__in=channels_by_hand())
    titles = defaultdict[UUID, dict[str, str]](dict)
    places: dict[UUID, str] = {}
    for key, place, written, subject in texts.values_list("message", "message__on_behalf_of", "language", "subject"):
        titles[key][written], places[key] = subject, place
    return {key: _subject_for_reader(subjects, places[key], language) for key, subjects in titles.items()}


def _subject_for_reader(subjects: Mapping[str, str], place: str, language: str) -> str:
    order = (language, *language_order(nis_in_path(place)), *subjects)
    return next(subjects[code] for code in order if code in subjects)


def outbox_figures_for_operators(at: datetime) -> dict[str, Any]:
    """What waits, for operators: counts per channel and state, suspended suppliers (``sms``: the first choice of that
    channel, ``sms 2``: the second), and the seconds since the oldest
    row was due. What people carry by hand waits for people: it does not make the queue look stuck.
    """
    by_channel: dict[str, dict[str, int]] = {}
    for words in (Dispatches.QUEUED, Dispatches.HELD, Dispatches.IN_HAND):
        waiting = Dispatch.objects.where_sql(words).values_list("channel", "state").annotate(n=Count("id"))
        for channel, state, number in waiting.order_by("channel", "state"):
            by_channel.setdefault(channel, {})[state] = number
    ready = Dispatch.objects.where_sql(Dispatches.QUEUED).filter(due_at__lte=at)
    oldest = ready.filter(channel__in=senders()).aggregate(oldest=Min("due_at"))["oldest"]
    paused = Pause.objects.first()
    return {
        "waiting": sum(sum(states.values()) for states in by_channel.values()),
        "urgent": ready.filter(urgent=True).count(),
        "by_channel": by_channel,
        "oldest_seconds": round((at - oldest).total_seconds(), 1) if oldest else 0.0,
        "unknown": Dispatch.objects.where_sql(Dispatches.UNKNOWN).count(),
        "paused": paused.since.isoformat(timespec="seconds") if paused else "",
        "suspended": {
            _supplier_key_numbered_from_second_on(row.channel, row.number): row.reason
            for row in Supplier.objects.exclude(suspended_at=None).order_by("channel", "number")
        },
    }


@dataclass(frozen=True)
class Budget:
    """What was spent on a channel on the day asked about, and the most that may be, in euro cents."""

    channel: str
    cents: int
    most: int

    @property
    def percent(self) -> int:
        """How much of it is spent; 100 where nothing may be."""
        return min(100, self.cents * 100 // self.most) if self.most else 100


def daily_budgets(at: datetime) -> list[Budget]:
    """The money of each channel that costs some, on the Belgian day of ``at``."""
    rows = Spending.objects.filter(since=start_of_belgian_day(at), scope=Spending.Scope.DAY)
    parts = dict(rows.values_list("channel", "parts"))
    limits = {key: channel.limits() for key, channel in metered_channels().items()}
    return [
        Budget(key, parts.get(key, 0) * channel_limits.cents, channel_limits.day * channel_limits.cents)
        for key, channel_limits in limits.items()
    ]


def count_copies_over_budget(message: Message) -> Mapping[str, int]:
    """How many copies of a message wait, by channel, because what may be spent on a day is spent."""
    held = Dispatch.objects.filter(message=message, state=State.HELD, reason=OVER_BUDGET)
    return dict(held.values_list("channel").annotate(n=Count("id")).order_by("channel"))


def first_scheduled_times(message: Message) -> Mapping[str, datetime]:
    """When the first copies leave that wait for the hours of the plan, by channel: one query."""
    held = Dispatch.objects.filter(message=message, state=State.HELD, reason=SCHEDULED)
    return dict(held.values_list("channel").annotate(first=Min("due_at")).order_by("channel"))


def urgent_copies_without_supplier(message: Message) -> QuerySet[Dispatch]:
    """Urgent copies that wait because no supplier of their channel works: people had better be called."""
    return message.dispatches.filter(
        urgent=True, state=State.QUEUED, channel__in=_channels_without_working_supplier(), replaced=False
    )


def _channels_without_working_supplier() -> list[str]:
    """Channels none of whose suppliers works."""
    return [
        key for key, number in _suspended_counts() if key in senders() and number >= count_suppliers(senders()[key])
    ]


def suppliers_and_whether_up() -> list[tuple[str, int, bool]]:
    """Each supplier of each installed channel: the channel, its number (1 is the first choice), whether it is up."""
    down = set(Supplier.objects.exclude(suspended_at=None).values_list("channel", "number"))
    return [
        (channel, number, (channel, number) not in down)
        for channel, sender in senders().items()
        for number in range(1, count_suppliers(sender) + 1)
    ]


def substitute_suppliers(suspended: Iterable[str]) -> dict[str, str]:
    """For each of the ``suspended`` suppliers the one that serves its channel meanwhile, where one does."""
    first_up: dict[str, str] = {}
    for channel, number, is_up in suppliers_and_whether_up() if suspended else ():
        if is_up:
            first_up.setdefault(channel, _supplier_key_numbered_from_second_on(channel, number))
    channels = {key: key.partition(" ")[0] for key in suspended}
    return {key: first_up[channel] for key, channel in channels.items() if first_up.get(channel, key) != key}


def _supplier_key_numbered_from_second_on(channel: str, number: int) -> str:
    return channel if number == 1 else f"{channel} {number}"


def _suspended_counts() -> QuerySet[Any, tuple[str, int]]:
    return Supplier.objects.exclude(suspended_at=None).values_list("channel").annotate(n=Count("id"))


def count_urgent_persons_to_call(messages: Collection[UUID], by_hand_channel: str) -> Mapping[UUID, int]:
    """How many persons are to be called, by urgent message: no channel reached them or theirs does not work now, or
    they chose the channel ``by_hand_channel`` and nobody took their copy yet.
    """
    waiting = Q(state=State.QUEUED, channel__in=[by_hand_channel, *_channels_without_working_supplier()])
    rows = Dispatch.objects.filter(Q(state=State.FAILED) | waiting, message__in=messages, urgent=True, replaced=False)
    return dict(rows.values_list("message").annotate(n=Count("id")).order_by("message"))


def last_pulse(pulse_key: str = "worker") -> datetime | None:
    """When a worker last said that it lives; ``None`` where none ever ran."""
    return Pulse.objects.filter(key=pulse_key).values_list("at", flat=True).first()


def find_message(id_or_code: str) -> Message | None:
    """A message by its own id, its check code, or the id of what it was about (the newest)."""
    by_code = Message.objects.filter(check_code=id_or_code.lower()).first()
    if by_code is not None:
        return by_code
    try:
        key = UUID(id_or_code)
    except ValueError:
        return None
    return Message.objects.filter(Q(pk=key) | Q(subject=key)).order_by("-created_at").first()


def reference_of_copy(channel: str, dispatch_id: int) -> str:
    """Our reference of the copy ``dispatch_id``, as it left by ``channel``; empty where there is none."""
    message = Dispatch.objects.filter(pk=dispatch_id, channel=channel).values_list("message", flat=True).first()
    return reference_of(dispatch_id, message) if message else ""


def contact_by_stop_link(contact: str, signature: str) -> ContactPoint | None:
    """The contact behind a stop link whose signature is right; None otherwise, also when it is gone."""
    if not is_valid_stop_link(contact, signature):
        return None
    try:
        return ContactPoint.objects.filter(pk=UUID(hex=contact)).first()
    except ValueError:
        return None


def contacts_perhaps_reached(message: Message) -> QuerySet[ContactPoint]:
    """Contacts that a copy left for, or may have left for: those whom a correction must reach too (F27).

    Among them are those who want to be left alone now, so that their number tells nothing (T14).
    """
    gone = (
        Q(state__in=[State.SENDING, State.ACCEPTED, State.DELIVERED, State.UNKNOWN])
        | Q(unknowns__gt=0)
        | _HELD_IN_PRIVATE
    )
    return ContactPoint.objects.filter(pk__in=message.dispatches.filter(gone).values("contact"))


def copies_to_current_contacts(person: Person) -> QuerySet[Dispatch]:
    """Every copy that was queued for a contact which the person still has."""
    return Dispatch.objects.filter(contact__in=ContactPoint.objects.filter(person=person))


def copies_with_kept_texts(channel: str) -> QuerySet[Dispatch]:
    """Every copy of a channel whose words are still kept, with its person and message, newest first."""
    words = MessageText.objects.filter(
        message=OuterRef("message"), channel=OuterRef("channel"), language=OuterRef("language")
    )
    copies = Dispatch.objects.filter(Exists(words), channel=channel)
    return copies.select_related("contact__person", "message").order_by("-id")
