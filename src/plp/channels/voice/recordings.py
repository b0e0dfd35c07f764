"""What is played in a call: spoken once for a message and a language, and kept as long as it is used.

A recording holds the words of a message and nothing of who is called. It is forgotten a week after its last call, long
before the words themselves are.
"""

import asyncio
import os
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from plp.channels.voice.speech import RATE, spoken_samples, wav_file
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
FORGOTTEN_AFTER = 7 * 86_400.0  # seconds
TIME_TO_PRESS = 7.0  # seconds of silence behind the question
TAIL = 10.0  # seconds of silence behind each recording: the end of a file would hang up
SILENCE = 40.0  # seconds of the recording that is played while we listen
PARTS = ("message", "short", "thanks", "help", "stop")


class Recording(NamedTuple):
    """A sound that is ready: its file, and after how many seconds all of it is said."""

    file: Path
    seconds: float


class CallRecordings(NamedTuple):
    """Everything that may be played in one call."""

    silence: Recording
    message: Recording
    short: Recording
    thanks: Recording
    help: Recording
    stop: Recording


def spoken_parts(body: str, sender: str, language: str) -> dict[str, str]:
    """The words of each part of a call."""
    words = {name: text(TEXTS, name, language, sender=sender) for name in ("menu", *PARTS[1:])}
    question = words.pop("menu")
    return words | {"message": f"{body}\n\n{question}"}


class RecordingCabinet:
    """The recordings of this machine. ``folder`` is its own; several workers may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.turn = asyncio.Lock()

    async def get_or_make_recordings(
        self, body: str, sender: str, language: str, voices: Mapping[str, str]
    ) -> CallRecordings:
        """The recordings for a message in a language, made where they are missing. Raises ``ConnectionFailed``."""
        async with self.turn:  # the first call makes them, those beside it wait
            parts = spoken_parts(body, sender, language)
            recordings = {
                name: await self._get_or_make_recording(parts[name], language, voices, name) for name in PARTS
            }
            silence = await self._write_recording(self.folder / "silence.wav", bytes(int(SILENCE * RATE) * 2), 0.0)
        return CallRecordings(silence, **recordings)

    async def _get_or_make_recording(self, text: str, language: str, voices: Mapping[str, str], part: str) -> Recording:
        pause = TIME_TO_PRESS if part == "message" else 0.0
        key = blake2b("\n".join([text, language, voices.get(language, "")]).encode(), digest_size=16).hexdigest()
        path = self.folder / f"{part}-{key}.wav"
        if path.exists():
            os.utime(path)
            return Recording(path, path.stat().st_size / 2 / RATE - TAIL)
        return await self._write_recording(
            path, await spoken_samples(text, language, voices) + bytes(int(pause * RATE) * 2), TAIL
        )

    async def _write_recording(self, path: Path, samples: bytes, tail: float) -> Recording:
        """Write a file whole or not at all: another worker may read it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_suffix(f".{os.getpid()}")
            beside.write_bytes(wav_file(samples + bytes(int(tail * RATE) * 2)))
            beside.replace(path)
        return Recording(path, len(samples) / 2 / RATE)

    def delete_unused_files(self) -> int:
        """Remove what no call has played for a week; answer how many files."""
        before, removed = time.time() - FORGOTTEN_AFTER, 0
        for path in self.folder.glob("*-*.wav") if self.folder.is_dir() else ():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                removed += 1
        return removed
