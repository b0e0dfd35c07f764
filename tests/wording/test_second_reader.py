"""The second reader: what it finds in messages it never learned, that it overrules nothing, and that it is fresh."""

import pytest

from plp.ops.commands.compose import random_compositions
from plp.wording.catalogue.composer import compose
from plp.wording.check import KINDS, check
from plp.wording.second_reader import DOUBTFUL, LONGEST_PASSAGE, passages, second_reader
from tests.wording.measure import Message, corpus
from tests.wording.test_corpus import APART, KEPT
from tests.wording.train_doubts import digest, learned_messages

DOUBTED = "Celui qui boite et qui sent l'alcool traîne encore devant l'école, on le connaît bien."


def shares(messages: list[Message]) -> tuple[float, float, float, float]:
    """Of a hundred breaches and honest messages: found by the rules, and found when read again."""
    readings = {
        again: {
            message: check(message.text, language=message.language, kind=message.kind, is_read_again=again).verdict
            for message in messages
        }
        for again in (False, True)
    }
    held = [message for message, verdict in readings[False].items() if verdict == "hold"]
    assert [message for message, verdict in readings[True].items() if verdict == "hold"] == held
    breaches = [message for message in messages if message.breach]
    honest = [message for message in messages if not message.breach]
    first, first_honest, again, again_honest = (
        100 - 100 * [verdicts[message] for message in row].count("ok") / len(row)
        for verdicts in readings.values()
        for row in (breaches, honest)
    )
    return first, first_honest, again, again_honest


def test_the_stored_weights_were_learned_from_the_corpus_as_it_stands() -> None:
    assert second_reader().learned_from == digest(learned_messages())


@pytest.mark.parametrize(("sets", "gain", "loss"), [(KEPT, 1.5, 7), ((APART,), 12, 6)])
def test_it_finds_breaches_that_rules_miss_and_doubts_few_honest_messages(
    sets: tuple[str, ...], gain: float, loss: float
) -> None:
    """What the rules hold stays held; what it adds was measured, and may not get worse."""
    first, first_honest, again, again_honest = shares([message for name in sets for message in corpus(name)])

    assert again - first >= gain
    assert again_honest - first_honest <= loss


def test_it_doubts_no_message_of_the_catalogue() -> None:
    reader = second_reader()
    composed = [compose(row, language) for row in random_compositions(100, 99) for language in row.languages]
    texts = [f"{row.title}\n\n{row.text}" for row in composed]

    assert len(texts) >= 300
    assert [text for text in texts if any(reader.opinion(text[a:b]).score > DOUBTFUL for a, b in passages(text))] == []


def test_only_who_asks_for_it_is_read_again() -> None:
    assert check(DOUBTED, language="fr", kind="infoflash").verdict == "ok"
    found = check(DOUBTED, language="fr", kind="infoflash", is_read_again=True)

    assert found.verdict == "warn"
    assert [finding.excerpt for finding in found.findings] == [DOUBTED]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_text_and_one_of_signs_are_not_doubted(kind: str) -> None:
    assert check("", language="fr", kind=kind, is_read_again=True).findings == ()
    assert check("12:00 !", language="fr", kind=kind, is_read_again=True).findings == ()


def test_a_long_text_is_read_in_passages_of_whole_sentences() -> None:
    text = " ".join(["Fermez bien vos portes et vos fenêtres ce soir."] * 20)
    spans = passages(text)

    assert len(spans) > 2
    assert all(end - start <= LONGEST_PASSAGE for start, end in spans)
    assert all(text[end - 1] == "." for _start, end in spans)
