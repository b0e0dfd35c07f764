"""Automatic calls, by a real ``baresip`` to telephones that ring, answer, press keys and hang up."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from plp.channels.voice import Voice
from plp.channels.voice.phone_call import Pace
from plp.delivery.channel import (
    HEARD,
    HELP_WANTED,
    NO_MORE_CALLS,
    ConnectionFailed,
    DeliveryFailed,
    Envelope,
    OutcomeUnknown,
    Receipt,
    Text,
)
from plp.ops.receivers.telephone import ReceivedCall, RunningTelephones, TelephoneScript, telephone_receiver
from tests.factories.outbox import AT

pytestmark = [pytest.mark.voice, pytest.mark.any_database]
QUICK = Pace(rings=1.5, first_word=0.8, machine_speaks=1.0, greeting=3.0, after_word=0.6)
WORDS = "Attention."
SOON, VOICE = 0.2, 12  # seconds after so many packets with a voice in them
SCRIPTS = {
    "+3281000001": TelephoneScript(keys="1", after=SOON, hears=VOICE),
    "+3281000002": TelephoneScript(keys="21", after=SOON, hears=VOICE),
    "+3281000003": TelephoneScript(keys="3", after=SOON, hears=VOICE),
    "+3281000009": TelephoneScript(keys="9", after=SOON, hears=VOICE),
    "+3281000404": TelephoneScript(status=404),
    "+3281000480": TelephoneScript(status=180),
    "+3281000486": TelephoneScript(status=486),
    "+3281000500": TelephoneScript(status=503),
    "+3281000020": TelephoneScript(keys="", hangs_up=SOON, hears=VOICE),
    "+3281000030": TelephoneScript(keys="", speaks=2.5),
    "+3281000407": TelephoneScript(status=401),
}


async def _call(voice: Voice, number: str, words: str = WORDS) -> Any:
    """What ``send`` answered or raised."""
    prepared = voice.prepare(Text("voice", "fr", "", words, sender="PLP Haren"))
    connection = await voice.open()
    try:
        return await connection.send(Envelope(f"p1-{number}", number, prepared, {}, AT, urgent=True))
    except (DeliveryFailed, ConnectionFailed, OutcomeUnknown) as failure:
        return failure
    finally:
        await connection.close()


def _call_all(home: Path, scripts: Mapping[str, TelephoneScript]) -> tuple[dict[str, Any], list[ReceivedCall]]:
    """What became of a call to each of these telephones, at once; and what the telephones heard."""
    heard: list[ReceivedCall] = []

    async def ring(voice: Voice) -> list[Any]:
        return await asyncio.gather(*(_call(voice, number) for number in scripts))

    with telephone_receiver(heard.append, scripts.__getitem__) as telephones, _trunk(telephones, home):
        outcomes = asyncio.run(ring(Voice(QUICK)))
    return dict(zip(scripts, outcomes, strict=True)), heard


def _trunk(telephones: RunningTelephones, home: Path) -> Any:
    return override_settings(VOICE_URL=f"sip://plp:secret@127.0.0.1:{telephones.port}", HOME=home)


def test_every_way_a_call_can_end_is_told_apart(tmp_path: Path) -> None:
    outcomes, heard = _call_all(tmp_path, SCRIPTS)

    ends = {number[-3:]: getattr(end, "reason", "") for number, end in outcomes.items()}
    assert ends == {
        "001": HEARD,
        "002": HEARD,
        "003": HELP_WANTED,
        "009": NO_MORE_CALLS,
        "404": "voice-no-such-number",
        "480": "rung",
        "486": "rung-busy",
        "500": "voice-trunk-down",
        "020": "rung-no-key",
        "030": "rung-machine",
        "407": "voice-sign-in",
    }
    answered = [end for end in outcomes.values() if isinstance(end, Receipt)]
    assert {end.state for end in answered} == {"delivered"}
    assert len(answered) == 4
    final = {number[-3:] for number, end in outcomes.items() if isinstance(end, DeliveryFailed) and not end.temporary}
    assert final == {"404"}
    sounds = {call.number[-3:]: call.frames for call in heard}
    assert sounds.keys() == {"001", "002", "003", "009", "020", "030"}
    assert all(frames > 10 for frames in sounds.values()), "every telephone heard a voice"
    assert sounds["002"] > sounds["001"], "who presses 2 hears it again"
