"""What is recognised by its form in any language: plates, numbers, addresses, names; and what only looks like it."""

import pytest

from plp.wording.check import LANGUAGES, check

PLATES = [
    "1-ABC-123", "1ABC123", "1 abc 123", "1.ABC.123", "ABC-123", "123-ABC", "O-ABC-123", "T-ABC-123", "M-ABC-123",
    "QABC123",
    "Vol de carburant, pick-up noir, 1-XRT-942.",
    "W-ABC-12", "CD-AB-123", "plaque BOSSMAN", "plaque commençant par 1-AB", "nummerplaat eindigend op 45",
    "Kennzeichen beginnt mit AC", "grise, 2-BKF-...", "AB-123-CD", "12-AB-34", "AB-12-CD", "12-ABC-3", "AB-123-C",
    "G-001-BB",
    "De auto die tegen de bank reed, eindigt op 455.", "Das Auto am Park endet auf 455.",
    "Camionnette grise, dernières lettres TRK.",
    "A white van is going round, ends in 455.", "Grey people carrier, UK tag beginning LK19.",
    "AC-XY 123", "K-LM 4821", "plaque luxembourgeoise AB 1234", "1 – A B C – 1 2 3", "1\u200b-ABC-\u200b123",
]  # fmt: skip
ADDRESSES = [
    "rue de la Gare 12", "12, rue de la Gare", "12 rue Haute", "Bahnhofstraße 12a", "Stationsstraat 12 bus 3",
    "au n° 12",
    "huisnummer 12", "Hausnummer 12", "vol au numéro 12", "place du 8 Mai 3", "Kerkstraat 5B", "avenue Louise, 54",
    "chaussée de Haecht 1205", "Koning Albertlaan 33", "Am Markt 7", "Dorp 8", "Grote Markt 1", "au 14 de la rue Haute",
    "50.8503, 4.3517", "50,46710 N 4,87180 E",
    "46 Kasteeldreef", "46 Molenstraat", "46b Gartenweg", "46 Hauptstraße", "46 Grand-Place", "Grand-Rue, 46",
    "46 Grand-Rue", "Malmedyer Str. 46", "Hinter der Kirche 46", "Oude Gracht 46", "Heidelaantje 46",
    "12-14bis rue Haute", "rue Haute n12", "12-14bis Church Street", "rue Haute 12–14ter", "Felix Wouterserf 12",
]  # fmt: skip
NAMES = [
    "M. Dupont", "Mme Claes", "monsieur Lambert", "dhr. Janssens", "mevr. De Smet", "Herr Müller", "Frau Schmitz",
    "le nommé Karim B.", "genaamd Tom", "Jean Dupont", "Fatima El Amrani", "jean dupont a été vu", "MONSIEUR DUPONT",
    "Le fils de notre bourgmestre s'appelle Jean Dupont.", "Notre inspectrice a vu un homme qui s'appelle Jean Dupont.",
    "De zoon van onze burgemeester heet Jan Peeters.", "Piotr Kowalski", "Mehmet Yılmaz", "Ms Taylor",
    "de heer Van den Broeck", "Suspicion falls on S. Jousten of Wavre.", "La police a entendu J.-P. Lambert.",
    "Der Verdacht fällt auf S. Jousten.",
]  # fmt: skip
PHONES = [
    "0475 12 34 56", "0475/12.34.56", "+32 475 12 34 56", "0032475123456", "+32 (0)475 12.34.56", "02/345 67 89",
    "+33 6 12 34 56 78", "0031 6 12345678", "(0475) 123456", "0 4 7 5 1 2 3 4 5 6", "0475\u200b12\u200b34\u200b56",
]  # fmt: skip
PERSONAL = [
    "85.07.30-033.28", "85.01.12-123.45", "BE68 5390 0754 7034", "jan.peeters@example.com", "vu sur @kevin.p92",
]  # fmt: skip
HONEST = [
    "De auto vertrekt om 14 uur, de tocht begint met 20 fietsen.",
    "La voiture du facteur commence par 12 maisons.",
    "1 parkeerplaats vrij", "Nur 1 Parkplatz ist frei.", "12 Arbeitsplätze", "plan B. Nous restons",
    "avenue A. Huysmans", "6 fietswegen", "Klasse B. Kinder kommen um drei.",
    "@policebruxelles", "@zpz_polbru", "850112123 45", "50,850 et 4,351",
    "E411", "N4", "A601", "R0", "bus TEC 394", "ligne 12", "14h30", "le 2026-11-25", "F-16", "COVID-19", "18-25 ans",
    "train IC 2034", "Peugeot 208", "BMW X5", "BE-Alert", "1130 Haren", "loi du 10 avril 1990", "rue de la Gare",
    "chaussée de Haecht entre la place et le pont", "rue du 4 Août", "Place du 8 Mai", "24 heures", "en 2024",
    "travaux rue de la Loi du 3 au 14 mars", "am Dienstag, 24. November", "quai n° 3", "rue Haute vers 15 h",
    "rue Édith Cavell", "Koning Albertlaan", "Arthur Puesstraat", "place Albert 1er", "August-Thonnar-Platz",
    "Saint-Gilles",
    "Sint-Niklaas", "Sankt Vith", "Child Focus", "clinique Sainte-Anne", "école Saint-Joseph", "Institut Don Bosco",
    "Louis Hap Street.", "inspecteur de quartier", "Votre inspecteur de quartier, Jean Dupont",
    "Votre nouvelle inspectrice de quartier à Tubize s'appelle Nathalie Lemmens.",
    "Uw nieuwe wijkinspecteur in Heverlee heet Jan Peeters.", "De korpschef van onze zone, Jan Peeters, is er ook.",
    "Ihre neue Bezirksinspektorin heißt Anna Müller.", "Your new neighbourhood inspector for Eupen is Anna Müller.",
    "Appelez le 101 ou le 112", "1722", "116000", "0800 32 123", "078 170 170", "police au 02 279 79 79",
    "Politie Brussel 02 279 79 79", "Polizei 087 59 62 00", "contact@police.belgium.eu",
    "Boom op de rijbaan N14 in Lier.", "Bloedinzameling dinsdag, Dorp 14.",
    "Blutspende Dienstag, Halle Hauptstraße 16.",
    "Die Standorte stehen in der 112-App.", "You can speak English to 112.",
    "Unter 087 59 58 11 meldet sich das Ordnungsamt.", "Le service juridique répond au 085 21 78 21.",
]  # fmt: skip
FORMS = {"number_plate": PLATES, "exact_address": ADDRESSES, "names_person": NAMES + PERSONAL, "phone_number": PHONES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in FORMS.items() for text in texts])
def test_a_form_is_found_in_every_language(rule: str, text: str, language: str) -> None:
    assert rule in {finding.rule for finding in check(text, language=language, kind="alarm").findings}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HONEST)
def test_what_only_looks_like_it_passes(text: str, language: str) -> None:
    assert check(text, language=language, kind="alarm").verdict == "ok"


def test_a_number_named_official_may_stand_in_any_writing() -> None:
    held = check("Appelez le 0475/12.34.56", language="fr", kind="alarm")
    known = check("Appelez le 0475/12.34.56", language="fr", kind="alarm", official_numbers=["+32 475 12 34 56"])

    assert (held.verdict, known.verdict) == ("hold", "ok")
