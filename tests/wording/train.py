"""Learns the weights of the linear readers from the texts of ``training/``: ``python -m tests.wording.train``.

Logistic regression over 0/1 features, each text scaled to length one, by accelerated gradient steps of a fixed number:
the same texts give the same weights. Only the half "open" is learned from; "kept" measures (``test_classifier.py``).
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plp.wording.check import LANGUAGES
from plp.wording.classifier import WEIGHTS, LinearClassifier, text_features
from tests.wording.test_witness import ASKED, SEEN

TRAINING = Path(__file__).parent / "training"
CRIES = Path(__file__).parent / "cries"
TASKS = ("cries", "witness")
STRENGTH = 3.0  # how closely the texts are followed, against small weights
STEPS, SEEN_IN, SMALLEST = 300, 2, 0.1  # of the descent; texts a feature stands in; weights below are left out
HEAD = "# Written by ``python -m tests.wording.train``: what speaks for it and what against (``classifier.py``).\n"
# What a text must score at least, so that few ordinary ones do: found by leaving one situation out at a time.
MARGIN = {"cries": 0.7, "witness": 0.45}


@dataclass(frozen=True)
class Example:
    """A text, whether it is of the kind that is looked for, its language and its situation."""

    text: str
    wanted: bool
    language: str
    situation: str


def examples(task: str, half: str) -> list[Example]:
    """The texts of ``training/<task>.<language>.toml`` in ``half``: "open" or "kept"."""
    rows = []
    for language in LANGUAGES:
        for path in sorted(TRAINING.glob(f"{task}*.{language}.toml")):
            for situation, sides in tomllib.loads(path.read_text("utf-8")).get(half, {}).items():
                for side in ("yes", "no"):
                    texts = filter(None, sides.get(side, "").splitlines())
                    rows += [Example(text, side == "yes", language, situation) for text in texts]
    return rows


def earlier_cries() -> list[Example]:
    """The messages of ``cries/``, from which the rules were written."""
    return [
        Example(row[2:], row.startswith("+ "), path.stem[-2:], "earlier")
        for path in sorted(CRIES.glob("*.txt"))
        for row in path.read_text("utf-8").splitlines()
        if row.startswith(("+ ", "- "))
    ]


def earlier_testimonies() -> list[Example]:
    """The sentences from which the words of ``witness.toml`` were written."""
    sides = {True: SEEN, False: ASKED}
    return [Example(text, side, key, "earlier") for side in sides for key in sides[side] for text in sides[side][key]]


def learn(rows: Sequence[Example]) -> LinearClassifier:
    """The classifier that ``rows`` give."""
    features = [text_features(row.text) for row in rows]
    counts = Counter(feature for listed in features for feature in listed)
    vocabulary = sorted(feature for feature, count in counts.items() if count >= SEEN_IN)
    place_of = {feature: place for place, feature in enumerate(vocabulary)}
    places = [[place_of[feature] for feature in sorted(listed) if feature in place_of] for listed in features]
    weights, bias = _descend(places, [len(listed) for listed in features], [row.wanted for row in rows])
    return LinearClassifier(bias, dict(zip(vocabulary, weights, strict=True)))


def _descend(places: list[list[int]], sizes: list[int], wanted: list[bool]) -> tuple[list[float], float]:
    """Weights by place and the bias: Nesterov's accelerated gradient over the sparse rows."""
    column = np.fromiter((place for row in places for place in row), dtype=np.int64)
    line = np.repeat(np.arange(len(places)), [len(row) for row in places])
    value = 1 / np.sqrt(np.maximum(np.array(sizes, dtype=np.float64), 1))[line]
    width, height = int(column.max()) + 1, len(places)
    sign = np.where(np.array(wanted), 1.0, -1.0)

    def across(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(line, value * vector[column], height)

    def back(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(column, value * vector[line], width)

    step = 1 / (1 + STRENGTH * 0.25 * (_largest_square(across, back, width) + height))
    weights, before = np.zeros(width), np.zeros(width)
    bias, bias_before = 0.0, 0.0
    for number in range(STEPS):
        ahead = weights + number / (number + 3) * (weights - before)
        bias_ahead = bias + number / (number + 3) * (bias - bias_before)
        pull = -sign / (1 + np.exp(np.clip(sign * (across(ahead) + bias_ahead), -30, 30)))
        before, bias_before = weights, bias
        weights = ahead - step * (STRENGTH * back(pull) + ahead)
        bias = bias_ahead - step * STRENGTH * float(pull.sum())
    return [float(weight) for weight in weights], bias


def _largest_square(
    across: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    back: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    width: int,
) -> float:
    """The largest singular value of the rows, squared, by power iteration."""
    vector = np.ones(width)
    for _ in range(12):
        vector = back(across(vector))
        vector /= np.linalg.norm(vector)
    return float(np.linalg.norm(back(across(vector))))


EARLIER = {"cries": earlier_cries, "witness": earlier_testimonies}


def trained(task: str) -> LinearClassifier:
    """The classifier of a task as it is stored: rounded, without the smallest weights, its margin in the bias."""
    learned = learn(examples(task, "open") + EARLIER[task]())
    kept = {name: round(weight, 2) for name, weight in learned.weights.items() if abs(weight) >= SMALLEST}
    return LinearClassifier(round(learned.bias - MARGIN[task], 2), kept)


def written(model: LinearClassifier) -> str:
    """The file of weights: heaviest first."""
    sides = {"for": 1, "against": -1}
    lines = [HEAD, f"bias = {model.bias}"]
    for side, sign in sides.items():
        listed = [(name, weight) for name, weight in model.weights.items() if weight * sign > 0]
        rows = sorted(listed, key=lambda row: (-abs(row[1]), row[0]))
        lines += ["", f"[{side}]", *(f'"{name}" = {weight}' for name, weight in rows)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for task_name in TASKS:
        (WEIGHTS / f"{task_name}.toml").write_text(written(trained(task_name)), "utf-8")
