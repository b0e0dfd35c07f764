"""Receipts of suppliers that do not call us: fetched, committed, and only then answered for."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from plp.delivery.channel import Receipt, ReceiptReader

log = logging.getLogger(__name__)
FETCH_EVERY = 0.5  # seconds


class ReceiptCommitter(Protocol):
    """What fetching needs of the engine."""

    def commit_receipts(self, channel: str, receipts: Sequence[Receipt]) -> asyncio.Future[None]:
        """Commit these with the next group."""
        ...


async def fetch_receipts(channel: ReceiptReader, engine: ReceiptCommitter) -> None:
    """Until cancelled: a supplier that fails is asked again, and nothing is lost by it."""
    while True:
        try:
            receipts = await channel.read_receipts()
        except Exception as fault:
            log.error("channel %s: receipts cannot be read: %s", channel.key, type(fault).__name__)
            receipts = ()
        if receipts:
            await engine.commit_receipts(channel.key, receipts)
        await asyncio.sleep(FETCH_EVERY)
