"""A released message for another platform of warnings, such as BE-Alert (R132): its words and its place, and no person.

The keys are described in docs/formats.md. Nothing here calls that platform, and nothing waits for it.
"""

import json
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.notices.copies import words_for_text_to_speech
from plp.notices.models import Notice
from plp.notices.queries import time_notice_ends, title_core_and_more_by_language
from plp.notices.queries.targets import target_area_of_notice, target_in_words
from plp.places.queries.emergency import help_numbers_in
from plp.places.queries.target_areas import shape_of_target
from plp.places.rules.target_areas import TargetArea
from plp.toolbox.clock import local
from plp.toolbox.words import colon
from plp.wording.length import count_segments
from plp.wording.safety import with_safety_line

FORMAT = 1


def notice_as_json(notice: Notice, *, at: datetime) -> bytes:
    """For a program: each language with its short, its long and its spoken text, the area with its shape."""
    numbers = help_numbers_in(notice.partnership.area, notice.partnership.languages[0])
    ends = time_notice_ends(notice, at=at)
    export = {
        "format": FORMAT,
        "id": str(notice.pk),
        "kind": notice.kind,
        "taken_at": local(at).isoformat(timespec="seconds"),
        "expires_at": local(ends).isoformat(timespec="seconds") if ends else None,
        "area": _area_as_json(notice),
        "texts": [
            _text_as_json(notice, code, words) | {"speech": words_for_text_to_speech(notice, code, words, numbers)}
            for code, words in sorted(title_core_and_more_by_language(notice).items())
        ],
        "check": pages.CHECK.link(),
    }
    return json.dumps(export, ensure_ascii=False, indent=2).encode()


def notice_as_text(notice: Notice, *, at: datetime) -> bytes:
    """For a person who copies and pastes: where and until when it holds, the SMS, then subject and words of the e-mail,
    language by language, under headings in the language of that person.
    """
    parts, ends = [], time_notice_ends(notice, at=at)
    for code, (title, core, more) in sorted(title_core_and_more_by_language(notice).items()):
        short = _add_safety_line(notice, code, core)
        long_text = _add_safety_line(notice, code, "\n\n".join(part for part in (core, more) if part))
        written_in = capfirst(get_language_info(code)["name_translated"])
        parts += [
            f"[{written_in}]\n{_place_and_end_in_words(notice, ends, code)}",
            f"[{written_in}, SMS{colon(get_language() or code)} {_sms_parts_in_words(short)}]\n{short}",
            f"[{written_in}, {_('e-mail')}]\n{title}\n\n{long_text}\n",
        ]
    return "\n\n".join(parts).encode()


def _sms_parts_in_words(words: str) -> str:
    number = count_segments(words).segments
    return ngettext("%d SMS part", "%d SMS parts", number) % number


def _place_and_end_in_words(notice: Notice, ends: datetime | None, language: str) -> str:
    """The quarter with the part that is meant, and the last moment at which the message may still be sent."""
    target = target_area_of_notice(notice)
    part = _part_in_words(target, language) if target else ""
    with translation.override(language):
        place = notice.partnership.area.name(language)
        lines = [f"{place}{colon(language)} {part}" if part else place]
        if ends:
            moment = date_format(local(ends), "DATETIME_FORMAT")
            lines.append(_("Not to be sent after %(moment)s.") % {"moment": moment})
    return "\n".join(lines)


def _add_safety_line(notice: Notice, language: str, words: str) -> str:
    """The words as members of the partnership get them: with whom to phone, and not to step in (R110)."""
    numbers = help_numbers_in(notice.partnership.area, notice.partnership.languages[0]).police_and_help
    return with_safety_line(strip_slots(words), language=language, kind=notice.kind, numbers=numbers)


def _text_as_json(notice: Notice, code: str, words: tuple[str, str, str]) -> dict[str, Any]:
    title, core, more = words
    short = _add_safety_line(notice, code, core)
    return {"language": code, "title": title, "short": short, "sms_parts": count_segments(short).segments, "long": more}


def _area_as_json(notice: Notice) -> dict[str, Any]:
    """The quarter, or the part of it that the message goes to, in words and as its shape: never more than was meant."""
    area, part = notice.partnership.area, target_area_of_notice(notice)
    languages = notice.partnership.languages
    words = {code: _part_in_words(part, code) for code in languages} if part else None
    is_part = part is not None and part.is_part
    shape = shape_of_target(area, part) if part and is_part else area.boundary or area.outline or None
    return {
        "name": {code: area.name(code) for code in languages},
        "part": words,
        "municipality_nis": _municipality_code(area.parent_path),
        "shape": shape,
    }


def _part_in_words(part: TargetArea, language: str) -> str:
    with translation.override(language):
        return target_in_words(part)


def _municipality_code(parent_path: str) -> str:
    """The code of the municipality, empty for a quarter over a border."""
    last = parent_path.rstrip("/").rpartition("/")[2]
    return last[1:] if last.startswith("m") and last[1:].isdecimal() else ""
