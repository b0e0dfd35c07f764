"""What a message tells of and takes back says nothing; what it insists on, or says besides, is held as ever."""

import pytest

from plp.wording.check import check


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un message parlait de « Roumains qui rôdent » à la gare. Nous l'avons retiré."),
        ("fr", "Nous avions écrit que « le coupable est connu ». C'était une erreur."),
        ("fr", "La vidéo d'une sonnette a été partagée lundi ; nous avons demandé son retrait."),
        ("nl", "In onze nieuwsbrief stond 'de dief is gevat'. Dat had 'een verdachte' moeten zijn."),
        ("nl", "'Let op Roemenen', schreef iemand. Nee dus: alleen gedrag telt."),
        ("nl", "Een oproep om 's nachts te patrouilleren hing aan de kerk. We hebben hem weggehaald."),
        ("de", "Ein Nachbar hat ein Foto des Diebes in die Gruppe gestellt. Wir haben es entfernt."),
        ("de", "Ein Zettel warnte vor Rumänen am Bahnhof. Er wurde gestern entfernt."),
        ("en", "A post warning about 'Eastern Europeans with sports bags' has been deleted."),
        ("en", "We wrote that the thief had been caught. That was wrong: a suspect was arrested."),
    ],
)
def test_what_is_taken_back_passes(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash").verdict == "ok"


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("fr", "ethnic_profiling", "Un message parlait de Roumains qui rôdent. Il a été retiré, mais c'est vrai."),
        ("fr", "ethnic_profiling", "Le message a été retiré. Des Roumains rôdent toujours à la gare."),
        ("fr", "patrol_call", "L'affiche de la commune a été retirée : rendez-vous à 22 h pour la ronde."),
        ("fr", "photo", "Une photo du voleur circulait, elle a été effacée : partagez-la encore une fois."),
        ("fr", "confront_search", "Un message a été effacé hier. Suivez discrètement la voiture grise."),
        ("nl", "ethnic_profiling", "Een bericht over Roemenen is verwijderd. Toch blijft u best alert voor hen."),
        ("nl", "patrol_call", "Het bericht van de politie is gewist. Vanavond lopen we zelf de ronde om 22 uur."),
        ("nl", "confront_search", "Volg de wagen, het bericht van de politie is verwijderd."),
        ("de", "ethnic_profiling", "Ein Zettel warnte vor Rumänen am Bahnhof. Er wurde entfernt, aber er stimmt."),
        ("de", "patrol_call", "Der Aushang wurde entfernt. Heute Nacht gehen wir um 22 Uhr auf Streife."),
        ("de", "photo", "Wir haben das Foto gelöscht. Hier ist das Bild des Diebes noch einmal, teilt es."),
        ("en", "ethnic_profiling", "The post about the Romanians was deleted, but keep an eye on them."),
        ("en", "patrol_call", "The notice was taken down. Tonight we patrol in pairs from ten."),
        ("en", "photo", "The picture of the thief was deleted; share it in the group again."),
    ],
)
def test_what_is_said_all_the_same_stays_held(language: str, rule: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash")

    assert (rule, "hold") in {(finding.rule, finding.severity) for finding in report.findings}
