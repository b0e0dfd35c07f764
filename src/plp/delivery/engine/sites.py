"""Sites behind a supplier that keep our lines waiting: together they hold a quarter of the lines at most (F10)."""

from collections.abc import Callable
from typing import NamedTuple

from plp.delivery.channel import Sender, Sited
from plp.delivery.engine.items import Item

SHARE = 4  # of all lines one in so many may wait for slow sites
HANGS = 2  # of one site in a row, without an answer between them, before it counts as slow
FORGOTTEN_AFTER = 600.0  # seconds since the last of them


class _Hangs(NamedTuple):
    times: int
    until: float


class Sites:
    """What one lane knows of the sites of its copies (``Sited``); a channel without sites has none that is slow."""

    def __init__(self, channel: Sender, lines: int, now: Callable[[], float]) -> None:
        self.site_of = channel.site_of if isinstance(channel, Sited) else None
        self.most = max(1, lines // SHARE)
        self.now = now
        self.hangs: dict[str, _Hangs] = {}
        self.holding: set[int] = set()  # dispatches to slow sites that have a line just now

    def admits(self, item: Item) -> bool:
        """Whether a line may take this copy now. Of those to slow sites only so many at a time."""
        if not self.is_slow(item):
            return True
        if len(self.holding) >= self.most:
            return False
        self.holding.add(item.id)
        return True

    def is_slow(self, item: Item) -> bool:
        """Whether the site of this copy hung again and again of late."""
        if not self.hangs or self.site_of is None:
            return False
        known = self.hangs.get(self.site_of(item.envelope.address))
        return known is not None and known.times >= HANGS and known.until >= self.now()

    def hung(self, item: Item) -> None:
        """The site of this copy kept a line waiting until it was given up."""
        if self.site_of is None:
            return
        now, site = self.now(), self.site_of(item.envelope.address)
        self.hangs = {name: known for name, known in self.hangs.items() if known.until >= now}
        times = self.hangs[site].times + 1 if site in self.hangs else 1
        self.hangs[site] = _Hangs(times, now + FORGOTTEN_AFTER)

    def answered(self, item: Item) -> None:
        """The site of this copy said something, be it no."""
        if self.hangs and self.site_of is not None:
            self.hangs.pop(self.site_of(item.envelope.address), None)

    def left(self, item: Item) -> None:
        """The copy holds a line no more."""
        self.holding.discard(item.id)
