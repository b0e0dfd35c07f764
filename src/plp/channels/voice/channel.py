"""The channel ``voice``."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.channels.voice.line_connection import LONGEST_CALL, LineConnection
from plp.channels.voice.phone_call import Pace
from plp.channels.voice.recordings import RecordingCabinet
from plp.channels.voice.speech import speaker_of
from plp.channels.voice.telephone_line import MODULES
from plp.channels.voice.trunk import check_trunk, parse_trunk_url
from plp.delivery.channel import (
    Abilities,
    AddressForm,
    BadAddress,
    ConnectionFailed,
    Envelope,
    Limits,
    Outcome,
    Prepared,
    Slot,
    Text,
    fill,
    slots_of,
)
from plp.delivery.phone_numbers import parse_belgian_number
from plp.toolbox.texts import LANGUAGES

RANGE = 6  # characters of a number: country, network and the first digits of it
LETTERS_A_MINUTE = 700  # that are read aloud
MENU = 250  # letters of the question behind a message


class NotATelephoneNumber(BadAddress):
    """What was typed is no ordinary Belgian telephone number."""

    sentence = _("Type a Belgian telephone number, for example 02 555 12 12 or 0475 12 34 56.")


@dataclass(frozen=True)
class SpokenText:
    """A text to be read aloud: the same for everybody who is called in that language."""

    body: str
    sender: str
    language: str
    slots: frozenset[Slot]


class Voice:
    """A machine rings, reads the message and waits for a key: 1 heard, 2 again, 3 help, 9 no more calls.

    It rings the numbers that members gave for telephone calls, before any volunteer does; no plan and no form names it.
    """

    key: ClassVar[str] = "voice"
    label: ClassVar[Any] = _("Automatic telephone call")
    abilities: ClassVar[Abilities] = Abilities(
        receipts=True,
        cost=5,
        concurrency=100,
        borrows=("calls", "sms"),
        precedes=("calls",),
        spoken=True,
        tries=2,
        lasts=LONGEST_CALL,
    )
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("Your telephone number"),
        hint=_("A machine reads the message to you. A volunteer calls where you press no key."),
        typed=False,
        example="02 555 12 12",
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {}

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.cabinet: RecordingCabinet | None = None

    def is_set_up(self) -> bool:
        """Whether the operator gave a trunk: without one nobody is called, and nothing on any page changes."""
        return bool(settings.VOICE_URL)

    def most_connections(self) -> int:
        """Calls at once, as the trunk allows."""
        return int(settings.VOICE_CALLS)

    def normalise(self, raw: str) -> str:
        """``+32…`` (E.164). Raises ``NotATelephoneNumber`` for any but an ordinary Belgian landline or mobile."""
        number = parse_belgian_number(raw)
        if number is None:
            raise NotATelephoneNumber
        return number

    def prepare(self, text: Text) -> Prepared:
        """The words; they are spoken when the first call is made."""
        return SpokenText(text.body, text.sender or "PLP", text.language, slots_of(text))

    async def open(self) -> LineConnection:
        """A line. Raises ``ConnectionFailed`` where the trunk is not there."""
        if not settings.VOICE_URL:
            raise ConnectionFailed("voice-no-trunk-not-set-up")
        trunk = parse_trunk_url(settings.VOICE_URL, number=settings.VOICE_NUMBER)
        await check_trunk(trunk, settings.VOICE_CA_FILE)
        if self.cabinet is None:
            self.cabinet = RecordingCabinet(Path(settings.HOME) / "recordings")
            self.cabinet.delete_unused_files()
        return LineConnection(trunk, self.cabinet, self.pace)

    def limits(self) -> Limits:
        """What may be spent on a day, counted in minutes."""
        return Limits(
            cents=settings.VOICE_CENTS,
            day=settings.VOICE_CENTS_A_DAY // settings.VOICE_CENTS,
            area=settings.VOICE_MINUTES_A_QUARTER,
            number=settings.VOICE_MINUTES_A_NUMBER,
            codes=1,
        )

    def count_parts(self, envelope: Envelope) -> int:
        """How many minutes a call takes that hears the message once."""
        return 1 + (len(fill(envelope.prepared.body, envelope.values)) + MENU) // LETTERS_A_MINUTE

    def number_range_of(self, address: str) -> str:
        """``+3281`` and the first digits: who walks through numbers stays in one range for long."""
        return address[:RANGE]

    def check(self) -> Sequence[str]:
        """Whether the programs are there and the trunk answers; nothing where no trunk is set."""
        if not settings.VOICE_URL:
            return []
        try:
            trunk = parse_trunk_url(settings.VOICE_URL, number=settings.VOICE_NUMBER)
        except ValueError as wrong:
            return [str(wrong)]
        needed = ["baresip", *{speaker_of(language, settings.VOICE_SPEAKERS).command()[0] for language in LANGUAGES}]
        wrong_parts = [
            gettext("Automatic calls need the program %(program)s: install it.") % {"program": program}
            for program in sorted(needed)
            if not shutil.which(program) or (program == "baresip" and not MODULES.is_dir())
        ]
        try:
            asyncio.run(check_trunk(trunk, settings.VOICE_CA_FILE))
        except ConnectionFailed as failure:
            words = gettext("The telephone trunk cannot be used (%(reason)s): check PLP_VOICE_URL.")
            wrong_parts.append(words % {"reason": failure.reason})
        return wrong_parts
