"""Postal addresses as people write them, brought to one form."""

import re
import unicodedata
from dataclasses import dataclass

BOX = r"(?:b|bt|bte|bus|box|boîte|boite|briefkasten|postkasten)"
PLACE = r"(?:,? (?P<place>[1-9]\d{3} \D.*))?"
NUMBER = r"(?P<number>\d+[^\s,]*)"
FORMS = (
    re.compile(
        rf"(?P<street>.*[^\W\d_].*?),? {NUMBER},? (?P<box>{BOX}(?:\.? |\.|(?=\d))[\w./-]+){PLACE}", re.IGNORECASE
    ),
    re.compile(rf"(?P<street>.*[^\W\d_].*?),? {NUMBER}{PLACE}"),
    re.compile(rf"(?![1-9]\d{{3}}\b){NUMBER},? (?P<street>[^\W\d_][^,]*){PLACE}"),
)


@dataclass(frozen=True)
class PostalAddress:
    """Street, house number with its box, and postcode with place ('' when it was not written)."""

    street: str
    house: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.street} {self.house}" + (f", {self.place}" if self.place else "")


def parse_postal_address(raw: str) -> PostalAddress | None:
    """The address in ``raw`` (one or several lines, number before or after the street), or None when there is none."""
    lines = [" ".join(line.split()).strip(" ,") for line in unicodedata.normalize("NFC", raw).splitlines()]
    written = re.sub(r"\s*,\s*", ", ", ", ".join(line for line in lines if line))
    if len(written) > 200 or any(unicodedata.category(letter)[0] == "C" for letter in written):
        return None
    for form in FORMS:
        if match := form.fullmatch(written):
            parts = match.groupdict()
            house = " ".join(part for part in (parts["number"], parts.get("box")) if part)
            return PostalAddress(parts["street"].strip(" ,"), house, parts["place"] or "")
    return None
