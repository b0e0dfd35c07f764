"""The documented format: the schema says what the code checks, and the vectors of the repository open and hold."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from plp.exchange.letter_format import is_genuine_letter, is_signed_with, key_statement, opened_letter
from plp.exchange.rules import FIELDS, NotUnderstood, checked_content, checked_envelope, verification_words
from plp.exchange.states import LetterKind

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "letter.schema.json").read_text(encoding="utf-8"))
VECTORS = json.loads((ROOT / "docs" / "letter.vectors.json").read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


@pytest.mark.parametrize("vector", VECTORS["letters"], ids=lambda vector: vector["body"]["kind"])
def test_a_letter_of_the_vectors_opens_is_genuine_and_fits_the_schema(vector: dict[str, Any]) -> None:
    sealed = bytes.fromhex(vector["sealed"])
    letter = opened_letter(sealed, [VECTORS["reader"]["identity"]])

    assert letter is not None
    assert letter.pairing == UUID(VECTORS["meeting"])
    assert is_genuine_letter(letter, VECTORS["writer"]["signing_key"])
    assert not is_genuine_letter(letter, VECTORS["reader"]["signing_key"])
    body = json.loads(letter.body)
    assert body == vector["body"]
    assert list(CHECK.iter_errors(body)) == []
    checked_envelope(body)
    assert checked_content(body["kind"], body["content"]) == body["content"]


def test_the_vectors_have_every_kind_and_the_words_of_the_meeting() -> None:
    writer, reader = (VECTORS[side] for side in ("writer", "reader"))
    keys = [side["signing_key"] + side["recipient"] for side in (writer, reader)]
    new = next(one["body"]["content"] for one in VECTORS["letters"] if one["body"]["kind"] == "keys")
    statement = key_statement(UUID(VECTORS["meeting"]), new["signing_key"], new["recipient"])

    assert {vector["body"]["kind"] for vector in VECTORS["letters"]} == set(LetterKind.values)
    assert verification_words(UUID(VECTORS["meeting"]), *keys) == VECTORS["words"]
    assert is_signed_with(statement, new["proof"], new["signing_key"])


@pytest.mark.parametrize("kind", LetterKind.values)
def test_schema_and_code_ask_for_the_same_keys(kind: str) -> None:
    described = SCHEMA["$defs"][kind]["properties"]
    needed = set(SCHEMA["$defs"][kind].get("required", []))

    assert set(described) == {field.name for field in FIELDS[LetterKind(kind)]}
    assert needed == {field.name for field in FIELDS[LetterKind(kind)] if not field.may_lack}


@pytest.mark.parametrize("vector", VECTORS["letters"], ids=lambda vector: vector["body"]["kind"])
def test_what_lacks_a_key_is_refused_by_both(vector: dict[str, Any]) -> None:
    body = vector["body"]

    for name in [field.name for field in FIELDS[LetterKind(body["kind"])] if not field.may_lack]:
        content = {key: value for key, value in body["content"].items() if key != name}
        with pytest.raises(NotUnderstood):
            checked_content(body["kind"], content)
        assert list(CHECK.iter_errors(body | {"content": content})) != []
