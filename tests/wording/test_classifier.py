"""The linear readers: what they notice in situations they never learned, and that training gives their weights."""

import pytest

from plp.wording.classifier import LinearClassifier, classifier
from plp.wording.cries import heaviest_cry_words, is_cry_for_help
from plp.wording.witness import describes_plate_vehicle_or_person
from tests.wording.train import SMALLEST, TASKS, examples, trained

NEAR = 0.02  # weights are rounded to hundredths


def shares(task: str, language: str) -> tuple[float, float]:
    """How many of a hundred wanted texts of the kept half are noticed, and how many of the others by mistake."""
    rows = [row for row in examples(task, "kept") if row.language == language]
    noticed = {True: 0, False: 0}
    for row in rows:
        is_noticed = (
            is_cry_for_help(row.text)
            if task == "cries"
            else describes_plate_vehicle_or_person(row.text, language=language)
        )
        noticed[row.wanted] += is_noticed
    wanted = sum(row.wanted for row in rows)
    return 100 * noticed[True] / wanted, 100 * noticed[False] / (len(rows) - wanted)


@pytest.mark.parametrize(
    ("task", "language", "least", "most"),
    [
        ("cries", "fr", 62, 8),
        ("cries", "nl", 52, 8),
        ("cries", "de", 52, 8),
        ("cries", "en", 62, 8),
        ("witness", "fr", 50, 15),
        ("witness", "nl", 50, 8),
        ("witness", "de", 40, 10),
        ("witness", "en", 62, 8),
    ],
)
def test_situations_that_were_not_learned_are_noticed(task: str, language: str, least: int, most: int) -> None:
    noticed, mistaken = shares(task, language)

    assert noticed >= least
    assert mistaken <= most


@pytest.mark.parametrize("task", TASKS)
def test_the_stored_weights_are_what_training_gives(task: str) -> None:
    stored, learned = classifier(task), trained(task)

    assert stored.bias == pytest.approx(learned.bias, abs=NEAR)
    for name in stored.weights.keys() | learned.weights.keys():
        pair = stored.weights.get(name, 0.0), learned.weights.get(name, 0.0)
        assert pair[0] == pytest.approx(pair[1], abs=NEAR) or max(map(abs, pair)) <= SMALLEST + NEAR, name


def test_a_score_adds_the_weights_of_words_pairs_pieces_and_signs() -> None:
    model = LinearClassifier(bias=-1.0, weights={"feu": 2.0, "^ feu": 1.0, "~_feu": 3.0, "~feu_": 2.0, "!": 4.0})

    assert model.score("Feu !") == pytest.approx(-1.0 + 12.0 / 6**0.5)
    assert model.score("") == -1.0


def test_the_words_that_weighed_are_told_heaviest_first() -> None:
    assert heaviest_cry_words("Bonjour, il y a le feu à la maison, vite")[:2] == ["vite", "feu"]
    assert heaviest_cry_words("y a quelqu'un dans la cave") == ["cave"]
    assert heaviest_cry_words("12:00") == []
