"""The plan in plain language."""

import pytest
from django.utils.translation import override

from plp.charter.plan_in_words import channels_in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "e-mail, then SMS"),
        ("fr", "e-mail, puis SMS"),
        ("nl", "e-mail, dan sms"),
        ("de", "E-Mail, dann SMS"),
    ],
)
def test_channels_stand_within_a_sentence(language: str, words: str) -> None:
    with override(language):
        assert channels_in_words(["email", "sms"]) == words
