"""Houses, numbers and names that stand in the open pass; those of somebody's home, or of a suspect, do not."""

import pytest

from plp.wording.check import check

PASSES = [
    ("fr", "Pour déclarer un vol, le commissariat central de Liège vous reçoit rue Natalis 60."),
    ("fr", "Le bureau de police de Wavre se trouve cet été avenue des Princes 12, ouvert de 8 à 17 h."),
    ("nl", "Fietsdepot Leuven, Diestseplein 10: haal uw fiets af op dinsdag."),
    ("de", "Eingang nun Aachener Straße 123, Rollstuhlrampe, Klingel beleuchtet."),
    ("de", "Stammtisch am 12. Juni im Gasthof an der Kirche, Hauptstraße 39, 20 Uhr."),
    ("de", "Die Startnummern liegen bereit. Nummer 13 will wie immer keiner."),
    ("en", "You can report a theft at the station on Rue du Marché au Charbon 30."),
    ("fr", "Un souci de drogue ? Infor-Drogues répond au 02 227 52 52."),
    ("nl", "De cel verkeersongevallen is bereikbaar op 013 00 44 00."),
    ("en", "Rough night? The Community Help Service listens on 02 648 40 14."),
    ("nl", "Hilde Verstraeten, sinds 1 februari wijkinspecteur in Aalst, staat dinsdag op de markt."),
    ("de", "Der Musikverein gratuliert Elke Wirtz zum Silberjubiläum."),
    ("en", "Farewell drinks for our porter, Monsieur Gaston Bertels, who retires."),
    ("de", "Solange die Zone nichts bestätigt, geben wir nichts weiter."),
]
HELD = [
    ("fr", "exact_address", "Le commissariat de Liège vous reçoit tous les jours. Vol hier rue Natalis 60."),
    ("fr", "exact_address", "La victime habite rue Haute 12, elle est chez elle de 8 à 17 h, ouvert de 8 à 17 h."),
    ("nl", "exact_address", "Het fietsdepot is open. De bestolen dame woont Diestseplein 10."),
    ("de", "exact_address", "Einbruch im Gasthof an der Kirche, Hauptstraße 39."),
    ("de", "exact_address", "Die Startnummern liegen bereit. Die Dame aus Nummer 13 ist allein zu Hause."),
    ("en", "exact_address", "The station is open from eight. The burgled house is at 30 Station Road."),
    ("fr", "phone_number", "Infor-Drogues ne répond pas, appelez-moi à la maison au 02 227 52 52."),
    ("nl", "phone_number", "De cel verkeersongevallen is gesloten, bel mij thuis op 013 00 44 00."),
    ("nl", "names_person", "Proficiat aan Jan Peeters, hij woont in de Kerkstraat."),
    ("fr", "names_person", "Bravo à la police : Jean Dupont est le voleur."),
    ("fr", "names_person", "Parquet : Karim Dumont, 34 ans, suspect de vols, a disparu. Info au 0800 30 300."),
    ("en", "names_person", "Thomas Wielen, 17, is missing: ring his mother if you see him."),
]


@pytest.mark.parametrize(("language", "text"), PASSES)
def test_offices_their_numbers_and_whoever_is_honoured_pass(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash").verdict == "ok"


@pytest.mark.parametrize(("language", "rule", "text"), HELD)
def test_homes_private_numbers_and_suspects_beside_them_stay_held(language: str, rule: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash")

    assert (rule, "hold") in {(finding.rule, finding.severity) for finding in report.findings}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Avis de recherche du parquet : Émilien Warzée, 79 ans, disparu lundi. Info au 0800 30 300."),
        ("nl", "Cel Vermiste Personen: Karel Boonen, 68, vertrok per fiets uit Lier. Bel 0800 30 300."),
        ("de", "Fahndung der Staatsanwaltschaft, police.be: Heinrich Schaus, 83, hilflos, brauner Mantel."),
        ("en", "Federal Police appeal: Thomas Wielen, 17, last seen at Brussels-Midi. Ring 0800 30 300."),
    ],
)
def test_whom_the_authorities_miss_is_only_warned_of(language: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash")

    assert {(finding.rule, finding.severity) for finding in report.findings} == {("names_person", "warn")}
