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
