"""Words of a text with their places, sentences and clauses: what the patterns are matched on."""

import re
from dataclasses import dataclass

from plp.wording.fold import Folded, fold

WORD = re.compile(r"[^\W_]+|[%€]")
SPELLED = re.compile(  # m 1 l i c e: single letters, and digits that stand for letters among them
    r"(?<![^\W_])(?:[^\W\d_]|[013457])([ .\-_*·/])(?:(?:[^\W\d_]|[013457])\1){2,40}(?:[^\W\d_]|[013457])(?![^\W_])"
)
BULLET = re.compile(r"\n\s*(?:\n|[-*•·>\d])")
ABBREVIATIONS = frozenset(
    "m mr mme mlle dr av bd r st ste no nr num tel tél art env p ex dhr mevr mw bv str hr fr sr jr bijv ca resp".split()
)
GERMAN_E = re.compile(r"([aou])e")
DISGUISED = re.compile(  # p4tr0u1ll3: single digits that stand for letters, more letters than digits
    r"(?=(?:\d?[a-z]){3})(?!\d[a-z]{1,3}$|[a-z]{1,3}\d$)[0134578]?[a-z]+(?:[0134578][a-z]+)*[0134578]?"
)
LETTERS = str.maketrans("013457", "oieast")
EIGHT = re.compile("8(?:cht)?")  # burgerw8, burgerw8cht: said "acht" in Dutch and German
SIGNS = re.compile(  # p@trouille., $uivez, but neither a mail address nor a handle
    r"(?<=[a-z])[@$€|](?=[a-z][\w-]*+(?!\.\w|@))|(?<![\w.@/-])\$(?=[a-z]{3})|(?<=[a-z]{3})\$(?!\w)"
)
SIGN_LETTERS = {"@": "a", "$": "s", "€": "e", "|": "i"}
PLAIN_GAPS = frozenset({" ", "", "'", "-"})
SHORT_QUESTION = 3  # words: "A member? Then the police come first" is read as one sentence
MONTHS = tuple("jan feb mar apr mai mei may jun jul aug sep oct okt nov dec dez".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its plain spelling, its span in the written text, its sentence and its clause (both counted from 0)."""

    word: str
    start: int
    end: int
    sentence: int
    clause: int


def comparable_spelling(word: str, language: str) -> str:
    """The spelling patterns compare: folded; in German ``ae oe ue`` and ``ä ö ü`` are one."""
    if not word.isalpha() and DISGUISED.fullmatch(word):
        word = EIGHT.sub("acht" if language in {"nl", "de"} else "b", word.translate(LETTERS))
    return GERMAN_E.sub(r"\1", word) if language == "de" else word


def _is_ordinal_point(gap: str, before: str, word: str, written: str) -> bool:
    """ "am 24. November", "bis zum 15. im Urlaub": the point makes an ordinal of the number before it."""
    return before.isdigit() and gap.strip() == "." and (written.islower() or word.startswith(MONTHS))


def _is_trailing_off(gap: str, written: str) -> bool:
    """ "rounds are forbidden… that won't stop us": three points before a small letter end nothing."""
    return gap.strip() in {"…", "..."} and "\n" not in gap and written.islower()


def _ends_sentence(gap: str, before: str) -> bool:
    if any(mark in gap for mark in "!?;…"):
        return True
    if BULLET.search(gap):
        return True
    return "." in gap and not (gap.startswith(".") and (before in ABBREVIATIONS or (before.isdigit() and gap == ".")))


def tokenise(text: str, language: str, *, clause_openers: frozenset[str] = frozenset()) -> list[Token]:
    """Cut a text into tokens. ``clause_openers`` are the words ("but", "mais") that open a new clause.

    A word written letter by letter (``p a t r o l``) is one token. Linear in the length of the text.
    """
    folded = fold(text)
    if any(sign in folded.text for sign in SIGN_LETTERS):
        folded = Folded(SIGNS.sub(lambda sign: SIGN_LETTERS[sign[0]], folded.text), folded.origin)
    return _tokens_of_folded(folded, text, language, clause_openers)


def _tokens_of_folded(folded: Folded, text: str, language: str, clause_openers: frozenset[str]) -> list[Token]:
    tokens: list[Token] = []
    sentence = clause = last = opened = 0
    before = ""
    for start, end, word in _word_spans(folded.text):
        gap = folded.text[last:start]
        written_start, written_end = folded.span(start, end)
        if gap in PLAIN_GAPS:
            clause += bool(tokens) and word in clause_openers
        elif tokens and _is_trailing_off(gap, text[written_start]):
            clause += 1
        elif tokens and _ends_sentence(gap, before) and not _is_ordinal_point(gap, before, word, text[written_start]):
            sentence += not ("?" in gap and "\n" not in gap and len(tokens) - opened <= SHORT_QUESTION)
            opened = len(tokens) if tokens[-1].sentence < sentence else opened
            clause += 1
        elif tokens and (any(mark in gap for mark in ',:()&\n"«»„“”/') or " - " in gap or word in clause_openers):
            clause += 1
        tokens.append(Token(comparable_spelling(word, language), written_start, written_end, sentence, clause))
        last, before = end, word
    return tokens


def _is_mostly_letters(spelled: str) -> bool:
    letters = sum(sign.isalpha() for sign in spelled)
    return letters >= 3 and letters > sum(sign.isdigit() for sign in spelled)


def _word_spans(text: str) -> list[tuple[int, int, str]]:
    spelled = [found.span() for found in SPELLED.finditer(text) if _is_mostly_letters(found[0])]
    words = [(start, end, re.sub(r"[^\w]|_", "", text[start:end])) for start, end in spelled]
    place = 0
    for start, end in [*spelled, (len(text), len(text))]:
        words.extend((found.start(), found.end(), found[0]) for found in WORD.finditer(text, place, start))
        place = end
    return sorted(words)
