"""Common sentences in four languages, from the files of ``sentences``: who picks one has it in every language."""

import tomllib
from functools import lru_cache
from pathlib import Path

from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import fold

SENTENCES = Path(__file__).parent / "sentences"
TOPICS = tuple(sorted(path.stem for path in SENTENCES.glob("*.toml")))


@lru_cache(maxsize=32)
def common_sentences(topic: str) -> tuple[dict[str, str], ...]:
    """The sentences of ``topic``, one of ``TOPICS``: each by language (fr, nl, de, en)."""
    rows = tomllib.loads((SENTENCES / f"{topic}.toml").read_text(encoding="utf-8"))["sentences"]
    return tuple(dict(zip(LANGUAGES, row, strict=True)) for row in rows)


def translations_of(topic: str, words: str, language: str) -> dict[str, str]:
    """The other languages of the common sentence that ``words`` are in ``language``; empty when they are none."""
    looked_for = fold(words)
    for sentence in common_sentences(topic):
        if fold(sentence[language]) == looked_for:
            return {code: sister for code, sister in sentence.items() if code != language}
    return {}
