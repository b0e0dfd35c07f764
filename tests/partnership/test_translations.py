"""A text, its language, and its sisters in the other languages of the partnership."""

from plp.documents import ForeignText
from plp.partnership.models import Statement
from plp.partnership.translations import TranslatedText, texts_in

SPOKEN = ["fr", "nl", "de"]


def objective(others: dict[str, str], language: str = "fr") -> Statement:
    row = Statement(kind="objective", language=language)
    row.set_text("text", TranslatedText("Se connaître.", language, others))
    return row


def test_a_reader_gets_the_text_in_their_language() -> None:
    row = objective({"nl": "Elkaar kennen.", "de": ""})

    assert [row.text_in("text", language, SPOKEN) for language in ("fr", "nl")] == ["Se connaître.", "Elkaar kennen."]


def test_a_text_that_is_not_translated_says_which_language_it_is_in() -> None:
    text = objective({"nl": "Elkaar kennen."}).text_in("text", "de", SPOKEN)

    assert isinstance(text, ForeignText)
    assert (text, text.words, text.language) == ("Se connaître. (auf Französisch)", "Se connaître.", "fr")


def test_only_the_languages_of_the_partnership_are_missing() -> None:
    assert objective({"nl": "Elkaar kennen."}).missing_languages("text", SPOKEN) == ["de"]
    assert objective({}, "en").missing_languages("text", SPOKEN) == ["fr", "nl", "de"]
    assert Statement(language="fr").missing_languages("text", SPOKEN) == []


def test_an_older_text_that_equals_a_common_sentence_is_said_in_every_language_and_once() -> None:
    words = "Les vélos du quartier sont gravés et enregistrés."
    older = Statement(kind="objective", text=words, language="fr")
    picked = Statement(kind="objective", text="De fietsen van de buurt zijn gemerkt en geregistreerd.", language="nl")

    assert older.missing_languages("text", SPOKEN) == []
    assert texts_in([older, picked], "text", "nl", SPOKEN) == [picked.text]
    assert texts_in([older, picked], "text", "fr", SPOKEN) == [words]


def test_a_text_that_differs_by_its_capitals_or_full_stop_alone_is_said_once_as_it_was_said_first() -> None:
    said = ["Mieux se connaître.", "Écrire moins", "mieux se connaître", "Se connaître"]
    rows = [Statement(kind="motive", text=text, language="fr") for text in said]

    assert texts_in(rows, "text", "fr", SPOKEN) == ["Mieux se connaître.", "Écrire moins", "Se connaître"]
    assert len(texts_in(rows, "text", "nl", SPOKEN)) == 3
