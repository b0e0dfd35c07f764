"""The files a police lawyer keeps: complete in every language, and every word in them can be read."""

import re

import pytest

from plp.wording.lexicon import HERE, LANGUAGES, RULES, combinations, ideas, read, rule_words, words

KEYS = {"reason", "advice", "patterns", "together", "doubts", "honest", "in_notes", "lists", "examples"}


def test_there_is_one_file_a_rule_and_language_and_no_other() -> None:
    files = sorted(path.name for path in (HERE / "rules").iterdir())

    assert files == sorted(f"{rule}.{language}.toml" for rule in RULES for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_file_is_complete_and_compiles(rule: str, language: str) -> None:
    table = read(rule, language)

    rule_words(rule, language)
    assert set(table) <= KEYS
    assert len(table["examples"]["breach"]) >= 3
    assert len(table["examples"]["honest"]) >= 2


def asked_for() -> set[str]:
    """The ideas the combinations speak of."""
    lines = [line for parts in combinations().values() for part in parts.values() for line in part]
    return set(re.findall(r"\{(\w+)\}", " ".join(lines)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_idea_is_said_in_every_language(language: str) -> None:
    own = {name for rule in combinations() for name in read(rule, language).get("lists", {})}

    assert asked_for() <= set(ideas(language)) | set(words(language).lists) | own
    assert all(ideas(language).values())


def test_the_languages_say_the_same_ideas() -> None:
    assert len({frozenset(ideas(language)) for language in LANGUAGES}) == 1


def test_combinations_belong_to_rules() -> None:
    assert set(combinations()) <= set(RULES)
    assert {part for parts in combinations().values() for part in parts} <= {"together", "in_notes"}
