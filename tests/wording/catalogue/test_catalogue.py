"""The files of the catalogue are complete, and what is composed of them holds."""

import argparse
import json

import pytest

from plp.charter.kinds import KINDS
from plp.ops.commands.compose import add_arguments, random_compositions, run
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.catalogue.faults import text_faults
from plp.wording.catalogue.reader import SLOT, sentences, situations, slot_values
from plp.wording.catalogue.values import CHECKED


def test_each_sentence_has_the_same_slots_in_every_language_and_form() -> None:
    differing = []
    for sentence in sentences().values():
        forms = [
            *sentence.texts.values(),
            *(words for form in (sentence.spoken, sentence.easy) for words in form.values()),
        ]
        whole = [{found[1] for found in SLOT.finditer(words)} for words in sentence.texts.values()]
        spare = [{found[1] for found in SLOT.finditer(words)} for words in [*forms, *sentence.sms.values()]]
        if any(slots != whole[0] for slots in whole) or any(not slots <= whole[0] for slots in spare):
            differing.append(sentence.key)

    assert differing == []


def test_each_form_that_a_sentence_asks_for_exists() -> None:
    missing = [
        (sentence.key, language, found[0])
        for sentence in sentences().values()
        for language, words in sentence.texts.items()
        for found in SLOT.finditer(words)
        if found[2] not in CHECKED
        for value in slot_values(found[2]).values()
        if not value.forms[language].get(found[3] or "")
    ]

    assert missing == []


def test_each_situation_names_a_kind_and_sentences_of_the_catalogue() -> None:
    wrong = [
        (situation.key, key)
        for situation in situations().values()
        for key in (*situation.sentences, *situation.opens, *situation.start)
        if key not in sentences() or not sentences()[situation.opens[0]].core
    ]

    assert wrong == []
    assert {situation.kind for situation in situations().values()} <= set(KINDS)


def test_each_situation_is_named_in_every_language() -> None:
    tables = [(one.labels, one.titles, one.words) for one in situations().values()]

    assert [set(table) for row in tables for table in row] == [set(LANGUAGES)] * (3 * len(tables))


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_messages_hold(language: str) -> None:
    kinds = {key: situation.kind for key, situation in situations().items()}
    faults = [
        fault
        for composition in random_compositions(15, seed=7)
        for fault in text_faults(compose_message_text(composition, language), language, kinds[composition.situation])
    ]

    assert faults == []


def test_the_messages_go_to_standard_output_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)

    code = run(parser.parse_args(["--random", "2", "--languages", "fr,de", "--json"]))

    messages = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [list(message["texts"]) for message in messages] == [["fr", "de"], ["fr", "de"]]
