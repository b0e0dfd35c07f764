"""Says of a text in which of our four languages it is: as a reader would who knows none of our words.

What people wrote, and the names of places, are in a language of their own: they are left out.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from py3langid.langid import MODEL_FILE, LanguageIdentifier

OUR_LANGUAGES = ("fr", "nl", "de", "en")
WORDS = 5  # below, a text may be a name, or a word that several languages share
SURE = 0.9  # of 9,842 of our own texts, seven are then taken for another language: all of them quote one
WORD = re.compile(r"[^\W\d_]{2,}")
TOKEN = re.compile(r"zqx\w+|\S+@\S+|\S*(?:/|\w\.)\w\S*|[„“«][^“”»]*[“”»]", re.IGNORECASE)  # address, quotation
GIVEN = 3  # words: shorter things that somebody gave do not make a text foreign


@cache
def _language_identifier() -> LanguageIdentifier:
    """Its model comes with the library: nothing is asked of anybody."""
    reader = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    reader.set_languages(OUR_LANGUAGES)
    return reader


@cache
def language_of(text: str) -> str:
    """The language of a text, or "" where it is too short or not sure."""
    words = WORD.findall(TOKEN.sub(" ", text))
    if len(words) < WORDS:
        return ""
    language, share = _language_identifier().classify(" ".join(words))
    return str(language) if share >= SURE else ""


def texts_in_other_languages(texts: Collection[str], language: str, given: Collection[str] = ()) -> dict[str, str]:
    """Each text that is in another language, even without what was ``given``: text -> the language that it reads."""
    found = {}
    for text in texts:
        if language_of(text) not in {"", language}:
            own = text
            for one in given:
                own = own.replace(one, " ")
            if (read := language_of(own)) not in {"", language}:
                found[text] = read
    return found


def all_texts_in_database() -> list[str]:
    """Everything that people wrote, and every name of a place: what the database keeps; the longest first."""
    found = {
        text
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for kept in row
        for text in _text_lines_in_value(kept)
    }
    return sorted(found, key=lambda text: (-len(text), text))


def _text_lines_in_value(kept: Any) -> Iterator[str]:
    """The texts in a value, however deep, as a page shows them: each line without wide space."""
    if isinstance(kept, str):
        lines = (" ".join(line.split()).lstrip("-#>* ") for line in kept.splitlines())
        yield from (line for line in lines if len(line.split()) >= GIVEN)
    elif isinstance(kept, dict | list):
        for one in kept.values() if isinstance(kept, dict) else kept:
            yield from _text_lines_in_value(one)
