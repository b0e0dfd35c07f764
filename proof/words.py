"""``.venv/bin/python -m proof.words``: how plain our words are, into ``docs/readability.md`` (level B1).

Three things can be counted: how long a sentence is, how many of its words are long, and which words are used that
nobody needs. The last are a table of ``docs/glossary.md``, so that who writes a text finds them where the words of the
field stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from plp.ops.catalogues.files import (
    CATALOGUES,
    originals_of,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)
from plp.ops.environment import PACKAGE
from plp.toolbox.texts import LANGUAGES

ROOT = PACKAGE.parent.parent
NAMES = {"fr": "French", "nl": "Dutch", "de": "German", "en": "English"}
HEADING, ENDS = "## Words we leave", "\n## "
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[a-z_.]+\}|https?://\S+|\S+@\S+")
MARK = re.compile(r"<[^>]+>|\*\*|_{2,}|^\s*(?:#+|>|\d+\.|[-*] \[.\]|[-*|])\s|!?\[|\]\([^)]*\)", re.MULTILINE)
END = re.compile(r"(?<=[.!?…:;])[\s\u00a0]+|\n|\|")
A_SENTENCE = 4  # words: what is shorter is a label
LONG = {"fr": 13, "nl": 16, "de": 18, "en": 12}  # letters from which a word is long: compounds make Dutch and German so
MOST = 25  # words in a sentence that can still be read in one breath
SHOWN = 8


@dataclass(frozen=True)
class Said:
    """A piece of what we say, and the place of its source."""

    language: str
    place: str
    text: str


@dataclass(frozen=True)
class Figures:
    """How plain the words of one language are."""

    sentences: int
    mean: float
    nearly_all: int  # 95 of 100 sentences have at most so many words
    longest: int
    too_long: int
    long_words: float  # in a hundred


def catalogue_texts(package: Path = PACKAGE) -> Iterator[Said]:
    """What stands in the catalogues: pages, refusals, labels."""
    for language in CATALOGUES:
        path = path_of_language_catalogue(package, language)
        for message in read_catalogue(path, language):
            place = str(path.relative_to(package))
            yield from (Said(language, place, translation) for translation in translations_of(message))
            if language == LANGUAGES[0]:
                yield from (Said("en", place, original) for original in originals_of(message))


def markdown_texts(package: Path = PACKAGE) -> Iterator[Said]:
    """Whole texts: mails, SMS, letters, clauses, papers, advice."""
    for path in sorted(package.rglob("*.md")):
        _, _, language = path.stem.rpartition(".")
        if language in LANGUAGES:
            yield Said(language, str(path.relative_to(package)), path.read_text(encoding="utf-8"))


def text_without_markup(text: str) -> str:
    """The text without marks; a place that will be filled counts as one word."""
    return MARK.sub("", PLACE.sub("x", text.replace("\r", "")))


def split_into_sentences(text: str) -> list[str]:
    """Its sentences. A colon, a semicolon and the end of a line let the reader breathe too."""
    return [part.strip() for part in END.split(text_without_markup(text)) if len(WORD.findall(part)) >= A_SENTENCE]


def readability_figures(said: list[str], language: str) -> Figures:
    """The measure of some sentences in ``language``."""
    lengths = sorted(len(WORD.findall(sentence)) for sentence in said)
    words = [word for sentence in said for word in WORD.findall(sentence)]
    long = sum(len(word) >= LONG[language] for word in words)
    return Figures(
        sentences=len(lengths),
        mean=round(mean(lengths), 1),
        nearly_all=lengths[len(lengths) * 95 // 100],
        longest=lengths[-1],
        too_long=sum(length > MOST for length in lengths),
        long_words=round(100 * long / len(words), 1),
    )


def avoided_word_patterns(
    glossary: Path = ROOT / "docs" / "glossary.md",
) -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """By language: what finds a word that is not said, and for each row of the table what is said instead."""
    _, _, rest = glossary.read_text(encoding="utf-8").partition(HEADING)
    rows = [line.strip("| ").split(" | ") for line in rest.partition(ENDS)[0].splitlines() if line.startswith("| ")]
    found = {}
    for language in LANGUAGES:
        own = {f"w{number}": row for number, row in enumerate(rows) if row[0] == language}
        parts = [
            f"(?P<{key}>{'|'.join(re.escape(bad).replace(r'\*', r'\w*') for bad in words.split(', '))})"
            for key, (_, words, _) in own.items()
        ]
        if own:
            pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)
            found[language] = pattern, {key: good for key, (_, _, good) in own.items()}
    return found


def find_avoided_words(said: list[Said], table: dict[str, tuple[re.Pattern[str], dict[str, str]]]) -> list[str]:
    """Each place where a word of the table is used all the same, with what to write."""
    found = set()
    for piece in said:
        if piece.language in table:
            pattern, instead = table[piece.language]
            for hit in pattern.finditer(text_without_markup(piece.text)):
                found.add(f"{piece.place} ({piece.language}): {hit[0]}: write {instead[hit.lastgroup or '']}")
    return sorted(found)


def sentences_by_kind_and_language() -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Kind, then language: sentences with their places, each once."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for kind, source in (("pages", catalogue_texts()), ("texts", markdown_texts())):
        own: dict[str, dict[str, str]] = defaultdict(dict)
        for piece in source:
            own[piece.language] |= dict.fromkeys(split_into_sentences(piece.text), piece.place)
        found[kind] = {language: list(own[language].items()) for language in LANGUAGES}
    return found


def readability_markdown() -> str:
    """``docs/readability.md``."""
    lines = [
        "# How plain our words are",
        "",
        "Everybody must understand a message, and find the way on a page: level B1. This page is made by",
        "`.venv/bin/python -m proof.words`. The tests hold every sentence to limits (`tests/guards/test_words.py`).",
        "The words that we leave stand in the [glossary](glossary.md), and no text uses one.",
        "",
        f"A sentence has {A_SENTENCE} words or more. A word is long from {_long_word_limits_text()} letters.",
        "*Nearly all*: 95 of 100 sentences.",
        "",
        "| What | Language | Sentences | Words, mean | Nearly all | Longest | Over 25 words | Long words in 100 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    found = sentences_by_kind_and_language()
    for kind, own in found.items():
        for language, rows in own.items():
            one = readability_figures([sentence for sentence, _ in rows], language)
            cells = (one.sentences, one.mean, one.nearly_all, one.longest, one.too_long, one.long_words)
            lines.append(f"| {kind} | {NAMES[language]} | " + " | ".join(str(cell) for cell in cells) + " |")
    lines += ["", "## The longest", ""]
    for language in LANGUAGES:
        rows = sorted((row for own in found.values() for row in own[language]), key=_word_count, reverse=True)
        lines += [f"- {NAMES[language]}, {_word_count(row)} words, `{row[1]}`: {row[0]}" for row in rows[:SHOWN]]
    return "\n".join(lines) + "\n"


def _long_word_limits_text() -> str:
    return ", ".join(f"{letters} ({NAMES[language]})" for language, letters in LONG.items())


def _word_count(row: tuple[str, str]) -> int:
    return len(WORD.findall(row[0]))


def main() -> None:
    """Write the page."""
    (ROOT / "docs" / "readability.md").write_text(readability_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
