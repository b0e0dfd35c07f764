"""A connection of the outbox that is a telephone line: one copy is one call."""

import asyncio

from django.conf import settings

from plp.channels.voice.outcomes import CallEnd, delivery_failure_of_outcome
from plp.channels.voice.phone_call import Pace, PhoneCall
from plp.channels.voice.recordings import RecordingCabinet
from plp.channels.voice.telephone_line import TelephoneLine
from plp.channels.voice.trunk import Trunk
from plp.delivery.channel import Accepted, Envelope, OutcomeUnknown, Progress, Receipt, Untracked

LONGEST_CALL = 240.0  # seconds, whatever is pressed


class LineConnection:
    """Rings one telephone at a time."""

    def __init__(self, trunk: Trunk, cabinet: RecordingCabinet, pace: Pace) -> None:
        self.cabinet, self.pace = cabinet, pace
        self.line = TelephoneLine(trunk, settings.VOICE_CA_FILE)
        self.progress: Progress = Untracked()

    async def send(self, envelope: Envelope) -> Accepted | Receipt:
        """One call. A key that was pressed is a receipt; from dialling on, a broken line leaves the outcome unknown."""
        words = envelope.prepared
        recordings = await self.cabinet.get_or_make_recordings(
            words.body, words.sender, words.language, settings.VOICE_SPEAKERS
        )
        if not self.line.is_up:
            await self.line.stop()
            await self.line.start()
        self.progress.mark_leaving()
        try:
            async with asyncio.timeout(LONGEST_CALL):
                end = await PhoneCall(self.line, recordings, self.pace).run(envelope.address)
        except TimeoutError as late:
            await self.line.stop()
            raise OutcomeUnknown("voice-too-long") from late
        if isinstance(end, CallEnd):
            raise delivery_failure_of_outcome(end, urgent=envelope.urgent)
        return Receipt("", "delivered", f"voice:{envelope.reference}", end)

    async def close(self) -> None:
        """Hang up for good."""
        await self.line.stop()
