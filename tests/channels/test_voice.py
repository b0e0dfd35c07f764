"""Automatic calls, by a real ``baresip`` to telephones that ring, answer, press keys and hang up."""

import asyncio
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from plp.channels.voice import Voice
from plp.channels.voice.phone_call import Pace
from plp.channels.voice.telephone_line import MODULES
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
from proof.receivers import certificates
from tests.factories.outbox import AT
from tests.patience import eventually, listens

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


WAV_HEAD = 44  # bytes before the sound
TELEPHONE = """\
poll_method epoll
sip_listen 127.0.0.1:{port}
sip_certificate {certificate}
net_interface 127.0.0.1
audio_player aufile,{sound}
audio_source aubridge,null
audio_alert aubridge,null
auplay_srate 8000
auplay_channels 1
statmode_default off
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module srtp.so
module_tmp account.so
module_app menu.so
"""


@contextmanager
def _encrypting_telephone(folder: Path, port: int) -> Iterator[None]:
    """A second ``baresip`` that answers calls over TLS alone, and keeps what it hears over SRTP as ``sound.wav``."""
    folder.mkdir()
    files = {"certificate": folder.parent / "good.pem", "sound": folder / "sound.wav", "modules": MODULES}
    config = TELEPHONE.format(port=port, **files)
    account = f"<sip:3281000001@127.0.0.1:{port + 1};transport=tls>;regint=0;answermode=auto;mediaenc=srtp-mand\n"
    for name, content in (("config", config), ("accounts", account), ("contacts", "")):
        (folder / name).write_text(content)
    with subprocess.Popen(["baresip", "-f", str(folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as line:
        try:
            yield
        finally:
            line.terminate()


async def _call_until(voice: Voice, is_heard: Callable[[], bool]) -> None:
    """Ring, and hang up as soon as something is heard."""
    prepared = voice.prepare(Text("voice", "fr", "", WORDS, sender="PLP Haren"))
    connection = await voice.open()
    call = asyncio.create_task(connection.send(Envelope("p1", "+3281000001", prepared, {}, AT, urgent=True)))
    await asyncio.to_thread(eventually, is_heard)
    call.cancel()
    await connection.close()


async def _refusal(voice: Voice) -> str:
    """Why no line is had."""
    with pytest.raises(ConnectionFailed) as failure:
        await voice.open()
    return failure.value.reason


def _free_pair() -> int:
    """A port that is free with the next one: ``baresip`` speaks TLS there."""
    while True:
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            second.bind(("127.0.0.1", port + 1))
            return int(port)


def test_a_call_is_made_over_tls_and_heard_over_srtp_and_not_with_a_foreign_certificate(
    tmp_path: Path,
) -> None:
    certificates.create_good_and_wrong_certificate(tmp_path)
    port, sound = _free_pair(), tmp_path / "telephone" / "sound.wav"
    trunk = {"VOICE_URL": f"sips://plp:secret@127.0.0.1:{port + 1}", "HOME": tmp_path}

    with _encrypting_telephone(sound.parent, port):
        assert eventually(lambda: listens(port + 1))
        with override_settings(**trunk, VOICE_CA_FILE=str(tmp_path / "wrong.pem")):
            refused = asyncio.run(_refusal(Voice(QUICK)))
        with override_settings(**trunk, VOICE_CA_FILE=str(tmp_path / "good.pem")):
            asyncio.run(_call_until(Voice(QUICK), lambda: sound.exists() and any(sound.read_bytes()[WAV_HEAD:])))

    assert refused == "voice-certificate"
    assert any(sound.read_bytes()[WAV_HEAD:]), "what was read aloud came out at the other end"
