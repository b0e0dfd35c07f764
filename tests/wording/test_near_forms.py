"""A call to look at a place at night, and a house by its number in words, are held in other words of the same form."""

from itertools import product

import pytest

from plp.wording.check import check
from plp.wording.detectors.numerals import number_value, numerals
from plp.wording.fold import fold

LOOKS = {  # a verb, a place and a time: each of the three changes in turn
    "fr": (
        ("Allez voir {place} {time}.", "Passez vérifier {place} {time}.", "Jetez un œil {place} {time}."),
        ("dans le parc", "à la plaine de jeux", "derrière l'école", "près des garages"),
        ("ce soir", "cette nuit", "demain soir", "vers 22 heures", "à 23 h"),
    ),
    "nl": (
        ("Ga {time} {place} kijken.", "Neem {time} een kijkje {place}.", "Kijk {time} even {place} rond."),
        ("in het park", "op het speelplein", "achter de school", "bij de garages"),
        ("vanavond", "vannacht", "morgenavond", "om 22 uur", "rond elf uur"),
    ),
    "de": (
        ("Gehen Sie {time} {place} nachsehen.", "Schauen Sie {time} {place} nach.", "Wer geht {time} {place} schauen?"),
        ("im Park", "auf dem Spielplatz", "hinter der Schule", "bei den Garagen"),
        ("heute Abend", "heute Nacht", "morgen Abend", "um 22 Uhr", "gegen elf Uhr"),
    ),
    "en": (
        ("Go and look {place} {time}.", "Have a look {place} {time}.", "Who is going to check {place} {time}?"),
        ("in the park", "at the playground", "behind the school", "by the garages"),
        ("tonight", "this evening", "tomorrow night", "at 10 pm", "around 11 pm"),
    ),
}  # fmt: skip
LAPS = [
    ("fr", "Faites ce soir une boucle dans le quartier et notez les plaques."),
    ("fr", "Promenez-vous demain dans le quartier et relevez les plaques."),
    ("nl", "Maak vanavond een rondje door de wijk en noteer nummerplaten."),
    ("nl", "Doe om 22 uur een toertje door de buurt."),
    ("nl", "Wandel morgen door de straten en schrijf de nummerplaten op."),
    ("de", "Machen Sie heute Abend eine Runde durch das Viertel und notieren Sie Nummernschilder."),
    ("de", "Fahren Sie um 23 Uhr eine Runde durch die Siedlung."),
    ("de", "Gehen Sie morgen durchs Dorf und schreiben Sie die Kennzeichen auf."),
    ("en", "Do a loop of the estate tonight and note number plates."),
    ("en", "Walk through the village tomorrow and jot down registrations."),
]
PASSES = [
    ("fr", "N'allez pas voir dans le parc ce soir : appelez le 101."),
    ("fr", "Allez voir dans votre cave si l'eau monte."),
    ("fr", "Jetez un œil à votre garage ce soir."),
    ("fr", "Promenez-vous dans le parc ce dimanche : la fête commence à 14 h."),
    ("nl", "Ga niet zelf in het park kijken, bel 101."),
    ("nl", "Neem vanavond een kijkje in het park: er zijn lichtjes en een markt."),
    ("nl", "Maak een rondje door uw huis voor u vertrekt."),
    ("nl", "De kinderen maken vanavond een rondje door de wijk met hun lampion."),
    ("de", "Gehen Sie heute Abend nicht im Park nachsehen, rufen Sie die 101."),
    ("de", "Gehen Sie heute Abend im Park spazieren: Das Fest beginnt um 20 Uhr."),
    ("de", "Schauen Sie im Keller nach, ob Wasser eindringt."),
    ("en", "Do not go and look in the park: call 101."),
    ("en", "Take a walk in the park on Sunday: the fair starts at 2 pm."),
    ("en", "Have a look in your cellar: water may come in."),
    ("fr", "La priorité numéro un est la sécurité des habitants."),
    ("fr", "Les victimes du douze décembre sont priées d'appeler la police."),
    ("fr", "Une maison deux façades a pris feu."),
    ("fr", "Le bus numéro douze ne roule pas."),
    ("nl", "Een gezin op drie heeft geen rookmelder."),
    ("nl", "Tip nummer twee: doe de deur op slot."),
    ("nl", "De bewoners van nummer tien tot twintig worden geëvacueerd."),
    ("de", "Die Bewohner von zwei Häusern wurden evakuiert."),
    ("de", "Tipp Nummer zwei: Schließen Sie ab."),
    ("en", "Tip number two: lock your door."),
    ("en", "Residents of two streets got a letter."),
    ("en", "Check every 50 euro note."),
    ("fr", "Vérifiez chaque billet de 50 euros."),
    ("nl", "Kijk elk biljet van 50 euro na voor u het aanneemt."),
    ("nl", "Kijk elk biljet van 50 euro na."),
    ("de", "Prüfen Sie jeden Schein von 50 Euro, bevor Sie ihn annehmen."),
]
UNITS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
}
TENS = {
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
HUNDRED = {"fr": "cent {}", "nl": "honderd{}", "de": "hundert{}", "en": "one hundred and {}"}
DWELLS_AT = {
    "fr": "La victime habite au numéro {}.",
    "nl": "De bewoner van huisnummer {} is verdacht.",
    "de": "Der Bewohner von Hausnummer {} ist verdächtig.",
    "en": "The resident of house number {} is a suspect.",
}


def in_words(number: int, language: str) -> str:
    units, tens = UNITS[language].split(), TENS[language].split()
    if number >= 100:
        rest = in_words(number - 100, language) if number > 100 else ""
        return HUNDRED[language].format(rest).removesuffix(" and ").strip()
    if number < 20:
        return units[number - 1]
    ten, unit = tens[number // 10 - 2], number % 10
    if not unit:
        return ten
    if language in {"nl", "de"}:
        first = "ein" if (language, unit) == ("de", 1) else units[unit - 1]
        return first + ("und" if language == "de" else "ën" if first.endswith("e") else "en") + ten
    return f"{ten} et un" if (language, unit) == ("fr", 1) and ten != "quatre-vingt" else f"{ten}-{units[unit - 1]}"


def rules_found(message: str, language: str) -> set[str]:
    return {finding.rule for finding in check(message, language=language, kind="infoflash").findings}


@pytest.mark.parametrize("language", LOOKS)
def test_a_call_to_look_at_a_place_is_held_at_any_hour_and_with_any_of_its_verbs(language: str) -> None:
    calls = [form.format(place=place, time=time) for form, place, time in product(*LOOKS[language])]

    assert [call for call in calls if check(call, language=language, kind="infoflash").verdict != "hold"] == []


@pytest.mark.parametrize(("language", "text"), LAPS)
def test_a_round_through_the_area_by_night_or_to_note_plates_is_held(language: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash")

    assert ("patrol_call", "hold") in {(finding.rule, finding.severity) for finding in report.findings}


@pytest.mark.parametrize(("language", "text"), PASSES)
def test_what_is_honest_in_the_same_form_passes_both_readers(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash", two_readers=True).verdict == "ok"


@pytest.mark.parametrize("language", DWELLS_AT)
def test_every_house_number_in_words_up_to_199_is_read_and_held(language: str) -> None:
    spelt = {number: in_words(number, language) for number in range(1, 200)}
    readings = {number: numerals(fold(words).text) for number, words in spelt.items()}
    messages = {number: DWELLS_AT[language].format(words) for number, words in spelt.items()}

    assert [n for n, reading in readings.items() if [numeral.digits for numeral in reading] != [str(n)]] == []
    assert [message for message in messages.values() if "exact_address" not in rules_found(message, language)] == []


@pytest.mark.parametrize("word", ["nulhonderd", "twintigentwintig", "honderdpaard", "undzwanzig"])
def test_what_is_no_number_is_not_read_as_one(word: str) -> None:
    assert number_value(word) is None
