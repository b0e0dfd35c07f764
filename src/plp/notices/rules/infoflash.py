"""The infoflash: when the bundle of a zone is made, and how gathered messages become its words (R134)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from plp.charter.kinds import KINDS
from plp.toolbox.clock import BRUSSELS, local

BUNDLED_AT = time(8, 0)  # on the Belgian clock
DEFAULT_WEEKDAY = 3  # Thursday: read before the weekend
LONGEST = 4000  # of the longer text of a notice

type Words = Mapping[str, tuple[str, str, str]]


def can_wait_for_infoflash(kind: str) -> bool:
    """Whether a message of this kind may wait for an infoflash: nothing urgent, no answer, no official notice."""
    notice_kind = KINDS[kind]
    return not (notice_kind.urgent or notice_kind.needs_origin or notice_kind.needs_reference)


def next_infoflash_time(after: datetime, weekday: int) -> datetime:
    """The first bundle moment after ``after``: eight in the morning of that weekday, right over changes of the hour."""
    here = local(after)
    for days in range(8):
        day = here.date() + timedelta(days=days)
        moment = datetime.combine(day, BUNDLED_AT, tzinfo=BRUSSELS)
        if day.weekday() == weekday and moment > here:
            return moment.astimezone(after.tzinfo)
    raise ValueError(f"no weekday {weekday}")


def infoflash_languages(items: Sequence[Words], own: Sequence[str]) -> list[str]:
    """The languages of the bundle: those of the partnership in which an item is written, then any other in which all
    are: some of those who get it read no language of the partnership.
    """
    written = {language for item in items for language in item}
    shared = {language for language in written if all(language in item for item in items)}
    bundled = [language for language in own if language in written]
    return [*bundled, *sorted(shared - set(own))] or sorted(written)


def infoflash_item_in_language_or_first(item: Words, language: str, own: Sequence[str]) -> tuple[str, str, str]:
    """An item in ``language``; else in the first one it has, which its title then names: never silently (R8)."""
    if language in item:
        return item[language]
    text_language = next((candidate for candidate in own if candidate in item), min(item))
    title, core, more = item[text_language]
    return f"{title} ({text_language.upper()})", core, more


def join_infoflash_items(items: Sequence[tuple[str, str, str]]) -> str:
    """The longer text: every item with its title."""
    return "\n\n".join("\n".join(part for part in item if part) for item in items)


def join_infoflash_titles(items: Sequence[tuple[str, str, str]], max_length: int) -> str:
    """The titles of the items in one line of at most ``max_length`` characters; what does not fit is an ellipsis."""
    line = "; ".join(title for title, _core, _more in items)
    return line if len(line) <= max_length else f"{line[: max_length - 1].rstrip(' ;')}…"


def split_items_into_infoflash_portions(items: Sequence[Words], own: Sequence[str]) -> list[list[int]]:
    """The items by number in as few bundles as their order and the longest text allow, in every language."""
    portions: list[list[int]] = [[]]
    for number in range(len(items)):
        tried = [*portions[-1], number]
        chosen = [items[item_number] for item_number in tried]
        longest = max(
            len(join_infoflash_items([infoflash_item_in_language_or_first(item, language, own) for item in chosen]))
            for language in infoflash_languages(chosen, own)
        )
        if portions[-1] and longest > LONGEST:
            portions.append([number])
        else:
            portions[-1] = tried
    return portions
