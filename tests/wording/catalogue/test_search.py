"""What an officer types finds a situation: in any language, whole or nearly."""

import pytest

from plp.wording.catalogue.search import find_sentences, find_situations


@pytest.mark.parametrize(
    ("typed", "situations"),
    [
        ("vélo", ["bicycle_theft"]),
        ("Rauch", ["smoke"]),
        ("cambriollage", ["burglary", "attempted_burglary"]),
        ("sturm und regen", ["water", "storm"]),
        ("valse biljetten", ["till_trick"]),
        ("vals geld", ["till_trick"]),
        ("faux billets", ["till_trick"]),
        ("fausse monnaie", ["till_trick"]),
        ("falsche geldscheine", ["till_trick"]),
        ("fake banknotes", ["till_trick"]),
        ("overval", ["shop_robbery"]),
        ("braquage", ["shop_robbery"]),
        ("Raubüberfall", ["shop_robbery"]),
        ("robbery", ["shop_robbery"]),
        ("winkeldief", ["shop_theft"]),
        ("lest", []),
        ("zzz", []),
        ("", []),
    ],
)
def test_a_situation_is_found_by_a_word_and_a_slip_is_forgiven(typed: str, situations: list[str]) -> None:
    assert find_situations(typed) == situations


def test_words_that_no_situation_holds_together_find_what_one_of_them_means() -> None:
    assert "bicycle_theft" in find_situations("velo volé")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("porte ouverte maison", set()),
        ("porte maison", set()),
        ("appelez police", {"shared", "till_trick"}),
        ("velo volé", {"bicycle_theft", "shared"}),
        ("cambriollage", {"burglary"}),
    ],
)
def test_sentences_are_those_that_each_typed_word_means(typed: str, found: set[str]) -> None:
    assert {key.partition(".")[0] for key in find_sentences(typed, "fr")} == found
