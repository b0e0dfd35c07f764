"""The files a police lawyer keeps: complete in every language, short lines, and every word in them can be read."""

import re

import pytest

from plp.ops.environment import repository_root
from plp.wording import page
from plp.wording.check import check, suggested_replacement_sentence
from plp.wording.lexicon import (
    HERE,
    LANGUAGES,
    RULES,
    idea_word_lists,
    rule_file,
    rule_table_in_language,
    rule_words,
    words_shared_by_rules,
)
from plp.wording.proposals import sentence_span
from plp.wording.severity import KINDS
from tests.wording.measure import Message, corpus
from tests.wording.test_corpus import SETS

OWN = {"overridden_by", "undone_by_negation", "warned_in", "together", "in_notes", *LANGUAGES}
KEYS = {
    "reason", "advice", "say", "patterns", "together", "doubts", "honest", "honest_unwarned", "passes_beside",
    "passes_clause", "passes_near", "held_beside_honest", "in_notes",
    "lists", "examples",
}  # fmt: skip
LONGEST = 120  # signs of a line
PATTERNS = (
    "patterns", "together", "doubts", "honest", "honest_unwarned", "passes_beside", "passes_clause",
    "passes_near", "held_beside_honest", "in_notes",
)  # fmt: skip

# The honest messages that a rule holds all the same, by its name and their first words. None is added: a pattern that
# holds an honest message is made narrower, or its turn of phrase stands in `honest` of that rule.
HELD = {
    ("confront_search", "Une personne armée d"),
}


def wrongly_held(messages: list[Message]) -> set[tuple[str, str]]:
    """The rules that hold an honest message, each with the first words of that message."""
    return {
        (finding.rule, message.text)
        for message in messages
        if not message.breach
        for finding in message.report().findings
        if finding.severity == "hold"
    }


def test_a_rule_is_one_file() -> None:
    assert {path.name for path in (HERE / "rules").iterdir()} == {f"{rule}.toml" for rule in RULES}


@pytest.mark.parametrize("rule", RULES)
def test_what_holds_in_every_language_is_said(rule: str) -> None:
    table = rule_file(rule)

    assert set(table) <= OWN
    assert table["overridden_by"] in {"police", "nobody"}
    assert isinstance(table["undone_by_negation"], bool)
    assert set(table["warned_in"]) <= set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_file_is_complete_and_compiles(rule: str, language: str) -> None:
    table = rule_table_in_language(rule, language)

    rule_words(rule, language)
    assert set(table) <= KEYS
    assert len(table["examples"]["breach"]) >= 3
    assert len(table["examples"]["honest"]) >= 2


def test_one_pattern_a_line_and_every_line_is_short() -> None:
    paths = sorted(path for name in ("rules", "ideas", "words") for path in (HERE / name).glob("*.toml"))
    lines = [(path.name, line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    written = [line for name, line in lines if name.removesuffix(".toml") in RULES and re.match(r'  ["].*",$', line)]
    patterns = {
        pattern
        for rule in RULES
        for language in LANGUAGES
        for key in PATTERNS
        for pattern in rule_table_in_language(rule, language).get(key, ())
    }

    assert [(name, line[:40]) for name, line in lines if len(line) > LONGEST] == []
    assert {pattern for pattern in patterns if f'  "{pattern}",' not in written} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_of_a_rule_hides_one_that_all_share_or_is_left_unused(language: str) -> None:
    shared = set(idea_word_lists(language)) | set(words_shared_by_rules(language).lists)
    lists = {(rule, name) for rule in RULES for name in rule_table_in_language(rule, language).get("lists", {})}
    asked = {(rule, name) for rule in RULES for name in re.findall(r"\{(\w+)\}", str(rule_file(rule)))}

    assert {(rule, name) for rule, name in lists if name in shared} == set()
    assert lists - asked == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_said_instead_passes_in_every_kind_and_fits_a_title(language: str) -> None:
    proposals = {rule: suggested_replacement_sentence(rule, language) for rule in RULES}

    assert {
        (rule, kind, finding.excerpt)
        for rule, words in proposals.items()
        for kind in KINDS
        for finding in check(words, language=language, kind=kind, any_language=True).findings
    } == set()
    assert max(map(len, proposals.values())) <= 100
    assert all(words[0].isupper() and words.endswith(".") for words in proposals.values())


@pytest.mark.parametrize("rule", RULES)
def test_an_example_passes_once_its_sentences_are_replaced(rule: str) -> None:
    """Whoever takes what is proposed, as often as something is held, is done."""
    for language in LANGUAGES:
        for example in rule_table_in_language(rule, language)["examples"]["breach"]:
            text = example
            for _time in range(5):
                findings = check(text, language=language, kind="infoflash").findings
                if findings:
                    start, end = sentence_span(text, findings[0])
                    text = text[:start] + suggested_replacement_sentence(findings[0].rule, language) + text[end:]

            assert (example, check(text, language=language, kind="infoflash").findings) == (example, ())


def asked_for() -> set[str]:
    """The ideas that rules speak of in every language."""
    lines = [line for rule in RULES for key in ("together", "in_notes") for line in rule_file(rule).get(key, ())]
    return set(re.findall(r"\{(\w+)\}", " ".join(lines)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_idea_is_said_in_every_language(language: str) -> None:
    own = {name for rule in RULES for name in rule_table_in_language(rule, language).get("lists", {})}

    assert asked_for() <= set(idea_word_lists(language)) | set(words_shared_by_rules(language).lists) | own
    assert all(idea_word_lists(language).values())


def test_the_languages_say_the_same_ideas() -> None:
    shared = {
        frozenset(name for name in idea_word_lists(language) if not name.startswith("_")) for language in LANGUAGES
    }

    assert len(shared) == 1


def test_no_rule_holds_an_honest_message() -> None:
    held = wrongly_held([message for name in SETS for message in corpus(name)])

    assert {
        (rule, text) for rule, text in held if not any(rule == own and text.startswith(of) for own, of in HELD)
    } == set()


@pytest.mark.parametrize("rule", RULES)
def test_an_example_is_not_itself_the_pattern(rule: str) -> None:
    """A rule that knows its own examples alone finds nothing that people write."""
    for language in LANGUAGES:
        table = rule_table_in_language(rule, language)
        patterns = {re.sub(r"\W+", " ", pattern).strip().lower() for pattern in table.get("patterns", ())}
        examples = {re.sub(r"\W+", " ", example).strip().lower() for example in table["examples"]["breach"]}
        assert patterns & examples == set()


def test_the_page_for_lawyers_is_made_from_the_files() -> None:
    assert (repository_root() / "docs" / "words.md").read_text(encoding="utf-8") == page.wording_rules_markdown()
