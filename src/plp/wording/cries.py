"""Whether somebody cries for help in an SMS or mail: answered at once, since nobody reads this now (R124).

Four languages, misspelt and in street writing. Sentences stand in ``cries.toml``; ``dangers.toml`` holds words by what
they mean, and which of them cry together in whatever order. Rather a thank-you that is told whom to call than a cry
unheard: but "help" in a thank-you, a question or a story of yesterday is none.

A linear reader learned from examples (``classifier.py``) reads beside these rules: it hears what they are silent on,
and may overrule them where all other words speak against.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from plp.wording.classifier import classifier
from plp.wording.wishes import edit_distance, fold_reply, pattern_of_entries, unquoted_lines

NAMES = ("bare", "cries", "call", "danger", "over", "calm")
DATA, DANGERS = Path(__file__).parent / "cries.toml", Path(__file__).parent / "dangers.toml"
LOOKED_AT = 400  # letters: a cry is short
FUZZY_FROM = 5  # letters from which a word may hold one slip of the finger
ENOUGH, FEW = 3, 4  # the weight of a cry; words of a text that is very short
CLOCK = re.compile(r"\b(vers|om|um|at|gegen|rond|around) \d{1,2} ?(h|u|uhr|pm|am|:)", re.IGNORECASE)  # a story, not now
OF_RULES = 1.0  # what the rules add to the score of the classifier
LONG = 6  # letters from which a word of danger may hold one slip
BESIDE = frozenset({"scared", "haste", "present", "scream", "alone", "sending", "need"})  # adds to a danger
MARKED = (
    (re.compile(r"(?<![\w/+.-])(112|101|100|110|999|911)(?![\w/-])"), "helpnumber"),
    (re.compile(r"(?<!\d)(19|20)\d\d(?!\d)"), "theyear"),
    (re.compile(r"(?<!\d)\d{1,2} ?(h\d*|u|uhr|uur|pm|am|:\d\d)\b", re.IGNORECASE), "theclock"),
)
MOST_BESIDE, MOST_NAMES = 8, 3  # words beside a bare cry: haste, and in an address so many that are unknown


def is_cry_for_help(text: str) -> bool:
    """Whether these words cry for help now. ``words``: an SMS, or what a mail says itself."""
    own_words = unquoted_lines(text)[:LOOKED_AT] or text[:LOOKED_AT]
    said = _corrected_plain_words(own_words)
    if not said:
        return False
    is_cry_by_rules = _cry_score(said, text) >= ENOUGH or _danger_score(text[:LOOKED_AT]) >= ENOUGH
    return classifier("cries").score(own_words) + OF_RULES * is_cry_by_rules > 0


def heaviest_cry_words(text: str) -> list[str]:
    """The words that speak most for a cry, heaviest first: why it is red."""
    return classifier("cries").heaviest_words(unquoted_lines(text)[:LOOKED_AT] or text[:LOOKED_AT])


def _danger_score(text: str) -> int:
    """How much danger the words name: 4 where words of ``dangers.toml`` stand together, more where several do."""
    said = _correct_danger_words(_spell_out_help_lines_years_and_hours(unquoted_lines(text) or text))
    meanings = {name for name, pattern in _meaning_patterns().items() if pattern.search(said)}
    pairs = sum(1 for pair in _danger_data()["together"]["pairs"] if meanings.issuperset(pair.split()))
    if not pairs:
        return 0
    weight = 4 + min(pairs - 1, 2) + bool(meanings & BESIDE) + ("!" in text)
    calming = _calming_patterns()
    return weight - 4 * bool(calming["four"].search(said)) - 2 * bool(calming["two"].search(said)) - 2 * ("?" in text)


def _spell_out_help_lines_years_and_hours(text: str) -> str:
    """The words with their numbers of help, years and hours as words: digits are lost when they are folded."""
    for pattern, word in MARKED:
        text = pattern.sub(f" {word} ", text)
    return text


def _correct_danger_words(text: str) -> str:
    """Small plain words; one with a slip as the word of danger that it is near."""
    tokens = fold_reply(text.replace("œ", "oe"), longest=LOOKED_AT).split()
    return " ".join(_nearest_danger_word(token) for token in tokens)


def _nearest_danger_word(token: str) -> str:
    words = _danger_words()
    if len(token) < LONG or token in words or token in _calm_words() or any(map(token.startswith, _danger_stems())):
        return token
    near = (word for word in words if len(word) >= LONG and word[0] == token[0] and edit_distance(token, word, 1) <= 1)
    return next(near, token)


def _cry_score(said: str, text: str) -> int:
    """How much the words weigh as a cry (``cries.toml`` says what weighs how much)."""
    patterns = _cry_patterns()
    weight = ENOUGH if patterns["cries"].search(said) or _is_bare_cry(said) else 0
    weight += 3 * bool(patterns["call"].search(said)) + 2 * bool(patterns["danger"].search(said))
    if weight:
        weight += sum(1 for pattern in _supporting_patterns() if pattern.search(said))
        weight += (len(said.split()) <= FEW) + ("!" in text)
    is_over = bool(patterns["over"].search(said)) or bool(CLOCK.search(text))
    return weight - 3 * bool(patterns["calm"].search(said)) - 2 * is_over - 2 * ("?" in text)


def _is_bare_cry(said: str) -> bool:
    """Whether nothing is said but a cry, an address and haste."""
    remainder = _cry_patterns()["bare"].sub(" ", said, count=3)
    if remainder == said:
        return False
    tokens = remainder.split()
    places = [token for token in tokens if _cry_patterns()["places"].fullmatch(token)]
    others = [token for token in tokens if token not in places and token not in _haste_words() and len(token) > 1]
    return len(tokens) <= MOST_BESIDE and len(others) <= (MOST_NAMES if places else 0)


def _corrected_plain_words(text: str) -> str:
    """Small plain words; those of the street, and those with a slip, as the plain one."""
    tokens = fold_reply(text, longest=LOOKED_AT).split()
    same, spelled = _synonyms(), _correctable_words()
    return " ".join(same.get(token) or _nearest_spelling(token, spelled) for token in tokens)


def _nearest_spelling(token: str, spelled: frozenset[str]) -> str:
    if len(token) < FUZZY_FROM - 1 or token in spelled or token in _known_words():
        return token
    near = (word for word in spelled if len(word) >= FUZZY_FROM and abs(len(word) - len(token)) <= 1)
    return next((word for word in near if edit_distance(token, word, 1) <= 1), token)


@cache
def _cry_data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def _danger_data() -> dict[str, Any]:
    return tomllib.loads(DANGERS.read_text("utf-8"))


@cache
def _meaning_patterns() -> dict[str, re.Pattern[str]]:
    """A pattern for each meaning, and for the number of help."""
    return {
        name: pattern_of_entries(words)
        for name, words in (_danger_data()["words"] | {"helpnumber": "helpnumber"}).items()
    }


@cache
def _calming_patterns() -> dict[str, re.Pattern[str]]:
    return {name: pattern_of_entries(words) for name, words in _danger_data()["calming"].items()}


@cache
def _danger_words() -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?![a-z*])", " ".join(_danger_data()["words"].values())))


@cache
def _danger_stems() -> tuple[str, ...]:
    return tuple(re.findall(r"([a-z]+)\*", " ".join(_danger_data()["words"].values())))


@cache
def _calm_words() -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", " ".join(_danger_data()["calming"].values())))


@cache
def _synonyms() -> dict[str, str]:
    return {street: plain for plain, words in _cry_data()["same"].items() for street in words.split()}


@cache
def _correctable_words() -> frozenset[str]:
    return frozenset(_cry_data()["spelled"].split())


@cache
def _haste_words() -> frozenset[str]:
    return frozenset(" ".join(_cry_data()["haste"]).split())


@cache
def _known_words() -> frozenset[str]:
    """Words of the patterns: they are what they are."""
    lines = [line for name in (*NAMES, "beside", "haste") for line in _cry_data()[name]]
    return frozenset(re.findall(r"[a-z]+", " ".join(lines)))


@cache
def _supporting_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_regex_source_of_line(line)) for line in _cry_data()["beside"])


@cache
def _cry_patterns() -> dict[str, re.Pattern[str]]:
    data = _cry_data()
    patterns = {
        name: re.compile("|".join(rf"(?:{_regex_source_of_line(line)})" for line in data[name])) for name in NAMES
    }
    places = (word.replace("*", "[a-z]*") for line in data["places"] for word in line.split())
    return {**patterns, "places": re.compile("|".join(places))}


def _regex_source_of_line(line: str) -> str:
    """A line of the data as an expression over small words with one space between."""
    begins, ends = line.startswith("^"), line.endswith("$")
    body = line.removeprefix("^").removesuffix("$")
    body = re.sub(r"\[([a-z]+)\] ", r"(?:\1 )?", body)
    body = re.sub(r"\[([a-z]+)\]", r"(?:\1)?", body).replace(" .. ", r"(?: [a-z]+){0,3} ")
    body = re.sub(r"\((?!\?)", "(?:", body).replace("*", "[a-z]*")
    return ("^" if begins else r"\b") + body + ("$" if ends else r"\b")
