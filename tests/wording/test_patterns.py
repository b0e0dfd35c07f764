"""The little language of the rule files."""

import pytest

from plp.wording import automaton, vocabulary
from plp.wording.patterns import Book, PatternError, PatternSet
from plp.wording.together import Together
from plp.wording.tokens import tokenise
from plp.wording.vocabulary import Reading, Vocabulary


def found(pattern: str, text: str, language: str = "fr", **lists: list[str]) -> bool:
    book = Book(Vocabulary(language))
    patterns = PatternSet([pattern], book=book, lists=lists)
    return next(patterns.find(Reading(tokenise(text, language), book.vocabulary)), None) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("écoute", "Ecoute !"), ("patrouill*", "patrouillerons"), ("*plaat", "nummerplaat"),
        ("*plaat*", "nummerplaatje"),
        ("(le|la) voleur", "LE VOLEUR"), ("suivez [le|la] voleur", "suivez voleur"),
        ("suivez .. voleur", "suivez ce petit voleur"),
        ("# heures", "à 14 heures"), ("l individu", "L’individu"),
        ("^albanais $", "De quelle sorte étaient-ils ? Albanais."), ("?!^albanais", "Albanais, je crois"),
    ],
)  # fmt: skip
def test_a_pattern_finds(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("suivez", "suivi"),
        ("suivez .. voleur", "suivez. Le voleur"),
        ("suivez .. voleur", "suivez un deux trois voleur"),
        ("# heures", "deux heures"),
        ("^albanais", "le village albanais"),
    ],
)
def test_a_pattern_does_not_find(pattern: str, text: str) -> None:
    assert not found(pattern, text)


def test_german_umlauts_may_be_spelled_with_e() -> None:
    assert found("täter", "Der Taeter", language="de")


def test_a_list_stands_for_its_entries() -> None:
    assert found("suivez {suspect}", "Suivez cet homme", suspect=["voleur", "cet homme"])


@pytest.mark.parametrize("pattern", ["suivez {nobody}", "(le|la", "suivez?", "", ".. voleur", "[le]"])
def test_a_pattern_that_cannot_be_read_is_named(pattern: str) -> None:
    with pytest.raises(PatternError):
        found(pattern, "Suivez")


@pytest.mark.parametrize(
    ("text", "meets"),
    [("La police aide d'abord un membre", True), ("Un membre. La police", False), ("police police", False)],
)
def test_ideas_meet_in_one_sentence_in_any_order(text: str, meets: bool) -> None:
    book = Book(Vocabulary("fr"))
    ideas = Together(["membre + police"], book=book, lists={})

    hits = list(ideas.find(Reading(tokenise(text, "fr"), book.vocabulary)))

    assert bool(hits) is meets


def test_a_hint_says_so_alone_or_together() -> None:
    book = Book(Vocabulary("fr"))
    patterns = PatternSet(["suivez", "?gardez le", "?!retenez"], book=book, lists={})
    ideas = Together(["?!{a} + {b}", "{a} + {c}"], book=book, lists={"a": ["auto"], "b": ["bois"], "c": ["clé"]})
    reading = Reading(tokenise("Suivez, gardez-le, retenez. Auto, bois, clé.", "fr"), book.vocabulary)

    assert [(hit.firm, hit.hint) for hit in patterns.find(reading)] == [(False, False), (False, True), (True, True)]
    assert {(hit.firm, hit.hint) for hit in ideas.find(reading)} == {(True, True), (False, False)}


def test_the_shortest_or_the_longest_match_is_given_for_a_first_word() -> None:
    book = Book(Vocabulary("fr"))
    patterns = PatternSet(["suivez ... voleur", "suivez"], book=book, lists={})
    reading = Reading(tokenise("Suivez vite ce voleur", "fr"), book.vocabulary)

    assert [(hit.first, hit.last) for hit in patterns.find(reading)] == [(0, 0)]
    assert [(hit.first, hit.last) for hit in patterns.find(reading, longest=True)] == [(0, 3)]


@pytest.mark.parametrize(("named", "hits"), [(frozenset({1}), 1), (frozenset[int](), 0)])
def test_a_pattern_may_ask_for_a_named_person(named: frozenset[int], hits: int) -> None:
    book = Book(Vocabulary("fr"))
    patterns = PatternSet(["merci @"], book=book, lists={})

    found = list(patterns.find(Reading(tokenise("merci Nadine", "fr"), book.vocabulary, named)))

    assert len(found) == hits


def test_what_is_forgotten_on_the_way_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "MOST_STEPS", 1)
    monkeypatch.setattr(vocabulary, "REMEMBERED", 1)

    assert found("suivez .. voleur", "Nous avons vu un homme. Suivez suivez ce petit voleur")
    assert not found("suivez .. voleur", "Suivez un deux trois voleur, suivez un deux trois voleur")


def test_brackets_inside_each_other_have_an_end() -> None:
    with pytest.raises(PatternError, match="too many brackets"):
        found("suivez " + "(" * 9 + "voleur" + ")" * 9, "Suivez")
