"""One SMPP session, to send or to listen. The library writes and reads its words; the connection is asyncio's."""

import asyncio
import contextlib
import itertools
import secrets
import ssl
from collections.abc import Sequence
from typing import Any

from smpplib.exceptions import UnknownCommandError
from smpplib.smpp import make_pdu, parse_pdu

from plp.channels.sms.number_ranges import ANYWHERE, raise_if_number_outside_ranges
from plp.channels.sms.smpp import (
    Smsc,
    raise_for_status,
    receipt_of_report,
    reference_at_operator,
    submit_sm_fields_per_part,
)
from plp.delivery.channel import (
    Accepted,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Progress,
    Receipt,
    Untracked,
    fill,
)

LONGEST = 65_536  # bytes of one word of the operator
OPEN_SECONDS = 15.0
MOST_UNREAD = 1000  # receipts in hand; more wait at the operator, which is not answered before they are kept


class SmppSession:
    """One session: ``bind`` is ``transmitter`` (to send), ``receiver`` or ``transceiver`` (to listen)."""

    def __init__(
        self,
        smsc: Smsc,
        *,
        sender: str,
        patience: float,
        hurry: float | None = None,
        prefixes: Sequence[str] = ANYWHERE,
        bind: str = "transmitter",
    ) -> None:
        self.smsc, self.sender, self.patience, self.hurry, self.bind = smsc, sender, patience, hurry, bind
        self.prefixes = prefixes
        self.sequence = 0
        self.numbers = itertools.count(secrets.randbelow(256))
        self.waiting: dict[int, asyncio.Future[Any]] = {}
        self.unread: dict[int, Receipt] = {}
        self.writer: asyncio.StreamWriter | None = None
        self.reading: asyncio.Task[None] | None = None
        self.progress: Progress = Untracked()

    def next_sequence(self) -> int:
        """The number of our next word."""
        self.sequence = self.sequence % 0x7FFFFFFF + 1
        return self.sequence

    @property
    def is_open(self) -> bool:
        """Whether the other side may still be there."""
        return self.writer is not None and self.reading is not None and not self.reading.done()

    async def connect(self) -> None:
        """Open the connection and sign in. Raises ``ConnectionFailed``."""
        context = ssl.create_default_context() if self.smsc.secure else None
        try:
            async with asyncio.timeout(min(self.patience, self.hurry or OPEN_SECONDS)):
                reader, self.writer = await asyncio.open_connection(self.smsc.host, self.smsc.port, ssl=context)
                self.reading = asyncio.create_task(self._read_until_lost(reader))
                smsc = self.smsc
                answer = await self._send_and_await_response(
                    f"bind_{self.bind}", system_id=smsc.user, password=smsc.password, system_type=smsc.system_type
                )
        except TimeoutError as late:
            await self.close()
            raise ConnectionFailed("sms-no-answer", slow=True) from late
        except ssl.SSLError as wrong:
            raise ConnectionFailed("sms-certificate") from wrong
        except (OSError, EOFError) as failure:
            await self.close()
            raise ConnectionFailed("sms-unreachable") from failure
        if answer.status:
            await self.close()
            raise ConnectionFailed(f"sms-set-up-{answer.status:x}")

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One SMS, in parts where it is long. Once a part is on its way, no answer leaves the outcome unknown."""
        raise_if_number_outside_ranges(envelope.address, self.prefixes)
        words = fill(envelope.prepared.body, envelope.values)
        parts = submit_sm_fields_per_part(
            words, to=envelope.address, sender=self.sender, group_number=next(self.numbers) % 256
        )
        if not self.is_open:
            raise ConnectionFailed("sms-cut")
        name = ""
        self.progress.mark_leaving()
        for place, fields in enumerate(parts):
            try:
                async with asyncio.timeout(self.hurry if self.hurry and envelope.urgent else self.patience):
                    answer = await self._send_and_await_response("submit_sm", **fields)
            except TimeoutError as late:
                raise OutcomeUnknown("sms-no-answer", slow=True) from late
            except (OSError, EOFError) as cut:
                raise OutcomeUnknown("sms-cut") from cut
            try:
                raise_for_status(answer.status)
            except (ConnectionFailed, DeliveryFailed) as refused:
                if place:  # the beginning of the text is with the recipient
                    raise OutcomeUnknown(refused.reason) from refused
                raise
            name = reference_at_operator(self.smsc.host, answer.message_id or b"")
        self.progress.mark_taken(name)
        return Accepted(name)

    def unacknowledged_receipts(self) -> list[Receipt]:
        """Receipts that were read and not yet answered for."""
        return list(self.unread.values())

    async def acknowledge_receipts(self, receipts: list[Receipt]) -> None:
        """These are kept: tell the operator, which else brings them again."""
        for number, receipt in list(self.unread.items()):
            if receipt in receipts:
                del self.unread[number]
                await self._respond("deliver_sm_resp", number)

    async def close(self) -> None:
        """Say goodbye without waiting. Never raises."""
        writer, self.writer = self.writer, None
        if writer is not None:
            with contextlib.suppress(OSError):
                writer.write(make_pdu("unbind", client=self).generate())
                writer.close()
        if self.reading is not None:
            self.reading.cancel()

    async def _send_and_await_response(self, command: str, **fields: Any) -> Any:
        """Write one word and wait for its answer. Raises ``EOFError`` when the connection is lost."""
        pdu = make_pdu(command, client=self, **fields)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.waiting[pdu.sequence] = answer
        try:
            await self._write_pdu(pdu)
            return await answer
        finally:
            self.waiting.pop(pdu.sequence, None)

    async def _respond(self, command: str, sequence: int) -> None:
        answer = make_pdu(command, client=self)
        answer.sequence = sequence
        await self._write_pdu(answer)

    async def _write_pdu(self, pdu: Any) -> None:
        if self.writer is None:
            raise EOFError
        self.writer.write(pdu.generate())
        await self.writer.drain()

    async def _read_until_lost(self, reader: asyncio.StreamReader) -> None:
        """Until the connection is lost: answers go to who waits, receipts are put aside, calls are returned."""
        try:
            while True:
                head = await reader.readexactly(4)
                size = int.from_bytes(head)
                if not 16 <= size <= LONGEST:
                    raise EOFError
                await self._answer_or_route_pdu(head + await reader.readexactly(size - 4))
        except (OSError, EOFError):
            pass
        finally:
            for answer in self.waiting.values():
                if not answer.done():
                    answer.set_exception(EOFError())

    async def _answer_or_route_pdu(self, pdu_bytes: bytes) -> None:
        try:
            pdu = parse_pdu(pdu_bytes, client=self, allow_unknown_opt_params=True)
        except (UnknownCommandError, ValueError, TypeError, IndexError) as nonsense:
            raise EOFError from nonsense
        if pdu.sequence in self.waiting and (pdu.is_response() or pdu.command == "generic_nack"):
            if not self.waiting[pdu.sequence].done():
                self.waiting[pdu.sequence].set_result(pdu)
        elif pdu.command == "deliver_sm":
            await self._keep_unread_receipt_or_acknowledge(pdu)
        elif pdu.command == "enquire_link":
            await self._respond("enquire_link_resp", pdu.sequence)
        elif pdu.command == "unbind":
            raise EOFError

    async def _keep_unread_receipt_or_acknowledge(self, pdu: Any) -> None:
        text = pdu.short_message or getattr(pdu, "message_payload", None) or b""
        named = getattr(pdu, "receipted_message_id", None) or b""
        news = receipt_of_report(self.smsc.host, pdu.esm_class, text, named, getattr(pdu, "message_state", None))
        if news is None:
            await self._respond("deliver_sm_resp", pdu.sequence)
        elif len(self.unread) < MOST_UNREAD:
            self.unread[pdu.sequence] = news
