"""The templates of the police, a text per subject and language: title, short text, longer text, parted by ``---``.

What the officer fills in stands between square brackets; a message with such a gap does not leave.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from plp.notices.subjects import SUBJECTS
from plp.toolbox.texts import LANGUAGES, text

TEXTS = Path(__file__).parent / "texts"
GAP = re.compile(r"\[[^\[\]\n]+\]")
PARTING = "\n---\n"


def subject_template(subject: str, language: str) -> tuple[str, str, str]:
    """Title, short text and longer text of the template, with its gaps. Raises ``TextMissing`` for an unknown one."""
    title, core, more = text(TEXTS, subject, language).split(PARTING)
    return title.strip(), core.strip(), more.strip()


@cache
def _gaps(language: str) -> frozenset[str]:
    """Every gap of every template in ``language``."""
    return frozenset(gap for key in SUBJECTS for part in subject_template(key, language) for gap in GAP.findall(part))


def first_gap(texts: Mapping[str, tuple[str, str, str]]) -> str:
    """The first place of a template that was not filled in, or nothing. Other square brackets are nobody's gap."""
    template_gaps = {gap for language in LANGUAGES for gap in _gaps(language)}
    open_gaps = (gap for words in texts.values() for part in words for gap in GAP.findall(part) if gap in template_gaps)
    return next(open_gaps, "")
