"""Cards of address books (vCard 2.1, 3.0 and 4.0) as rows of a table."""

import quopri
import re
from collections.abc import Iterator

SEPARATOR = re.compile(r"(?<!\\);")
MOST_VALUES = 10  # telephones of one card


LONGEST_LINE = 20_000  # letters that are kept of one: a portrait is passed over


def read_cards(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each card as (line where it begins, cells): name, street, postcode, city, mails, telephones, language.

    Several values of a cell stand apart by `` / ``.
    """
    properties: dict[str, list[str]] = {}
    begins = 0
    for number, line in _unfolded_lines(text):
        name, values = _property_of(line)
        if name == "BEGIN":
            if begins:  # a card that was never ended
                yield begins, _card_cells(properties)
            properties, begins = {}, number
        elif name == "END" and begins:
            yield begins, _card_cells(properties)
            begins = 0
        elif begins:
            properties.setdefault(name, []).append(values)
    if begins:
        yield begins, _card_cells(properties)


def _unfolded_lines(text: str) -> Iterator[tuple[int, str]]:
    """The unfolded lines with the number of their first line; soft line ends of quoted-printable are joined too."""
    pieces: list[str] = []
    begins = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if pieces and pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0].upper():
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in {" ", "\t"} and pieces:
            pieces.append(line[1:])
        else:
            if pieces:
                yield begins, "".join(pieces)[:LONGEST_LINE]
            pieces, begins = ([line] if line else []), number
    if pieces:
        yield begins, "".join(pieces)[:LONGEST_LINE]


def _property_of(line: str) -> tuple[str, str]:
    """Name (without group) and decoded value of a line; empty for what is not a property."""
    head, colon, value = _split_at_colon(line)
    name, *parameters = head.split(";")
    if not colon:
        return "", ""
    if any(parameter.upper().endswith("QUOTED-PRINTABLE") for parameter in parameters):
        value = _decode_utf8_or_cp1252(quopri.decodestring(value.encode()))
    if any("FAX" in parameter.upper() for parameter in parameters):
        return "FAX", value
    return name.rpartition(".")[2].strip().upper(), value


def _decode_utf8_or_cp1252(encoded: bytes) -> str:
    """In UTF-8, else as old address books wrote them."""
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        return encoded.decode("cp1252", errors="replace")


def _split_at_colon(line: str) -> tuple[str, str, str]:
    """Cut at the first colon that stands in no quotes."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _unescape(value: str) -> str:
    """A value without its escapes, on one line."""
    for escaped, sign in (("\\n", ", "), ("\\N", ", "), ("\\,", ","), ("\\;", ";"), ("\\:", ":"), ("\\\\", "\\")):
        value = value.replace(escaped, sign)
    return " ".join(value.split())


def _card_cells(properties: dict[str, list[str]]) -> list[str]:
    """The cells of one card: name as shown, else made of its parts; the first address; all mails and telephones."""
    names = properties.get("FN") or [""]
    parts = [_unescape(part) for part in SEPARATOR.split((properties.get("N") or [""])[0])]
    name = _unescape(names[0]) or " ".join(part for part in [*parts[1:2], *parts[:1]] if part)
    address = [_unescape(part) for part in SEPARATOR.split((properties.get("ADR") or [""])[0])] + [""] * 7
    phones = [value.removeprefix("tel:").split(";")[0] for value in properties.get("TEL", [])]
    return [
        name,
        address[2] or address[0],
        address[5],
        address[3],
        " / ".join(_unescape(value) for value in properties.get("EMAIL", [])[:MOST_VALUES]),
        " / ".join(_unescape(value) for value in phones[:MOST_VALUES]),
        _unescape((properties.get("LANG") or [""])[0])[:2],
    ]
