"""Whether words by hand say what people should do (R109): by how the sentences of the catalogue that ask begin.

French and German ask by the form of the verb, which is read too. A question asks nothing.
"""

import re
from functools import cache

from plp.wording.catalogue.reader import sentences
from plp.wording.fold import fold

CLAUSE = re.compile(r"[^.!?:;\n]+[.!?:;\n]?")
FORMS = {  # how a verb asks, in folded words
    "fr": re.compile(
        r"\b(?!(?:avez|etes|savez|pouvez|voulez|devez|chez|assez|nez|irez|aurez)\b)\w+ez\b|\b(dites|faites)\b"
    ),
    "de": re.compile(r"\b(?!(?:haben|konnen|koennen|wollen|mochten|sollen|werden|sind|wurden)\b)\w+(en|eln|ern) sie\b"),
}
SLOT = re.compile(r"\{[^}]*\}")
MORE = {
    "nl": {"antwoord", "ga", "drink", "hang", "leg", "reageer", "wacht", "schrijf"},
    "en": {"answer", "reply", "do", "hang", "don't", "drink", "wait", "ring", "phone", "wear"},
}
OTHER = frozenset(  # begin a clause of a sentence that asks, and ask nothing
    "a apres be buses daar de degats dieses ihr ils kalm l'avis l'heure neue new nieuw niemand nouveau on".split()
    + "personne rester ruhig so zo".split()
)
POLITE = re.compile(
    r"^(merci d[e'] ?\w+(er|ir|re)|priere de|il faut|veuillez|gelieve|bitte|please|u moet|sie mussen|you must)\b"
)


def tells_what_to_do(text: str, language: str) -> bool:
    """Whether one of the clauses asks something of its reader. ``text``: a message in ``language``."""
    return any(_is_request(clause, language) for clause in _split_clauses(text))


def _split_clauses(text: str) -> list[str]:
    """The clauses of a text in small plain letters, without those that ask a question."""
    clauses = (clause.strip(" -–\"'«»") for clause in CLAUSE.findall(SLOT.sub("", fold(text).text)))
    return [clause for clause in clauses if clause and not clause.endswith("?")]


def _is_request(clause: str, language: str) -> bool:
    form = FORMS.get(language)
    if POLITE.search(clause) or (form is not None and form.search(clause)):
        return True
    return any(
        part.strip().split(" ")[0] in _request_first_words(language) for part in clause.split(",") if part.strip()
    )


@cache
def _request_first_words(language: str) -> frozenset[str]:
    """With what the clauses of sentences that ask begin, and no others do."""
    asking: set[str] = set()
    others: set[str] = set()
    for sentence in sentences().values():
        beginnings = {clause.split()[0].strip(",.;:!") for clause in _split_clauses(sentence.texts.get(language, ""))}
        (asking if sentence.is_request else others).update(beginnings)
    return frozenset(asking - others - OTHER | MORE.get(language, set()))
