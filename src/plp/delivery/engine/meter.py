"""What copies cost: counted in the commit that lets them leave, and never above what may be spent (T40, G20)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q

from plp.delivery.channel import Limits, Metered, Sender
from plp.delivery.engine.work_items import PROVEN_ADDRESS, Charge, ClaimedCopy, CountedParts
from plp.delivery.models import Spending
from plp.delivery.rules import start_of_belgian_day, start_of_hour
from plp.journal.actions import note

NOTED_PERCENTS = (50, 80, 100)  # per cent of a day's money at which it is noted
Scope = Spending.Scope


class SpendingCounter(NamedTuple):
    """One counter."""

    channel: str
    scope: str
    key: str
    since: datetime


class OverBudget(NamedTuple):
    """A copy there is no money for. ``is_wide``: nor for others of its message; ``is_final``: not tomorrow either."""

    item: ClaimedCopy
    is_wide: bool
    is_final: bool


class Meter:
    """The counters of the metered channels of one worker. Everything happens inside the caller's transaction.

    Rows are locked in one order until the commit, so several workers and machines decide one after the other.
    """

    def __init__(self, channels: Mapping[str, Sender]) -> None:
        self.limits = {key: channel.limits() for key, channel in channels.items() if isinstance(channel, Metered)}
        self.spent: dict[int, CountedParts] = {}  # of copies in flight

    def charge_affordable(
        self, items: Sequence[ClaimedCopy], at: datetime
    ) -> tuple[dict[int, CountedParts], list[OverBudget]]:
        """Count what these copies cost. Answers what was counted, by dispatch, and the copies there is no money for."""
        wanted = {item.id: _counters_of(item.channel, item.charge, at) for item in items if item.charge}
        rows = self._create_and_lock_counters({account for accounts in wanted.values() for account in accounts})
        before = {account: row.parts for account, row in rows.items()}
        spent, refused = {}, []
        for item in items:
            if item.charge is None:
                continue
            mine = [rows[account] for account in wanted[item.id]]
            limits, price = self.limits[item.channel], item.charge.parts
            of_codes = bool(item.charge.codes)
            most = {row.pk: _spending_limit(row.scope, limits, of_codes=of_codes) for row in mine}
            full = {row.scope for row in mine if row.parts + _counted_amount(row.scope, price) > most[row.pk]}
            if full:
                fits = price <= min(limits.day, limits.area, limits.number)
                refused.append(OverBudget(item, is_wide=bool(full & {Scope.DAY, Scope.AREA}), is_final=not fits))
                continue
            for row in mine:
                row.parts += _counted_amount(row.scope, price)
            spent[item.id] = CountedParts(item.charge.parts, tuple(row.pk for row in mine))
        changed = [row for account, row in rows.items() if row.parts != before[account]]
        if changed:
            Spending.objects.bulk_update(changed, ["parts"])
            self._journal_spent_percents(changed, before, at)
        return spent, refused

    @staticmethod
    def _create_and_lock_counters(accounts: set[SpendingCounter]) -> dict[SpendingCounter, Spending]:
        """The counters, made where they are missing, locked in one order."""
        if not accounts:
            return {}
        ordered = sorted(accounts)
        Spending.objects.bulk_create((Spending(**counter._asdict()) for counter in ordered), ignore_conflicts=True)
        among = Q()
        for counter in ordered:
            among |= Q(**counter._asdict())
        rows = Spending.objects.filter(among).order_by("id").select_for_update()
        return {SpendingCounter(row.channel, row.scope, row.key, row.since): row for row in rows}

    def _journal_spent_percents(
        self, changed: Iterable[Spending], before: Mapping[SpendingCounter, int], at: datetime
    ) -> None:
        """Note when half, four fifths and all of a day's money are spent."""
        for row in changed:
            if row.scope == Scope.DAY:
                most = self.limits[row.channel].day
                old = before[SpendingCounter(row.channel, row.scope, row.key, row.since)]
                for step in NOTED_PERCENTS:
                    if old * 100 < step * most <= row.parts * 100:
                        note(verb="delivery.spent", by=None, at=at, channel=row.channel, percent=step)

    @staticmethod
    def refund_unsent_copies(spent: Iterable[CountedParts]) -> None:
        """These copies did not leave."""
        for counted in spent:
            rows = Spending.objects.filter(pk__in=counted.rows)
            rows.filter(parts__gte=counted.parts).exclude(scope=Scope.CODES).update(parts=F("parts") - counted.parts)
            rows.filter(parts__gte=1, scope=Scope.CODES).update(parts=F("parts") - 1)

    def remember_in_flight_and_forget_ended(self, spent: Mapping[int, CountedParts], ended: Iterable[int]) -> None:
        """After the commit: remember what is in flight, forget what ended."""
        self.spent.update(spent)
        for number in ended:
            self.spent.pop(number, None)


def _counters_of(channel: str, charge: Charge, at: datetime) -> list[SpendingCounter]:
    """The counters by which a copy goes."""
    day = start_of_belgian_day(at)
    counters = [
        SpendingCounter(channel, Scope.DAY, "", day),
        SpendingCounter(channel, Scope.NUMBER, charge.number, day),
    ]
    if charge.area:
        counters.append(SpendingCounter(channel, Scope.AREA, charge.area, day))
    if charge.codes and charge.codes != PROVEN_ADDRESS:
        counters.append(SpendingCounter(channel, Scope.CODES, charge.codes, start_of_hour(at)))
    return counters


def _counted_amount(scope: str, parts: int) -> int:
    return 1 if scope == Scope.CODES else parts


def _spending_limit(scope: str, limits: Limits, *, of_codes: bool) -> int:
    """Codes, which strangers can ask for, leave a quarter of a day's money to what the police send (ADR 34)."""
    day = limits.day * 3 // 4 if of_codes else limits.day
    return {Scope.DAY: day, Scope.AREA: limits.area, Scope.NUMBER: limits.number, Scope.CODES: limits.codes}[
        Scope(scope)
    ]
