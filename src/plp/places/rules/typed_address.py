"""An address as people type it into one field: a street, with or without number, postcode and place. Pure."""

import re
from dataclasses import dataclass

POSTCODE = re.compile(r"(?:^|[\s,])(?:B-)?(?P<postcode>[1-9]\d{3})(?P<place>(?:\s+\D{0,60})?)$")
NUMBER = r"(?:n[°ro.]*\s*)?\d{1,4}\s?[a-zA-Z]?(?:\s*[-–/]\s*\d{1,4})?(?:\s*(?:bo[iî]te|bte|bus|bfk|box)\.?\s*\w{1,6})?"
BEHIND = re.compile(rf"(?P<street>.+?)[\s,]+(?P<number>{NUMBER})", re.IGNORECASE)
BEFORE = re.compile(rf"(?P<number>{NUMBER})[\s,]+(?P<street>\D.*)", re.IGNORECASE)


@dataclass(frozen=True)
class TypedAddress:
    """What one field held: the street, the house number and the postcode, each empty where it was not typed."""

    street: str
    number: str = ""
    postcode: str = ""


def readings_of_typed_address(typed: str) -> list[TypedAddress]:
    """How ``typed`` may be read, the likeliest first: as the name of a street alone, then with a number in it.

    ``Rue du 11 Novembre`` is a street and ``rue du Chêne 12`` a street with a number: only a register can tell.
    """
    words, postcode = " ".join(typed.split()).strip(" ,"), ""
    match = POSTCODE.search(words)
    if match and words[: match.start()].strip(" ,"):
        words, postcode = words[: match.start()].strip(" ,"), match["postcode"]
    readings = [TypedAddress(words, "", postcode)]
    for pattern in (BEHIND, BEFORE):
        parts = pattern.fullmatch(words)
        if parts and any(sign.isalpha() for sign in parts["street"]):
            readings.append(TypedAddress(parts["street"].strip(" ,"), parts["number"].strip(), postcode))
    return readings
