"""Names of persons, but not of the streets, schools and churches that bear one."""

from collections.abc import Iterator
from dataclasses import replace

from plp.wording.detectors.name_reader import (
    TOKEN,
    NameReader,
    first_ambiguous_and_family_names,
    is_name_claimed_by_swindler,
    is_presented_as_office_holder,
)
from plp.wording.detectors.name_words import (
    AT_A_DOOR,
    BRANDS,
    CALLED,
    FUNCTIONS,
    HOUSEHOLD,
    INITIALLED,
    INITIALS,
    OF_A_BODY,
    PARTICLE,
    POINTED_AT,
    SHUT_OUT,
    STREET,
    STREET_ENDS,
    TITLES,
    TURNED_AWAY,
)
from plp.wording.detectors.named_openly import is_official_missing_person_appeal, is_only_celebrated
from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "names_person"
CERTAIN_TITLE_NEEDS = 3
MOST = 60
ARTICLES = frozenset({"der", "den", "dem", "die", "das", "einer", "einem"})
AND = frozenset({"et", "en", "und", "and"})


def find_names(surface: Surface, language: str) -> list[Mark]:
    """Marks for persons named by title, by "called", by first and family name, by initials; spans of the surface.

    Whoever the authorities look for because he is missing is only warned of.
    """
    marks = [mark for mark in _find_all_names(surface, language) if not is_only_celebrated(surface, mark)]
    return [replace(mark, doubtful=True) for mark in marks] if is_official_missing_person_appeal(surface) else marks


def _find_all_names(surface: Surface, language: str) -> list[Mark]:
    reader = NameReader(surface)
    marks: list[Mark] = []
    for place in range(len(reader.plain)):
        if len(marks) > MOST:  # a text with so many is held anyway
            return marks
        marks.extend(_find_titled_name(reader, place))
        if not (language == "de" and _is_preposition(reader, place)):
            marks.extend(_find_first_name(reader, place))
        marks.extend(_find_family_name(reader, place))
        marks.extend(_find_household_names(reader, place, language))
    marks.extend(_find_names_after_called(surface, language))
    if language != "de":  # where every noun has a capital, two capitals in a row say nothing
        marks.extend(_find_names_of_suspects(surface))
    marks.extend(_find_initials_and_family_names(reader))
    marks.extend(Mark(RULE, *found.span()) for found in INITIALS.finditer(surface.text))
    return marks


def _find_titled_name(reader: NameReader, position: int) -> Iterator[Mark]:
    if (
        reader.plain[position] not in TITLES
        or position + 1 >= len(reader.plain)
        or not reader.follows_closely(position + 1)
    ):
        return
    if reader.plain[position] in {"m.", "fr.", "hr.", "heer", "miss", "ms", "mr"} and not (
        reader.is_capitalised(position) or reader.plain[position] in {"heer", "mr"}
    ):
        return
    follower = position + 1
    word = reader.plain[follower].rstrip(".")
    if word in TITLES or reader.plain[follower] in TITLES:
        return
    last = reader.family_name_end(follower)
    name = reader.plain[last].rstrip(".")
    if name in FUNCTIONS or (len(name) < CERTAIN_TITLE_NEEDS and not reader.is_capitalised(last)) or name in PARTICLE:
        return
    if not reader.is_capitalised(last) and not reader.surface.is_flat_case:
        known = name in reader.first or name in reader.family
        if not known:
            return
    if reader.is_office_holder(position, last) or reader.is_place_name(position, last):
        return
    yield Mark(
        RULE, reader.found[position].start(), reader.found[last].start() + len(reader.found[last][0].rstrip("."))
    )


def _find_first_name(reader: NameReader, position: int) -> Iterator[Mark]:
    word = reader.plain[position].rstrip(".")
    word = (
        word
        if word in reader.first
        else word.split("-")[0]
        if reader.is_capitalised(position) and word.split("-")[0] in reader.first
        else word
    )
    if word not in reader.first or (reader.plain[position].endswith(".") and len(word) < 4):
        return
    last = position
    if (
        position + 1 < len(reader.plain)
        and reader.follows_closely(position + 1)
        and not reader.found[position][0].endswith(".")
    ):
        end = reader.family_name_end(position + 1)
        name = reader.plain[end].rstrip(".")
        capital = reader.is_capitalised(end) and (len(name) > 1 or reader.found[end][0].endswith("."))
        known = name in reader.family or (name in reader.first and name not in reader.double)
        if (
            not reader.surface.is_flat_case and capital and reader.is_capitalised(position) and name not in FUNCTIONS
        ) or known:
            last = end
    if (
        reader.plain[position].rstrip(".").endswith(STREET_ENDS)
        or reader.plain[position].split("-")[-1].rstrip(".") in STREET
    ):
        return
    if f"{word} {reader.plain[last].rstrip('.')}" in BRANDS:
        return
    if last == position and not _is_named_alone(reader, position, word):
        return
    if (
        reader.is_place_name(position, last)
        or reader.is_office_holder(position, last)
        or reader.is_company_or_swindlers_name(position)
    ):
        return
    end = reader.found[last].start() + len(reader.found[last][0].rstrip("."))
    yield Mark(RULE, reader.found[position].start(), end)


def _is_named_alone(reader: NameReader, position: int, word: str) -> bool:
    """Whether a first name without a family name means somebody; where capitals tell nothing, by what is done there."""
    if reader.surface.is_flat_case:
        return _is_acted_on_as_person(reader, position)
    if not reader.is_capitalised(position) or _is_part_of_compound(reader, position):
        return False
    return word not in reader.double or _is_name_pair(reader, position) or _is_acted_on_as_person(reader, position)


def _is_preposition(reader: NameReader, position: int) -> bool:
    """ "An der Kreuzung": in German no Flemish first name."""
    following = reader.plain[position + 1] if position + 1 < len(reader.plain) else ""
    return reader.plain[position] == "an" and following in ARTICLES


def _is_name_pair(reader: NameReader, position: int) -> bool:
    """ "Rose et Gilbert": two first names with "and" between them, though each may also be another word."""
    for other, link in ((position + 2, position + 1), (position - 2, position - 1)):
        if 0 <= other < len(reader.plain) and reader.plain[link] in AND and reader.is_capitalised(other):
            return reader.plain[other].rstrip(".") in reader.first
    return False


def _is_acted_on_as_person(reader: NameReader, position: int) -> bool:
    """ "Do not let Ali in", "Rosa broke her hip": only a person is kept off or is hurt."""
    found = reader.found[position]
    before, after = reader.surface.text_before(found.start(), 40), reader.surface.text_after(found.end(), 30)
    is_turned_away = TURNED_AWAY.search(before) and AT_A_DOOR.search(after)
    return bool(SHUT_OUT.search(before) or OF_A_BODY.search(after) or is_turned_away)


def _find_names_of_suspects(surface: Surface) -> Iterator[Mark]:
    """ "the suspect would be Xxx Yyy": two unknown capital words right behind a word for a person."""
    if surface.is_flat_case:
        return
    for found in POINTED_AT.finditer(surface.text):
        first = surface.folded[found.start("first") : found.end("first")]
        second = surface.folded[found.start("second") : found.end("second")]
        if (
            first not in STREET
            and first not in FUNCTIONS
            and second not in STREET
            and not second.rstrip(".").endswith(STREET_ENDS)
        ):
            yield Mark(RULE, found.start("first"), found.end("second"))


def _is_part_of_compound(reader: NameReader, position: int) -> bool:
    """A first name that is followed by a hyphen or apostrophe compound is part of something else."""
    end = reader.found[position].end()
    return reader.surface.text[end : end + 1] in {"'", "-"} and reader.surface.text[end + 1 : end + 2] != "s"


def _find_family_name(reader: NameReader, position: int) -> Iterator[Mark]:
    word = reader.plain[position].rstrip(".")
    if (
        word not in reader.family
        or word in reader.first | reader.double
        or reader.surface.is_flat_case
        or not reader.is_capitalised(position)
    ):
        return
    first = position
    while (
        first > max(0, position - 3)
        and reader.follows_closely(first)
        and (reader.is_capitalised(first - 1) or reader.plain[first - 1] in PARTICLE)
    ):
        first -= 1
    ranked = any(reader.is_office_holder(start, position) for start in range(first, position + 1))
    if (
        not ranked
        and not reader.is_place_name(position, position)
        and not any(map(reader.is_company_name, range(first, position + 1)))
    ):
        yield Mark(RULE, reader.found[position].start(), reader.found[position].end())


def _find_initials_and_family_names(reader: NameReader) -> Iterator[Mark]:
    """ "J.-P. Lambert", "on S. Jousten": initials before a family name that is known, or behind a word for a person."""
    for found in INITIALLED.finditer(reader.surface.text):
        position = next(
            (place for place, word in enumerate(reader.found) if word.start() == found.start("family")), None
        )
        if (
            position is not None
            and (found["behind"] or reader.plain[position].rstrip(".") in reader.family)
            and not reader.is_place_name(position, position)
            and not reader.is_office_holder(position - 1, position)
        ):
            yield Mark(RULE, found.start("name"), found.end())


def _find_household_names(reader: NameReader, position: int, language: str) -> Iterator[Mark]:
    """ "The Lamberts", "les Lambert": a family behind its article, and in any language but French with its s."""
    word = reader.plain[position].rstrip(".")
    is_family = (
        word in reader.family
        if language == "fr"
        else word[-1] == "s" and not reader.family.isdisjoint({word, word[:-1]})
    )
    if not is_family or not position or not reader.follows_closely(position) or reader.surface.is_flat_case:
        return
    is_alone = language == "de" or not (reader.has_close_next_word(position) and reader.is_capitalised(position + 1))
    is_named = reader.is_capitalised(position) and is_alone and not reader.is_place_name(position, position)
    if is_named and reader.plain[position - 1] == HOUSEHOLD[language]:
        yield Mark(RULE, reader.found[position - 1].start(), reader.found[position].start() + len(word))


def _find_names_after_called(surface: Surface, language: str) -> Iterator[Mark]:
    for found in CALLED.finditer(surface.folded):
        if language == "nl" and found[0].startswith("namens"):  # "on behalf of" in Dutch, "called" in German
            continue
        name = TOKEN.match(surface.text, found.end())
        if name is None:
            continue
        plain = surface.folded[name.start() : name.end()].rstrip(".")
        if is_name_claimed_by_swindler(surface, found.start(), name.end()):
            continue
        if is_presented_as_office_holder(surface, name.start()):
            continue
        if (
            surface.folded[found.start() : found.end()].startswith(
                (
                    "namens",
                    "heet",
                    "gewiss",
                    "familie",
                    "genannt",
                    "family",
                    "famille",
                    "le fils",
                    "du fils",
                    "au fils",
                    "ce fils",
                    "la fille",
                    "called",
                    "een zekere",
                    "a certain",
                    "widow",
                )
            )
            and not name[0][0].isupper()
        ):
            continue
        if (
            name[0][0].isupper()
            if not surface.is_flat_case
            else any(plain in names for names in first_ambiguous_and_family_names()[::2])
        ):
            if plain in FUNCTIONS or plain in STREET:
                continue
            yield Mark(RULE, found.start(), name.end())
