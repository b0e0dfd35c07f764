"""In which language a sentence is written, told by its small words: a Dutch breach in a French text must not pass."""

from collections import Counter
from collections.abc import Sequence

from plp.wording.tokens import Token

SMALL_WORDS = {
    "fr": "le la les un une des du de et est sont dans pour sur avec qui que vous nous il elle ils ne pas au aux ce cette votre vos "
    "notre nos mais ou si leur leurs plus tout tous chez je mon ma c l d qu n s j etait ont avez avons",
    "nl": "de het een en is zijn in voor op met die dat wie u uw we wij ze hij niet geen aan bij van naar maar of als hun meer alle "
    "ik mijn onze ons er om te hebben heeft werd wordt deze dit jullie je ook nog dan",
    "de": "der die das ein eine einen einem einer und ist sind in fur auf mit wer sie ihr ihre wir er nicht kein keine an bei von zu "
    "vom zum zur im am den dem des aber oder wenn mehr alle ich mein unser uns es haben hat wurde wird diese dieser auch noch",
    "en": "the a an and is are in for on with who that you your we they he not no at by of to from but or if their more all i my "
    "our us it have has was were this these be will also do does him her them his",
}
LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(language for language, words in SMALL_WORDS.items() if word in words.split())
    for words in SMALL_WORDS.values()
    for word in words.split()
}
ENOUGH = 3  # small words that make a language evident; fewer are chance ("die", "in", "a" belong to several)


def other_languages(tokens: Sequence[Token], language: str) -> dict[str, frozenset[int]]:
    """Sentences evidently in another language than ``language``: the numbers of the sentences, by language.

    Evident: at least ``ENOUGH`` small words of the other language, and twice as many as of the declared one.
    """
    counts: dict[int, Counter[str]] = {}
    for token in tokens:
        for one in LANGUAGES_OF.get(token.word, ()):
            counts.setdefault(token.sentence, Counter())[one] += 1
    found: dict[str, set[int]] = {}
    for sentence, counted in counts.items():
        best = max(SMALL_WORDS, key=lambda one: (counted[one], one == language))
        if counted[best] >= ENOUGH and counted[best] >= 2 * counted[language]:
            found.setdefault(best, set()).add(sentence)
    return {best: frozenset(sentences) for best, sentences in found.items()}
