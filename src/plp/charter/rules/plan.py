"""Pure decisions about a plan: is it complete, is it allowed, when may a message go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from plp.charter.kinds import KINDS, Office
from plp.toolbox.clock import BRUSSELS

SILENCE_DAYS = 90  # without a message before both sides are told, unless the plan says otherwise (R130)
SHORTEST_SILENCE, LONGEST_SILENCE = 14, 365
LIFE_SHARE = 16  # of the life of a message that each hand may let pass: a quarter of an hour of an alarm of four hours
SHORTEST_TERM, LONGEST_TERM = 10, 7 * 24 * 60  # minutes


@dataclass(frozen=True)
class MessageRule:
    """One row of the plan in force, free of the database: what routing needs to know of a kind.

    ``answers_narrowed``: the police alone read what members write back, also where the kind leaves it to the
    coordinator. ``acknowledged``: members may say in one touch that they read it.
    """

    kind: str
    route: str
    writers: tuple[str, ...]
    releasers: tuple[str, ...]
    relayers: tuple[str, ...]
    channels: tuple[str, ...]
    hours_from: time | None
    hours_until: time | None
    expiry_minutes: int | None
    feedback_hours: int | None
    languages: tuple[str, ...]
    release_minutes: int | None = None
    relay_minutes: int | None = None
    required_languages: tuple[str, ...] = ()
    answers_narrowed: bool = False
    acknowledged: bool = False

    @property
    def default_term_minutes(self) -> int | None:
        """How long a hand has unless the plan says so: a share of the life; ``None``: to the next working day."""
        return max(self.expiry_minutes // LIFE_SHARE, SHORTEST_TERM) if self.expiry_minutes else None

    @property
    def office_for_answers(self) -> Office:
        """Who reads what members write back: the plan may narrow what holds for the kind, never widen it."""
        return Office.POLICE if self.answers_narrowed else KINDS[self.kind].answers_to


def plan_rule_faults(rule: MessageRule, *, installed: Collection[str]) -> Sequence[str]:
    """What is wrong with a rule, as short keys: ``no_channel``, ``unknown_channel``, ``no_relayer``, ``not_direct``,
    ``too_long``, ``late_hands``, ``half_hours``, ``equal_hours``, ``double_channel``. Empty when all is well.
    """
    kind = KINDS[rule.kind]
    too_long = kind.expiry_minutes is not None and not 0 < (rule.expiry_minutes or 0) <= kind.expiry_minutes
    found = {
        "no_channel": not rule.channels,
        "unknown_channel": bool(set(rule.channels) - set(installed)),
        "no_relayer": rule.route == "coordinator" and not rule.relayers,
        "not_direct": rule.route == "direct" and not kind.may_be_direct,
        "too_long": too_long,
        "late_hands": bool(rule.expiry_minutes)
        and max(rule.release_minutes or 0, rule.relay_minutes or 0) >= (rule.expiry_minutes or 0),
        "half_hours": (rule.hours_from is None) != (rule.hours_until is None),
        "equal_hours": rule.hours_from is not None and rule.hours_from == rule.hours_until,
        "double_channel": len(set(rule.channels)) < len(rule.channels),
    }
    return [key for key, is_wrong in found.items() if is_wrong]


def next_sending_time(rule: MessageRule, at: datetime) -> datetime:
    """The first moment from ``at`` on at which the plan lets a message of this kind leave (Belgian clock)."""
    if rule.hours_from is None or rule.hours_until is None or KINDS[rule.kind].urgent:
        return at
    here = at.astimezone(BRUSSELS)
    is_open = (
        rule.hours_from <= here.time() < rule.hours_until
        if rule.hours_from <= rule.hours_until
        else here.time() >= rule.hours_from or here.time() < rule.hours_until
    )
    if is_open:
        return at
    opening = datetime.combine(here.date(), rule.hours_from, tzinfo=BRUSSELS)
    if opening <= here:
        opening = datetime.combine(here.date() + timedelta(days=1), rule.hours_from, tzinfo=BRUSSELS)
    return opening


@dataclass(frozen=True)
class SimulatedMessage:
    """How one message would go: when it leaves, how it travels, when it ends and when feedback is due."""

    rule: MessageRule
    written_at: datetime
    leaves_at: datetime
    expires_at: datetime | None
    feedback_by: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the hours of the plan hold it back."""
        return self.leaves_at > self.written_at


def simulate_message(rule: MessageRule, at: datetime) -> SimulatedMessage:
    """The simulation: a message of this kind, ready at ``at``, under this row of the plan.

    It leaves when the hours open. Its life and the time for feedback count from there, as when it is relayed.
    """
    leaves_at = next_sending_time(rule, at)
    life = timedelta(minutes=rule.expiry_minutes) if rule.expiry_minutes else None
    feedback = timedelta(hours=rule.feedback_hours) if rule.feedback_hours else None
    return SimulatedMessage(
        rule=rule,
        written_at=at,
        leaves_at=leaves_at,
        expires_at=leaves_at + life if life else None,
        feedback_by=leaves_at + feedback if feedback else None,
    )
