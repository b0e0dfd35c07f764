"""Says of a text in which of our four languages it is: as a reader would who knows none of our words.

What people wrote is in their own language: its words are tokens (``ops/canary/tokens.py``), which are left out.
"""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

OURS = ("fr", "nl", "de", "en")
WORDS = 5  # below, a text may be a name, or a word that several languages share
SURE = 0.9  # of 9,842 of our own texts, seven are then taken for another language: all of them quote one
WORD = re.compile(r"[^\W\d_]{2,}")
TOKEN = re.compile(r"zqx\w+|\S+@\S+|\S*(?:/|\w\.)\w\S*", re.IGNORECASE)  # what somebody gave; an address


@cache
def _reader() -> LanguageIdentifier:
    """Its model comes with the library: nothing is asked of anybody."""
    reader = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    reader.set_languages(OURS)
    return reader


@cache
def tongue(text: str) -> str:
    """The language of a text, or "" where it is too short or not sure."""
    words = WORD.findall(TOKEN.sub(" ", text))
    if len(words) < WORDS:
        return ""
    language, share = _reader().classify(" ".join(words))
    return str(language) if share >= SURE else ""
