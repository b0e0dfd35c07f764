"""What the first draft of a clause says of the languages of the charter."""

import pytest
from django.utils.translation import override

from plp.charter import clause_values

LEMBEEK, MALMEDY, BRUSSELS, EUPEN = "23027", "63049", "21004", "63023"


@pytest.mark.parametrize(
    ("spoken", "nis_codes", "sentence"),
    [
        (["nl"], [LEMBEEK], "La charte et ses annexes sont rédigées en néerlandais."),
        (["fr"], [MALMEDY], "La charte et ses annexes sont rédigées en français."),
        (["de"], [EUPEN], "La charte et ses annexes sont rédigées en allemand."),
        (["fr", "de"], [MALMEDY], "la version dans la langue administrative de la commune fait foi."),
        (["fr", "nl"], [BRUSSELS], "les versions dans les deux langues administratives de la commune font foi."),
        (["fr"], [BRUSSELS], "les versions dans les deux langues administratives de la commune font foi."),
        (["fr"], [], "La charte et ses annexes sont rédigées en français."),
    ],
)
def test_a_charter_says_of_its_languages_what_can_be_so_there(spoken, nis_codes, sentence):
    with override("fr"):
        said = clause_values._prevailing_language_sentence(spoken, nis_codes)

    assert said.endswith(sentence)
    assert ("plusieurs langues" in said) is (not sentence.startswith("La charte"))
