"""Lines that listen to what operators tell later, one for each that is spoken to by SMPP."""

import logging
import time
from collections.abc import Iterable, Sequence

from plp.channels.sms.smpp import Smsc
from plp.channels.sms.smpp_session import SmppSession
from plp.delivery.channel import ConnectionFailed, Receipt

log = logging.getLogger(__name__)
RECONNECT_AFTER = 30.0  # seconds before an operator that cannot be reached is tried again
PATIENCE = 10.0


class ReceiptSessions:
    """The listening lines of one worker. What a call answered is answered for in the next: it is kept by then."""

    def __init__(self) -> None:
        self.lines: dict[Smsc, SmppSession] = {}
        self.not_before: dict[Smsc, float] = {}
        self.told: list[Receipt] = []

    async def read(self, operators: Iterable[Smsc]) -> Sequence[Receipt]:
        """What came since the last call."""
        kept, self.told = self.told, []
        for smsc in operators:
            line = await self._line(smsc)
            if line is None:
                continue
            try:
                await line.answer_for(kept)
            except (OSError, EOFError):
                continue  # the operator brings them again: a repetition is known as one
            self.told += line.take()
        return self.told

    async def _line(self, smsc: Smsc) -> SmppSession | None:
        line = self.lines.get(smsc)
        if line is not None and line.is_open:
            return line
        if time.monotonic() < self.not_before.get(smsc, 0.0):
            return None
        self.not_before[smsc] = time.monotonic() + RECONNECT_AFTER
        line = SmppSession(smsc, sender="", patience=PATIENCE, bind=smsc.receipts)
        try:
            await line.connect()
        except ConnectionFailed as failure:
            log.warning("receipts of SMS cannot be read: %s", failure.reason)
            return None
        self.lines[smsc] = line
        return line

    async def close(self) -> None:
        """Let go of every line."""
        for line in self.lines.values():
            await line.close()
        self.lines.clear()
