"""Sessions that listen to what operators tell later, one for each that is spoken to by SMPP."""

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
    """The listening sessions of one worker. What a call answered is answered for in the next: it is kept by then."""

    def __init__(self) -> None:
        self.sessions: dict[Smsc, SmppSession] = {}
        self.not_before: dict[Smsc, float] = {}
        self.unacknowledged: list[Receipt] = []

    async def acknowledge_and_read(self, operators: Iterable[Smsc]) -> Sequence[Receipt]:
        """What came since the last call."""
        committed, self.unacknowledged = self.unacknowledged, []
        for smsc in operators:
            session = await self._open_or_reuse_session(smsc)
            if session is None:
                continue
            try:
                await session.acknowledge_receipts(committed)
            except (OSError, EOFError):
                continue  # the operator brings them again: a repetition is known as one
            self.unacknowledged += session.unacknowledged_receipts()
        return self.unacknowledged

    async def _open_or_reuse_session(self, smsc: Smsc) -> SmppSession | None:
        session = self.sessions.get(smsc)
        if session is not None and session.is_open:
            return session
        if time.monotonic() < self.not_before.get(smsc, 0.0):
            return None
        self.not_before[smsc] = time.monotonic() + RECONNECT_AFTER
        session = SmppSession(smsc, sender="", patience=PATIENCE, bind=smsc.receipts)
        try:
            await session.connect()
        except ConnectionFailed as failure:
            log.warning("receipts of SMS cannot be read: %s", failure.reason)
            return None
        self.sessions[smsc] = session
        return session

    async def close(self) -> None:
        """Let go of every session."""
        for session in self.sessions.values():
            await session.close()
        self.sessions.clear()
