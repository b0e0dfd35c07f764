"""The value of a slot as words: a listed one in the form asked for, a checked one (hour, day, place) as its reader says
it.
"""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta

from babel.dates import format_date

from plp.wording.catalogue.reader import CHECKED, slot_values
from plp.wording.catalogue.streets import QUARTER, place_with_preposition_text
from plp.wording.catalogue.voice import number_words, ordinal_words

LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}
HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
NUMBERS = range(2, 21)  # one is another sentence
DAY_TYPES = ("day", "lately")  # a day of the list, or one by date: ``2026-11-30``, ``2026-11-30-night``
DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(night|evening|weekend))?")

type Places = Mapping[str, Mapping[str, str]]  # the name of a street or quarter in each language, by a key


class WrongValue(ValueError):
    """A slot cannot hold this. ``slot`` names it."""

    def __init__(self, slot: str, value: str) -> None:
        super().__init__(f"{slot}: {value!r} cannot stand there")
        self.slot, self.value = slot, value


def require_valid_slot_value(slot_type: str, value: str, places: Places) -> None:
    """Raises ``WrongValue`` for what is not on the list, no hour, no day, or no place of the register."""
    checks = {
        "hour": lambda: HOUR.fullmatch(value),
        "later": lambda: HOUR.fullmatch(value),
        "span": lambda: _is_span_of_hours(value),
        "date": lambda: _is_iso_date(value),
        "number": lambda: value.isdecimal() and int(value) in NUMBERS,
        "place": lambda: value == QUARTER or value in places,
    }
    is_right = checks[slot_type]() if slot_type in CHECKED else value in slot_values(slot_type)
    if not is_right and not (slot_type in DAY_TYPES and _is_day_by_date(value)):
        raise WrongValue(slot_type, value)


def slot_value_as_text(
    slot_type: str, value: str, form: str, language: str, *, places: Places, is_spoken: bool = False
) -> str:
    """The words for a checked value; a listed one in ``form``. Raises ``WrongValue``, ``KeyError`` for no such form."""
    require_valid_slot_value(slot_type, value, places)
    match slot_type:
        case "hour" | "later":
            return hour_as_text(value, language, is_spoken=is_spoken)
        case "span":
            return time_span_as_text(value, language, is_spoken=is_spoken)
        case "number":
            return number_words(int(value), language) if is_spoken else value
        case "place":
            return place_with_preposition_text(value, places, language)
        case "date" | "day" | "lately" if _is_day_by_date(value):
            return dated_day_as_text(value, language, is_spoken=is_spoken)
    return slot_values(slot_type)[value].forms[language][form]


def hour_as_text(value: str, language: str, *, is_spoken: bool = False) -> str:
    """``18:30`` as ``18 h 30``, ``18.30 uur``, ``18.30 Uhr``, ``6.30 pm`` (``noon``); spelt for a voice."""
    moment = _parse_time(value)
    if is_spoken:
        return _spoken_hour(moment, language)
    minutes = f"{moment.minute:02}"
    if language == "fr":
        return f"{moment.hour} h {minutes}" if moment.minute else f"{moment.hour} h"
    if language == "en":
        if moment.minute == 0 and moment.hour % 12 == 0:
            return "noon" if moment.hour else "midnight"
        half = "am" if moment.hour < 12 else "pm"
        return f"{(moment.hour - 1) % 12 + 1}{'.' + minutes if moment.minute else ''} {half}"
    word = "uur" if language == "nl" else "Uhr"
    return f"{moment.hour}{'.' + minutes if moment.minute else ''} {word}"


def _spoken_hour(moment: time, language: str) -> str:
    hour = number_words(moment.hour, language, before_noun=True)
    minutes = number_words(moment.minute, language) if moment.minute else ""
    if language == "en":
        part = "in the morning" if moment.hour < 12 else "in the afternoon" if moment.hour < 18 else "in the evening"
        minutes = f"oh {minutes}" if 0 < moment.minute < 10 else minutes
        return f"{number_words((moment.hour - 1) % 12 + 1, 'en')} {minutes or "o'clock"} {part}"
    word = {"fr": "heure" if moment.hour < 2 else "heures", "nl": "uur", "de": "Uhr"}[language]
    return f"{hour} {word} {minutes}".strip()


def time_span_as_text(value: str, language: str, *, is_spoken: bool = False) -> str:
    """``14:00-16:30`` as ``entre 14 h et 16 h 30``."""
    first, last = (hour_as_text(part, language, is_spoken=is_spoken) for part in value.split("-"))
    joins = {"fr": "entre {} et {}", "nl": "tussen {} en {}", "de": "zwischen {} und {}", "en": "between {} and {}"}
    return joins[language].format(first, last)


def day_as_text(day: date, language: str, *, is_spoken: bool = False) -> str:
    """The day with its preposition: ``le jeudi 3 décembre``, ``am Donnerstag, 3. Dezember``."""
    weekday, month = (format_date(day, part, locale=LOCALES[language]) for part in ("EEEE", "MMMM"))
    number = ordinal_words(day.day, language) if is_spoken else str(day.day)
    match language:
        case "fr":
            return f"le {weekday} {'1er' if number == '1' else number} {month}"
        case "nl":
            return f"op {weekday} {number} {month}"
        case "de":
            return f"am {weekday} dem {number} {month}" if is_spoken else f"am {weekday}, {number}. {month}"
    return f"on {weekday} the {number} of {month}" if is_spoken else f"on {weekday} {number} {month}"


def dated_day_as_text(value: str, language: str, *, is_spoken: bool = False) -> str:
    """A day by date, or the night that follows it, its evening, the weekend that begins with it."""
    found = DATED.fullmatch(value)
    if found is None:
        raise WrongValue("day", value)
    day, part = date.fromisoformat(found[1]), found[2]
    match part:
        case "night":
            return _night_as_text(day, language, is_spoken=is_spoken)
        case "evening":
            day_words = day_as_text(day, language, is_spoken=is_spoken)
            weekday = format_date(day, "EEEE", locale=LOCALES[language])
            return {
                "fr": f"{day_words} au soir",
                "nl": day_words.replace(weekday, f"{weekday}avond"),
                "de": day_words.replace(weekday, f"{weekday}abend"),
                "en": day_words.replace("on ", "on the evening of ", 1),
            }[language]
        case "weekend":
            begin = {"fr": "le week-end du {}", "nl": "in het weekend van {}", "de": "am Wochenende vom {}"}
            return begin.get(language, "at the weekend of {}").format(_day_and_month(day, language, is_spoken))
    return day_as_text(day, language, is_spoken=is_spoken)


def _night_as_text(day: date, language: str, *, is_spoken: bool) -> str:
    first, second = (_day_and_month(one, language, is_spoken) for one in (day, day + timedelta(days=1)))
    words = {
        "fr": "dans la nuit du {} au {}",
        "nl": "in de nacht van {} op {}",
        "de": "in der Nacht vom {} auf den {}",
        "en": "in the night of {} to {}",
    }
    return words[language].format(first, second)


def _day_and_month(day: date, language: str, is_spoken: bool) -> str:
    """``30 novembre``, ``1er décembre``, ``30. November``, without the day of the week."""
    month = format_date(day, "MMMM", locale=LOCALES[language])
    number = ordinal_words(day.day, language) if is_spoken else str(day.day)
    match language:
        case "fr":
            return f"{'1er' if number == '1' else number} {month}"
        case "de":
            return f"{number}{'' if is_spoken else '.'} {month}"
        case "en":
            return f"the {number} of {month}" if is_spoken else f"{number} {month}"
    return f"{number} {month}"


def _parse_time(value: str) -> time:
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def _is_span_of_hours(value: str) -> bool:
    first, dash, last = value.partition("-")
    return bool(dash and HOUR.fullmatch(first) and HOUR.fullmatch(last) and _parse_time(first) != _parse_time(last))


def _is_day_by_date(value: str) -> bool:
    found = DATED.fullmatch(value)
    return found is not None and _is_iso_date(found[1])


def _is_iso_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
