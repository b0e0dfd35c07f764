"""Why a supplier is not used, in words."""

import pytest
from django.utils.translation import override

from plp.delivery.reasons import reason_in_words_with_key, supplier_name


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("smtp-unreachable", "it cannot be reached (smtp-unreachable)"),
        ("sms-no-answer", "it does not answer (sms-no-answer)"),
        ("smtp-no-starttls", "it does not encrypt (smtp-no-starttls)"),
        ("sms-429", "sms-429"),
    ],
)
def test_a_reason_has_words_beside_its_key(reason: str, words: str) -> None:
    with override("en"):
        assert reason_in_words_with_key(reason) == words


def test_a_supplier_has_the_name_of_its_channel() -> None:
    with override("en"):
        assert [supplier_name(key) for key in ("email", "sms 2", "pigeon")] == ["E-mail", "SMS 2", "pigeon"]
