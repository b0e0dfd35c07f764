"""One row of a list in our form: a name, a language, a door, ways to be reached, and what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.delivery.channel import BadAddress, Channel
from plp.delivery.installed import channels
from plp.membership.firms import FirmEntry
from plp.membership.lists.columns import Field
from plp.membership.lists.files import unescaped_cell
from plp.membership.lists.firm_cells import parse_firm_cells
from plp.people.rules import BadHouse, BadName, clean_house_number, clean_name
from plp.places.rules import fold
from plp.wording.disguise import is_name_of_police_or_partnership

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
DOOR_AND_MORE = re.compile(  # "Boslaan 7 - Batiment C", "Boslaan 9 (1er étage)"
    r"(?P<street>\D+?),?\s+(?P<house>\d{1,4}(?: ?[A-Za-z](?![A-Za-z]))?\s*(?:[-,]\s*\D.*|\(.*\)))"
)
DOOR_FIRST = re.compile(r"(?P<house>\d+[A-Za-z]{0,2}),?\s+(?P<street>\D.+)")
PLACE_LAST = re.compile(r"(?P<door>.+?)[,\s]+(?:-\s+)?(?:BE?[- ])?(?P<postcode>[1-9]\d{3})\s+(?P<city>\D.*)")
POSTCODE_AND_CITY = re.compile(r"(?:BE?[- ])?(?P<postcode>[1-9]\d{3})[\s,-]+(?P<city>\D.*)")
IN_ROUND = re.compile(r"\s*\([^()]*\)")  # "(privé)", "(1er étage)", "(Paul)"
BESIDE_DIGITS = re.compile(r"\([^()\d]*\)|[^\W\d_][\w.]*[.:]?")  # words beside a telephone number
NUMBER_ALONE = re.compile(r"(\d{1,4}(?: ?[A-Za-z](?![A-Za-z]))?)\s*[-,(]\s*\D.*")  # "7 - Batiment C"
COUPLE = re.compile(
    r"(?P<one>[^\W\d_][\w'’-]*)\s*(?:&|\+|/|\bet\b|\ben\b|\bund\b|\band\b)\s*(?P<two>[^\W\d_][\w'’-]*)\s+(?P<last>\w.*)",
    re.IGNORECASE,
)
TITLES = frozenset(
    "m mr mme mlle monsieur madame dhr mevr mevrouw meneer de heer herr frau fam famille familie mrs ms".split()
)
AND = {"fr": "et", "nl": "en", "de": "und", "en": "and"}
BOX_WORDS = re.compile(r"(?:bo[iî]te|bte|bt)\b\.?\s*", re.IGNORECASE)
POSTAL, MAIL, TELEPHONE = "street-address", "email", "tel"
MOST_CONTACTS = 6

NO_NAME = _("The name is missing.")
BAD_NAME = _("The name contains signs that no name has, or is too long.")
NAME_OF_OFFICE = _("No member is called police, PLP or BIN. Write the name of a person.")
BAD_EMAIL = _("The e-mail address is not written correctly.")
BAD_PHONE = _("The telephone number is not a Belgian number that can be reached.")
BAD_LANGUAGE = _("The language is not French, Dutch, German or English.")
BAD_HOUSE = _("The house number is missing, or is not written as it is on a door.")
TOO_MANY = _("At most six ways to reach somebody are kept.")
NO_STREET_WRITTEN = _("The street is missing.")
NO_WAY = _("There is no way to reach this person: no e-mail, no telephone, no address.")


type LeftOut = tuple[Any, str]  # why, as a sentence, and what was written


@dataclass(frozen=True)
class ListEntry:
    """A row read. ``contacts`` are (channel, normal address), best first; ``problems`` are sentences for which the row
    cannot be used; ``left_out`` are parts of it that cannot, while the rest is good.
    """

    line: int
    name: str = ""
    language: str = ""
    street: str = ""
    house: str = ""
    postcode: str = ""
    city: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    problems: tuple[Any, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = field(default=())
    firm: FirmEntry | None = None


def parse_list_row(line: int, cells: Sequence[str], columns: Sequence[str], *, language: str) -> ListEntry:
    """The row in our form; ``language`` is that of the partnership, for rows that name none.

    Whoever has a name and one good way to be reached is read: what is wrong beside it is left out, and said.
    """
    held = _cells_by_field(cells, columns)
    names: list[Any] = []
    parts: list[LeftOut] = []
    spoken = _language_noting_bad_word(held.get(Field.LANGUAGE, ""), language, parts)
    name = _full_name_noting_problems(held, spoken, names)
    street, house, postcode, city = _door_parts_noting_problems(held, parts)
    contacts = _readable_contacts_noting_problems(held, parts)
    firm = parse_firm_cells(held, parts)
    has_door = bool(street and house)
    if contacts and not street and {Field.STREET, Field.ADDRESS} & {*columns}:
        parts.append((NO_STREET_WRITTEN, f"{held.get(Field.HOUSE, '')} {postcode} {city}".strip()))
    if not has_door and contacts:
        street = house = ""
    postal = _postal_contact(street, house, postcode, city) if not contacts and has_door else None
    contacts = [*contacts, *([postal] if postal else [])]
    problems = [
        *names,
        *([] if contacts else list(dict.fromkeys(sentence for sentence, _written in parts)) or [NO_WAY]),
    ]
    left_out = tuple(parts) if contacts else ()
    return ListEntry(
        line, name, spoken, street, house, postcode, city, tuple(contacts), tuple(problems), left_out, firm
    )


def split_couple(entry: ListEntry) -> tuple[ListEntry, ...]:
    """Two people where the name is that of a couple ("Jean et Marie Peeters"), else the entry alone."""
    pair = COUPLE.fullmatch(entry.name)
    if not pair or {fold(pair["one"]), fold(pair["two"])} & TITLES:
        return (entry,)
    return tuple(replace(entry, name=f"{first} {pair['last']}") for first in (pair["one"], pair["two"]))


def _cells_by_field(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
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


def _full_name_noting_problems(cells: dict[str, str], language: str, problems: list[Any]) -> str:
    own_name = cells.get(Field.NAME) or f"{cells.get(Field.FIRST, '')} {cells.get(Field.LAST, '')}".strip()
    full_name = own_name or cells.get(Field.ORGANISATION) or cells.get(Field.FIRM, "")
    if not full_name:
        problems.append(NO_NAME)
        return ""
    plain = re.sub(r"\s*[&+/]\s*", f" {AND[language]} ", IN_ROUND.sub("", full_name))
    for written in (full_name, plain):
        try:
            return clean_name(written)
        except BadName:
            continue
    problems.append(NAME_OF_OFFICE if is_name_of_police_or_partnership(plain) else BAD_NAME)
    return full_name


def _language_noting_bad_word(word: str, default: str, parts: list[LeftOut]) -> str:
    if not word:
        return default
    words = fold(word).split() or [""]
    language = LANGUAGES.get(words[0])  # "nl-BE", "FR/NL": the first
    if language is None:
        parts.append((BAD_LANGUAGE, word))
    return language or default


def _door_parts_noting_problems(cells: dict[str, str], parts: list[LeftOut]) -> tuple[str, str, str, str]:
    """Street, house with box, postcode and place; a street without a readable number is a problem."""
    street = cells.get(Field.STREET) or cells.get(Field.ADDRESS, "")
    postcode, city = cells.get(Field.POSTCODE, ""), cells.get(Field.CITY, "")
    if both := POSTCODE_AND_CITY.fullmatch(postcode):
        postcode, city = both["postcode"], city or both["city"]
    if placed := PLACE_LAST.fullmatch(street):
        street, postcode, city = placed["door"], postcode or placed["postcode"], city or placed["city"]
    house = cells.get(Field.HOUSE, "")
    forms = (DOOR_LAST, DOOR_AND_MORE, DOOR_FIRST)
    match = None if house else next((door for form in forms if (door := form.fullmatch(street))), None)
    if match:
        street, house = match["street"].strip(" ,"), match["house"]
    if not street:
        return "", "", postcode, city
    box = cells.get(Field.BOX, "")
    written = f"{house} {f'box {box}' if box.isdecimal() else box}".strip()
    alone = NUMBER_ALONE.fullmatch(written)
    for form in (written, IN_ROUND.sub("", written), *([alone[1]] if alone else [])):
        try:
            return street, clean_house_number(BOX_WORDS.sub("box ", form.replace(",", " "))), postcode, city
        except BadHouse:
            continue
    parts.append((BAD_HOUSE, f"{street} {written}".strip()))
    return street, "", postcode, city


def _readable_contacts_noting_problems(cells: dict[str, str], parts: list[LeftOut]) -> list[tuple[str, str]]:
    """The ways to be reached, e-mail first; each that cannot be read is left out and said."""
    contacts: list[tuple[str, str]] = []
    for column, kind, problem in ((Field.EMAIL, MAIL, BAD_EMAIL), (Field.PHONE, TELEPHONE, BAD_PHONE)):
        for value in _split_values(cells.get(column, "")):
            contact = _contact_of_value(kind, value)
            if contact is None:
                parts.append((problem, value))
            elif contact not in contacts:
                contacts.append(contact)
    parts += [(TOO_MANY, address) for _channel, address in contacts[MOST_CONTACTS:]]
    return contacts[:MOST_CONTACTS]


def _split_values(cell: str) -> list[str]:
    parts = (part.strip() for part in SEVERAL.split(cell))
    return [value for part in parts for value in (part.split() if MAILS_IN_A_ROW.fullmatch(part) else [part]) if value]


def _contact_of_value(kind: str, value: str) -> tuple[str, str] | None:
    """The first channel that can reach ``value``; a number that a spreadsheet robbed of its zero is given it back."""
    held = IN_BRACKETS.fullmatch(value)
    forms = [(held[1] or held[2]).strip() if held else value]
    if kind == TELEPHONE:
        forms.append(" ".join(BESIDE_DIGITS.sub(" ", value).split()))
    if kind == TELEPHONE and value.isdecimal():
        forms += [f"0{value}"] if not value.startswith("0") else []
        forms += [f"+{value}"] if value.startswith("32") else []
    reading = _first_readable_contact(kind, forms)
    if reading is None or reading[0] == channels_for_input_type(kind)[0].key:
        return reading
    return _first_readable_contact(kind, [reading[1]])  # what stood around a number keeps no channel from it


def _first_readable_contact(kind: str, forms: Sequence[str]) -> tuple[str, str] | None:
    """The first channel that reads one of ``forms``, with what it read."""
    for channel in channels_for_input_type(kind):
        for written in forms:
            try:
                return channel.key, channel.normalise(written)
            except BadAddress:
                continue
    return None


def channels_for_input_type(kind: str) -> list[Channel]:
    """The channels that take such an address, in their turn: a new channel does not get the addresses of an old one."""
    fitting = [channel for channel in channels().values() if channel.address_form.input_type == kind]
    return sorted(fitting, key=lambda channel: channel.address_form.turn)


def _postal_contact(street: str, house: str, postcode: str, city: str) -> tuple[str, str] | None:
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
