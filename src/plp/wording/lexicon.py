"""Reading the rule files and word lists a police lawyer keeps (``rules/<rule>.toml``, ``ideas/``, ``words/``)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from plp.toolbox.texts import LANGUAGES
from plp.wording.patterns import Book, PatternSet
from plp.wording.together import Together
from plp.wording.vocabulary import Vocabulary

HERE = Path(__file__).parent
RULES = tuple(sorted(path.stem for path in (HERE / "rules").glob("*.toml")))  # each file is a rule


# Held by whoever reads a text or a file: the book of a language is written at first use, and all threads share it.
ONE_AT_A_TIME = RLock()


@dataclass(frozen=True)
class RuleWords:
    """What one rule says in one language: its reason, its advice, a sentence that passes and its kinds of patterns."""

    reason: str
    advice: str
    say: str  # what may stand in the place of a sentence that is held
    patterns: PatternSet
    doubts: PatternSet
    together: Together
    honest: PatternSet
    honest_unwarned: PatternSet  # the same, unless a call to take care stands beside
    passes_beside: PatternSet  # a sentence that says this breaks the rule in no part of it
    passes_clause: PatternSet  # nor does it up to where it goes on with us or its readers (``subjects``)
    passes_near: PatternSet  # nor do the sentences near one that says this
    held_beside_honest: Together  # counts whatever honest words stand in it
    in_notes: PatternSet  # counts only in what a coordinator writes himself
    together_in_notes: Together


@dataclass(frozen=True)
class Words:
    """The lists every rule of a language may use, and what undoes a finding."""

    turns: frozenset[str]
    negations: PatternSet
    false_negations: PatternSet
    despite: PatternSet  # although it is forbidden
    carriers: frozenset[str]
    joins: frozenset[str]
    behind: int  # words a negation may stand behind what it undoes
    asked: PatternSet  # somebody else asked for it ...
    refused: PatternSet  # ... and heard no, in the same sentence or in one of the next two
    tellings: PatternSet  # a message or what somebody said is told of ...
    withdrawn: PatternSet  # ... and taken back or deleted, in the same sentence or in one of the next two
    nevertheless: PatternSet  # what goes on all the same behind it
    subjects: PatternSet  # we, and those who read
    shares: PatternSet  # calls to pass something on
    warns: PatternSet  # calls to take care
    safety: PatternSet  # "do not step in yourself" in all its forms (R110)
    lists: Mapping[str, Sequence[str]]


@lru_cache(maxsize=200)
def rule_file(rule: str) -> dict[str, Any]:
    """The file of a rule as it stands: what holds in every language, then a table for each language."""
    return tomllib.loads((HERE / "rules" / f"{rule}.toml").read_text(encoding="utf-8"))


def rule_table_in_language(rule: str, language: str) -> dict[str, Any]:
    """A rule in one language: ``reason advice say patterns together doubts ..."""
    table: dict[str, Any] = rule_file(rule)[language]
    return table


@lru_cache(maxsize=4)
def idea_word_lists(language: str) -> dict[str, list[str]]:
    """The lists of ``ideas/<language>.toml``: the words in which a language says what the rules speak of."""
    return tomllib.loads((HERE / "ideas" / f"{language}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def languages_by_small_word() -> dict[str, tuple[str, ...]]:
    """The languages each small word ("de", "the") belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for word in _words_file(language)["small_words"]:
            found[word] = (*found.get(word, ()), language)
    return found


def _words_file(language: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def speech_words(language: str) -> dict[str, list[str]]:
    """The words by which a clause speaks to its readers, those a statement begins with, and those before both."""
    table: dict[str, list[str]] = _words_file(language)["speech"]
    return table


@lru_cache(maxsize=4)
def pattern_book(language: str) -> Book:
    """The one book of a language, filled by every pattern compiled for it."""
    return Book(Vocabulary(language, _words_file(language)["same"]))


@lru_cache(maxsize=4)
def words_shared_by_rules(language: str) -> Words:
    """The shared word lists of a language."""
    table = _words_file(language)
    lists = table["lists"]
    return Words(
        turns=frozenset(table["turns"]),
        negations=PatternSet(table["negations"], book=pattern_book(language), lists=lists),
        false_negations=PatternSet(table["false_negations"], book=pattern_book(language), lists=lists),
        despite=PatternSet(table["despite"], book=pattern_book(language), lists=lists),
        carriers=frozenset(table["carriers"]),
        joins=frozenset(table["joins"]),
        behind=table["behind"],
        asked=PatternSet(table["asked"], book=pattern_book(language), lists=lists),
        refused=PatternSet(table["refused"], book=pattern_book(language), lists=lists),
        tellings=PatternSet(table["told"], book=pattern_book(language), lists=lists),
        withdrawn=PatternSet(table["withdrawn"], book=pattern_book(language), lists=lists),
        nevertheless=PatternSet(table["nevertheless"], book=pattern_book(language), lists=lists),
        subjects=PatternSet(table["subjects"], book=pattern_book(language), lists=lists),
        shares=PatternSet(table["shares"], book=pattern_book(language), lists=lists),
        warns=PatternSet(table["warns"], book=pattern_book(language), lists=lists),
        safety=PatternSet(table["safety"], book=pattern_book(language), lists=lists),
        lists=lists,
    )


@lru_cache(maxsize=100)
def rule_words(rule: str, language: str) -> RuleWords:
    """The compiled patterns of one rule in one language. Raises ``PatternError`` when the file cannot be read."""
    table, shared = rule_table_in_language(rule, language), rule_file(rule)
    lists = {**idea_word_lists(language), **words_shared_by_rules(language).lists, **table.get("lists", {})}

    def compiled(name: str) -> PatternSet:
        return PatternSet(table.get(name, ()), book=pattern_book(language), lists=lists)

    def combined(name: str, *more: str) -> Together:
        return Together([*shared.get(name, ()), *more], book=pattern_book(language), lists=lists)

    return RuleWords(
        reason=table["reason"].strip(),
        advice=table["advice"].strip(),
        say=table["say"].strip(),
        patterns=compiled("patterns"),
        doubts=compiled("doubts"),
        together=combined("together", *table.get("together", ())),
        honest=compiled("honest"),
        honest_unwarned=compiled("honest_unwarned"),
        passes_beside=compiled("passes_beside"),
        passes_clause=compiled("passes_clause"),
        passes_near=compiled("passes_near"),
        held_beside_honest=combined("held_beside_honest", *table.get("held_beside_honest", ())),
        in_notes=compiled("in_notes"),
        together_in_notes=combined("in_notes"),
    )
