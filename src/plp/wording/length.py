"""The length of a text as SMS: GSM 03.38 alphabet or UCS-2, units, segments, and a plain spelling."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from plp.toolbox.gsm import BASIC, EXTENSION, split_sms

SPELLINGS = {
    "œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-",
    "—": "-", "‑": "-", "‐": "-", "−": "-", "…": "...", "•": "-", "·": "-", "\t": " ", "ç": "c", "°": "o", "№": "no",
    "‹": "'", "›": "'", "×": "x", "½": "1/2", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ẞ": "SS", "→": "->",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs as SMS.

    ``characters`` are code points; ``units`` septets (gsm7) or 16-bit units (ucs2); ``foreign`` the characters, once
    each in reading order, that force UCS-2; ``plain`` the text spelled inside the 7-bit
    alphabet (equal to the text when it already is, characters without a spelling left out).
    """

    alphabet: Literal["gsm7", "ucs2"]
    characters: int
    units: int
    segments: int
    foreign: tuple[str, ...]
    plain: str


def count_segments(text: str) -> Segments:
    """Count a text of any length as a telephone network does (3GPP TS 23.038 and 23.040)."""
    composed = unicodedata.normalize("NFC", text)
    foreign = tuple(dict.fromkeys(one for one in composed if one not in BASIC and one not in EXTENSION))
    plain = "".join(_gsm_spelling_of_character(one) for one in composed)
    if foreign:
        units = sum(2 if ord(one) > 0xFFFF else 1 for one in composed)
        return Segments("ucs2", len(composed), units, len(split_sms(composed)), foreign, plain)
    units = sum(2 if one in EXTENSION else 1 for one in composed)
    return Segments("gsm7", len(composed), units, len(split_sms(composed)), foreign, plain)


def gsm7_spelling_if_possible(text: str) -> str:
    """The text in the spelling that keeps it one alphabet of seven bits: ``ê`` as ``e``, ``œ`` as ``oe``.

    Only where each letter has such a spelling and the alphabet is thereby kept; else the text as it is. No word goes
    lost, and the message needs less than half the segments.
    """
    counted = count_segments(text)
    is_honest = counted.foreign and all(
        _gsm_spelling_of_character(one).strip() or one.isspace() for one in counted.foreign
    )
    return counted.plain if is_honest and count_segments(counted.plain).alphabet == "gsm7" else text


def _gsm_spelling_of_character(character: str) -> str:
    if character in BASIC or character in EXTENSION:
        return character
    if character in SPELLINGS:
        return SPELLINGS[character]
    spelled = "".join(one for one in unicodedata.normalize("NFKD", character) if one in BASIC or one in EXTENSION)
    return spelled or (" " if character.isspace() else "")
