"""Refusals, walks and official notices pass; a breach in the same form does not."""

import pytest

from plp.wording.check import check

PASSES = [
    ("fr", "Marie Curie, c'est le nom de la nouvelle école ; on l'inaugure samedi."),
    ("nl", "De nieuwjaarsreceptie vindt plaats in het cultuurcentrum Jan van Eyck."),
    ("de", "Die Einweihung des Robert-Schuman-Platzes beginnt um elf Uhr."),
    ("en", "The new footbridge will be named after Simone Veil; expect crowds on Saturday."),
    ("fr", "Feu de toiture rue Haute, à hauteur du n° 30 : ne pas s'approcher, pompiers sur place."),
    ("nl", "Schoorsteenbrand in de Lange Leemstraat ter hoogte van nr 14, straat dicht."),
    ("fr", "Feux d'artifice samedi à 23 h au stade : rentrez vos chiens et vos chats."),
    ("en", "By order of the mayor, no fires may be lit in the woods."),
    ("fr", "Vos observations sont à communiquer sans délai au 101."),
    ("de", "Beobachtungen sind umgehend unter 101 mitzuteilen."),
    ("de", "Wer Mitglied ist, wird nicht schneller bedient als andere."),
    ("fr", "Des dégradations ont été commises à la piscine Marie Curie durant le week-end."),
    ("nl", "De toegang tot het sportpark Jan Palfijn is wegens werken afgesloten."),
    ("de", "Die Versammlung findet am Dienstag um 19 Uhr statt: Turnhalle Willy Brandt."),
    ("fr", "Une exposition sur les cambriolages est à voir au centre culturel, rue du Collège 14."),
    ("nl", "De infosessie over inbraak gaat door op donderdag om 19.30 uur in de basisschool, Dorpsstraat 40."),
    ("de", "Der Viertelinspektor empfängt dienstags im Bauhof, Neustraße 8."),
    ("en", "Footage is to be handed to investigators at 14 Market Square."),
    ("fr", "Passages renforcés de nos équipes autour du chantier cette semaine."),
    ("fr", "Balade guidée au crépuscule vendredi, départ 21 h, lampe de poche bienvenue."),
    ("fr", "Deux passants ont poursuivi un voleur hier ; l'un d'eux est à l'hôpital. N'essayez pas."),
    ("fr", "Pour une place à la brocante, un SMS au comité suffit."),
    ("fr", "Les candidats de toutes les listes débattront de la mobilité."),
    ("nl", "Een buurvrouw liep de dief achterna en viel. Doe dat niet, bel 101."),
    ("nl", "De rommelmarkt bracht 480 euro op voor het speelplein."),
    ("de", "Zwei Spaziergänger rannten gestern einem Dieb nach, einer brach sich das Bein. Lasst das."),
    ("en", "Our office is at 22 Commerce Street, first floor."),
    ("en", "A good cylinder costs 50 to 100 euros; compare, and sign nothing on the doorstep."),
    ("nl", "Fotograferen van marktbezoekers: doe dat alstublieft niet."),
    ("nl", "Seingevers van de wielerwedstrijd dragen een driekleurige armband."),
    ("de", "Nachtwanderung KLJ Emmels, Start 22 Uhr, vierzig Jugendliche mit Stirnlampen."),
    ("de", "Menschen heimlich zu knipsen und ans Brett zu hängen, ist trotzdem verboten."),
    ("en", "Taking pictures of children for a 'gallery' is out of the question."),
    ("en", "Free and confidential HIV test bus on Friday."),
    ("fr", "On nous demande souvent d'organiser des rondes. Un PLP n'en fait pas."),
    ("nl", "Vaak krijgen we de vraag om zelf rondes te lopen. Dat doet een BIN niet."),
    ("de", "Oft werden wir gefragt, ob wir Rundgänge organisieren. Nein, das ist Sache der Polizei."),
    ("en", "People often ask us to organise rounds. We do not."),
    ("de", "Sprechen Sie ihn nicht an und gehen Sie ihm nicht nach. Rufen Sie die 101."),
    ("fr", "Le bureau de prévention répond au 04 220 18 40."),
    ("de", "Das Präventionsamt der Stadt antwortet unter 04 220 18 40."),
    ("en", "The town's prevention office answers on 04 220 18 40."),
]
HELD = [
    ("fr", "names_person", "L'homme qui vole porte le nom de Marc Dupont."),
    ("nl", "names_person", "Bij het cultuurcentrum is een dief opgepakt: Jan Peeters."),
    ("en", "names_person", "Simone Veil broke into the memorial hall."),
    ("fr", "exact_address", "Feu volontaire chez l'auteur des vols, rue Haute n° 30, pompiers sur place."),
    ("fr", "patrol_call", "Rentrez vos chiens et venez surveiller la rue à 23 h."),
    ("de", "patrol_call", "Holt eure Hunde und kommt um 22 Uhr zur Streife."),
    ("en", "impersonates_police", "By order of the mayor, our members search cars tonight."),
    ("fr", "bypass_police", "Prévenez-nous sans délai, le 101 ne répond jamais."),
    ("fr", "names_person", "Près de la piscine, Marie Dubois a été agressée."),
    ("nl", "names_person", "Aan het sportpark werd Jan Peeters opgepakt."),
    ("de", "names_person", "Bei der Turnhalle wurde Willy Schmitz festgenommen."),
    ("fr", "exact_address", "Une réunion d'information a lieu jeudi parce qu'on a volé rue du Collège 14."),
    ("nl", "exact_address", "Donderdag is er een infosessie over inbraak: er werd ingebroken in Dorpsstraat 40."),
    ("de", "exact_address", "Einbruch im Gasthof an der Kirche, Hauptstraße 39."),
    ("de", "exact_address", "Solange der Vorrat reicht: Sandsäcke bei den Nachbarn, sie wohnen Neustraße 8."),
    ("en", "exact_address", "Investigators found the loot at 14 Market Square."),
    ("en", "exact_address", "After the talk on burglary a house was broken into, 14 Market Square."),
    ("fr", "patrol_call", "On demande des volontaires pour les rondes de ce soir. C'est le travail de la police."),
    ("nl", "patrol_call", "Iedereen vraagt wat we doen. Vanavond lopen we zelf rondes, dat is werk voor ons."),
    ("de", "patrol_call", "Wir wollen heute Rundgänge machen. Das ist Sache der Polizei, aber wir gehen."),
    ("de", "confront_search", "Lasst ihn nicht einfach gehen, haltet ihn fest."),
    ("en", "patrol_call", "We asked the mayor. He refused. So tonight we patrol ourselves at ten."),
    ("fr", "patrol_call", "Passages renforcés de nos équipes, et nous patrouillons en duo la nuit."),
    ("fr", "patrol_call", "Nous ne patrouillons pas, mais faites le tour du quartier ce soir à 22 h."),
    ("fr", "photo", "Photographiez le conducteur et envoyez la photo dans le groupe."),
    ("fr", "confront_search", "Un riverain a voulu retenir un voleur : suivez-le tous la prochaine fois."),
    ("fr", "confront_search", "Deux passants ont poursuivi un voleur. N'essayez pas d'attendre, poursuivez-le aussi."),
    ("fr", "party_politics", "Les candidats de toutes les listes mentent, votez pour la liste 4."),
    ("fr", "member_data", "Écrivez dans la conversation quand vous partez et quand vous revenez."),
    ("nl", "member_data", "Laat in de chat weten wanneer ge weg zijt, dan letten wij op."),
    ("en", "member_data", "Say in the chat when you're away and we'll watch out."),
    ("en", "commercial", "A good alarm costs 99 euros at our partner, with a discount for members."),
    ("nl", "confront_search", "Een buurvrouw liep de dief achterna. Doe zoals zij, loop hem achterna."),
    ("de", "bypass_police", "Do broochste de Polizei net für ze rufe, dat maache mir unger uns us."),
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
