"""From words to sound: a voice of the machine for each language, and the eight thousand samples a second of telephones.

``espeak-ng`` speaks all of our languages; where the operator gives the file of a better voice, ``piper`` speaks.
"""

import asyncio
import io
import re
import wave
from collections.abc import Mapping, Sequence
from typing import Protocol

from plp.delivery.channel import ConnectionFailed

RATE = 8000  # samples a second
WORDS_A_MINUTE = "140"  # for those who hear badly
TAPS = 64  # of the filter that takes out what a telephone cannot carry
IN_LANGUAGE = re.compile(r"\[(fr|nl|de|en)\] ")  # before a paragraph that another voice reads
ESPEAK_VOICES = {"fr": "fr-be", "nl": "nl", "de": "de", "en": "en-gb"}
PATIENCE = 60.0  # seconds


class Speaker(Protocol):
    """A voice in one language."""

    def command(self) -> Sequence[str]:
        """The program that reads words from its standard input and writes a WAV file to its standard output."""
        ...


class EspeakSpeaker:
    """The voice that Debian brings."""

    def __init__(self, language: str) -> None:
        self.language = language

    def command(self) -> Sequence[str]:
        """One run of ``espeak-ng``."""
        voice = ESPEAK_VOICES[self.language]
        return ("espeak-ng", "-v", voice, "-s", WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout")


class PiperSpeaker:
    """A voice whose file the operator supplies."""

    def __init__(self, file: str) -> None:
        self.file = file

    def command(self) -> Sequence[str]:
        """One run of ``piper``."""
        return ("piper", "--model", self.file, "--output_file", "-")


def speaker_of(language: str, voices: Mapping[str, str]) -> Speaker:
    """Who speaks ``language``. ``voices``: better voices, by language."""
    return PiperSpeaker(voices[language]) if language in voices else EspeakSpeaker(language)


async def spoken_samples(text: str, language: str, voices: Mapping[str, str]) -> bytes:
    """``text`` as sound: samples of 16 bits. A paragraph that begins with ``[nl] `` is read in Dutch, and so on.

    Raises ``ConnectionFailed`` where the program is not there or fails: nobody who is called is to blame.
    """
    samples = []
    for paragraph in filter(None, (part.strip() for part in text.split("\n\n"))):
        mark = IN_LANGUAGE.match(paragraph)
        spoken_language, words_read = (mark[1], paragraph[mark.end() :]) if mark else (language, paragraph)
        samples.append(await _run_speaker(speaker_of(spoken_language, voices), words_read))
        samples.append(bytes(RATE))  # half a second
    return b"".join(samples)


async def _run_speaker(speaker: Speaker, text: str) -> bytes:
    try:
        process = await asyncio.create_subprocess_exec(
            *speaker.command(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as missing:
        raise ConnectionFailed("voice-no-speech") from missing
    try:
        async with asyncio.timeout(PATIENCE):
            sound, _errors = await process.communicate(" ".join(text.split()).encode())
    except TimeoutError as late:
        process.kill()
        await process.wait()
        raise ConnectionFailed("voice-no-speech") from late
    try:
        return resample(*_samples_of_wav(sound))
    except (EOFError, wave.Error, ValueError) as wrong:
        raise ConnectionFailed("voice-no-speech") from wrong


def _samples_of_wav(sound: bytes) -> tuple[bytes, int]:
    """The samples of a WAV file and how many there are in a second. A program that writes as it speaks does not know
    its length at the start: what is there counts.
    """
    with wave.open(io.BytesIO(sound)) as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, 2):
            raise ValueError("not one channel of 16 bits")
        return file.readframes(len(sound)), file.getframerate()


def resample(samples: bytes, rate: int) -> bytes:
    """The same sound with ``RATE`` samples a second: what lies above half of that is filtered out first."""
    import numpy as np  # noqa: PLC0415 - heavy, and wanted once somebody is called

    signal = np.frombuffer(samples[: len(samples) // 2 * 2], dtype="<i2").astype(np.float32)
    if rate != RATE and len(signal) > TAPS:
        cut = min(1.0, RATE / rate) * 0.9
        place = np.arange(-TAPS, TAPS + 1)
        weights = np.sinc(place * cut) * np.hamming(2 * TAPS + 1)
        smooth = np.convolve(signal, weights / weights.sum(), mode="same")
        wanted = np.arange(int(len(signal) * RATE / rate)) * (rate / RATE)
        signal = np.interp(wanted, np.arange(len(signal)), smooth)
    return np.clip(np.rint(signal), -32768, 32767).astype("<i2").tobytes()


def wav_file(samples: bytes) -> bytes:
    """Samples as the content of a WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return content.getvalue()
