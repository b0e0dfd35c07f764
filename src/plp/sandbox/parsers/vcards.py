"""Cards of address books (vCard 2.1, 3.0 and 4.0) as rows of a table."""

import quopri
import re
from collections.abc import Iterator

SEPARATOR = re.compile(r"(?<!\\);")
MOST_VALUES = 10  # telephones of one card


LONGEST_LINE = 20_000  # letters that are kept of one: a portrait is passed over


def cards(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each card as (line where it begins, cells): name, street, postcode, city, mails, telephones, language.

    Several values of a cell stand apart by `` / ``.
    """
    held: dict[str, list[str]] = {}
    begins = 0
    for number, line in _lines(text):
        name, values = _property(line)
        if name == "BEGIN":
            if begins:  # a card that was never ended
                yield begins, _row(held)
            held, begins = {}, number
        elif name == "END" and begins:
            yield begins, _row(held)
            begins = 0
        elif begins:
            held.setdefault(name, []).append(values)
    if begins:
        yield begins, _row(held)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The unfolded lines with the number of their first line; soft line ends of quoted-printable are joined too."""
    kept: list[str] = []
    begins = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if kept and kept[-1].endswith("=") and "QUOTED-PRINTABLE" in kept[0].upper():
            kept[-1] = kept[-1][:-1]
            kept.append(line)
        elif line[:1] in {" ", "\t"} and kept:
            kept.append(line[1:])
        else:
            if kept:
                yield begins, "".join(kept)[:LONGEST_LINE]
            kept, begins = ([line] if line else []), number
    if kept:
        yield begins, "".join(kept)[:LONGEST_LINE]


def _property(line: str) -> tuple[str, str]:
    """Name (without group) and decoded value of a line; empty for what is not a property."""
    head, colon, value = _cut(line)
    name, *parameters = head.split(";")
    if not colon:
        return "", ""
    if any(one.upper().endswith("QUOTED-PRINTABLE") for one in parameters):
        value = _letters(quopri.decodestring(value.encode()))
    if any("FAX" in one.upper() for one in parameters):
        return "FAX", value
    return name.rpartition(".")[2].strip().upper(), value


def _letters(held: bytes) -> str:
    """In UTF-8, else as old address books wrote them."""
    try:
        return held.decode()
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def _cut(line: str) -> tuple[str, str, str]:
    """Cut at the first colon that stands in no quotes."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _plain(value: str) -> str:
    """A value without its escapes, on one line."""
    for escaped, sign in (("\\n", ", "), ("\\N", ", "), ("\\,", ","), ("\\;", ";"), ("\\:", ":"), ("\\\\", "\\")):
        value = value.replace(escaped, sign)
    return " ".join(value.split())


def _row(held: dict[str, list[str]]) -> list[str]:
    """The cells of one card: name as shown, else made of its parts; the first address; all mails and telephones."""
    names = held.get("FN") or [""]
    parts = [_plain(part) for part in SEPARATOR.split((held.get("N") or [""])[0])]
    name = _plain(names[0]) or " ".join(part for part in [*parts[1:2], *parts[:1]] if part)
    address = [_plain(part) for part in SEPARATOR.split((held.get("ADR") or [""])[0])] + [""] * 7
    phones = [value.removeprefix("tel:").split(";")[0] for value in held.get("TEL", [])]
    return [
        name,
        address[2] or address[0],
        address[5],
        address[3],
        " / ".join(_plain(value) for value in held.get("EMAIL", [])[:MOST_VALUES]),
        " / ".join(_plain(value) for value in phones[:MOST_VALUES]),
        _plain((held.get("LANG") or [""])[0])[:2],
    ]
