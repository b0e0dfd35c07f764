"""One row of a list in our form: a name, a language, a door, ways to be reached, and what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress, Channel
from plp.delivery.installed import channels
from plp.membership.lists.columns import Field
from plp.membership.lists.files import unescaped_cell
from plp.people.rules import BadHouse, BadName, clean_house, clean_name
from plp.places.rules import fold

SPOKEN = {
    "fr": "fr fra fre francais frans franzosisch french francophone franstalig franzosischsprachig f",
    "nl": "nl nld dut neerlandais nederlands niederlandisch dutch flamand vlaams neerlandophone nederlandstalig "
    "niederlandischsprachig n",
    "de": "de deu ger all allemand duits deutsch german germanophone duitstalig deutschsprachig d",
    "en": "en eng ang anglais engels englisch english anglophone engelstalig englischsprachig e",
}
LANGUAGES = {word: language for language, words in SPOKEN.items() for word in words.split()}
SEVERAL = re.compile(r"\s+(?:/|:::|ou|of|oder|or)\s+|[;,\n]")
MAILS_IN_A_ROW = re.compile(r"[^\s<]+@\S+(?:\s+[^\s<]+@\S+)+")
IN_BRACKETS = re.compile(r".*<([^<>]+)>|mailto:(.+)", re.IGNORECASE)  # as a program of mails copies an address
NOTHING = {"", "x", "na", "n a", "nvt", "n v t", "neant", "aucun", "aucune", "geen", "kein", "keine", "none"}
DOOR_LAST = re.compile(
    r"(?P<street>.+?),?\s+(?:n[°ºr]\.?\s*)?"
    r"(?P<house>\d+\s?[A-Za-z]{0,3}(?:(?:[ ,]+|\s?[/-]\s?)(?:b|bt|bte|bus|box|bo[iî]te)?\.?\s*\w{1,6})?)",
    re.IGNORECASE,
)
DOOR_FIRST = re.compile(r"(?P<house>\d+[A-Za-z]{0,2}),?\s+(?P<street>\D.+)")
PLACE_LAST = re.compile(r"(?P<door>.+?)[,\s]+(?:-\s+)?(?:BE?[- ])?(?P<postcode>[1-9]\d{3})\s+(?P<city>\D.*)")
BOX_WORDS = re.compile(r"(?:bo[iî]te|bte|bt)\b\.?\s*", re.IGNORECASE)
POSTAL, MAIL, TELEPHONE = "street-address", "email", "tel"
MOST_CONTACTS = 6

NO_NAME = _("The name is missing.")
BAD_NAME = _("The name contains signs that no name has, or is too long.")
BAD_EMAIL = _("The e-mail address is not written correctly.")
BAD_PHONE = _("The telephone number is not a Belgian number that can be reached.")
BAD_LANGUAGE = _("The language is not French, Dutch, German or English.")
BAD_HOUSE = _("The house number is missing, or is not written as it is on a door.")
NO_WAY = _("There is no way to reach this person: no e-mail, no telephone, no address.")


@dataclass(frozen=True)
class ListEntry:
    """A row read. ``contacts`` are (channel, normal address), best first; ``problems`` are sentences."""

    line: int
    name: str = ""
    language: str = ""
    street: str = ""
    house: str = ""
    postcode: str = ""
    city: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    problems: tuple[Any, ...] = field(default=())


def read_entry(line: int, cells: Sequence[str], columns: Sequence[str], *, language: str) -> ListEntry:
    """The row in our form; ``language`` is that of the partnership, for rows that name none."""
    held = _held(cells, columns)
    problems: list[Any] = []
    name = _name(held, problems)
    spoken = _language(held.get(Field.LANGUAGE, ""), language, problems)
    street, house, postcode, city = _door(held, problems)
    contacts = _contacts(held, problems)
    postal = _postal(street, house, postcode, city) if not contacts and not problems else None
    contacts = [*contacts, *([postal] if postal else [])]
    if not contacts and not problems:
        problems.append(NO_WAY)
    return ListEntry(line, name, spoken, street, house, postcode, city, tuple(contacts), tuple(problems))


def _held(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """The cells by what they hold: all mails and telephones together, of other things the first one filled in."""
    held: dict[str, str] = {}
    for cell, column in zip(cells, columns, strict=False):
        value = unescaped_cell(cell.strip())
        if column == Field.PHONE:
            value = value.removeprefix("'").strip()  # the sign with which people keep a zero in Excel
        if not column or not value or (column in {Field.EMAIL, Field.PHONE} and fold(value) in NOTHING):
            continue
        if column in {Field.EMAIL, Field.PHONE} and column in held:
            held[column] += f" / {value}"
        else:
            held.setdefault(column, value)
    return held


def _name(held: dict[str, str], problems: list[Any]) -> str:
    full_name = held.get(Field.NAME) or f"{held.get(Field.FIRST, '')} {held.get(Field.LAST, '')}".strip()
    if not full_name:
        problems.append(NO_NAME)
        return ""
    try:
        return clean_name(full_name)
    except BadName:
        problems.append(BAD_NAME)
        return full_name


def _language(word: str, default: str, problems: list[Any]) -> str:
    if not word:
        return default
    words = fold(word).split() or [""]
    language = LANGUAGES.get(words[0])  # "nl-BE", "FR/NL": the first
    if language is None:
        problems.append(BAD_LANGUAGE)
    return language or default


def _door(held: dict[str, str], problems: list[Any]) -> tuple[str, str, str, str]:
    """Street, house with box, postcode and place; a street without a readable number is a problem."""
    street = held.get(Field.STREET) or held.get(Field.ADDRESS, "")
    postcode, city = held.get(Field.POSTCODE, ""), held.get(Field.CITY, "")
    if placed := PLACE_LAST.fullmatch(street):
        street, postcode, city = placed["door"], postcode or placed["postcode"], city or placed["city"]
    house = held.get(Field.HOUSE, "")
    match = None if house else DOOR_LAST.fullmatch(street) or DOOR_FIRST.fullmatch(street)
    if match:
        street, house = match["street"].strip(" ,"), match["house"]
    if not street:
        return "", "", postcode, city
    box = held.get(Field.BOX, "")
    try:
        door = clean_house(
            BOX_WORDS.sub("box ", f"{house} {f'box {box}' if box.isdecimal() else box}".replace(",", " "))
        )
    except BadHouse:
        problems.append(BAD_HOUSE)
        return street, house, postcode, city
    return street, door, postcode, city


def _contacts(held: dict[str, str], problems: list[Any]) -> list[tuple[str, str]]:
    """The ways to be reached, e-mail first; each that cannot be read is a problem, once per kind."""
    contacts: list[tuple[str, str]] = []
    for column, kind, problem in ((Field.EMAIL, MAIL, BAD_EMAIL), (Field.PHONE, TELEPHONE, BAD_PHONE)):
        for value in _several(held.get(column, "")):
            contact = _contact(kind, value)
            if contact is None and problem not in problems:
                problems.append(problem)
            if contact is not None and contact not in contacts:
                contacts.append(contact)
    return contacts[:MOST_CONTACTS]


def _several(cell: str) -> list[str]:
    parts = (part.strip() for part in SEVERAL.split(cell))
    return [value for part in parts for value in (part.split() if MAILS_IN_A_ROW.fullmatch(part) else [part]) if value]


def _contact(kind: str, value: str) -> tuple[str, str] | None:
    """The first channel that can reach ``value``; a number that a spreadsheet robbed of its zero is given it back."""
    held = IN_BRACKETS.fullmatch(value)
    forms = [(held[1] or held[2]).strip() if held else value]
    if kind == TELEPHONE and value.isdecimal():
        forms += [f"0{value}"] if not value.startswith("0") else []
        forms += [f"+{value}"] if value.startswith("32") else []
    reading = _read(kind, forms)
    return _read(kind, [reading[1]]) if reading else None  # what stood around a number keeps no channel from it


def _read(kind: str, forms: Sequence[str]) -> tuple[str, str] | None:
    """The first channel that reads one of ``forms``, with what it read."""
    for channel in channels_for(kind):
        for written in forms:
            try:
                return channel.key, channel.normalise(written)
            except BadAddress:
                continue
    return None


def channels_for(kind: str) -> list[Channel]:
    """The channels that take such an address, in their turn: a new channel does not get the addresses of an old one."""
    fitting = [channel for channel in channels().values() if channel.address_form.input_type == kind]
    return sorted(fitting, key=lambda channel: channel.address_form.turn)


def _postal(street: str, house: str, postcode: str, city: str) -> tuple[str, str] | None:
    """A letter, for whoever has a door and nothing else."""
    posts = [channel for channel in channels().values() if channel.address_form.autocomplete == POSTAL]
    posts.sort(key=lambda channel: channel.address_form.turn)
    if not (street and house and posts):
        return None
    place = f", {postcode} {city}" if postcode and city else ""
    try:
        return posts[0].key, posts[0].normalise(f"{street} {house}{place}")
    except BadAddress:
        return None
