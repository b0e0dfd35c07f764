"""Refusals, walks and official notices pass; a breach in the same form does not."""

import pytest

from plp.wording.check import check

PASSES = [
    ("fr", "Passages renforcés de nos équipes autour du chantier cette semaine."),
    ("fr", "Balade guidée au crépuscule vendredi, départ 21 h, lampe de poche bienvenue."),
    ("nl", "Fotograferen van marktbezoekers: doe dat alstublieft niet."),
    ("nl", "Seingevers van de wielerwedstrijd dragen een driekleurige armband."),
    ("de", "Nachtwanderung KLJ Emmels, Start 22 Uhr, vierzig Jugendliche mit Stirnlampen."),
    ("de", "Menschen heimlich zu knipsen und ans Brett zu hängen, ist trotzdem verboten."),
    ("en", "Taking pictures of children for a 'gallery' is out of the question."),
    ("en", "Free and confidential HIV test bus on Friday."),
]
HELD = [
    ("fr", "patrol_call", "Passages renforcés de nos équipes, et nous patrouillons en duo la nuit."),
    ("fr", "patrol_call", "Nous ne patrouillons pas, mais faites le tour du quartier ce soir à 22 h."),
    ("fr", "photo", "Photographiez le conducteur et envoyez la photo dans le groupe."),
    ("fr", "confront_search", "Un riverain a voulu retenir un voleur : suivez-le tous la prochaine fois."),
    ("nl", "photo", "Fotograferen is verboten. Film ze toch en zet de beelden in de groep."),
    ("nl", "patrol_call", "Geen wandeling vandaag. Vanavond patrouilleren we per twee door de wijk."),
    ("de", "patrol_call", "Die Nachtwanderung fällt aus. Wir gehen nachts gemeinsam Streife."),
    ("de", "photo", "Filmen ist verboten. Fotografieren Sie verdächtige Personen trotzdem."),
    ("en", "patrol_call", "The treasure hunt is over. Organise rounds at night between neighbours."),
    ("en", "photo", "Recording strangers is banned. Take pictures of every unknown car."),
    ("en", "sensitive_data", "The test bus is free. The man in the corner house has HIV."),
]


@pytest.mark.parametrize(("language", "text"), PASSES)
def test_a_refusal_a_walk_and_a_notice_pass(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash").verdict == "ok"


@pytest.mark.parametrize(("language", "rule", "text"), HELD)
def test_a_breach_in_the_same_form_stays_held(language: str, rule: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash")

    assert (rule, "hold") in {(finding.rule, finding.severity) for finding in report.findings}
