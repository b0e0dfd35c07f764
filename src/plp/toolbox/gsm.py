"""The alphabet of text messages (3GPP TS 23.038): what fits seven bits a letter."""

TABLE = (  # in the order of the standard; the sign at 0x1b leads to the extension
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
BASIC = frozenset(TABLE) - {"\x1b"}
EXTENDED = dict(zip("\f^{}\\[~]|€", b"\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65", strict=True))
EXTENSION = frozenset(EXTENDED)  # each costs two units
ALPHABET = BASIC | EXTENSION


def is_gsm7(text: str) -> bool:
    """Whether every letter fits: 160 in one message instead of 70. Letters must be composed (NFC)."""
    return ALPHABET.issuperset(text)


SINGLE, PART = 160, 153  # units in a text that goes alone, and in each part of a longer one
UCS_SINGLE, UCS_PART = 70, 67


def split_sms(text: str) -> list[str]:
    """The parts in which a network carries a text (composed, NFC). A letter of two units is never cut in two."""
    seven = is_gsm7(text)
    single, part = (SINGLE, PART) if seven else (UCS_SINGLE, UCS_PART)
    sizes = [2 if (letter in EXTENSION if seven else ord(letter) > 0xFFFF) else 1 for letter in text]
    if sum(sizes) <= single:
        return [text] if text else []
    parts, begun, room = [], 0, part
    for place, size in enumerate(sizes):
        if size > room:
            parts.append(text[begun:place])
            begun, room = place, part
        room -= size
    return [*parts, text[begun:]]


def encode_sms(text: str) -> bytes:
    """One byte for each unit of seven bits, or UTF-16 where a letter is outside of the alphabet."""
    if not is_gsm7(text):
        return text.encode("utf-16-be")
    return b"".join(
        bytes((0x1B, EXTENDED[letter])) if letter in EXTENSION else bytes((TABLE.index(letter),)) for letter in text
    )
