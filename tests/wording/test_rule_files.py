"""The files a police lawyer keeps: complete in every language, and every word in them can be read."""

import pytest

from plp.wording.lexicon import HERE, LANGUAGES, RULES, read, rule_words

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
