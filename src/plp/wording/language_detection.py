"""In which language a sentence is written, told by its small words: a Dutch breach in a French text must not pass."""

from collections import Counter
from collections.abc import Sequence

from plp.wording.lexicon import LANGUAGES, languages_by_small_word
from plp.wording.tokens import Token

ENOUGH = 3  # small words that make a language evident; fewer are chance ("die", "in", "a" belong to several)


def maybe_foreign_sentences(tokens: Sequence[Token], language: str) -> dict[str, frozenset[int]]:
    """Sentences that may be in another language than the page: those with as many small words of it as of any other.

    For words of somebody who may write in any of our languages on any page. A sentence without small words is in all.
    """
    known = languages_by_small_word()
    counts: dict[int, Counter[str]] = {}
    for token in tokens:
        counts.setdefault(token.sentence, Counter()).update(known.get(token.word, ()))
    likely: dict[str, set[int]] = {}
    for sentence, counted in counts.items():
        most = max((counted[code] for code in LANGUAGES), default=0)
        for code in LANGUAGES:
            if code != language and counted[code] == most:
                likely.setdefault(code, set()).add(sentence)
    return {code: frozenset(sentences) for code, sentences in likely.items()}


def foreign_sentences(tokens: Sequence[Token], language: str) -> dict[str, frozenset[int]]:
    """Sentences evidently in another language than ``language``: the numbers of the sentences, by language.

    Evident: at least ``ENOUGH`` small words of the other language, and twice as many as of the declared one.
    """
    known = languages_by_small_word()
    counts: dict[int, Counter[str]] = {}
    for token in tokens:
        for one in known.get(token.word, ()):
            counts.setdefault(token.sentence, Counter())[one] += 1
    found: dict[str, set[int]] = {}
    for sentence, counted in counts.items():
        best = max(LANGUAGES, key=lambda one: (counted[one], one == language))
        if counted[best] >= ENOUGH and counted[best] >= 2 * counted[language]:
            found.setdefault(best, set()).add(sentence)
    return {best: frozenset(sentences) for best, sentences in found.items()}
