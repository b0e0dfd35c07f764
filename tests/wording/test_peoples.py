"""Where somebody comes from is held whichever people is named (R74): one table, the same forms in four languages."""

from pathlib import Path

import pytest

from plp.wording.check import check

ROWS = [
    [form.strip() for form in line.split("|")]
    for line in Path(__file__).with_name("peoples.txt").read_text().splitlines()
    if not line.startswith("#")
]
SENTENCES = {  # by language: column of the table, sentence; each people is put into one of them, in turn
    "fr": [
        (0, "Un {} rôde devant l'école."),
        (0, "Un homme d'allure {} a sonné."),
        (1, "Deux {} ont été vus rue du Moulin."),
        (1, "Une bande de {} sonne aux portes."),
    ],
    "nl": [
        (2, "Een man van {} afkomst werd gezien."),
        (3, "Een {} hangt rond aan de school."),
        (4, "Twee {} werden gezien in de Molenstraat."),
        (4, "Een bende {} belt aan."),
    ],
    "de": [
        (5, "Ein Mann {}r Herkunft wurde gesehen."),
        (6, "Ein {} lungert vor der Schule."),
        (7, "Zwei {} wurden in der Mühlenstraße gesehen."),
        (7, "Eine Bande {} klingelt an den Türen."),
    ],
    "en": [
        (8, "A man of {} origin was seen."),
        (8, "A {} man hangs around the school."),
        (9, "Two {} were seen in Mill Street."),
        (9, "A gang of {} rings doorbells."),
    ],
}


@pytest.mark.parametrize("language", SENTENCES)
def test_no_people_is_named_in_a_suspicion(language: str) -> None:
    sentences = SENTENCES[language]
    texts = []
    for number, row in enumerate(ROWS):
        column, sentence = sentences[number % len(sentences)]
        texts.append(sentence.format(row[column]))

    assert [text for text in texts if check(text, language=language, kind="infoflash").verdict != "hold"] == []
    assert len(texts) > 100
