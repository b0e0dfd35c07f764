"""Whether words are for the police alone: a number plate, or somebody who was seen and described (R85, R122).

Read in four languages. Rather an honest question that an officer answers than a stranger described to a neighbour: so
a doubt is a yes. Words stand in ``witness.toml``; a linear reader learned from examples (``classifier.py``) notices
what they do not name, and outweighs them where all other words speak against. A plate is never outweighed.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from plp.wording.check import check
from plp.wording.classifier import classifier
from plp.wording.wishes import fold_reply, pattern_of_entries

DATA = Path(__file__).parent / "witness.toml"
RULES = frozenset({"asserts_guilt", "ethnic_profiling", "number_plate"})  # of the message check
OF_RULES = 1.0  # what a pair of words adds to the score of the classifier
HEIGHT = re.compile(r"\b[12] ?[m.,] ?\d\d?\b")  # metres of a person
SENTENCES = re.compile(r"[.!?;\n]+")


def describes_plate_vehicle_or_person(text: str, *, language: str) -> bool:
    """Whether the words tell of a number plate, a vehicle or a person seen. ``language``: of the page they came by."""
    is_plain = any(map(_describes_somebody_seen, SENTENCES.split(text)))
    return _breaks_witness_rule(text, language) or classifier("witness").score(text) + OF_RULES * is_plain > 0


def _breaks_witness_rule(text: str, language: str) -> bool:
    findings = check(text, language=language, kind="coordinator_note", any_language=True).findings
    return any(finding.rule in RULES for finding in findings)


def _describes_somebody_seen(sentence: str) -> bool:
    """Whether one sentence holds words of a pair."""
    folded = fold_reply(sentence, longest=len(sentence))
    meanings = {name for name, pattern in _category_patterns().items() if pattern.search(folded)}
    meanings |= {"look"} if HEIGHT.search(sentence) else set()
    return any(meanings.issuperset(pair) for pair in _category_pairs())


@cache
def _category_patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: pattern_of_entries(entries) for name, entries in tomllib.loads(DATA.read_text("utf-8"))["words"].items()
    }


@cache
def _category_pairs() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(pair.split()) for pair in tomllib.loads(DATA.read_text("utf-8"))["together"]["pairs"])
