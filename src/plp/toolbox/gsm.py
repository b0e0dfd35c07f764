"""The alphabet of text messages (3GPP TS 23.038): what fits seven bits a letter."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")  # each costs two units
ALPHABET = BASIC | EXTENSION


def is_gsm7(words: str) -> bool:
    """Whether every letter fits: 160 in one message instead of 70. Letters must be composed (NFC)."""
    return ALPHABET.issuperset(words)


SINGLE, PART = 160, 153  # units in a text that goes alone, and in each part of a longer one
UCS_SINGLE, UCS_PART = 70, 67


def split(words: str) -> list[str]:
    """The parts in which a network carries a text (composed, NFC). A letter of two units is never cut in two."""
    seven = is_gsm7(words)
    single, part = (SINGLE, PART) if seven else (UCS_SINGLE, UCS_PART)
    sizes = [2 if (one in EXTENSION if seven else ord(one) > 0xFFFF) else 1 for one in words]
    if sum(sizes) <= single:
        return [words] if words else []
    parts, begun, room = [], 0, part
    for place, size in enumerate(sizes):
        if size > room:
            parts.append(words[begun:place])
            begun, room = place, part
        room -= size
    return [*parts, words[begun:]]
