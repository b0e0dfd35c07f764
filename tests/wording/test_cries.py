"""A cry for help is known in four languages, misspelt; a thank-you, a question and a story of yesterday are none."""

from pathlib import Path

import pytest

from plp.wording.cries import is_cry_for_help

CORPUS = Path(__file__).parent / "cries"


def lines(name: str, sign: str) -> list[str]:
    rows = (CORPUS / f"{name}.txt").read_text("utf-8").splitlines()
    return [row[2:] for row in rows if row.startswith(f"{sign} ")]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_cry_of_the_corpus_is_heard_and_no_honest_message_is_one(language: str) -> None:
    cries, honest = lines(language, "+"), lines(language, "-")

    missed = [words for words in cries if not is_cry_for_help(words)]
    mistaken = [words for words in honest if is_cry_for_help(words)]

    assert (len(cries), len(honest)) == (60, 60)
    assert (missed, mistaken) == ([], [])


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_what_was_learned_from_later_sets_is_kept(language: str) -> None:
    cries = [words for name in ("second", "third") for words in lines(f"{name}_{language}", "+")]
    honest = [words for name in ("second", "third") for words in lines(f"{name}_{language}", "-")]

    assert (len(cries), len(honest)) == (35, 35)
    assert len([words for words in cries if not is_cry_for_help(words)]) <= 1
    assert len([words for words in honest if is_cry_for_help(words)]) <= 1


def test_what_seven_blind_rounds_taught_is_kept() -> None:
    """Each round was written before its words were learned: the sentences of before heard 20 of its first 100 cries.

    Of those that came after the words of danger, 184 of 348 were heard at first sight, 24 of 480 honest ones mistaken.
    No word list hears them all: whoever is not heard is told 101 and 112 when the answer is taken.
    """
    names = [f"{name}_{language}" for name in ("fourth", "unseen") for language in ("fr", "nl", "de", "en")]
    cries = [words for name in names for words in lines(name, "+")]
    honest = [words for name in names for words in lines(name, "-")]

    assert (len(cries), len(honest)) == (488, 640)
    assert len([words for words in cries if not is_cry_for_help(words)]) <= 9
    assert len([words for words in honest if is_cry_for_help(words)]) <= 2


def test_what_a_mail_quotes_is_nobodys_cry() -> None:
    assert not is_cry_for_help("Bien reçu.\n\n> Au secours, un cambrioleur est dans ma maison")


def test_nothing_and_a_flood_are_no_cry() -> None:
    assert not is_cry_for_help("")
    assert not is_cry_for_help("a " * 50_000)
