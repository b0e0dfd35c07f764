"""The message check measured on messages: examples of the rule files, and sets written apart from the rules."""

import pytest

from plp.wording.check import LANGUAGES, RULES
from tests.wording.measure import Message, corpus, measure, table

SETS = (
    "examples", "held_out", "fresh", "again", "more", "last", "final", "blind_1", "blind_2", "blind_3", "blind_4",
    "blind_5", "honest_1", "formal_open", "ordinary_open", "slang_open", "blind_6", "honest_2", "blind_7",
    "blind_8", "blind_9", "blind_10", "blind_11", "blind_12", "blind_13", "blind_14",
    "blind_15", "blind_16", "blind_17", "honest_3",
)  # fmt: skip
HANDS = (  # by hands that saw neither rules nor sets: half near misses; the second reader learns from them
    "police", "neighbours", "coordinators", "mixed", "elders", "social", "institutions", "year", "nearby", "crossed",
    "rural", "organising", "urgent", "after", "traders", "young", "officials", "hidden", "terse", "five", "ten",
    "weakest", "families", "hundred", "oblique", "chat", "corps", "everyday",
)  # fmt: skip
KEPT = ("formal_kept", "ordinary_kept", "slang_kept")
APART = ("apart", "judge")  # as the hands, and learned from by nobody; bounds were chosen with them in sight
NEAR_MISSES = ("evening", "letters")  # three of four honest ones in the words of a breach; learned from by nobody


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return [message for name in SETS for message in corpus(name)]


def test_the_corpus_holds_thirty_messages_a_language_and_every_rule_both_ways(messages: list[Message]) -> None:
    scores = measure(messages)

    for language in LANGUAGES:
        whole = scores[language, "*"]
        assert whole.breaches + whole.honest >= 30
        for rule in RULES:
            assert scores[language, rule].breaches >= 3
            assert scores[language, rule].honest >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_breaches_are_caught_and_honest_messages_pass(messages: list[Message], language: str) -> None:
    scores = measure([message for message in messages if message.language == language])

    print(table(scores))  # noqa: T201 - the figures are the point: pytest -s shows them
    whole = scores[language, "*"]
    assert whole.recall >= 0.95, [message.text for message in whole.missed]
    assert whole.held_share <= 0.05, [message.text for message, _ in whole.false]
    for rule in RULES:
        score = scores[language, rule]
        assert score.recall >= 0.9, (rule, [message.text for message in score.missed])


def test_each_rule_reaches_its_mark_over_all_languages(messages: list[Message]) -> None:
    scores = measure(messages)

    print(table(scores))  # noqa: T201 - the figures are the point: pytest -s shows them
    for rule in RULES:
        assert scores["*", rule].recall >= 0.95, (rule, [message.text for message in scores["*", rule].missed])


def test_the_kept_half_is_caught_and_its_honest_messages_pass_nearly_as_well() -> None:
    """No message of it is shown: whoever writes rules does not read it (``corpus/README.md``)."""
    scores = measure([message for name in KEPT for message in corpus(name)])
    recall, held = scores["*", "*"].recall, scores["*", "*"].held_share

    print(table(scores))  # noqa: T201 - the figures are the point: pytest -s shows them
    assert recall >= 0.9
    assert held <= 0.1


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        *(("apart", 0.55, 0.17), ("judge", 0.8, 0.1)),
        *(("police", 0.67, 0.02), ("neighbours", 0.59, 0.05), ("coordinators", 0.72, 0.02)),
    ],
)
def test_what_another_hand_wrote_is_held_no_worse_than_when_it_was_measured(
    name: str, least: float, most: float
) -> None:
    """Far from the goal (95 and 4 of 100): rules alone, on words that were not seen or mended for honest ones only."""
    messages = list(corpus(name))
    breaches = [message for message in messages if message.breach]
    whole = measure(messages)["*", "*"]
    held = sum(message.report().verdict == "hold" for message in breaches)

    assert held >= least * len(breaches)
    assert whole.held_share <= most
